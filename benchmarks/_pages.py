"""Pages without a browser: what a portal would show that holds exactly what was planned. For the review study and tests."""

from assistant.outcome import Outcome, Status
from assistant.plan import RowPlan, SectionPlan, Step
from assistant.section_model import Table as DeclaredTable
from assistant.snapshot import Control, Snapshot, Table

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
        Table(
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


def cells_of(table: DeclaredTable, row: RowPlan) -> tuple[str, ...]:
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
