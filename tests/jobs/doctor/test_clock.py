"""A date that can't be right is found; another time zone is no trouble, since Beijing's day counts everywhere."""

import os
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from assistant.check.deadlines import dates
from assistant.jobs.doctor.clock import check_clock
from tests.support.doctor import state_of

DAY = 86400.0


def never() -> Path:
    return Path("there is none")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    (tmp_path / "installed").touch()
    return tmp_path / "installed"


def test_a_date_before_the_installation_is_bad(installed: Path) -> None:
    assert state_of(check_clock(lambda: 0.0, installed, never), "clock") == "bad"


def test_a_date_before_the_last_run_is_bad(installed: Path, tmp_path: Path) -> None:
    journal = tmp_path / "log.jsonl"
    journal.touch()
    now = time.time()
    os.utime(journal, (now + 30 * DAY, now + 30 * DAY))
    (said,) = check_clock(lambda: now, installed, lambda: journal)
    assert state_of([said], "clock") == "bad" and "last run" in said.message.en
    os.utime(journal, (now - DAY, now - DAY))
    assert state_of(check_clock(lambda: now, installed, lambda: journal), "clock") == "ok"


def test_a_date_years_after_the_installation_is_worth_a_word(installed: Path) -> None:
    assert state_of(check_clock(lambda: time.time() + 7 * 366 * DAY, installed, never), "clock") == "warning"


def test_files_that_bear_no_day_of_their_own_are_no_sign_of_a_wrong_date(installed: Path) -> None:
    """Everything in the zip is of 1980, so that built twice it is the same bytes."""
    os.utime(installed, (315532800, 315532800))
    assert state_of(check_clock(time.time, installed, never), "clock") == "ok"
    assert state_of(check_clock(lambda: 1577836800.0, installed, never), "clock") == "bad"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles"])
def test_in_every_time_zone_the_day_is_beijings(zone: str, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """18:30 UTC on 1 December is 02:30 on the second in Beijing, and still the first in Berlin."""
    moment = 1796149800.0
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        (said,) = check_clock(lambda: moment, installed, never)
        assert state_of([said], "clock") == "ok"
        assert ("2026-12-02" in said.message.zh) == (zone != "Asia/Shanghai")
        frozen = type(
            "datetime", (dates.datetime,), {"now": classmethod(lambda cls, zone: cls.fromtimestamp(moment, zone))}
        )
        patch.setattr(dates, "datetime", frozen)
        assert dates.today() == date(2026, 12, 2)
    time.tzset()
