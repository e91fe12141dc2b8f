"""Ages and terms at the days where they change."""

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assistant
from assistant.check.deadlines import dates
from assistant.check.deadlines.dates import add_months, years_between


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1966, 11, 22), date(2026, 11, 21), 59),
        (date(1966, 11, 22), date(2026, 11, 22), 60),
        (date(1968, 2, 29), date(2028, 2, 28), 59),
        (date(1968, 2, 29), date(2028, 2, 29), 60),
        (date(1968, 2, 29), date(2029, 2, 28), 60),
        (date(1968, 2, 29), date(2029, 3, 1), 61),
        (date(2000, 1, 1), date(2000, 1, 1), 0),
    ],
)
def test_one_grows_older_on_the_birthday(birth, day, age):
    assert years_between(birth, day) == age


def test_a_year_of_work_is_full_on_its_anniversary():
    assert years_between(date(2023, 11, 22), date(2026, 11, 21)) == 2
    assert years_between(date(2023, 11, 22), date(2026, 11, 22)) == 3
    assert years_between(date(2027, 1, 1), date(2026, 1, 1)) == -1


def test_months_end_on_the_last_day_there_is():
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2027, 12, 15), 1) == date(2028, 1, 15)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 120), st.integers(0, 120))
def test_more_months_never_end_earlier(day, fewer, more):
    fewer, more = sorted((fewer, more))
    assert add_months(day, fewer) <= add_months(day, more)


# ---- today ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system keeps its zone elsewhere")
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", "Asia/Shanghai", "UTC"])
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 16, 0, 0, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_beijing_s_day_whatever_the_computer_s_zone(monkeypatch, zone, moment, day):
    class Frozen(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    monkeypatch.setattr(dates, "datetime", Frozen)
    try:
        assert dates.today() == day
        assert dates.now() == moment
    finally:
        monkeypatch.undo()
        time.tzset()


def test_nothing_asks_the_computer_for_its_own_day():
    """`date.today()` and `datetime.now()` without a zone are the computer's day, not Beijing's."""
    own = re.compile(r"\bdate\.today\(|\bdatetime\.(now\(\)|today\()")
    package = Path(assistant.__file__).parent
    assert not [path for path in package.rglob("*.py") if own.search(path.read_text(encoding="utf-8"))]
