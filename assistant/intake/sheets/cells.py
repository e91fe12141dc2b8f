"""A workbook as plain cells: what each holds, what it is, and where it stands. Nothing here knows a library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from assistant.messages import Text

CellKind = Literal["text", "number", "date", "truth", "trouble"]
Spot = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class SheetCell:
    """One cell that is not empty. `text` is what it holds in words; a number keeps its digits, a date is `YYYY-MM-DD`. `trouble` says
    why it can't be used; `zeros` is the number as its format shows it, where that adds zeros in front."""

    kind: CellKind
    text: str = field(repr=False)
    trouble: Text | None = None
    has_time: bool = False
    is_rounded: bool = False
    """Whether the number is held as a fraction or with an exponent, so that its last digits may not be those that were typed."""
    zeros: str = field(default="", repr=False)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by place; rows and columns that are hidden; merged parts, as first and last place."""

    title: str
    cells: Mapping[Spot, SheetCell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[Spot, Spot], ...] = ()
    shows_hidden: bool = True
    """Whether the reader of this kind of file tells which rows and columns are hidden."""

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)


def name_of(place: Spot) -> str:
    """A place as people write it.

    >>> name_of((4, 3)), name_of((1, 28))
    ('C4', 'AB1')
    """
    return f"{letters(place[1])}{place[0]}"


def letters(column: int) -> str:
    """A column's letters.

    >>> letters(26), letters(27)
    ('Z', 'AA')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


# ---- values as cells -----------------------------------------------------------------------------------------------

FORMULA_WITHOUT_VALUE = Text(
    "这是公式，文件里没有存它的结果；请在表格软件中打开并保存一次，或直接填写值",
    "a formula whose result is not in the file; open and save it in a spreadsheet program, or type the value",
)
BROKEN_FORMULA = Text("公式出错（例如 #N/A）；请直接填写值", "the formula failed (#N/A, say); type the value")
_NO_SUCH_DATE = Text("这个日期超出 1900–2100 年；请核对单元格格式", "a date outside 1900–2100; check the cell's format")


def cell_of(value: object, number_format: str = "General") -> SheetCell | None:
    """A library's value as a cell; None for an empty one."""
    if isinstance(value, bool):
        return SheetCell("truth", "true" if value else "false")
    if isinstance(value, datetime):
        return _a_date(value.date(), has_time=(value.hour, value.minute, value.second) != (0, 0, 0))
    if isinstance(value, date):
        return _a_date(value)
    if isinstance(value, int):
        text = str(value)
        return SheetCell("number", text, zeros=text.zfill(len(number_format)) if _is_zeros(number_format) else "")
    if isinstance(value, float):
        return _a_number(value, number_format)
    text = "" if value is None else str(value)
    return SheetCell("text", text) if text.strip("\u200b\ufeff \u3000\xa0\t\r\n") else None


def _a_number(value: float, number_format: str) -> SheetCell:
    if value != value or abs(value) >= 1e15:
        return SheetCell("number", f"{value:.0f}" if value == value else "", is_rounded=True)
    if value == int(value):
        whole = str(int(value))
        zeros = whole.zfill(len(number_format)) if _is_zeros(number_format) else ""
        return SheetCell("number", whole, is_rounded=len(whole) >= 11, zeros=zeros)
    return SheetCell("number", repr(value), is_rounded=len(repr(value).replace(".", "")) > 15)


def _is_zeros(number_format: str) -> bool:
    return len(number_format) > 1 and set(number_format) == {"0"}


def _a_date(day: date, *, has_time: bool = False) -> SheetCell:
    within = 1900 <= day.year <= 2100
    return SheetCell("date", day.isoformat() if within else "", None if within else _NO_SUCH_DATE, has_time=has_time)
