"""When one case can and should be filed (first, last and last safe day), and what follows a filing when.

Promises: every date is counted from the work permit's expiry by the city's rules and says whether it rests on something
nobody has published (`assumed`) or on holidays that are not announced yet (`provisional`). Pure.

The last safe day leaves time for one returned application: pre-review plus the city's margin, in working days, before
the last day. Filed then and sent back at the end of the pre-review, a corrected application still arrives in time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from assistant.check.city.loading import City
from assistant.check.city.rule_types import Processing
from assistant.check.deadlines.workdays import add_working_days, is_provisional, working_day_on_or_after

WindowState = Literal["expired", "too-late", "urgent", "open", "too-early"]
STATES: tuple[WindowState, ...] = get_args(WindowState)
"""From most to least urgent."""


@dataclass(frozen=True)
class FilingDates:
    """The filing window of one case. `last_safe_day` is a working day; the others are plain days (filing is online)."""

    expires_on: date
    first_day: date
    last_day: date
    last_safe_day: date
    assumed: bool
    provisional: bool

    def days_left(self, on: date) -> int:
        """Days of validity left; 0 on the day of expiry, negative after it."""
        return (self.expires_on - on).days

    def state(self, on: date) -> WindowState:
        """Where a day stands. Past the last day is `urgent`, not `too-late`, where that day is an assumption."""
        if on > self.expires_on:
            return "expired"
        if on < self.first_day:
            return "too-early"
        if on > self.last_day:
            return "urgent" if self.assumed else "too-late"
        return "open" if on <= self.last_safe_day else "urgent"


@dataclass(frozen=True)
class Afterwards:
    """What follows an application filed on a day, at the latest: result of the pre-review, visit, new permit."""

    filed_on: date
    pre_review_due: date
    visit_from: date
    needs_booking: bool
    collection: date
    provisional: bool


def filing_dates(expires_on: date, category: str, city: City) -> FilingDates:
    """The filing window of a work permit of this category that expires on this day."""
    window = city.window
    last_day = expires_on - timedelta(days=window.closes.days_before_expiry)
    last_safe_day = add_working_days(last_day, -days_to_keep(category, city))
    return FilingDates(
        expires_on=expires_on,
        first_day=expires_on - timedelta(days=window.opens.days_before_expiry),
        last_day=last_day,
        last_safe_day=last_safe_day,
        assumed=window.opens.unknown or window.closes.unknown,
        provisional=is_provisional(last_safe_day) or is_provisional(last_day),
    )


def days_to_keep(category: str, city: City) -> int:
    """Working days between the last safe day and the last day: pre-review, and the margin for a correction."""
    return city.review_for(category).working_days + city.margin.working_days


def afterwards(filed_on: date, category: str, city: City) -> Afterwards:
    """The days that follow an application filed on this day."""
    booking = city.booking_for(category)
    pre_review_due = add_working_days(filed_on, city.review_for(category).working_days)
    visit_from = add_working_days(pre_review_due, 1)
    collection = _collection(visit_from, city.processing)
    return Afterwards(
        filed_on=filed_on,
        pre_review_due=pre_review_due,
        visit_from=visit_from,
        needs_booking=booking is not None and booking.needed,
        collection=collection,
        provisional=any(map(is_provisional, (filed_on, pre_review_due, visit_from, collection))),
    )


def _collection(visit: date, processing: Processing) -> date:
    if processing.working_days is not None:
        return add_working_days(visit, processing.working_days)
    return working_day_on_or_after(visit + timedelta(days=processing.calendar_days or 0))
