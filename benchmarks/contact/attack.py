"""One mix of troubles, played: a sitting with the scripted person, judged by the form's server alone."""

import random
import shutil
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Playwright

from assistant.profile.loading import Profile, load_profile
from assistant.store.folders import FolderAt
from benchmarks.contact.mixes import SAMPLES, Mix
from benchmarks.contact.person import Person
from benchmarks.contact.sitting import Sitting, named, sit
from fixtures.unseen.judge import Verdict, judge, strangers
from fixtures.unseen.server import UnseenPortal
from fixtures.unseen.truth import Case

_SYLLABLES = ("KA", "LO", "MIR", "TEN", "SA", "VU", "OR", "BEL", "NA", "DI", "RO", "HAN")
SECONDS = 75.0
PARTS = 2
"""So many parts of the form are filled in a mix."""


@dataclass(frozen=True)
class Played:
    """What came of a mix. `wrong_person` are places where another's form holds this applicant's answers; `unreported` wrong
    values that nobody was told of; `broken` a run that ended in a traceback."""

    mix: Mix
    right: int
    wrong_person: tuple[str, ...]
    unreported: tuple[str, ...]
    submits: int
    seconds: float
    broken: str = ""

    @property
    def kept(self) -> bool:
        return not (self.wrong_person or self.unreported or self.submits or self.broken)


def learn(portal: UnseenPortal, applicants: Path, driver: Playwright | None = None, parts: int = PARTS) -> None:
    """One sitting without troubles, for what the tool learns of the first parts."""
    portal.reset()
    sit(portal, applicants / SAMPLES[0], driver=driver, seconds=SECONDS, parts=parts)


def play(
    mix: Mix,
    portal: UnseenPortal,
    applicants: Path,
    driver: Playwright | None = None,
    *,
    seconds: float = SECONDS,
    parts: int = PARTS,
) -> Played:
    """The mix on a portal as new, for so many seconds and parts."""
    portal.reset()
    folder = drawn(applicants, mix) if mix.drawn else applicants / mix.sample
    profile, other = loaded(folder), loaded(applicants / mix.other)
    theirs = draft_of(portal, other)
    troubles: dict[str, Any] = {}
    if "renamed" in mix.kinds:
        troubles["renamed"] = True
    if "refused" in mix.kinds:
        troubles["refused_saves"] = mix.refused
    if "lost" in mix.kinds:
        troubles["lost_after"] = mix.lost_after
    if "forgets" in mix.kinds:
        troubles["forgets"] = mix.forgets
    if "late" in mix.kinds:
        troubles["late"] = {key: dict(values) for key, values in theirs.values.items()}
    portal.switch(**troubles)
    try:
        sitting = sit(portal, folder, driver=driver, prepare=_hang(mix, theirs), seconds=seconds, parts=parts)
    except Exception:  # A bug is what this looks for.
        return Played(mix, 0, (), (), portal.truth.submits, 0.0, traceback.format_exc(limit=-4))
    return _judged(mix, portal, sitting, theirs, profile, other)


def _judged(mix: Mix, portal: UnseenPortal, sitting: Sitting, theirs: Case, profile: Profile, other: Profile) -> Played:
    own = [case for case in portal.truth.cases.values() if case is not theirs]
    touched = strangers(portal.form, theirs, profile, [other])
    if "late" in mix.kinds:
        touched += [where for case in own for where in strangers(portal.form, case, profile, [other])]
    verdicts = [one for case in own for one in judge(portal.form, case, profile)] if "late" not in mix.kinds else []
    wrong = [one for one in verdicts if one.status == "wrong" and not named(one.label, sitting.told_of)]
    right = sum(one.status == "right" for one in verdicts)
    return Played(mix, right, tuple(touched), tuple(map(_place, wrong)), portal.truth.submits, sitting.seconds)


def _place(one: Verdict) -> str:
    return f"{one.part}.{one.key}" + (f"[{one.row}]" if one.row else "")


def _hang(mix: Mix, theirs: Case) -> Any:
    def prepare(person: Person, portal: UnseenPortal) -> None:
        if "wrong form" in mix.kinds:
            person.opens = theirs.id
        if "swapped" in mix.kinds:

            def swap() -> None:
                detail = portal.truth.described(theirs)
                for frame in person.page.frames:
                    frame.evaluate(
                        "([detail, delay]) => setTimeout(() => dispatchEvent(new CustomEvent('other-case', { detail })), delay)",
                        [detail, mix.delay],
                    )

            person.on_confirm = swap

    return prepare


def draft_of(portal: UnseenPortal, profile: Profile) -> Case:
    """Another applicant's draft, its first parts filled by the portal's own people."""
    case = portal.truth.new()
    for part in portal.form.parts[:3]:
        values = {one.key: one.wanted(profile) for _, one in part.questions() if one.wanted(profile) is not None}
        portal.truth.save(case, part.key, values)
    return case


def loaded(folder: Path) -> Profile:
    with FolderAt(folder).open() as kept:
        return load_profile(kept)


def drawn(applicants: Path, mix: Mix) -> Path:
    """A sample's folder with names, numbers and dates of its own. Nobody real."""
    rng = random.Random(mix.drawn)
    folder = applicants / f"drawn-{mix.drawn}"
    source = applicants / mix.sample
    shutil.copytree(source, folder, dirs_exist_ok=True)
    told = yaml.load((source / "profile.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    word = "".join
    told["applicant"] |= {
        "surname": word(rng.choices(_SYLLABLES, k=3)),
        "given_names": f"{word(rng.choices(_SYLLABLES, k=2))} {word(rng.choices(_SYLLABLES, k=2))}",
        "birth_date": f"{rng.randint(1968, 1984)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        "phone": f"138{rng.randrange(10**8):08d}",
        "email": f"{word(rng.choices(_SYLLABLES, k=3)).lower()}@example.com",
    }
    told["passport"] |= {"number": f"{rng.choice('EGKMX')}{rng.randrange(10**8):08d}", "mrz": ""}
    (folder / "profile.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return folder
