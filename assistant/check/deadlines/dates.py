"""Today, spans of years, and terms of months: what dates are asked about, answered in one place."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

_BEIJING = timezone(timedelta(hours=8), "CST")  # one zone for the whole country, without summer time


def now() -> datetime:
    """This moment by Beijing's clock, whatever zone the computer is in."""
    return datetime.now(UTC).astimezone(_BEIJING)


def today() -> date:
    """Beijing's day: the one that rules, deadlines and files go by."""
    return now().date()


def years_between(since: date, day: date) -> int:
    """Full years from one day to another (an age), negative when `since` lies after it.

    Who is born on 29 February turns a year older on 1 March in common years.

    >>> years_between(date(1968, 2, 29), date(2027, 2, 28)), years_between(date(1968, 2, 29), date(2027, 3, 1))
    (58, 59)
    """
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it is shorter.

    >>> add_months(date(2027, 2, 28), 12), add_months(date(2027, 11, 30), 3)
    (datetime.date(2028, 2, 28), datetime.date(2028, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
