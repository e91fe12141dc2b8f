"""Today, spans of years, and terms of months: what dates are asked about, answered in one place."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

from assistant.messages import Text

_CHECKED = re.compile(r"\(checked (\d{4}-\d{2}-\d{2})\)")
_BEIJING = timezone(timedelta(hours=8), "CST")  # one zone for the whole country, without summer time


def now() -> datetime:
    """This moment by Beijing's clock, whatever zone the computer is in."""
    return datetime.now(UTC).astimezone(_BEIJING)


def today() -> date:
    """Beijing's day: the one that rules, deadlines and files go by."""
    return now().date()


def checked(day: date, on: date) -> Text:
    """The badge of a rule: when it was last held against its source, and how long ago that is.

    >>> checked(date(2026, 11, 22), date(2027, 7, 30)).en, checked(date(2026, 11, 22), date(2026, 12, 1)).zh
    ('checked 2026-11, 8 months ago', '2026-11 核对，本月内')
    """
    month, months = day.isoformat()[:7], max(0, (on - day).days // 30)
    if months == 0:
        return Text(f"{month} 核对，本月内", f"checked {month}, within a month")
    years = months // 12
    if years >= 2:
        return Text(f"{month} 核对，{years} 年前", f"checked {month}, {years} years ago")
    return Text(f"{month} 核对，{months} 个月前", f"checked {month}, {months} month{'s' if months > 1 else ''} ago")


def with_age(source: str, on: date) -> Text:
    """A rule's source as a person reads it on a day: where a day of checking stands in it, its age stands too.

    >>> with_age("https://x.cn (checked 2026-11-22)", date(2027, 7, 30)).zh
    'https://x.cn（2026-11 核对，8 个月前）'
    """
    zh, en, end = "", "", 0
    for found in _CHECKED.finditer(source):
        age = checked(date.fromisoformat(found[1]), on)
        zh += source[end : found.start()].rstrip() + f"（{age.zh}）"
        en += source[end : found.start()] + f"({age.en})"
        end = found.end()
    return Text(zh + source[end:], en + source[end:])


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
