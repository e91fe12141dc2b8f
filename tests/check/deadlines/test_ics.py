"""The calendar: a mail program reads it, importing twice moves and never doubles, nothing of the person is in it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.check.city.loading import load_city
from assistant.check.deadlines.filing_dates import afterwards, filing_dates
from assistant.check.deadlines.ics import calendar_file, days_of, uid
from assistant.check.deadlines.roster import Due, Roster

ON = date(2026, 11, 23)


def due(days_left: int, *, name: str = "ning", city: str = "shenzhen", category: str = "B1") -> Due:
    rules = load_city(city)
    dates = filing_dates(ON + timedelta(days=days_left), category, rules)
    then = afterwards(max(ON, dates.last_safe_day), category, rules)
    return Due(name, rules, dates, dates.state(ON), days_left, then, 9, 9, 0, 0)


def events(*dues: Due, on: date = ON, language="zh") -> dict[str, object]:
    calendar = Calendar.from_ical(calendar_file(Roster(on, dues, ()), language))
    found = calendar.walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def test_each_case_has_its_five_days():
    case = due(60)
    starts = {kind: events(case)[uid("ning", kind)]["DTSTART"].dt for kind in (
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
    before, after = events(due(60)), events(due(70), on=ON + timedelta(days=3))
    assert set(before) == set(after)
    one = uid("ning", "first-day")
    assert after[one]["DTSTART"].dt - before[one]["DTSTART"].dt == timedelta(days=10)
    assert after[one]["DTSTAMP"].dt > before[one]["DTSTAMP"].dt


def test_two_applicants_never_share_an_event():
    assert len(events(due(60, name="a"), due(60, name="b"))) == 10


def test_the_same_roster_gives_the_same_bytes():
    assert calendar_file(Roster(ON, (due(60),), ()), "zh") == calendar_file(Roster(ON, (due(60),), ()), "zh")


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
    text = str(events(due(80), language="en")[uid("ning", "last-safe-day")]["DESCRIPTION"])
    assert "not published" in text
    certain = due(60, city="beijing")
    assert "not published" not in str(events(certain, language="en")[uid("ning", "last-safe-day")]["DESCRIPTION"])


def test_the_lines_are_what_the_standard_asks_for(tmp_path: Path):
    content = calendar_file(Roster(ON, (due(60),), ()), "zh")
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR"
    assert all(len(line) <= 75 for line in lines)
    assert b"METHOD:PUBLISH" in lines and b"VERSION:2.0" in lines
