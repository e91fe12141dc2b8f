"""What would be written where: a profile laid over a portal, before any page is opened.

Promises: the plan holds every declared field of the portal exactly once per row, either as a step with the value as the
form wants it, or as an outcome that says why there is nothing to write. Values never show in a repr. Pure.
"""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from assistant.outcome import Outcome
from assistant.portal_model import Field, IdentityMark, Section, Table, Upload
from assistant.sources import Transformed, Value


@dataclass(frozen=True)
class Step:
    """One value for one field. Dates are ISO, months YYYY-MM, amounts plain digits, cascaders `a / b / c`.

    `accepted` are the exact option texts that mean this value, the canonical one first; empty when the field has no
    option table. `accepted_each` is the same for each value of a multiple choice.
    """

    field: Field
    value: Value = dataclasses.field(repr=False)
    accepted: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    transformed: Transformed | None = None
    row: int | None = None
    accepted_each: tuple[tuple[str, ...], ...] = dataclasses.field(default=(), repr=False)


@dataclass(frozen=True)
class RowPlan:
    """One row of a table, as the profile has it; `index` counts from 0."""

    index: int
    steps: tuple[Step, ...]

    def keyed(self, keys: tuple[str, ...]) -> tuple[Value | None, ...]:
        """The values of some fields: with a table's `match_on`, what tells this row from another."""
        values = {step.field.key: step.value for step in self.steps}
        return tuple(values.get(key) for key in keys)


@dataclass(frozen=True)
class TablePlan:
    table: Table
    rows: tuple[RowPlan, ...]


@dataclass(frozen=True)
class UploadPlan:
    upload: Upload
    files: tuple[Path, ...] = dataclasses.field(repr=False)


@dataclass(frozen=True)
class SectionPlan:
    section: Section
    steps: tuple[Step, ...]
    tables: tuple[TablePlan, ...]
    uploads: tuple[UploadPlan, ...]
    skipped: tuple[Outcome, ...]


@dataclass(frozen=True)
class IdentityStep:
    """What the page must say about whose form it is."""

    mark: IdentityMark
    value: str = dataclasses.field(repr=False)


@dataclass(frozen=True)
class Plan:
    applicant: str
    portal: str
    sections: tuple[SectionPlan, ...]
    identity: tuple[IdentityStep, ...] = dataclasses.field(default=(), repr=False)
    opening: str | None = dataclasses.field(default=None, repr=False)
    """What the step before the form asks for (`entry.applicant`), None when the portal asks nothing."""
