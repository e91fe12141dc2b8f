"""Filing dates, counted by hand from the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check.city.loading import load_city
from assistant.check.deadlines.filing_dates import STATES, afterwards, filing_dates
from assistant.check.deadlines.workdays import is_working_day

EXPIRIES = st.dates(date(2025, 6, 1), date(2035, 12, 31))


def test_shenzhens_last_safe_day_leaves_ten_working_days():
    dates = filing_dates(date(2026, 11, 15), "B1", load_city("shenzhen"))
    assert dates.first_day == date(2026, 8, 17)
    assert dates.last_day == date(2026, 10, 16)
    # back from Friday 16 October: 15, 14, 13, 12, the worked Saturday 10, 9, 8, then over the holidays 30, 29, 28
    assert dates.last_safe_day == date(2026, 9, 28)
    assert dates.assumed and not dates.provisional


def test_beijings_last_safe_day_leaves_six_working_days():
    dates = filing_dates(date(2026, 7, 31), "B1", load_city("beijing"))
    assert (dates.first_day, dates.last_day) == (date(2026, 5, 2), date(2026, 7, 1))
    assert dates.last_safe_day == date(2026, 6, 23)
    assert not dates.assumed and not dates.provisional


def test_dates_in_a_year_without_published_holidays_are_provisional():
    assert filing_dates(date(2031, 7, 1), "B1", load_city("beijing")).provisional


def test_the_day_of_expiry_is_still_valid():
    dates = filing_dates(date(2026, 7, 31), "B1", load_city("beijing"))
    assert dates.days_left(date(2026, 7, 31)) == 0
    assert dates.state(date(2026, 7, 31)) == "too-late"
    assert dates.state(date(2026, 8, 1)) == "expired"


@pytest.mark.parametrize(("city", "past_the_last_day"), [("beijing", "too-late"), ("shenzhen", "urgent")])
def test_an_assumed_last_day_never_says_too_late(city, past_the_last_day):
    dates = filing_dates(date(2026, 7, 31), "B1", load_city(city))
    assert dates.state(dates.last_day) == "urgent"
    assert dates.state(dates.last_day + timedelta(days=1)) == past_the_last_day


@given(EXPIRIES, st.sampled_from(["beijing", "shenzhen"]), st.sampled_from(["A1", "B1", "C1"]))
def test_states_only_grow_more_urgent_as_days_pass(expiry, city, category):
    dates = filing_dates(expiry, category, load_city(city))
    assert dates.first_day < dates.last_safe_day < dates.last_day < expiry
    assert is_working_day(dates.last_safe_day)
    seen = [dates.state(expiry - timedelta(days=left)) for left in range(95, -3, -1)]
    urgency = [STATES.index(state) for state in seen]
    assert urgency == sorted(urgency, reverse=True)
    assert seen[0] == "too-early" and seen[-1] == "expired"


def test_what_follows_a_filing_in_shenzhen():
    then = afterwards(date(2026, 11, 23), "B1", load_city("shenzhen"))
    assert then.pre_review_due == date(2026, 11, 30)
    assert then.visit_from == date(2026, 12, 1)
    assert then.needs_booking
    assert then.collection == date(2026, 12, 15)


def test_what_follows_a_filing_in_beijing():
    then = afterwards(date(2026, 9, 30), "A3", load_city("beijing"))
    assert then.pre_review_due == date(2026, 10, 8)
    assert then.visit_from == date(2026, 10, 9)
    assert not then.needs_booking
    assert then.collection == date(2026, 10, 13)  # Saturday 10 Oct is worked
