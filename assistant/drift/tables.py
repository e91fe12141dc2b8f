"""Row tables compared by their columns: what their dialogs ask is only seen when one is opened, which a probe never does.

Pure.
"""

from dataclasses import dataclass

from assistant.drift.baseline import SectionShape
from assistant.drift.kinds import Candidate, Drift
from assistant.drift.similarity import similarity
from assistant.drift.vocabulary import wordings
from assistant.messages import Text
from assistant.normalize import plain, same_label
from assistant.page.snapshot import PageTable, Snapshot
from assistant.portal.section import Section, Table

# Columns that number the rows or act on them.
_SERVANTS = ("序号", "操作", "编号", "选择", "#", "no.", "action", "actions", "")


@dataclass(frozen=True)
class Columns:
    """One declared table as the page has it."""

    key: str
    label: str
    state: str
    found: int
    declared: int


def compare_tables(section: Section, seen: Snapshot, shape: SectionShape | None) -> tuple[list[Columns], list[Drift]]:
    """Every declared table of the section against the tables on the page."""
    states: list[Columns] = []
    drifts: list[Drift] = []
    for table in section.tables:
        shown = _shown(table, seen)
        if shown is None:
            states.append(
                Columns(table.key, table.label, "not-asked" if table.when.tests else "missing", 0, len(table.fields))
            )
            if not table.when.tests:
                drifts.append(Drift("missing", section.key, table.key, table.label, "list"))
            continue
        found = _compare(section, table, shown, shape)
        drifts += found
        lost = sum(one.kind in ("missing", "renamed") for one in found)
        states.append(Columns(table.key, table.label, "found", len(table.fields) - lost, len(table.fields)))
    return states, drifts


def _shown(table: Table, seen: Snapshot) -> PageTable | None:
    """The table of the page that shows most of the declared columns, if it shows two at least."""
    counted = [(sum(_bears(header, table) for header in one.headers), one) for one in seen.tables]
    best = max(counted, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] >= min(2, len(table.fields)) else None


def _bears(header: str, table: Table) -> bool:
    return any(same_label(header, label) for field in table.fields for label in field.labels)


def _compare(section: Section, table: Table, shown: PageTable, shape: SectionShape | None) -> list[Drift]:
    unknown = [one for one in shown.headers if not _bears(one, table) and plain(one) not in map(plain, _SERVANTS)]
    before = {plain(header) for headers in shape.tables for header in headers} if shape else set()
    drifts: list[Drift] = []
    for field in table.fields:
        if any(same_label(header, label) for header in shown.headers for label in field.labels):
            continue
        # A table need not show every column of its dialog; only one that was there, or has a successor, is missed.
        was_there = any(plain(label) in before for label in field.labels)
        near = [
            header
            for header in unknown
            if any(same_label(header, word) for word in wordings(field.key))
            or max(similarity(header, label) for label in field.labels) >= 0.5
        ]
        if not near and was_there and len(unknown) == 1:
            near = unknown
        if near:
            found = tuple(Candidate(one, section.key, table.label, "column", ("similar-words",)) for one in near[:3])
            detail = Text(f"可能是「{near[0]}」", f"maybe “{near[0]}”")
            drifts.append(Drift("renamed", section.key, field.key, field.label, "list", detail, found))
        elif was_there or field.key in table.match_on:
            drifts.append(Drift("missing", section.key, field.key, field.label, "list"))
    if shape and not drifts:
        for header in unknown:
            if plain(header) not in before:
                detail = Text("表格新增一列", "a new column of the table")
                drifts.append(Drift("new-required", section.key, "", header, "list", detail))
    return drifts
