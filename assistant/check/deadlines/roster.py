"""Who must be filed when: the roster of a folder of applicants, most urgent first.

Promises: an applicant whose folder or profile can't be used, for whatever reason, is listed with the reason and hides
nobody; papers are counted, not opened, so that a thousand applicants take seconds. No page, no network.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.check.city.loading import City, load_city
from assistant.check.deadlines.filing_dates import Afterwards, FilingDates, WindowState, afterwards
from assistant.check.rules import check_rules
from assistant.check.rules.case import Case
from assistant.check.rules.profile import check_profile
from assistant.errors import InputError, ProfileError
from assistant.messages import Text, printable
from assistant.profile.loading import Profile, load_profile, profile_file
from assistant.store.sealing import is_sealed

HELPLESS: frozenset[WindowState] = frozenset({"expired", "too-late"})
NEEDS_SOMEONE: frozenset[WindowState] = HELPLESS | {"urgent"}


@dataclass(frozen=True)
class Due:
    """One applicant's deadlines and how ready the case is. `required` and `present` count document slots."""

    applicant: str
    person: str
    """A digest that stays the same for a person when the folder is renamed; two persons have two."""
    city: City
    dates: FilingDates
    state: WindowState
    days_left: int
    next_steps: Afterwards
    required: int
    present: int
    errors: int
    warnings: int


@dataclass(frozen=True)
class Unreadable:
    """An applicant whose profile can't be used, and why."""

    applicant: str
    error: InputError


@dataclass(frozen=True)
class Roster:
    """A folder's applicants on a day: those that could be read, most urgent first, and those that could not."""

    on: date
    due: tuple[Due, ...]
    unreadable: tuple[Unreadable, ...]
    folder: Path
    """Where the applicants' folders lie."""

    @property
    def calm(self) -> bool:
        return not self.unreadable and all(due.state not in NEEDS_SOMEONE for due in self.due)


def make_roster(folder: Path, on: date, seen: Callable[[], None] = lambda: None) -> Roster:
    """The roster of a folder (or of one applicant's folder); `seen` is called after each applicant.

    Raises ProfileError when the folder holds no applicant at all.
    """
    due: list[Due] = []
    unreadable: list[Unreadable] = []
    for applicant in applicants_in(folder):
        try:
            due.append(due_of(load_profile(applicant), on))
        except InputError as error:
            unreadable.append(Unreadable(printable(applicant.name), error))
        except Exception as error:  # a fault of ours or of the disk in one case must not hide the others'
            unreadable.append(Unreadable(printable(applicant.name), _unexpected(error)))
        seen()
    return Roster(on, tuple(sorted(due, key=_urgency)), tuple(unreadable), _roster_folder(folder))


def applicants_in(folder: Path) -> list[Path]:
    """The applicants' folders in a folder, by name; a folder that is one applicant's is that one."""
    found = sorted(_applicant_folders(folder))
    if not found:
        raise ProfileError(
            Text(
                "文件夹中没有申请人；每位申请人一个文件夹，内有 profile.yaml",
                "no applicant in this folder; each has a folder of their own with a profile.yaml",
            ),
            where=str(folder),
        )
    return found


def _applicant_folders(folder: Path) -> Iterator[Path]:
    if _is_applicants(folder):
        yield folder.resolve()
    elif folder.is_dir():
        yield from (inner for inner in folder.iterdir() if inner.is_dir() and _is_applicants(inner))


def _is_applicants(folder: Path) -> bool:
    """Whether it is an applicant's folder; one that may not be looked into is taken for one, to be listed as unreadable."""
    try:
        return profile_file(folder).is_file() or is_sealed(folder)
    except OSError:
        return True


def _roster_folder(folder: Path) -> Path:
    """The folder above, where the folder given is one applicant's own."""
    return folder.resolve().parent if _is_applicants(folder) else folder.resolve()


def _unexpected(error: Exception) -> InputError:
    """The kind of fault only: its own words could hold a person's data."""
    kind = type(error).__name__
    if isinstance(error, OSError):
        return InputError(
            Text(f"文件夹或文件无法读取（{kind}）；请检查权限", f"can't be read ({kind}); check the permissions")
        )
    return InputError(
        Text(
            f"程序处理这位申请人时出错（{kind}）；其他申请人不受影响，请把这一行发给开发者",
            f"this program failed on this applicant ({kind}); the others are not affected, please tell the developers",
        )
    )


def _urgency(due: Due) -> tuple[date, date, str]:
    return due.dates.last_safe_day, due.dates.expires_on, due.applicant


def due_of(profile: Profile, on: date) -> Due:
    """One applicant's line of the roster. Raises PackError for a city there is no file for."""
    city = load_city(profile.city)
    case = Case(profile, city, on)
    findings = [*check_profile(profile, on), *check_rules(profile, city, on)]
    required = [slot for slot in case.slots if slot.required == "required"]
    return Due(
        applicant=profile.id,
        person=_digest(profile),
        city=city,
        dates=case.dates,
        state=case.dates.state(on),
        days_left=case.dates.days_left(on),
        next_steps=afterwards(max(on, case.dates.last_safe_day), case.category, city),
        required=len(required),
        present=sum(bool(profile.documents.get(slot.key)) for slot in required),  # type: ignore[call-overload]
        errors=sum(finding.severity == "error" for finding in findings),
        warnings=sum(finding.severity == "warning" for finding in findings),
    )


def _digest(profile: Profile) -> str:
    """By the work permit's number, which a person keeps for life: names, passports and dates may be corrected."""
    return hashlib.sha256(profile.work_permit.number.casefold().encode()).hexdigest()
