"""What of a section is written, part by part, each over the same gate: fields, row tables, uploads.

Promises: nothing is written that the gate was not asked about, with the look it would be written by; the gate asks whose
form it is each time, and whether the section is the one its pack describes once, before the first value.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from assistant.outcome import Reason
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.snapshot import Snapshot
from assistant.page.stability import PATIENT
from assistant.portal.section import Table
from assistant.run.fill import rows, section_filler, uploads
from assistant.run.fill.drift_gate import DriftCheck
from assistant.run.fill.identity_lock import IdentityLock
from assistant.run.fill.progress import SectionWork
from assistant.run.fill.result import FieldResult
from assistant.run.plan import Plan, SectionPlan, Step

FactsAnew = Callable[[list[str]], dict[str, set[str]]]
"""What the form, opened once more by itself, states about whose it is."""


@dataclass
class WriteGate:
    """Asked before a section, or a part of it, is written. Raises WrongPerson where it is, or may be, somebody else's."""

    page: FormPage
    work: SectionWork
    lock: IdentityLock
    drifts: DriftCheck | None = None
    """Compares the section with its pack; None where a single field is written of a section that was compared before."""
    facts_anew: FactsAnew | None = None
    _asked_anew: bool = field(default=False, init=False)
    _compared: bool = field(default=False, init=False)

    def check(self, seen: Snapshot) -> None:
        """Before the first value. Raises SectionDrifted too, where this is not the section that the pack describes."""
        self.check_owner(seen)
        if self.drifts and not self._compared:
            self._compared = True
            section = self.work.plan.section
            self.work.changes = self.drifts.check(section, seen, self._look)

    def check_owner(self, seen: Snapshot) -> None:
        # Asked after the look: what a page shows late may come with another name above it.
        self.lock.check(self.work.plan, seen, self.lock.facts(self.page))
        if self.facts_anew is None or self._asked_anew or not self.lock.labels:
            return
        if self.page.stands_apart(seen, self.lock.labels):
            self._asked_anew = True
            # A frame comes later than the name above it, and says nothing itself of whose it is.
            self.lock.check_marks(self.facts_anew(self.lock.labels), needed=True)

    def check_dialog(self, table: Table, dialog: Snapshot) -> Reason | None:
        """Why an open dialog of a table is not to be written into, or None."""
        if self.drifts is None:
            return None
        return self.drifts.check_dialog(self.work.plan.section, table, dialog, self._look)

    @property
    def _look(self) -> Callable[[], Snapshot]:
        return partial(self.page.settled_look, quiet=PATIENT)


@dataclass(frozen=True)
class OpenSection:
    """A section that the page shows now, and what its parts need to be written: `shown` is the look that found it."""

    page: FormPage
    work: SectionWork
    gate: WriteGate
    shown: Snapshot
    overwrite: bool

    def within(self, seen: Snapshot) -> Snapshot:
        return seen.of(self.work.plan.section)


class SectionPart(Protocol):
    """One kind of thing that a section asks for."""

    def __call__(self, section: OpenSection) -> None:
        """Writes it, and leaves what came of it in the section's work, also when the run is stopped in between."""


def fields(section: OpenSection) -> None:
    work, gate = section.work, section.gate
    section_filler.fill(
        section.page,
        work.plan.steps,
        section.within,
        overwrite=section.overwrite,
        before_write=gate.check,
        shown=section.shown,
        leave=work.is_theirs,
        into=work.fields,
    )
    if any(one.field.identity and one.right for one in work.fields):
        gate.lock.prove()


def tables(section: OpenSection) -> None:
    for table in section.work.plan.tables:
        filled: list[FieldResult] = []
        section.work.tables.append((table, filled))
        rows.fill_table(
            section.page,
            table,
            section.within,
            overwrite=section.overwrite,
            judge=partial(section.gate.check_dialog, table.table),
            before_write=section.gate.check_owner,
            into=filled,
        )


def files(section: OpenSection) -> None:
    work = section.work
    uploads.attach_all(
        section.page, work.plan.uploads, section.within, before_write=section.gate.check_owner, into=work.uploads
    )


PARTS: tuple[SectionPart, ...] = (fields, tables, files)


def write(section: OpenSection) -> None:
    """Writes a section. Raises SectionDrifted, with nothing written, for one that its pack does not describe."""
    for part in PARTS:
        part(section)


def fill_one(page: FormPage, guard: Guard, plan: Plan, section: SectionPlan, step: Step) -> FieldResult:
    """Writes the planned value of one field over what the page holds: the pen taken for it alone and given back, the
    identity lock passed anew, and read back."""
    gate = WriteGate(page, SectionWork(section), IdentityLock(plan.identity))

    def within(seen: Snapshot) -> Snapshot:
        return seen.if_shown(section.section) or Snapshot()

    guard.take_pen()
    try:
        (result,) = section_filler.fill(page, [step], within, overwrite=True, before_write=gate.check)
        section_filler.let_stand(result, page, within)
    finally:
        guard.hand_over()
    return result
