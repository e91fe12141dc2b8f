"""Pages without a browser: what a portal would show that holds exactly what was planned. For the review study and tests."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.outcome import Outcome, Status
from assistant.page.form_page import Order
from assistant.page.kinds import Shown
from assistant.page.snapshot import Control, PageTable, Snapshot
from assistant.portal.section import Table
from assistant.run.plan import RowPlan, SectionPlan, Step

UPLOADS = 900
"""Upload controls are numbered from here."""


def page_of(section: SectionPlan) -> Snapshot:
    """One section, holding what was planned."""
    controls = [control_of(step, number) for number, step in enumerate(section.steps)]
    controls += [
        Control(
            0,
            UPLOADS + number,
            "upload",
            "native",
            one.upload.label,
            context=_under(one.upload.block),
            value=[file.name for file in one.files],
            multiple=True,
        )
        for number, one in enumerate(section.uploads)
    ]
    tables = [
        PageTable(
            0,
            number,
            tuple(field.label for field in one.table.fields),
            tuple(cells_of(one.table, row) for row in one.rows),
        )
        for number, one in enumerate(section.tables)
    ]
    return Snapshot(tuple(controls), tuple(tables), headings=(section.section.title,))


def control_of(step: Step, number: int) -> Control:
    """The control of one step, holding its value."""
    value = list(step.value) if isinstance(step.value, tuple) else step.value
    return Control(
        0, number, step.field.control, "native", step.field.label, context=_under(step.field.block), value=value
    )


def cells_of(table: Table, row: RowPlan) -> tuple[str, ...]:
    """A row's texts, column by column; empty where nothing was planned."""
    values = {step.field.key: str(step.value) for step in row.steps}
    return tuple(values.get(field.key, "") for field in table.fields)


def outcomes_of(section: SectionPlan, status: Status = "verified") -> list[Outcome]:
    """The outcomes of a run in which everything went well."""
    steps = [*section.steps, *(step for table in section.tables for row in table.rows for step in row.steps)]
    fields = [Outcome(one.field.key, one.field.label, status, None, one.field.control, one.row) for one in steps]
    files = [
        Outcome(f"documents.{one.upload.slot}", one.upload.label, status, None, "upload") for one in section.uploads
    ]
    return [*fields, *files, *section.skipped]


def _under(block: str | None) -> tuple[str, ...]:
    return (block,) if block else ()


class SimulatedPage:
    """One section of a portal as `section_filler`, `rows` and `uploads` use it: looks and writes, without a browser. Rows
    and files are there from the start, as in a draft. `instead` is what a control takes in place of what is written to it."""

    busy = False

    def __init__(self, held: Snapshot) -> None:
        self.held = held
        self.instead: dict[int, Shown] = {}
        self.writes = 0

    def look(self) -> Snapshot:
        return self.held

    def settled_look(self, *, quiet: int = 0) -> Snapshot:
        return self.held

    def write_and_look(self, orders: Sequence[Order]) -> tuple[list[str | None], Snapshot]:
        for order in orders:
            self.writes += 1
            self.put(order.control.id, self.instead.get(order.control.id, _taken(order.value)))
        return [None] * len(orders), self.held

    def insert_text(self, control: Control, text: str) -> str | None:
        self.put(control.id, self.instead.get(control.id, text))
        return None

    def press_and_look(self, texts: Sequence[str], *, in_dialog: bool = False) -> tuple[str | None, Snapshot]:
        """Nothing can be pressed here."""
        return "not-found", self.held

    def pause(self, milliseconds: int) -> None:
        """Nothing moves here."""

    def stop_for_person(self) -> None:
        """Nobody is at this page."""

    def put(self, control: int, value: Shown) -> None:
        """Gives a control another value."""
        controls = tuple(replace(one, value=value) if one.id == control else one for one in self.held.controls)
        self.held = replace(self.held, controls=controls)

    def put_rows(self, table: int, rows: tuple[tuple[str, ...], ...]) -> None:
        """Gives one of the section's tables other rows."""
        held = list(self.held.tables)
        held[table] = replace(held[table], rows=rows)
        self.held = replace(self.held, tables=tuple(held))


def emptied(held: Snapshot) -> Snapshot:
    """The same page before anything was written into its controls; rows and files stay."""
    controls = tuple(one if one.kind == "upload" else replace(one, value=_nothing(one.value)) for one in held.controls)
    return replace(held, controls=controls)


def _taken(value: object) -> Shown:
    """What a control shows that took an order's value: of each accepted wording the first."""
    if isinstance(value, list):
        return [one[0] if isinstance(one, list) else str(one) for one in value]
    return value if isinstance(value, bool) else str(value)


def _nothing(value: Shown) -> Shown:
    return False if isinstance(value, bool) else "" if isinstance(value, str) else []
