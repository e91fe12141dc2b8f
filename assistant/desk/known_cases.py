"""Everyone of the folder as the roster shows them, remembered between two looks.

Promises: a look answers within its patience however many there are, and says who is still to be read; a row is read anew
once a file it rests on has changed, or the day; one odd folder hides nobody. Names and days stay in this process's memory.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.check.city.loading import load_city
from assistant.check.deadlines.roster import Due, due_of
from assistant.errors import AssistantError, InputError, KeyringUnusable, SealError
from assistant.jobs.course import Course, Stage, read_course
from assistant.messages import Text, printable
from assistant.profile.loading import load_profile
from assistant.store.base import ApplicantRef, Store
from assistant.store.folders import FolderStore

PATIENCE = 0.35
"""Seconds a look may spend on reading what it does not know yet."""


@dataclass(frozen=True)
class RosterRow:
    """One applicant. `due` is None where the profile can't be used, for the reason `trouble`."""

    id: str
    name: str
    sealed: bool
    locked: bool = False
    due: Due | None = None
    trouble: AssistantError | None = None
    course: Course = field(default_factory=Course)

    @property
    def shown_id(self) -> str:
        return printable(self.id)

    @property
    def stage(self) -> Stage:
        missing = self.due.required - self.due.present if self.due else 0
        return self.course.stage(errors=self.due.errors if self.due else 1, papers_missing=missing)

    @property
    def places_to_mend(self) -> int:
        """In the data: what stands against using the profile, or against filing the case."""
        if self.due is not None:
            return self.due.errors
        return max(1, len(self.trouble.problems)) if self.trouble else 0


@dataclass(frozen=True)
class RosterLook:
    """The rows that are known now, most urgent first, those that can't be used last; how many are still to be read."""

    on: date
    rows: tuple[RosterRow, ...]
    unread: int


class KnownCases:
    """The rows of one store."""

    def __init__(self, store: Store, today: Callable[[], date], patience: float = PATIENCE) -> None:
        self._store, self._today = store, today
        self._patience = patience
        self._rows: dict[str, tuple[object, RosterRow]] = {}
        self._lock = threading.Lock()
        self._reader: threading.Thread | None = None

    def look(self) -> RosterLook:
        """Raises nothing for what an applicant's folder is like."""
        on, until = self._today(), time.monotonic() + self._patience
        states = self._store.states()
        # While another thread reads, this one only looks: two would keep each other waiting.
        busy = self._reader is not None and self._reader.is_alive()
        unread, old = self._read(states, on, 0.0 if busy else until)
        if unread or old:
            self._read_on(states, on)
        with self._lock:
            present = {ref.id for ref in states}
            self._rows = {name: known for name, known in self._rows.items() if name in present}
            rows = [row for _, row in self._rows.values()]
        return RosterLook(on, tuple(sorted(rows, key=_urgency)), unread)

    def begin(self) -> None:
        """Starts reading, so that the first look finds much of it done."""
        self._read_on(self._store.states(), self._today())

    def _read(self, states: Mapping[ApplicantRef, object], on: date, until: float = float("inf")) -> tuple[int, int]:
        """Reads what is new until the time is over; how many are left that are not known, or not as they are now."""
        unread = old = 0
        for ref, there in states.items():
            state = (on, there)
            with self._lock:
                known = self._rows.get(ref.id)
            if known is not None and known[0] == state:
                continue
            if time.monotonic() > until:
                unread, old = unread + (known is None), old + (known is not None)
                continue
            row = self._row(ref, on)
            with self._lock:
                self._rows[ref.id] = state, row
            time.sleep(0.001)  # pages are asked for meanwhile
        return unread, old

    def _read_on(self, states: Mapping[ApplicantRef, object], on: date) -> None:
        with self._lock:
            if self._reader is None or not self._reader.is_alive():
                self._reader = threading.Thread(target=self._read, args=(states, on), daemon=True)
                self._reader.start()

    def _row(self, ref: ApplicantRef, on: date) -> RosterRow:
        sealed = isinstance(self._store, FolderStore) and self._store.is_sealed(ref)
        course = Course()
        try:
            with self._store.open(ref) as applicant:
                course = read_course(applicant)
                profile = load_profile(applicant, fetched=False)
                load_city(profile.city)
                person = profile.applicant
                name = " ".join(filter(None, (person.full_name, person.chinese_name)))
                return RosterRow(ref.id, name, sealed, due=due_of(profile, on), course=course)
        except (SealError, KeyringUnusable) as error:
            return RosterRow(ref.id, printable(ref.id), sealed, locked=True, trouble=error)
        except AssistantError as error:
            return RosterRow(ref.id, printable(ref.id), sealed, trouble=error, course=course)
        except Exception as error:  # of the disk, or ours: its own words could hold a person's data
            return RosterRow(ref.id, printable(ref.id), sealed, trouble=_unexpected(error))


def _urgency(row: RosterRow) -> tuple[bool, date, str]:
    return row.due is None, row.due.dates.last_safe_day if row.due else date.max, row.id


def _unexpected(error: Exception) -> InputError:
    kind = type(error).__name__
    return InputError(Text(f"读不了这个文件夹（{kind}）；请检查权限", f"can't be read ({kind}); check the permissions"))
