"""The calendar: a mail program reads it, importing twice moves and never doubles, nothing of the person is in it."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.check.city.loading import load_city
from assistant.check.deadlines.filing_dates import afterwards, filing_dates
from assistant.check.deadlines.ics import ID_FILE, calendar_file, days_of, roster_id, uid
from assistant.check.deadlines.roster import Due, Roster, make_roster
from assistant.store.applicant_folder import SharedFolder
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES

ON = date(2026, 11, 23)
WRITTEN = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
NOWHERE = Path("/a folder that is not there")


def due(days_left: int, *, name: str = "ning", city: str = "shenzhen", category: str = "B1") -> Due:
    rules = load_city(city)
    dates = filing_dates(ON + timedelta(days=days_left), category, rules)
    then = afterwards(max(ON, dates.last_safe_day), category, rules)
    return Due(name, f"digest of {name}", rules, dates, dates.state(ON), days_left, then, 9, 9, 0, 0)


def written(*dues: Due, on: date = ON, language="zh", at: datetime = WRITTEN, folder: Path = NOWHERE) -> bytes:
    return calendar_file(Roster(on, dues, (), SharedFolder(folder)), language, at)


def uid_of(name: str, kind: str) -> str:
    return uid(roster_id(SharedFolder(NOWHERE)), f"digest of {name}", kind)


def events(*dues: Due, **more) -> dict[str, object]:
    calendar = Calendar.from_ical(written(*dues, **more))
    found = calendar.walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def test_each_case_has_its_five_days():
    case = due(60)
    starts = {kind: events(case)[uid_of("ning", kind)]["DTSTART"].dt for kind in (
        "first-day", "last-safe-day", "pre-review", "booking", "collection")}  # fmt: skip
    assert starts == {
        "first-day": case.dates.first_day,
        "last-safe-day": case.dates.last_safe_day,
        "pre-review": case.next_steps.pre_review_due,
        "booking": case.next_steps.visit_from,
        "collection": case.next_steps.collection,
    }
    assert len(events(case)) == 5


def test_where_no_booking_is_needed_none_is_planned():
    kinds = [day.kind for day in days_of(due(60, city="beijing", category="A3"))]
    assert kinds == ["first-day", "last-safe-day", "pre-review", "collection"]


@pytest.mark.parametrize(("days_left", "city"), [(-1, "shenzhen"), (20, "beijing")])
def test_a_case_that_can_no_longer_be_filed_has_no_days(days_left, city):
    assert events(due(days_left, city=city)) == {}


def test_a_later_calendar_moves_the_same_events():
    before, after = events(due(60)), events(due(70), at=WRITTEN + timedelta(days=3))
    assert set(before) == set(after)
    one = uid_of("ning", "first-day")
    assert after[one]["DTSTART"].dt - before[one]["DTSTART"].dt == timedelta(days=10)
    assert after[one]["DTSTAMP"].dt > before[one]["DTSTAMP"].dt
    assert after[one]["SEQUENCE"] > before[one]["SEQUENCE"]


def test_a_correction_a_second_later_on_the_same_day_wins():
    before, after = events(due(60)), events(due(70), at=WRITTEN + timedelta(seconds=1))
    assert all(after[one]["SEQUENCE"] > before[one]["SEQUENCE"] for one in before)


def test_the_moment_of_writing_counts_not_the_day_that_stands_for_today():
    event = next(iter(events(due(60), on=date(2020, 1, 1)).values()))
    assert event["DTSTAMP"].dt == WRITTEN


def test_two_applicants_never_share_an_event():
    assert len(events(due(60, name="a"), due(60, name="b"))) == 10


def test_one_calendar_written_twice_in_a_moment_is_the_same():
    assert written(due(60)) == written(due(60))


def test_days_are_whole_days():
    for event in events(due(60)).values():
        assert type(event["DTSTART"].dt) is date
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(("language", "word"), [("zh", "深圳"), ("en", "Shenzhen")])
def test_the_calendar_speaks_the_persons_language(language, word):
    for event in events(due(60), language=language).values():
        assert word in event["SUMMARY"] and "ning" in event["SUMMARY"]
        assert event["DESCRIPTION"]


def test_what_is_assumed_or_estimated_is_said_in_the_event():
    # expires on 2027-02-11: the last day lies in a year whose holidays may not be published
    text = str(events(due(80), language="en")[uid_of("ning", "last-safe-day")]["DESCRIPTION"])
    assert "not published" in text
    certain = due(60, city="beijing")
    assert "not published" not in str(events(certain, language="en")[uid_of("ning", "last-safe-day")]["DESCRIPTION"])


def test_the_lines_are_what_the_standard_asks_for(tmp_path: Path):
    content = written(due(60))
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR"
    assert all(len(line) <= 75 for line in lines)
    assert b"METHOD:PUBLISH" in lines and b"VERSION:2.0" in lines


# ---- whose event it is ---------------------------------------------------------------------------------------------


@pytest.fixture
def roster_at(tmp_path):
    """A roster's folder with one applicant, and its calendar's UIDs by kind and person."""

    def make(name: str, applicant: str = "lee") -> Path:
        folder = tmp_path / name
        shutil.copytree(PROFILES / "sample-okafor", folder / applicant)
        shutil.copy(PROFILES / "employer.yaml", folder / "employer.yaml")
        return folder

    return make


def uids(folder: Path, at: datetime = WRITTEN) -> set[str]:
    calendar = Calendar.from_ical(calendar_file(make_roster(FolderStore.at(folder), ON), "zh", at))
    return {str(event["UID"]) for event in calendar.walk("VEVENT")}


def test_two_rosters_never_share_an_event(roster_at):
    assert not uids(roster_at("acme")) & uids(roster_at("beta"))


def test_an_event_is_the_same_whatever_the_folders_are_called(roster_at, tmp_path):
    before = uids(roster_at("acme"))
    (tmp_path / "acme" / "lee").rename(tmp_path / "acme" / "lee 2026")
    (tmp_path / "acme").rename(tmp_path / "acme clients")
    assert uids(tmp_path / "acme clients") == before


def test_an_applicant_asked_for_alone_has_the_roster_s_events(roster_at):
    folder = roster_at("acme")
    assert uids(folder / "lee") == uids(folder)


def test_two_folders_with_one_permit_number_keep_their_own_events(roster_at):
    folder = roster_at("acme")
    shutil.copytree(folder / "lee", folder / "copy of lee")
    assert len(uids(folder)) == 10


def test_where_no_number_can_be_kept_the_place_tells_rosters_apart(roster_at):
    acme, beta = roster_at("acme"), roster_at("beta")
    for folder in (acme, beta):
        (folder / ID_FILE).mkdir()
    assert uids(acme) == uids(acme)
    assert not uids(acme) & uids(beta)


def test_the_number_that_is_kept_is_the_owner_s_alone(roster_at):
    folder = roster_at("acme")
    uids(folder)
    assert (folder / ID_FILE).stat().st_mode & 0o077 == 0
