"""A roster's file opened: xlsx by openpyxl, what it gives up on and xls, xlsb, ods by calamine, csv by hand.

Promises: what a file is, its content says, not its name; whatever is in it, opening ends within bounds of size and cells and with one
sentence where it can't be used; macros, links and outside data are never run or fetched. Reads only.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.errors import InputError
from assistant.intake.sheets.cells import BROKEN_FORMULA, FORMULA_WITHOUT_VALUE, Sheet, SheetCell, Spot, cell_of
from assistant.intake.sheets.delimited import delimited, is_delimited
from assistant.messages import Text

MOST_UNPACKED = 80_000_000
"""Bytes of all parts of a workbook together; a roster of a thousand rows has some three million."""
MOST_CELLS = 400_000
MOST_OLD = 30_000_000
"""Bytes of a workbook of the old kind, which is not packed."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_PASSWORD = Text(
    "工作簿有打开密码；请在 Excel 或 WPS 中取消密码后另存一份",
    "the workbook has a password; take it off in Excel or WPS and save a copy",
)
_TOO_LARGE = Text(
    "工作簿展开后过大，没有读取；请只保留名册，另存为新的 xlsx",
    "the workbook is too large when unpacked and was not read; keep the roster alone and save it as a new xlsx",
)
_DAMAGED = Text(
    "工作簿已损坏或不是工作簿；请另存为 xlsx 再试", "damaged, or no workbook; save it as xlsx and try again"
)
_SAVE_AS = Text("请在 WPS 或 Excel 中打开，另存为 xlsx 再试", "open it in WPS or Excel, save it as xlsx, and try again")


def is_workbook(content: bytes) -> bool:
    """Whether the content is of a workbook, an old one or a new one, or of a table with delimiters."""
    if content.startswith(_OLE):
        return True
    if content.startswith(_ZIP):
        return any(name.startswith("xl/") or name == "content.xml" for name in _names(content))
    return is_delimited(content)


def is_openpyxls(content: bytes) -> bool:
    """Whether it is a workbook that a marked copy can be made of."""
    return content.startswith(_ZIP) and any(name.startswith("xl/") for name in _names(content))


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return []


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of the workbook. Raises InputError with one sentence."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise InputError(_PASSWORD)
        if len(content) > MOST_OLD:
            raise InputError(_TOO_LARGE)
        return _by_calamine(content, _SAVE_AS)
    if not content.startswith(_ZIP):
        return (Sheet("csv", delimited(content)),)
    formulas = _looked_through(content)
    if not any(name.startswith("xl/") for name in _names(content)):
        return _by_calamine(content, _DAMAGED)
    try:
        return _by_openpyxl(content, formulas)
    except InputError:
        raise
    except Exception:
        # It raises whatever a part it does not know leads to; another reader may know it.
        return _by_calamine(content, _DAMAGED)


# ---- before it is opened -------------------------------------------------------------------------------------------


def _looked_through(content: bytes) -> bool:
    """Whether any cell holds a formula; InputError for an archive that would fill the memory or hides something."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > 5000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise InputError(_TOO_LARGE)
            if any(part.flag_bits & 1 for part in parts):
                raise InputError(_PASSWORD)
            cells, formulas = 0, False
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                text = archive.read(part)
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise InputError(_DAMAGED)
                if "/worksheets/" in part.filename:
                    cells += text.count(b"<c ") + text.count(b":c ")
                    formulas = formulas or b"<f" in text or b":f" in text
                if part.filename == "content.xml":
                    _ask_repeats(text)
            if cells > MOST_CELLS:
                raise InputError(_TOO_LARGE)
            return formulas
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        raise InputError(_DAMAGED) from None


_REPEAT = re.compile(rb"<table:table-cell\b[^>]*number-columns-repeated=\"(\d+)\"[^>]*?(/?)>")
_REPEATED_ROW = re.compile(
    rb"<table:table-row\b[^>]*number-rows-repeated=\"(\d+)\"[^>]*>(.*?)</table:table-row>", re.DOTALL
)


def _ask_repeats(text: bytes) -> None:
    """InputError where a few bytes of an ods stand for millions of cells that are not empty."""
    wide = sum(int(count) for count, closed in _REPEAT.findall(text) if not closed)
    tall = sum(int(count) for count, row in _REPEATED_ROW.findall(text) if b"<text:p" in row)
    if wide > MOST_CELLS or tall > MOST_CELLS // 10:
        raise InputError(_TOO_LARGE)


# ---- openpyxl ------------------------------------------------------------------------------------------------------


def _by_openpyxl(content: bytes, formulas: bool) -> tuple[Sheet, ...]:
    """In its full mode: the quick one believes a sheet's stated size, which WPS writes wrong. What is a formula it forgets when it
    reads values, so that a workbook with formulas is read twice."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(content), keep_links=False) if formulas else None
    return tuple(
        _sheet_of(sheet, _formulas(written.worksheets[number]) if written else frozenset())
        for number, sheet in enumerate(book.worksheets)
    )


def _formulas(sheet: Any) -> frozenset[Spot]:
    return frozenset(place for place, cell in sheet._cells.items() if cell.data_type == "f")


def _sheet_of(sheet: Any, formulas: frozenset[Spot]) -> Sheet:
    # Its own cells only: rows that exist for their format alone would be a million.
    cells = dict(_cells(sheet._cells, formulas))
    rows = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0)
    merged = tuple(((part.min_row, part.min_col), (part.max_row, part.max_col)) for part in sheet.merged_cells.ranges)
    columns = frozenset(
        number
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for number in range(column.min or 0, min(column.max or 0, 1000) + 1)
    )
    return Sheet(sheet.title, cells, sheet.sheet_state != "visible", rows, columns, merged)


def _cells(held: Mapping[Spot, Any], formulas: frozenset[Spot]) -> Iterator[tuple[Spot, SheetCell]]:
    for place, one in held.items():
        value = one.value
        if value is None:
            if place in formulas:
                yield place, SheetCell("trouble", "", FORMULA_WITHOUT_VALUE)
            continue
        if one.data_type == "e":
            yield place, SheetCell("trouble", "", BROKEN_FORMULA)
        elif (cell := cell_of(value, one.number_format if type(value) in (int, float) else "")) is not None:
            yield place, cell


# ---- calamine ------------------------------------------------------------------------------------------------------


def _by_calamine(content: bytes, otherwise: Text) -> tuple[Sheet, ...]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = {one.name: one.visible != SheetVisibleEnum.Visible for one in book.sheets_metadata}
        return tuple(
            _calamine_sheet(book.get_sheet_by_name(name), hidden.get(name, False)) for name in book.sheet_names
        )
    except PasswordError:
        raise InputError(_PASSWORD) from None
    except InputError:
        raise
    except BaseException as trouble:
        # A panic of its Rust side is no Exception.
        if isinstance(trouble, KeyboardInterrupt | SystemExit):
            raise
        raise InputError(otherwise) from None


def _calamine_sheet(sheet: Any, hidden: bool) -> Sheet:
    if sheet.total_height * sheet.total_width > 20 * MOST_CELLS:
        raise InputError(_TOO_LARGE)
    top, left = sheet.start or (0, 0)
    cells = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
        for column, value in enumerate(values, left + 1):
            if value != "" and (cell := cell_of(value)) is not None:
                cells[row, column] = cell
    ranges = sheet.merged_cell_ranges or ()
    merged = tuple(((a[0] + 1, a[1] + 1), (b[0] + 1, b[1] + 1)) for a, b in ranges)
    return Sheet(sheet.name, cells, hidden, merged=merged, shows_hidden=False)
