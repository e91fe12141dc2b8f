"""A table as text: csv and tsv, in UTF-8 or GB 18030. Every cell is text as it was typed; a formula is none."""

import csv
import io
import re
from collections.abc import Iterator

from assistant.errors import InputError
from assistant.intake.sheets.cells import SheetCell, Spot
from assistant.messages import Text

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CODINGS = ("utf-8", "gb18030")
_DELIMITERS = ",\t;；，|"
# How a sheet program keeps zeros in a csv: ="0123".
_KEPT_TEXT = re.compile(r'="([^"]*)"')
_FORMULA = Text("这是公式，不是值；请直接填写值", "a formula, not a value; type the value")
_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")
_ROUNDED = Text(
    "数字已变成科学计数，末尾的数字可能已丢失；请设为文本格式后重填",
    "the number was turned into an exponent and may have lost its last digits; format the cell as text and type it anew",
)
MOST_SIGNS = 20_000_000
_TOO_LARGE = Text("表格过大，没有读取；请只保留名册", "the table is too large and was not read; keep the roster alone")
_UNREADABLE = Text(
    "文件编码既不是 UTF-8 也不是 GB 18030；请另存为 UTF-8", "neither UTF-8 nor GB 18030; save it as UTF-8"
)


def is_delimited(content: bytes) -> bool:
    """Whether the beginning is text whose first lines hold the same delimiter."""
    text = _decoded(content[:8000], cut=len(content) > 8000)
    if not text or "\0" in text or text.lstrip().startswith(("<", "{", "%PDF", "-----BEGIN", "age-encryption")):
        return False
    lines = [line for line in text.splitlines()[:5] if line.strip()]
    return any(all(sign in line for line in lines[:2]) for sign in _DELIMITERS) and bool(lines)


def delimited(content: bytes) -> dict[Spot, SheetCell]:
    """The cells of the table. Raises InputError for text in another coding."""
    text = _decoded(content)
    if text is None:
        raise InputError(_UNREADABLE)
    if len(text) > MOST_SIGNS:
        raise InputError(_TOO_LARGE)
    csv.field_size_limit(1_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise InputError(
            Text(
                "表格的引号或换行有误；请另存为 xlsx 再试",
                "quotes or line breaks of the table are broken; save it as xlsx",
            )
        ) from None
    return dict(_cells(rows))


def _cells(rows: list[list[str]]) -> Iterator[tuple[Spot, SheetCell]]:
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            kept = _KEPT_TEXT.fullmatch(value.strip())
            text = kept[1] if kept else value
            if not text.strip("\u200b\ufeff \u3000\xa0\t\r\n"):
                continue
            if not kept and re.match(r"\s*[=@]", text):
                yield (row, column), SheetCell("trouble", "", _FORMULA)
            elif not kept and _EXPONENT.fullmatch(text.strip()):
                yield (row, column), SheetCell("trouble", "", _ROUNDED)
            else:
                yield (row, column), SheetCell("text", text)


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _decoded(content: bytes, *, cut: bool = False) -> str | None:
    coding = next((coding for bom, coding in _BOMS if content.startswith(bom)), None)
    for one in (coding,) if coding else _CODINGS:
        # The first bytes may end within a character.
        for end in range(4 if cut else 1):
            try:
                return content[: len(content) - end].decode(one)
            except UnicodeDecodeError:
                continue
    return None
