"""Days and months as people write them: ISO, Chinese, with slashes or points, with English names.

Promises: what can mean two days is none; each trouble is a sentence. Pure.
"""

import re
from datetime import date

from assistant.messages import Text
from assistant.normalize import half_width
from assistant.values import iso

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_YEAR = r"(?P<year>\d{4}|\d{2})"
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ .-]*(?P<month>[a-z]{{3,9}})\.?[ ,-]*{_YEAR}",
        rf"(?P<month>[a-z]{{3,9}})\.?[ ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +{_YEAR}",
        rf"(?P<month>[a-z]{{3,9}})\.?[ ,-]*{_YEAR}(?P<day>)",
    )
)
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})")
_DOTTED_MONTH = re.compile(r"(\d{4})[.](\d{1,2})")
_LASTING = frozenset(
    ["至今", "现在", "目前", "今", "now", "present", "current", "to date", "tillnow", "till now", "today", "ongoing"]
)
TWO_DIGIT_YEAR = Text("年份只有两位；请写四位年份", "the year has two digits only; write all four")
_ORDER = Text(
    "看不出哪个是月、哪个是日；请写作 YYYY-MM-DD",
    "which is the month and which the day can't be told; write YYYY-MM-DD",
)
_NO_DATE = Text("看不出是哪一天；请写作 YYYY-MM-DD", "not a date that can be read; write YYYY-MM-DD")
_NO_MONTH = Text("看不出是哪个月；请写作 YYYY-MM", "not a month that can be read; write YYYY-MM")
_NO_DAY = Text("只有年月，没有日；请写作 YYYY-MM-DD", "the day is missing; write YYYY-MM-DD")


def day_in(written: str) -> str | Text:
    """The day as `YYYY-MM-DD`, or why it is none.

    >>> day_in("10 May 2032"), day_in("2032年5月10日"), isinstance(day_in("03/04/2032"), Text)
    ('2032-05-10', '2032-05-10', True)
    """
    text = half_width(written)
    found = iso(text) or _named(text) or _slashed(text) or _NO_DATE
    return _NO_DAY if isinstance(found, str) and len(found) != 10 else found


def month_in(written: str) -> str | Text:
    """The month as `YYYY-MM`, or why it is none; of a day its month.

    >>> month_in("2019.9"), month_in("Sept 2019"), isinstance(month_in("2019"), Text)
    ('2019-09', '2019-09', True)
    """
    text = half_width(written)
    if parts := _MONTH_FIRST.fullmatch(text):
        return _a_month(int(parts[2]), int(parts[1]))
    if parts := _DOTTED_MONTH.fullmatch(text):
        return _a_month(int(parts[1]), int(parts[2]))
    found = iso(text) or _named(text) or _slashed(text) or _NO_MONTH
    return found[:7] if isinstance(found, str) else found


def is_lasting(written: str) -> bool:
    """Whether it says that there is no end yet."""
    return half_width(written).casefold() in _LASTING


def _a_month(year: int, month: int) -> str | Text:
    return f"{year:04}-{month:02}" if 1 <= month <= 12 else _NO_MONTH


def _named(text: str) -> str | Text | None:
    """A date with its month in English words: `14 MAR 1988`, `March 14, 1988`, `Mar 1988`."""
    parts = next((found for pattern in _NAMED if (found := pattern.fullmatch(text))), None)
    word = parts["month"].lower() if parts else ""
    number = next((count for count, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)
    if not parts or not number:
        return None
    if len(parts["year"]) == 2:
        return TWO_DIGIT_YEAR
    return _a_day(int(parts["year"]), number, int(parts["day"])) if parts["day"] else f"{parts['year']}-{number:02}"


def _slashed(text: str) -> str | Text | None:
    """Day and month before the year: only where one of them can't be a month, or both are the same."""
    parts = _SLASHED.fullmatch(text)
    if not parts:
        return None
    if len(parts[4]) == 2:
        return TWO_DIGIT_YEAR
    first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
    if first > 12 or first == second:
        return _a_day(year, second, first)
    return _a_day(year, first, second) if second > 12 else _ORDER


def _a_day(year: int, month: int, day: int) -> str | Text:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Text("日历上没有这一天；请核对", "there is no such day; check it")
