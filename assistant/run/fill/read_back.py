"""What one section of the page held at the last look: every value, with what was planned for it and what came of it.

Values are in it, by design: it goes from the filler to what the person looks at (review cards, proof sheet) and nowhere
else. Outcomes, reports and logs hold none, and `repr` leaves them out.

Promises: nothing is in it that the look did not show; a row table's column that the page does not show is not made up.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.normalize import same_label
from assistant.outcome import Outcome
from assistant.page.kinds import Shown, empty
from assistant.page.matching import Match, Wanted, match, match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.section import Field, Table
from assistant.run.fill.result import BLANK_CELLS, FieldResult, UploadResult
from assistant.run.fill.rows import FoundTable, found_table
from assistant.run.plan import SectionPlan, TablePlan


@dataclass(frozen=True)
class ShownRow:
    """One row of a table; `index` is the planned row it stands for, None for one the plan doesn't know. `cells` are its
    texts under the page's own headers; `fields` are the planned ones."""

    index: int | None
    cells: dict[str, str] = dataclasses.field(repr=False)
    fields: tuple[FieldResult, ...] = dataclasses.field(repr=False)


@dataclass(frozen=True)
class ShownTable:
    """A row table, in the page's own order of rows; rows that were planned and are not there come last, without cells."""

    table: Table
    found: bool
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class ReadBack:
    """One section. `others` are questions the pack doesn't know and that hold something; `loose` are outcomes that
    belong to no field of the pack (a new required question, a draft that could not be saved)."""

    plan: SectionPlan
    fields: tuple[FieldResult, ...]
    tables: tuple[ShownTable, ...]
    uploads: tuple[UploadResult, ...]
    others: tuple[Control, ...] = dataclasses.field(repr=False)
    loose: tuple[Outcome, ...]
    looked: bool = True
    """False where the run ended before a look could judge the section: its outcomes are known, no value is."""


OnReadBack = Callable[[ReadBack], None]


@dataclass(frozen=True)
class ShownSection:
    """One look, narrowed to a section: every field, slot and table is found in it once, whoever asks for it."""

    plan: SectionPlan
    seen: Snapshot

    @cached_property
    def fields(self) -> Mapping[str, Match]:
        """By the field's key."""
        planned = {step.field.key for step in self.plan.steps}
        return self._found([(one.key, one, one.control) for one in self.plan.section.fields], planned)

    @cached_property
    def uploads(self) -> Mapping[str, Match]:
        """By slot."""
        planned = {one.upload.slot for one in self.plan.uploads}
        return self._found([(one.slot, one, "upload") for one in self.plan.section.uploads], planned)

    @cached_property
    def tables(self) -> Mapping[str, FoundTable]:
        """By the table's key."""
        plans = {one.table.key: one for one in self.plan.tables}
        every = [plans.get(one.key, TablePlan(one, ())) for one in self.plan.section.tables]
        return {one.table.key: found_table(one, self.seen) for one in every}

    def _found(self, wanted: Sequence[tuple[str, Wanted, str]], planned: Collection[str]) -> Mapping[str, Match]:
        """What is planned as the filler found it; the rest each for itself, and never a control that is taken."""
        first = [one for one in wanted if one[0] in planned]
        hits = match_all([(one, kind) for _, one, kind in first], self.seen)
        found = {key: hit for (key, _, _), hit in zip(first, hits, strict=True)}
        taken = {hit.control.place for hit in hits if hit.control}
        for key, one, kind in wanted:
            if key not in found:
                hit = match(one, kind, self.seen)
                found[key] = Match(None, "ambiguous") if hit.control and hit.control.place in taken else hit
        return found

    def read_back(self, outcomes: Iterable[Outcome]) -> ReadBack:
        """Lays the look beside the plan and its outcomes."""
        section, every = self.plan.section, tuple(outcomes)
        by_field = {(one.field, one.row): one for one in every if one.field}
        steps = {step.field.key: step for step in self.plan.steps}
        files = {one.upload.slot: one for one in self.plan.uploads}
        fields = tuple(
            FieldResult(
                field=one,
                step=steps.get(one.key),
                outcome=by_field.get((one.key, None)),
                control=(control := self.fields[one.key].control),
                shown=control.value if control else None,
            )
            for one in section.fields
        )
        uploads = tuple(
            UploadResult(
                upload=one,
                plan=files.get(one.slot),
                outcome=by_field.get((f"documents.{one.slot}", None)),
                control=self.uploads[one.slot].control,
            )
            for one in section.uploads
        )
        planned = {one.table.key for one in self.plan.tables}
        tables = tuple(
            _shown_table(found, by_field)
            for key, found in self.tables.items()
            if key in planned or found.table is not None
        )
        claimed = {one.control.place for one in (*fields, *uploads) if one.control}
        others = tuple(
            one
            for one in self.seen.controls
            if one.visible and one.label and not empty(one.value) and one.place not in claimed
        )
        return ReadBack(self.plan, fields, tables, uploads, others, tuple(one for one in every if not one.field))


def read_back(plan: SectionPlan, outcomes: Iterable[Outcome], look: Snapshot | None) -> ReadBack:
    """Lays a look, narrowed to the section, beside the plan and its outcomes; None where there was none."""
    read = ShownSection(plan, look or Snapshot()).read_back(outcomes)
    return read if look is not None else dataclasses.replace(read, looked=False)


def _shown_table(found: FoundTable, outcomes: Mapping[tuple[str, int | None], Outcome]) -> ShownTable:
    plan, shown, pairs = found.plan, found.table, found.rows.cells
    steps = {row.index: {step.field.key: step for step in row.steps} for row in plan.rows}

    def row(index: int | None, cells: dict[str, str]) -> ShownRow:
        fields = tuple(
            FieldResult(
                field=one,
                step=steps[index].get(one.key) if index is not None else None,
                outcome=outcomes.get((one.key, index)) if index is not None else None,
                shown=_cell(one, cells),
            )
            for one in plan.table.fields
        )
        return ShownRow(index, cells, fields)

    left = dict(pairs)
    rows: list[ShownRow] = []
    for cells in shown.row_texts() if shown else []:
        index = next((number for number, held in left.items() if held == cells), None)
        if index is not None:
            del left[index]
        if any(text.strip() not in BLANK_CELLS for text in cells.values()):
            rows.append(row(index, cells))
    absent = [row(one.index, {}) for one in plan.rows if one.index not in pairs]
    return ShownTable(plan.table, shown is not None, (*rows, *absent))


def _cell(one: Field, cells: dict[str, str]) -> str | None:
    return next((text for head, text in cells.items() if any(same_label(head, label) for label in one.labels)), None)


def text_of(shown: Shown, yes: str = "是", no: str = "否") -> str:
    """A shown value as one text."""
    if shown is None:
        return ""
    if isinstance(shown, bool):
        return yes if shown else no
    return shown.strip() if isinstance(shown, str) else "、".join(shown)
