"""The deadlines of a roster as an iCalendar file that mail programs import.

Promises: the same applicant and kind of day always have the same UID, so importing again moves an event and never doubles
it; an event names the applicant's folder and nothing else of the person. Days are whole days, without a clock time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from assistant.check.deadlines.roster import HELPLESS, Due, Roster
from assistant.messages import Language, Text

_NAMESPACE = UUID("6a1f6d1e-2f0c-5c39-9e5d-0d9d7a6e5b41")


@dataclass(frozen=True)
class Day:
    """One event of an applicant."""

    kind: str
    on: date
    title: Text
    about: Text


def calendar_file(roster: Roster, language: Language) -> bytes:
    """The calendar as bytes for a `.ics` file; cases that can no longer be filed have no events."""
    calendar = Calendar()
    calendar.add("prodid", "-//assistant//due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", Text("工作许可延期", "Work permit renewals").say(language))
    for due in roster.due:
        for day in days_of(due):
            calendar.add_component(_event(due, day, roster.on, language))
    return bytes(calendar.to_ical())


def days_of(due: Due) -> Iterator[Day]:
    """The days of one applicant: to file from and until, and what follows if filed on the last safe day (or now)."""
    if due.state in HELPLESS:
        return
    dates, then = due.dates, due.next_steps
    yield Day(
        "first-day",
        dates.first_day,
        Text("可以开始申请延期", "extension can be filed from today"),
        Text("可申请的第一天", "the first filing day"),
    )
    yield Day(
        "last-safe-day",
        dates.last_safe_day,
        Text("稳妥申请的最后一天", "last safe day to file"),
        _with_doubts(
            Text(
                f"之后若被退回，可能来不及补正；最后申请日 {dates.last_day}",
                f"after it a returned case may not be corrected in time; last filing day {dates.last_day}",
            ),
            assumed=dates.assumed,
            provisional=dates.provisional,
        ),
    )
    planned = _with_doubts(
        Text(f"按 {then.filed_on} 提交推算", f"if filed on {then.filed_on}"), provisional=then.provisional
    )
    yield Day("pre-review", then.pre_review_due, Text("预审结果应已出", "pre-review result due"), planned)
    if then.needs_booking:
        yield Day("booking", then.visit_from, Text("预约现场办理", "book the visit"), planned)
    yield Day("collection", then.collection, Text("预计取证", "new permit expected"), planned)


def uid(applicant: str, kind: str) -> str:
    """Stable for one applicant's folder and one kind of day.

    >>> uid("sample-lee", "first-day") == uid("sample-lee", "first-day") != uid("sample-lee", "booking")
    True
    """
    return f"{uuid5(_NAMESPACE, f'{applicant}/{kind}')}@assistant"


def _event(due: Due, day: Day, on: date, language: Language) -> Event:
    event = Event()
    event.add("uid", uid(due.applicant, day.kind))
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", f"{due.applicant} ({due.city.title.text.say(language)}): {day.title.say(language)}")
    event.add("description", day.about.say(language))
    event.add("transp", "TRANSPARENT")
    return event


def _with_doubts(about: Text, *, assumed: bool = False, provisional: bool = False) -> Text:
    """What must be said with a day that rests on something unpublished."""
    zh, en = [about.zh], [about.en]
    if assumed:
        zh.append("该城市的最后期限没有公布，按全国规定计算")
        en.append("this city's last day is not published, the national rule is used")
    if provisional:
        zh.append("节假日安排尚未公布，为预估")
        en.append("holidays not announced yet, an estimate")
    return Text("；".join(zh), "; ".join(en))
