"""Who must be filed when: the roster of a store's applicants, most urgent first.

Promises: an applicant whose folder or profile can't be used, for whatever reason, is listed with the reason and hides
nobody; papers are counted, not opened, so that a thousand applicants take seconds. No page, no network.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.check.city.loading import City, load_city
from assistant.check.deadlines.filing_dates import Afterwards, FilingDates, WindowState, afterwards
from assistant.check.rules import check_rules
from assistant.check.rules.case import Case
from assistant.check.rules.profile import check_profile
from assistant.errors import InputError, ProfileError
from assistant.messages import Text, printable
from assistant.profile.loading import Profile, load_profile
from assistant.store.base import Files, Store

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
    """A store's applicants on a day: those that could be read, most urgent first, and those that could not."""

    on: date
    due: tuple[Due, ...]
    unreadable: tuple[Unreadable, ...]
    shared: Files
    """What these applicants have in common."""

    @property
    def calm(self) -> bool:
        return not self.unreadable and all(due.state not in NEEDS_SOMEONE for due in self.due)


def make_roster(store: Store, on: date, seen: Callable[[], None] = lambda: None) -> Roster:
    """The roster of a store; `seen` is called after each applicant. Raises ProfileError when it has no applicant at all."""
    due: list[Due] = []
    unreadable: list[Unreadable] = []
    refs = store.applicants()
    if not refs:
        raise ProfileError(
            Text(
                "文件夹中没有申请人；每位申请人一个文件夹，内有 profile.yaml",
                "no applicant in this folder; each has a folder of their own with a profile.yaml",
            ),
            where=store.shared.where(""),
        )
    for ref in refs:
        try:
            with store.open(ref) as kept:
                due.append(due_of(load_profile(kept, fetched=False), on))
        except InputError as error:
            unreadable.append(Unreadable(printable(ref.id), error))
        except Exception as error:  # a fault of ours or of the disk in one case must not hide the others'
            unreadable.append(Unreadable(printable(ref.id), _unexpected(error)))
        seen()
    return Roster(on, tuple(sorted(due, key=_urgency)), tuple(unreadable), store.shared)


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
