"""Lines as their ruled cells hold them: what is broken over several lines of one cell is one label, or one value. Pure.

Promises: nothing is joined over the edge of a cell, and nothing where one of the lines by itself is a label or holds one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.intake.pages.lines import Line, PageLines, RuledCell
from assistant.intake.papers.labels import MARKS, is_han, meaning
from assistant.intake.papers.words import Book, letters

_WAITS = re.compile(r"[\d][-/.年月]$")
"""A day or a month that is broken within goes on without a blank."""


def whole_lines(page: PageLines, book: Book) -> tuple[Line, ...]:
    """The page's lines; those that are a cell's whole content take its place, so that neighbours are the cells beside it."""
    by_cell: dict[RuledCell, list[Line]] = {}
    free: list[Line] = []
    for line in page.lines:
        cell = page.cell_of(line)
        if cell is None or line.origin == "form-field":
            free.append(line)
        else:
            by_cell.setdefault(cell, []).append(line)
    inside = [line for cell, lines in by_cell.items() for line in _in_cell(cell, lines, book)]
    return tuple(sorted((*free, *inside), key=lambda one: (one.middle[1], one.left)))


def _in_cell(cell: RuledCell, lines: Sequence[Line], book: Book) -> Sequence[Line]:
    lines = sorted(lines, key=lambda one: (one.middle[1], one.left))
    whole = _joined(lines)
    if len(lines) > 1 and not _is_label(whole.text, book) and _holds_several(lines, book):
        return lines
    left, top, right, bottom = cell
    return [replace(whole, left=left, top=top, right=right, bottom=bottom)]


def _holds_several(lines: Sequence[Line], book: Book) -> bool:
    """Whether the cell holds more than one thing: labels, ticks, or lines apart from each other."""
    told = any(
        _is_label(re.split(r"[:：]", line.text)[0], book) or any(map(line.text.__contains__, MARKS)) for line in lines
    )
    apart = any(below.top - line.bottom > 0.9 * line.height for line, below in pairwise(lines))
    beside = any(below.middle[1] < line.bottom for line, below in pairwise(lines))
    return told or apart or beside


def _is_label(text: str, book: Book) -> bool:
    key = letters(text)
    return meaning(text, book) is not None or any(key in heads for heads in book.rows.values())


def _joined(lines: Sequence[Line]) -> Line:
    text = ""
    for line in lines:
        glued = not text or _WAITS.search(text) or is_han(text[-1]) or is_han(line.text[:1])
        text += line.text if glued else f" {line.text}"
    return Line(
        text, min(one.left for one in lines), lines[0].top, max(one.right for one in lines), lines[-1].bottom,
        min(one.score for one in lines), lines[0].origin,
    )  # fmt: skip
