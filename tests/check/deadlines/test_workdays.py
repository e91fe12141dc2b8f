"""Chinese working days: published years exactly, later ones on the safe side."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check.deadlines import workdays
from assistant.check.deadlines.workdays import (
    add_working_days,
    is_provisional,
    is_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
)

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
LAST_PUBLISHED = max(day.year for day in chinese_calendar.constants.holidays)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a worked Saturday
        (date(2026, 2, 14), True),  # a worked Saturday before Spring Festival
        (date(2026, 2, 16), False),
        (date(2025, 10, 6), False),  # Mid-autumn within the National Day week
        (date(2026, 11, 21), False),  # a plain Saturday
        (date(2026, 11, 23), True),
        (date(2024, 2, 29), True),
    ],
)
def test_published_holidays_and_worked_weekends_are_known(day, working):
    assert is_working_day(day) is working
    assert not is_provisional(day)


@pytest.mark.parametrize(
    "day",
    [
        date(LAST_PUBLISHED + 1, 1, 1),
        date(2031, 1, 23),  # Spring Festival
        date(2031, 1, 22),  # its eve
        date(2031, 6, 24),  # Dragon Boat
        date(2031, 10, 1),
        date(2032, 4, 5),  # Qingming is Sunday 4 April: made up for on Monday
        date(2033, 9, 8),  # Mid-autumn
        date(2060, 5, 1),  # beyond the lunar table the fixed feasts still count
    ],
)
def test_later_years_are_computed_and_say_so(day):
    assert not is_working_day(day)
    assert is_provisional(day)


def test_a_computed_year_invents_no_worked_weekend():
    first = date(LAST_PUBLISHED + 1, 1, 1)
    days = [first + timedelta(days=offset) for offset in range(365)]
    assert not [day for day in days if day.weekday() >= 5 and is_working_day(day)]


def test_a_computed_year_has_about_as_many_working_days_as_the_published_ones():
    def count(year: int) -> int:
        return sum(is_working_day(date(year, 1, 1) + timedelta(days=offset)) for offset in range(365))

    published = [count(year) for year in range(2020, LAST_PUBLISHED + 1)]
    computed = [count(year) for year in range(LAST_PUBLISHED + 1, 2041)]
    assert min(published) - 16 <= min(computed) <= max(computed) <= max(published)


@pytest.mark.parametrize("year", range(2008, LAST_PUBLISHED + 1))
def test_the_formula_for_tomb_sweeping_day_agrees_with_the_published_years(year):
    day = workdays._tomb_sweeping_day(year)
    assert chinese_calendar.get_solar_terms(day, day) == [(day, "清明")]
    assert not is_working_day(day)


def test_lunar_feasts_fall_where_the_moon_says():
    # New year is a new moon, the eighth month's fifteenth a full one: 15 days into a month of 29.53 days.
    new_moon = date(2000, 1, 6)
    for spring, _, mid_autumn in (
        tuple(date(year, *feast) for feast in feasts) for year, feasts in workdays._LUNAR.items()
    ):
        for day, phase in ((spring, 0.0), (mid_autumn, 14.3)):
            age = ((day - new_moon).days + 0.2) % 29.530588
            assert min(abs(age - phase), 29.53 - abs(age - phase)) < 1.6


@given(DAYS, st.integers(1, 40))
def test_counting_forth_and_back_ends_on_the_same_working_day(day, count):
    start = working_day_on_or_after(day)
    there = add_working_days(start, count)
    assert is_working_day(there)
    assert add_working_days(there, -count) == start


@given(DAYS)
def test_the_nearest_working_day_is_the_day_itself_when_it_works(day):
    before, after = working_day_on_or_before(day), working_day_on_or_after(day)
    assert before <= day <= after
    assert is_working_day(before) and is_working_day(after)
    assert (before == day) == is_working_day(day) == (after == day)


def test_no_working_day_is_the_day_itself():
    assert add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)


def test_a_week_of_holidays_is_jumped_over():
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
