"""What one lesson has taught so far, laid on what was learned before. Pure."""

from dataclasses import dataclass
from datetime import date

from assistant.portal.overlay import FieldPatch, Overlay, SectionPatch


@dataclass
class Lesson:
    """What was learned so far."""

    portal: str
    by: str
    sections: dict[str, SectionPatch]

    def overlay(self, on: date, before: Overlay | None = None) -> Overlay:
        """The lesson on top of what was learned before; the newer word counts."""
        merged = dict(before.sections) if before else {}
        for key, patch in self.sections.items():
            merged[key] = joined(merged[key], patch) if key in merged else patch
        hosts = before.hosts if before else ()
        note = before.note if before else ""
        return Overlay(overlay=self.portal, written_on=on, by=self.by, note=note, sections=merged, hosts=hosts)


def joined(old: SectionPatch, new: SectionPatch) -> SectionPatch:
    """Both patches; where both speak of the same entry, the newer one, which keeps where the entry came from."""

    def fields(one: dict[str, FieldPatch], other: dict[str, FieldPatch]) -> dict[str, FieldPatch]:
        kept = {
            key: patch.model_copy(update={"moved_from": patch.moved_from or one[key].moved_from})
            if key in one
            else patch
            for key, patch in other.items()
        }
        return {**one, **kept}

    tables = dict(old.tables)
    for key, table in new.tables.items():
        tables[key] = (
            tables[key].model_copy(update={"fields": {**tables[key].fields, **table.fields}})
            if key in tables
            else table
        )
    return SectionPatch(
        title=new.title or old.title,
        fields=fields(old.fields, new.fields),
        uploads=fields(old.uploads, new.uploads),
        tables=tables,
    )
