"""What would be written where: a profile laid over a portal, before any page is opened.

Promises: the plan holds every declared field of the portal exactly once per row, either as a step with the value as the
form wants it, or as an outcome that says why there is nothing to write. Values never show in a repr. Pure.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from assistant.outcome import Matched, Outcome, Reason, Status
from assistant.portal.model import IdentityMark, Portal
from assistant.portal.options import OptionTable
from assistant.portal.section import Field, Section, Table, Upload
from assistant.portal.sources import Look, Transformed
from assistant.profile.model import Profile
from assistant.profile.paths import read
from assistant.values import Value


@dataclass(frozen=True)
class Step:
    """One value for one field. Dates are ISO, months YYYY-MM, amounts plain digits, cascaders `a / b / c`.

    `accepted` are the exact option texts that mean this value, the canonical one first; empty when the field has no
    option table. `accepted_each` is the same for each value of a multiple choice. `said` are the profile's own words
    behind the value, before it was joined or looked up: what a reviewer compares with.
    """

    field: Field
    value: Value = dataclasses.field(repr=False)
    accepted: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    transformed: Transformed | None = None
    row: int | None = None
    accepted_each: tuple[tuple[str, ...], ...] = dataclasses.field(default=(), repr=False)
    said: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    matched: Matched = "pack"

    @property
    def not_reached(self) -> Outcome:
        """What is to be said of it while no run has come to it."""
        field = self.field
        return Outcome(field.key, field.label, "failed", "not-reached", field.control, self.row, match=self.matched)


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
    matched: Matched = "pack"

    @property
    def not_reached(self) -> Outcome:
        """What is to be said of it while no run has come to it."""
        slot = f"documents.{self.upload.slot}"
        return Outcome(slot, self.upload.label, "failed", "not-reached", "upload", match=self.matched)


@dataclass(frozen=True)
class SectionPlan:
    section: Section
    steps: tuple[Step, ...]
    tables: tuple[TablePlan, ...]
    uploads: tuple[UploadPlan, ...]
    skipped: tuple[Outcome, ...]

    @property
    def every_step(self) -> tuple[Step, ...]:
        """The steps of its fields, then those of its rows."""
        return *self.steps, *(step for table in self.tables for row in table.rows for step in row.steps)


@dataclass(frozen=True)
class IdentityStep:
    """What the page must say about whose form it is."""

    mark: IdentityMark
    value: str = dataclasses.field(repr=False)


@dataclass(frozen=True)
class Known:
    """What the profile holds, for a page that no pack describes: `look` reads a path, `rows` gives one reader for each row
    of a list, `files` are the papers by slot."""

    look: Look = dataclasses.field(repr=False)
    rows: Mapping[str, tuple[Look, ...]] = dataclasses.field(repr=False)
    files: Mapping[str, tuple[Path, ...]] = dataclasses.field(repr=False)


@dataclass(frozen=True)
class Plan:
    applicant: str
    portal: str
    sections: tuple[SectionPlan, ...]
    identity: tuple[IdentityStep, ...] = dataclasses.field(default=(), repr=False)
    opening: str | None = dataclasses.field(default=None, repr=False)
    """What the step before the form asks for (`entry.applicant`), None when the portal asks nothing."""
    known: Known | None = dataclasses.field(default=None, repr=False, compare=False)


def make_plan(profile: Profile, portal: Portal) -> Plan:
    """Lays a profile over a portal. Never fails: what can't be planned is an outcome of its section."""
    look = _reader(profile)
    asked = portal.entry.applicant
    opening = asked.source.value(look) if asked else None
    return Plan(
        applicant=profile.id,
        portal=portal.name,
        sections=tuple(_plan_section(profile, portal, section) for section in portal.sections),
        identity=tuple(
            IdentityStep(mark, value) for mark in portal.identity if isinstance(value := mark.source.value(look), str)
        ),
        opening=opening if isinstance(opening, str) else None,
        known=load_known(profile),
    )


def load_known(profile: Profile) -> Known:
    """What a profile holds, for pages that no pack describes."""
    lists = ("education", "work_history", "family", "companions")
    rows = {each: tuple(_reader(profile, each, row) for row in read(profile, each) or ()) for each in lists}
    return Known(_reader(profile), rows, {str(slot): files for slot, files in profile.documents.items()})


def _plan_section(profile: Profile, portal: Portal, section: Section) -> SectionPlan:
    look = _reader(profile)
    skipped: list[Outcome] = []
    steps = list(_steps(section.fields, look, portal, None, skipped))
    tables: list[TablePlan] = []
    for table in section.tables:
        if not table.when.holds(look):
            skipped.append(Outcome(table.key, table.label, "skipped", "condition-false", "table"))
            continue
        rows = read(profile, table.each)
        planned = []
        for index, row in enumerate(rows if isinstance(rows, tuple) else ()):
            row_look = _reader(profile, table.each, row)
            planned.append(RowPlan(index, tuple(_steps(table.fields, row_look, portal, index, skipped))))
        tables.append(TablePlan(table, tuple(planned)))
    uploads = []
    for upload in section.uploads:
        files = profile.documents.get(upload.slot, ())  # type: ignore[call-overload]  # the linter knows every slot
        if outcome := _nothing_to_upload(upload, bool(files), look):
            skipped.append(outcome)
        else:
            uploads.append(UploadPlan(upload, files))
    return SectionPlan(section, tuple(steps), tuple(tables), tuple(uploads), tuple(skipped))


def _steps(
    fields: tuple[Field, ...], look: Look, portal: Portal, row: int | None, skipped: list[Outcome]
) -> Iterator[Step]:
    for field in fields:
        step = _step(field, look, portal, row)
        if isinstance(step, Outcome):
            skipped.append(step)
        else:
            yield step


def _step(field: Field, look: Look, portal: Portal, row: int | None) -> Step | Outcome:
    def no(status: Status, reason: Reason) -> Outcome:
        return Outcome(field.key, field.label, status, reason, field.control, row)

    if not field.when.holds(look):
        return no("skipped", "condition-false")
    value = field.source.value(look)
    if value is None:
        return no("by-hand", "no-value") if field.required else no("skipped", "no-value")
    said = field.source.said(look)
    if field.options is None:
        return Step(field, value, transformed=field.source.transformed(look), row=row, said=said)
    chosen = _options(value, portal.tables[field.options])
    if chosen is None:
        return no("refused", "no-such-option")
    if isinstance(value, tuple):
        texts = tuple(accepted[0] for accepted in chosen)
        every = tuple(text for accepted in chosen for text in accepted)
        return Step(field, texts, every, "option", row, accepted_each=chosen, said=said)
    return Step(field, chosen[0][0], chosen[0], "option", row, said=said)


def _options(value: Value, table: OptionTable) -> tuple[tuple[str, ...], ...] | None:
    """The texts accepted for each code, or None when the table lacks one: never the nearest."""
    codes = value if isinstance(value, tuple) else (str(value),)
    found = [table.options.get(code) for code in codes]
    return tuple(option.accepted for option in found if option) if all(found) else None


def _nothing_to_upload(upload: Upload, has_files: bool, look: Look) -> Outcome | None:
    field = f"documents.{upload.slot}"
    if not upload.when.holds(look):
        return Outcome(field, upload.label, "skipped", "condition-false", "upload")
    if has_files:
        return None
    return Outcome(field, upload.label, "by-hand" if upload.required else "skipped", "no-value", "upload")


def _reader(profile: Profile, each: str = "", row: BaseModel | None = None) -> Look:
    """Reads profile paths; those that run through the list `each` are read in the given row."""

    def look(path: str) -> object:
        own = path.removeprefix(each + ".") if row is not None else path
        model = profile if row is None or own == path else row
        value = read(model, own)
        if value is not None and own.endswith("birth_date"):
            # A birthday that the passport does not give is nobody's to invent: the field is left to the person.
            return value if read(model, f"{own}_known") == "day" else None
        return value

    return look


def private_values(plan: Plan) -> frozenset[str]:
    """Every text that stands for the applicant in this plan: none of them is repeated when the page's words are told."""
    return _values(_every_step(plan)) | {step.value for step in plan.identity}


def naming_values(plan: Plan) -> frozenset[str]:
    """The same without what is chosen from a list, such as a sex or a degree: its words stand in labels too."""
    return _values(step for step in _every_step(plan) if not step.accepted) | {step.value for step in plan.identity}


def _every_step(plan: Plan) -> list[Step]:
    steps = [step for section in plan.sections for step in section.steps]
    return steps + [
        step for section in plan.sections for table in section.tables for row in table.rows for step in row.steps
    ]


def _values(steps: Iterable[Step]) -> frozenset[str]:
    values = {part for step in steps for part in (step.value if isinstance(step.value, tuple) else (step.value,))}
    return frozenset(str(value) for value in values)
