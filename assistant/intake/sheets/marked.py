"""The roster back to who keeps it: a copy in which every cell that needs a hand is coloured and says why.

Promises: the file itself is never changed; nothing is added to the copy but colours and comments, and comments name no value.
"""

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.intake.draft import ReadValue
from assistant.intake.sheets.workbook import is_openpyxls, sheets_of
from assistant.messages import Text

_CELL = re.compile(r"#(?:(?P<sheet>.*)!)?(?P<cell>[A-Z]{1,3}\d{1,7})$")
_COLOURS = {"error": "FFC7CE", "conflict": "FFC7CE", "doubtful": "FFEB9C"}


def marked_copy(content: bytes, values: Iterable[ReadValue]) -> bytes:
    """The workbook's copy as xlsx. `values`: what was read from this file and is not sure. Raises InputError."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = copy_to_change(content)
    for (title, cell), notes in _by_cell(values).items():
        sheet = book[title] if title in book.sheetnames else book.worksheets[0]
        worst = "error" if any(state != "doubtful" for state, _ in notes) else "doubtful"
        place = sheet[cell]
        place.fill = PatternFill("solid", fgColor=_COLOURS[worst])
        if hasattr(place, "comment") and place.__class__.__name__ != "MergedCell":
            place.comment = Comment("\n".join(f"{text.zh}\n{text.en}" for _, text in notes), "assistant")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copy_to_change(content: bytes) -> Any:
    """The workbook as openpyxl's, to be changed and saved as another file. Raises InputError."""
    from openpyxl import Workbook, load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if is_openpyxls(content):
            try:
                return load_workbook(io.BytesIO(content), keep_links=False)
            except Exception:
                # What openpyxl can't open is copied cell by cell, below.
                pass
        return _copied(content, Workbook())


def _copied(content: bytes, book: Any) -> Any:
    """Every cell's text in a new workbook, for a file of another kind. Nothing becomes a formula."""
    book.remove(book.active)
    for sheet in sheets_of(content):
        copy = book.create_sheet(sheet.title[:31])
        for (row, column), cell in sheet.cells.items():
            place = copy.cell(row, column)
            place.number_format = "@"
            place.value = cell.text
            place.data_type = "s"
    return book


def _by_cell(values: Iterable[ReadValue]) -> Mapping[tuple[str, str], list[tuple[str, Text]]]:
    found: dict[tuple[str, str], list[tuple[str, Text]]] = defaultdict(list)
    for one in values:
        place = _CELL.search(one.source)
        if place and one.state != "sure" and one.message:
            found[place["sheet"] or "", place["cell"]].append((one.state, one.message))
    return found
