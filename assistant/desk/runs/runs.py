"""All runs of one desk: one at a time on each login, the others in line; their results go to the applicant's own files."""

import secrets
import shutil
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from assistant.check.deadlines.dates import now
from assistant.desk.runs.run import Run
from assistant.errors import AssistantError, InputError, InUse
from assistant.jobs.course import Happening, Stage, keep_course, read_course
from assistant.jobs.outputs import PROOF, REPORT, RESULT
from assistant.messages import Language, Text
from assistant.store.base import Applicant, ApplicantRef, Store, version_of
from assistant.store.scratch import passing_folder

KEPT = (RESULT, REPORT, PROOF)
REHEARSALS = "rehearsals"


class Runs:
    """The runs of one store since the desk began."""

    def __init__(self, store: Store, where: Callable[[str], Mapping[str, str]]) -> None:
        """`where` says to a process of its own where a case is kept."""
        self._store, self._where = store, where
        self._runs: list[Run] = []
        self._held: list[Run] = []
        """Those whose case their own process still holds, so that their result waits for its end."""
        self._lock = threading.RLock()

    @property
    def active(self) -> list[Run]:
        return [run for run in self._runs if not run.ended]

    def of(self, case: str) -> list[Run]:
        """Those of one applicant, the last one first."""
        return [run for run in reversed(self._runs) if run.case == case]

    def by_id(self, name: str) -> Run | None:
        return next((run for run in self._runs if run.id == name), None)

    def before(self, run: Run) -> int:
        """How many must end before this one begins."""
        return sum(one.login == run.login and not one.ended for one in self._runs[: self._runs.index(run)])

    def start(
        self,
        case: str,
        kind: Literal["fill", "after"],
        target: Literal["rehearse", "live"],
        city: str,
        language: Language,
        url: str = "",
        unseen: bool = False,
        overwrite: bool = False,
    ) -> Run:
        """Begins it now, or when the login is free. Raises InputError where this applicant has one under way."""
        with self._lock:
            if any(not run.ended for run in self.of(case)):
                raise InputError(
                    Text(
                        "这位申请人已有一次在进行或排队；请等它结束，或先停止。",
                        "There is one under way for this applicant already: wait for it, or stop it first.",
                    )
                )
            request = {
                "job": kind,
                **self._where(case),
                "target": target,
                "language": language,
                "out": str(passing_folder("desk")),
                "unseen": "yes" if unseen else "no",
                "overwrite": "yes" if overwrite else "no",
            } | ({"url": url} if url else {})
            login = REHEARSALS if target == "rehearse" else url or city
            run = Run(secrets.token_urlsafe(9), case, kind, target, login, request)
            self._runs.append(run)
            self._go_on()
            return run

    def close(self) -> None:
        """The desk ends: what waits does not begin; what is open stays with the person."""
        with self._lock:
            for run in self._runs:
                if run.state == "waiting":
                    run.stop()
                run.let_go()
                if run.ended:
                    self._clear(run)

    def _go_on(self) -> None:
        with self._lock:
            for run in self._runs:
                if run.state == "waiting" and self.before(run) == 0:
                    run.begin(self._keep, self._over)

    def _over(self, run: Run) -> None:
        if run.state == "stopped" and run.kind == "fill":
            self._note(run, "stopped")
        elif run in self._held:
            self._held.remove(run)
            self._keep(run)
        self._clear(run)
        self._go_on()

    def _clear(self, run: Run) -> None:
        shutil.rmtree(run.request["out"], ignore_errors=True)

    def _keep(self, run: Run) -> None:
        """Puts what came of it among the applicant's files, sealed where they are."""
        if run.kind == "after":
            if run.result and not run.result.get("by_hand"):
                self._note(run, "looked-after")
            return
        try:
            with self._store.open(ApplicantRef(run.case)) as applicant:
                for name in KEPT:
                    file = Path(run.request["out"]) / name
                    if file.is_file():
                        put(applicant, f"results/{run.target}-{name}", file.read_bytes())
        except InUse:
            self._held.append(run)
            return
        except (AssistantError, OSError):
            run.trouble.append(
                Text(
                    "结果没有存进申请人文件夹（磁盘或权限）。",
                    "The result could not be kept in the applicant's folder.",
                )
            )
        self._note(run, "rehearsed" if run.target == "rehearse" else "filled")

    def _note(self, run: Run, what: Happening) -> None:
        counts = run.result.get("counts", {}) if run.result else {}
        settled = sum(counts.get(status, 0) for status in ("verified", "already"))
        with suppress(AssistantError, OSError), self._store.open(ApplicantRef(run.case)) as applicant:
            course = read_course(applicant).after(now(), what, str(settled) if counts else "")
            keep_course(applicant, course.at_least(_seen_stage(run), now()))


def _seen_stage(run: Run) -> Stage | None:
    """How far the portal says the case is: it lists the application, or a booking whose form it prints."""
    if run.kind != "after" or not run.result:
        return None
    return "booked" if run.result.get("form") else "submitted" if run.result.get("status") else None


def put(applicant: Applicant, name: str, content: bytes) -> None:
    """In the place of what is there."""
    try:
        there = version_of(applicant.read(name))
    except FileNotFoundError:
        there = None
    applicant.write(name, content, expected=there)
