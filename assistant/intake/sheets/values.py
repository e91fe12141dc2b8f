"""A cell as a value for a profile path: what sheet programs do to numbers and dates is told, never passed on in silence.

A number in a column of words may have lost zeros or digits before anybody saw it; a date may be a room number that was made one. Pure.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from assistant.intake.sheets.cells import SheetCell
from assistant.intake.sheets.mapping import FULL_NAME
from assistant.intake.words.meaning import Meant, meant, taste, whole_name
from assistant.messages import Text

ROUNDED = Text(
    "这个数字有 11 位以上或带指数，表格软件可能已改动它；请把单元格设为文本格式后重填",
    "a number of 11 or more digits, or with an exponent: the sheet program may have changed it; format the cell as text and type it anew",
)
ZEROS_LOST = Text(
    "单元格是数字，开头的 0 已丢失；请把单元格设为文本格式后重填",
    "a number whose zeros in front are lost; format the cell as text and type it anew",
)
ZEROS_MAYBE_LOST = Text(
    "单元格是数字，开头若有 0 已丢失；请对照证件",
    "a number: zeros in front, if there were any, are lost; compare it with the document",
)
_MADE_A_DATE = Text(
    "表格软件把这里变成了日期；请设为文本格式后重填",
    "the sheet program made this a date; format the cell as text and type it anew",
)
_SERIAL = Text(
    "这里是数字，不是日期格式；按日期序号读出，请核对",
    "a number that is not formatted as a date, read as the serial number of a day; look at it",
)
_HAS_TIME = Text(
    "单元格还带有时刻，只取了日期；请核对", "the cell holds a time of day as well, only the day was taken; look at it"
)
_NOT_HERE = Text(
    "这种单元格不能用在这一栏；请按文本填写", "this kind of cell can't be used in this column; type it as text"
)
_OCTOBER = Text(
    "看不出是 1 月还是 10 月；请按文本写作 YYYY-MM", "January or October can't be told; type it as text, YYYY-MM"
)
_FORMULA = Text("这是公式，不是值；请直接填写值", "a formula, not a value; type the value")
MERGED = Text("取自合并单元格，各行共用；请核对", "from a merged cell that several rows share; look at it")

_EPOCH = date(1899, 12, 30)


def values_of(path: str, cell: SheetCell, others: Collection[int]) -> Mapping[str, Meant]:
    """What the cell means, by path: one path, but for a whole name. `others`: how many signs the column's text cells have, by which
    lost zeros are known."""
    if path == FULL_NAME:
        return (
            whole_name(cell.text)
            if cell.kind == "text"
            else {"applicant.surname": Meant(None, cell.trouble or _NOT_HERE)}
        )
    return {path: value_of(path, cell, others)}


def value_of(path: str, cell: SheetCell, others: Collection[int] = ()) -> Meant:
    """What the cell means at a path."""
    if cell.trouble:
        return Meant(None, cell.trouble)
    if cell.kind == "text":
        return Meant(None, _FORMULA) if cell.text.lstrip().startswith("=") else _known(path, cell.text)
    if cell.kind == "date":
        return _date(path, cell)
    if cell.kind == "truth":
        return _known(path, cell.text) if taste(path) == "truth" else Meant(None, _NOT_HERE)
    return _number(path, cell, others)


@lru_cache(maxsize=20_000)
def _known(path: str, text: str) -> Meant:
    return meant(path, text)


def _date(path: str, cell: SheetCell) -> Meant:
    if taste(path) not in ("day", "month"):
        return Meant(None, _MADE_A_DATE)
    found = _known(path, cell.text)
    return replace(found, doubt=_HAS_TIME) if cell.has_time and found.value else found


def _number(path: str, cell: SheetCell, others: Collection[int]) -> Meant:
    kind = taste(path)
    if kind == "day":
        return _known(path, cell.text) if len(cell.text) == 8 and cell.text.isdigit() else _serial(path, cell.text)
    if kind == "month":
        return Meant(None, _OCTOBER) if cell.text.endswith(".1") else _known(path, _year_and_month(cell.text))
    if kind in ("number", "truth", "code", "codes"):
        return Meant(None, ROUNDED) if cell.is_rounded else _known(path, cell.text)
    if kind == "name":
        return Meant(None, _NOT_HERE)
    return _digits(path, cell, others)


def _digits(path: str, cell: SheetCell, others: Collection[int]) -> Meant:
    """A number where words or a code belong: an identity number, a phone, a house."""
    if cell.is_rounded or len(cell.text) >= 11 or not cell.text.isdigit():
        return Meant(None, ROUNDED)
    if cell.zeros and cell.zeros != cell.text:
        return _known(path, cell.zeros)
    if others and len(cell.text) < min(others) and max(others) == min(others):
        return Meant(None, ZEROS_LOST)
    found = _known(path, cell.text)
    if found.value is None and _known(path, f"0{cell.text}").value is not None:
        return Meant(None, ZEROS_LOST)
    return replace(found, doubt=ZEROS_MAYBE_LOST) if found.value else found


def _serial(path: str, text: str) -> Meant:
    if not text.isdigit() or not 367 <= int(text) <= 73_415:
        return _known(path, text)
    found = _known(path, (_EPOCH + timedelta(days=int(text))).isoformat())
    return replace(found, doubt=_SERIAL)


def _year_and_month(text: str) -> str:
    """`201909` and `2019.09` as numbers."""
    return f"{text[:4]}-{text[4:]}" if len(text) == 6 and text.isdigit() else text
