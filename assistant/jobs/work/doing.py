"""Doing one task on one case of a store.

Promises: done twice, it leaves one verdict; what a task says of itself is one word, never a message or a value; the store
keeps each look at a paper as soon as it was made, so that who is killed loses one paper's work.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date

from assistant.check.city.loading import load_city
from assistant.check.readiness import check_case
from assistant.errors import InputError, RunStopped, SetupError
from assistant.jobs.check import Checked
from assistant.jobs.fill import FillJob, fill
from assistant.jobs.target import MOCK
from assistant.jobs.work.item import Ending, Work, WorkItem, checker
from assistant.jobs.work.looks import LooksInPlace
from assistant.jobs.work.workplace import Workplace
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.store.base import Applicant, ApplicantIn, ApplicantRef

Doing = Callable[[Workplace, ApplicantRef, Applicant, date], Mapping[str, object]]


def do(place: Workplace, task: WorkItem) -> Ending:
    """Does the task and keeps what was found. Raises SetupError where the database or this machine can't, for which the
    task is not to blame."""
    ref = ApplicantRef(task.case)
    state = place.state_of(ref)
    if state != task.state:
        return "changed" if state else "gone"
    if found_by(place, task) is not None:
        return "already"
    try:
        with place.store.open(ref) as kept:
            found = DOING[task.work](place, ref, kept, date.fromisoformat(task.on))
    except SetupError:
        raise
    except (InputError, RunStopped):
        return "unusable"
    except Exception:
        # Its own words could hold a person's data, and the engine would write them down.
        return "failed"
    kept_now = place.keep(task.case, task.work, _about(task), checker(), json.dumps(found).encode())
    return "done" if kept_now else "already"


def found_by(place: Workplace, task: WorkItem) -> Mapping[str, object] | None:
    """What a task has found, None where it was not done yet."""
    kept = place.recall(task.case, task.work, _about(task), checker())
    return None if kept is None else json.loads(kept)


def item_for(place: Workplace, ref: ApplicantRef, work: Work, on: date) -> WorkItem:
    """The task for a case as it is now."""
    return WorkItem(work, ref.id, place.state_of(ref), on.isoformat())


def _about(task: WorkItem) -> str:
    return f"{task.state} {task.on}"


# ---- what is done --------------------------------------------------------------------------------------------------


def _documents(place: Workplace, ref: ApplicantRef, kept: Applicant, on: date) -> Mapping[str, object]:
    """All document checks of a case, one paper after another: the next core has the next case."""
    profile = load_profile(kept)
    city = load_city(profile.city)
    readiness = check_case(profile, city, on, kept=LooksInPlace(place, ref.id), jobs=1)
    return {language: Checked(profile, city, readiness).as_json(language) for language in ("zh", "en")}


def _rehearsal(place: Workplace, ref: ApplicantRef, kept: Applicant, on: date) -> Mapping[str, object]:
    """The case filled into a mock portal, without a window: what would stop tomorrow is told today."""
    console = Console("en", json_to_stdout=True)
    console.silence()
    report = fill(FillJob(ApplicantIn(place.store, ref), target=MOCK, headless=True, panel=False), console)
    return report.as_json()


DOING: dict[Work, Doing] = {"documents": _documents, "rehearsal": _rehearsal}
