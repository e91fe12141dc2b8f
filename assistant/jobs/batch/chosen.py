"""Whose forms a batch fills, the most urgent first, and why the others are not among them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.check.deadlines.roster import make_roster
from assistant.errors import InputError
from assistant.store.base import ApplicantRef, Store


@dataclass(frozen=True)
class Chosen:
    """Applicants by urgency, with their cities; and those whose profile can't be used."""

    refs: tuple[tuple[ApplicantRef, str], ...]
    unusable: tuple[tuple[ApplicantRef, InputError], ...]


def choose(
    store: Store, on: date, *, due: int | None = None, city: str = "", seen: Callable[[], None] = lambda: None
) -> Chosen:
    """Those who must file within `due` days (None: everybody), of one city where one is named. Whose city or dates can't be
    read are told in any case. Raises ProfileError where there is no applicant at all."""
    roster = make_roster(store, on, seen)
    wanted = [
        one
        for one in roster.due
        if (not city or one.city.city == city) and (due is None or (one.dates.last_safe_day - on).days <= due)
    ]
    return Chosen(
        tuple((ApplicantRef(one.applicant), one.city.city) for one in wanted),
        tuple((ApplicantRef(one.applicant), one.error) for one in roster.unreadable),
    )
