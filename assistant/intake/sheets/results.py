"""What became of each row, written into a copy of the roster: four columns of text beside what stands there.

Promises: the file itself is never changed, nor any cell of the copy that was not empty or this tool's own; what is written is text,
whatever it looks like; a copy that was made before is read back by the id that stands in it, wherever its rows have gone.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.intake.sheets.marked import copy_to_change
from assistant.intake.sheets.workbook import sheets_of

CASE, RESULT, NUMBER, WHY = HEADS = ("案件编号 Case", "填写结果 Result", "业务编号 Number", "说明 Why")


@dataclass(frozen=True)
class RowResult:
    """What is written into a row. The number is the portal's own for the application, where it showed one."""

    case: str = ""
    result: str = ""
    number: str = field(default="", repr=False)
    why: str = ""


@dataclass(frozen=True, order=True)
class RowPlace:
    """A row of a workbook: its sheet (empty: the only one), and the row in which the sheet's heads end."""

    sheet: str
    row: int
    heads: int


def with_results(content: bytes, results: Mapping[RowPlace, RowResult]) -> bytes:
    """The workbook's copy as xlsx. Raises InputError where it can't be opened."""
    book = copy_to_change(content)
    columns: dict[str, Sequence[int]] = {}
    for place, result in sorted(results.items(), key=lambda one: one[0]):
        sheet = book[place.sheet] if place.sheet in book.sheetnames else book.worksheets[0]
        if place.sheet not in columns:
            columns[place.sheet] = _columns(sheet, place.heads)
        said = (result.case, result.result, result.number, result.why)
        for column, text in zip(columns[place.sheet], said, strict=True):
            _put(sheet.cell(place.row, column), text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def results_in(content: bytes) -> dict[str, RowResult]:
    """What an earlier copy says, by case. Raises InputError where it can't be opened."""
    found: dict[str, RowResult] = {}
    for sheet in sheets_of(content):
        at = {cell.text: place for place, cell in sheet.cells.items() if cell.text in HEADS}
        if len(at) != len(HEADS):
            continue
        for row in range(at[CASE][0] + 1, sheet.last_row + 1):
            said = [sheet.cells.get((row, at[head][1])) for head in HEADS]
            case, result, number, why = (cell.text if cell else "" for cell in said)
            if case:
                found[case] = RowResult(case, result, number, why)
    return found


def _columns(sheet: Any, heads: int) -> Sequence[int]:
    """The four columns of a sheet: those an earlier copy has, else new ones behind the last."""
    there = {str(cell.value): cell.column for cell in sheet[heads] if cell.value in HEADS}
    if len(there) != len(HEADS):
        last = max((column for _, column in sheet._cells), default=0)
        there = {head: last + number for number, head in enumerate(HEADS, 1)}
        for head, column in there.items():
            _put(sheet.cell(heads, column), head)
            sheet.column_dimensions[sheet.cell(heads, column).column_letter].width = 24
    return [there[head] for head in HEADS]


def _put(cell: Any, text: str) -> None:
    """Text as text: what begins with a sign of equality is no formula."""
    cell.number_format = "@"
    cell.value = text or None
    if text:
        cell.data_type = "s"
