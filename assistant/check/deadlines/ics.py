"""The deadlines of a roster as an iCalendar file that mail programs import.

Promises: the same person in the same roster and the same kind of day always have the same UID, whatever the folders are
called, and two persons or two rosters never share one; a calendar written later wins over an earlier one (SEQUENCE and
DTSTAMP are the moment of writing), and one imported twice changes nothing. An event names the applicant's folder and
nothing else of the person. Days are whole days, without a clock time.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from icalendar import Calendar, Event

from assistant.check.deadlines.roster import HELPLESS, Due, Roster
from assistant.errors import InputError
from assistant.messages import Language, Text
from assistant.store.base import Files

ID_FILE = ".calendar-id"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # seconds since then fit a SEQUENCE for decades


@dataclass(frozen=True)
class CalendarDay:
    """One event of an applicant."""

    kind: str
    on: date
    title: Text
    about: Text


def calendar_file(roster: Roster, language: Language, written: datetime) -> bytes:
    """The calendar as bytes for a `.ics` file; cases that can no longer be filed have no events."""
    namespace = roster_id(roster.shared)
    shared = _more_than_once(due.person for due in roster.due)
    calendar = Calendar()
    calendar.add("prodid", "-//assistant//due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", Text("工作许可延期", "Work permit renewals").say(language))
    for due in roster.due:
        # Two folders with one permit number are a slip or a copy: their folders tell them apart until it is mended.
        person = f"{due.person}/{due.applicant}" if due.person in shared else due.person
        for day in days_of(due):
            calendar.add_component(_event(due, day, uid(namespace, person, day.kind), written, language))
    return bytes(calendar.to_ical())


def days_of(due: Due) -> Iterator[CalendarDay]:
    """The days of one applicant: to file from and until, and what follows if filed on the last safe day (or now)."""
    if due.state in HELPLESS:
        return
    dates, then = due.dates, due.next_steps
    yield CalendarDay(
        "first-day",
        dates.first_day,
        Text("可以开始申请延期", "extension can be filed from today"),
        Text("可申请的第一天", "the first filing day"),
    )
    yield CalendarDay(
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
    yield CalendarDay("pre-review", then.pre_review_due, Text("预审结果应已出", "pre-review result due"), planned)
    if then.needs_booking:
        yield CalendarDay("booking", then.visit_from, Text("预约现场办理", "book the visit"), planned)
    yield CalendarDay("collection", then.collection, Text("预计取证", "new permit expected"), planned)


def uid(namespace: UUID, person: str, kind: str) -> str:
    """Stable for one person in one roster and one kind of day."""
    return f"{uuid5(namespace, f'{person}/{kind}')}@assistant"


def roster_id(shared: Files) -> UUID:
    """What tells this roster from others, for good: a random number that lies beside its applicants and moves with them.

    Where it can't be written, their place must do.
    """
    with suppress(OSError, InputError):
        # Refused where there is one already.
        shared.write(ID_FILE, f"{uuid4()}\n".encode(), expected=None)
    try:
        return UUID(shared.read(ID_FILE).decode("ascii").strip())
    except (OSError, ValueError):
        return uuid5(NAMESPACE_URL, os.fsencode(Path(shared.where("")).resolve()).hex())


def _more_than_once(persons: Iterable[str]) -> frozenset[str]:
    return frozenset(person for person, times in Counter(persons).items() if times > 1)


def _event(due: Due, day: CalendarDay, identity: str, written: datetime, language: Language) -> Event:
    event = Event()
    event.add("uid", identity)
    event.add("dtstamp", written.astimezone(UTC))
    event.add("sequence", int((written - _EPOCH).total_seconds()))
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
