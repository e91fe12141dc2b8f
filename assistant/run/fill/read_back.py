"""What one section of the page held at the last look: every value, with what was planned for it and what came of it.

Values are in it, by design: it goes from the filler to what the person looks at (review cards, proof sheet) and nowhere
else. Outcomes, reports and logs hold none, and `repr` leaves them out.

Promises: nothing is in it that the look did not show; a row table's column that the page does not show is not made up.
"""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.normalize import same_label
from assistant.outcome import Outcome
from assistant.page.kinds import Shown, empty
from assistant.page.matching import match, match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.section import Field, Table
from assistant.run.fill.result import BLANK_CELLS, FieldResult, UploadResult
from assistant.run.fill.rows import find_table, pair_rows
from assistant.run.plan import SectionPlan, Step, TablePlan


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


def read_back(plan: SectionPlan, outcomes: Iterable[Outcome], look: Snapshot | None) -> ReadBack:
    """Lays a look, narrowed to the section, beside the plan and its outcomes; None where there was none."""
    section, seen = plan.section, look or Snapshot()
    outcomes = tuple(outcomes)
    by_field = {(one.field, one.row): one for one in outcomes if one.field}
    steps = {step.field.key: step for step in plan.steps}
    files = {one.upload.slot: one for one in plan.uploads}
    controls = _match(section.fields, steps, seen)
    boxes = {
        one.slot: found.control
        for one, found in zip(
            section.uploads, match_all([(one, "upload") for one in section.uploads], seen), strict=True
        )
    }
    fields = tuple(
        FieldResult(
            field=one,
            step=steps.get(one.key),
            outcome=by_field.get((one.key, None)),
            control=(control := controls[one.key]),
            shown=control.value if control else None,
        )
        for one in section.fields
    )
    uploads = tuple(
        UploadResult(
            upload=one,
            plan=files.get(one.slot),
            outcome=by_field.get((f"documents.{one.slot}", None)),
            control=boxes[one.slot],
        )
        for one in section.uploads
    )
    planned = {one.table.key: one for one in plan.tables}
    tables = tuple(
        _table(planned.get(one.key, TablePlan(one, ())), by_field, seen)
        for one in section.tables
        if one.key in planned or find_table(TablePlan(one, ()), seen)
    )
    claimed = {one.place for one in (*controls.values(), *boxes.values()) if one}
    others = tuple(
        one for one in seen.controls if one.visible and one.label and not empty(one.value) and one.place not in claimed
    )
    return ReadBack(
        plan, fields, tables, uploads, others, tuple(one for one in outcomes if not one.field), look is not None
    )


def _match(fields: Iterable[Field], steps: dict[str, Step], seen: Snapshot) -> dict[str, Control | None]:
    """Planned fields as the filler found them; the others each for itself, and never a control that is taken."""
    every = list(fields)
    planned = [one for one in every if one.key in steps]
    found: dict[str, Control | None] = {
        one.key: hit.control
        for one, hit in zip(planned, match_all([(one, one.control) for one in planned], seen), strict=True)
    }
    taken = {one.place for one in found.values() if one}
    for one in every:
        if one.key not in steps:
            control = match(one, one.control, seen).control
            found[one.key] = control if control and control.place not in taken else None
    return found


def _table(plan: TablePlan, outcomes: dict[tuple[str, int | None], Outcome], seen: Snapshot) -> ShownTable:
    shown = find_table(plan, seen)
    pairs = pair_rows(plan, shown).cells
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
