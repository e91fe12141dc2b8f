"""Chinese working days: weekends, public holidays and the weekend days worked in their place.

For the years the State Council has published (the kept library `chinesecalendar` knows them) the answer is exact. For
later years it is computed from the statutory holidays and marked `provisional`. The computed calendar leans to the safe
side: the days that are off in practice around Spring Festival, Labour Day and National Day count as off, and no worked
weekend is invented, so a deadline counted back in working days comes out early rather than late.
Source of the computed part: the State Council's holiday regulation as of 2025-01-01 (order 795).
"""

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar  # type: ignore[import-untyped]

# (month, day) of lunar 1/1, 5/5 and 8/15, from two independent lunar calendars that agree for every year listed.
_LUNAR = {
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)),
    2037: ((2, 15), (6, 18), (9, 24)),
    2038: ((2, 4), (6, 7), (9, 13)),
    2039: ((1, 24), (5, 27), (10, 2)),
    2040: ((2, 12), (6, 14), (9, 20)),
}
_DAY = timedelta(days=1)
_PUBLISHED_YEARS = frozenset(day.year for day in chinese_calendar.constants.holidays)


def is_provisional(day: date) -> bool:
    """Whether the holidays of this day's year are computed, not published."""
    return day.year not in _PUBLISHED_YEARS


@lru_cache(maxsize=8192)
def is_working_day(day: date) -> bool:
    """Whether offices work on this day (a worked weekend day is a working day)."""
    if not is_provisional(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in _computed_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day` (before it, when negative); `day` itself for 0.

    >>> add_working_days(date(2026, 9, 30), 1)  # over the National Day week
    datetime.date(2026, 10, 8)
    >>> add_working_days(date(2026, 10, 8), -1)
    datetime.date(2026, 9, 30)
    """
    step = _DAY if count >= 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_day_on_or_after(day: date) -> date:
    while not is_working_day(day):
        day += _DAY
    return day


def working_day_on_or_before(day: date) -> date:
    while not is_working_day(day):
        day -= _DAY
    return day


@lru_cache(maxsize=64)
def _computed_holidays(year: int) -> frozenset[date]:
    """Days off of a year nobody has published yet; without lunar dates (far years) the fixed feasts only."""
    single_days = [date(year, 1, 1), _tomb_sweeping_day(year)]
    days = set(_run(date(year, 5, 1), 5)) | set(_run(date(year, 10, 1), 7))
    if year in _LUNAR:
        spring, dragon_boat, mid_autumn = (date(year, month, day) for month, day in _LUNAR[year])
        days.update(_run(spring - _DAY, 8))
        single_days += [dragon_boat, mid_autumn]
    for day in single_days:
        days.add(day)
        if day.weekday() >= 5:  # a feast on a weekend is made up for on the next working day
            days.add(day + timedelta(days=7 - day.weekday()))
    return frozenset(days)


def _tomb_sweeping_day(year: int) -> date:
    """Qingming, by the usual formula for this century (it agrees with the library's published years; a test says so)."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def _run(first: date, length: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(length)]
