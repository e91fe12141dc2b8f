"""The painted text of a PDF page as lines with places. In the child process only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.check.documents.text import longest_lines, says_the_same
from assistant.intake.pages.lines import Line, RuledCell, cell_at

if TYPE_CHECKING:
    from assistant.check.documents.paper import Page
    from assistant.check.documents.pixels import Sign

_LEAST_SIGNS = 40
_MOST_UNMAPPED = 0.05
_GAP = 0.6
"""Of a line's height: a wider gap parts two runs, as between a form's label and its value."""


def text_lines(page: "Page", cells: Sequence[RuledCell] = ()) -> list[Line] | None:
    """The lines, from top to bottom, none of them over the edge of a ruled cell; None where the page must be read from its picture: it is
    a scan, has hardly any text, a font whose signs stand for no known ones, or text that says something else than what is seen."""
    seen = _with_blanks(page.signs)
    if page.scanned or len(seen) < _LEAST_SIGNS:
        return None
    if sum(map(_unmapped, "".join(page.layer.split()))) > _MOST_UNMAPPED * len(page.layer):
        return None
    high, wide = page.picture.shape[:2]
    by_cell: dict[RuledCell | None, list[Sign]] = {}
    for sign in seen:
        middle = (sign.left + sign.right) / 2 / wide, (sign.top + sign.bottom) / 2 / high
        by_cell.setdefault(cell_at(cells, *middle), []).append(sign)
    lines = [_line(run, wide, high) for own in by_cell.values() for row in _rows(own) for run in _runs(row)]
    lines.sort(key=lambda line: (line.middle[1], line.left))
    return lines if _is_what_is_seen(page, lines) else None


def _with_blanks(signs: "Iterable[Sign]") -> "list[Sign]":
    """The signs that are no blanks, each with the blank that the file has before it."""
    found: list[Sign] = []
    blank = False
    for sign in signs:
        if sign.text.isspace():
            blank = True
        else:
            found.append(replace(sign, text=f" {sign.text}") if blank else sign)
            blank = False
    return found


def _unmapped(sign: str) -> bool:
    return sign in "\ufffd\ufffe\uffff" or "\ue000" <= sign <= "\uf8ff" or (ord(sign) < 32 and not sign.isspace())


def _is_what_is_seen(page: "Page", lines: Sequence[Line]) -> bool:
    """Whether the longest lines, recognised in the picture, stand in the text too: a font's table of signs can say anything."""
    from assistant.check.documents.ocr import installed

    if not installed():
        return True
    return says_the_same(longest_lines(page), "".join(line.text for line in lines))


def _rows(signs: "Sequence[Sign]") -> "list[list[Sign]]":
    """Signs whose middles lie within the height of what stands in their row already, from left to right."""
    rows: list[list[Sign]] = []
    top = bottom = -1.0
    for sign in sorted(signs, key=lambda one: (one.top + one.bottom) / 2):
        middle = (sign.top + sign.bottom) / 2
        if rows and top <= middle <= bottom:
            rows[-1].append(sign)
            top, bottom = min(top, sign.top), max(bottom, sign.bottom)
        else:
            rows.append([sign])
            top, bottom = sign.top, sign.bottom
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _runs(row: "Sequence[Sign]") -> "Iterator[list[Sign]]":
    """The row's runs of text without a wide gap."""
    run: list[Sign] = []
    for sign in row:
        if run and sign.left - run[-1].right > _GAP * (sign.bottom - sign.top):
            yield run
            run = []
        run.append(sign)
    yield run


def _line(run: "Sequence[Sign]", wide: int, high: int) -> Line:
    return Line(
        "".join(sign.text for sign in run).strip(),
        run[0].left / wide,
        min(sign.top for sign in run) / high,
        run[-1].right / wide,
        max(sign.bottom for sign in run) / high,
    )
