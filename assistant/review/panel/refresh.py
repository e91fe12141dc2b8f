"""What a section holds now, laid over what it held when the run judged it: the person works on the page meanwhile. Pure."""

import dataclasses

from assistant.outcome import Outcome
from assistant.page.snapshot import Snapshot
from assistant.run.fill.read_back import ReadBack, read_back
from assistant.run.fill.result import FieldResult, UploadResult
from assistant.run.fill.section_filler import holds


def as_it_is_now(reading: ReadBack, seen: Snapshot) -> ReadBack:
    """The reading with what this look, narrowed to the section, shows; what the look does not show stays as it was.

    A value that is right by now is calm, whoever wrote it; one that was right and no longer is needs a look. What was not
    saved stays so: a look at the page says nothing about what the portal keeps."""
    fresh = read_back(reading.plan, outcomes_of(reading), seen)
    fields = tuple(_field(old, new) for old, new in zip(reading.fields, fresh.fields, strict=True))
    uploads = tuple(_upload(old, new) for old, new in zip(reading.uploads, fresh.uploads, strict=True))
    found = {table.table.key: table for table in fresh.tables if table.found}
    tables = tuple(found.get(table.table.key, table) for table in reading.tables)
    return dataclasses.replace(reading, fields=fields, uploads=uploads, tables=tables, others=fresh.others)


def outcomes_of(reading: ReadBack) -> list[Outcome]:
    """Every outcome that a reading speaks of."""
    of_rows = [field.outcome for table in reading.tables for row in table.rows for field in row.fields]
    single = [*(one.outcome for one in reading.fields), *(one.outcome for one in reading.uploads)]
    return [*(one for one in (*single, *of_rows) if one is not None), *reading.loose]


def _field(old: FieldResult, new: FieldResult) -> FieldResult:
    if new.control is None:
        return old
    if new.step is None or new.outcome is None:
        return new
    right = holds(new.step, new.control)
    if right == new.outcome.calm or new.reason == "not-saved":
        return new
    return new.after("put-right" if right else "put-wrong")


def _upload(old: UploadResult, new: UploadResult) -> UploadResult:
    if new.control is None:
        return old
    return new.after("put-right") if new.status == "by-hand" and new.files else new
