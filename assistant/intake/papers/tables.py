"""Tables of a form (education, work, family): heads that are known, and the rows below them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.papers.answers import Answer
from assistant.intake.papers.labels import meaning
from assistant.intake.papers.values import fits
from assistant.intake.papers.words import OTHER, PERIOD, Book, letters

_LEAST_HEADS = 3
_SAME = 0.006
"""Of the page: edges so near to each other are one."""
_PARTS = re.compile(r"\s*(?:至|—|–|~|～|－| - |--|\bto\b)\s*|(?<=\d)-(?=\d{4}[-./年])", re.IGNORECASE)


@dataclass(frozen=True)
class RowTable:
    """Which table of the profile it is, its heads (each the path within a row), and how far down it goes, in shares of the page."""

    table: str
    heads: tuple[tuple[Line, str], ...]
    top: float
    bottom: float
    goes_on: bool = False
    """Whether nothing ends it on its page, so that it may go on upon the next."""

    def holds(self, line: Line) -> bool:
        return self.top <= line.middle[1] <= self.bottom


def tables_in(lines: Sequence[Line], book: Book) -> list[RowTable]:
    """The tables of a page, from top to bottom."""
    found: list[RowTable] = []
    for band in _bands(lines):
        heads = _heads(band, lines, book)
        if heads is not None:
            table, named = heads
            top, end = (
                min(line.top for line, _ in named),
                _end(lines, max(line.bottom for line, _ in named), table, book),
            )
            columns = (*named, *((line, OTHER) for line in band if all(line is not head for head, _ in named)))
            found.append(RowTable(table, columns, top, end or 1.0, end is None))
    return found


def _bands(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows of lines, a band as high as its first line."""
    left = sorted((line for line in lines if line.origin != "form-field"), key=lambda one: one.middle[1])
    while left:
        first = left[0]
        band = [line for line in left if first.top <= line.middle[1] <= first.bottom]
        left = [line for line in left if all(line is not one for one in band)]
        yield sorted(band, key=lambda one: one.left)


def _heads(band: Sequence[Line], lines: Sequence[Line], book: Book) -> tuple[str, list[tuple[Line, str]]] | None:
    """The table whose heads these lines are: the one that the title above names, if they fit it, else the only one that they fit best."""
    fitting = {}
    for table, words in book.rows.items():
        named = [(line, leaf) for line in band if (leaf := _leaf(line.text, words))]
        if len(named) >= _LEAST_HEADS and len({leaf for _, leaf in named}) == len(named):
            fitting[table] = named
    if not fitting:
        return None
    top = min(line.top for line in band)
    titles = [
        (line.middle[1], book.row_titles[letters(line.text)])
        for line in lines
        if letters(line.text) in book.row_titles and line.top <= top + line.height
    ]
    title = max(titles)[1] if titles else None
    if title in fitting:
        return title, fitting[title]
    most = max(map(len, fitting.values()))
    best = [table for table, named in fitting.items() if len(named) == most]
    return (best[0], fitting[best[0]]) if len(best) == 1 else None


def _leaf(text: str, words: "dict[str, str] | object") -> str | None:
    assert isinstance(words, dict)
    for piece in (text, *re.split(r"[/／]", text), "".join(sign for sign in text if "\u2e80" <= sign <= "\u9fff")):
        if leaf := words.get(letters(piece)):
            return str(leaf)
    return None


def rest_of(table: RowTable, page: PageLines, lines: Sequence[Line], book: Book) -> RowTable | None:
    """What of the table stands at the top of the next page: ruled cells that begin and end where its columns do."""
    first = min(page.cells, key=lambda cell: cell[1], default=None)
    row = sorted(cell for cell in page.cells if first is not None and abs(cell[1] - first[1]) < _SAME)
    heads = sorted(table.heads, key=lambda one: one[0].left)
    if len(row) != len(heads) or any(
        abs(cell[0] - head.left) > _SAME or abs(cell[2] - head.right) > _SAME
        for cell, (head, _) in zip(row, heads, strict=True)
    ):
        return None
    top = row[0][1]
    above = tuple((replace(head, top=top - head.height, bottom=top - 1e-4), leaf) for head, leaf in heads)
    end = _end(lines, 0.0, table.table, book)
    return RowTable(table.table, above, top, end or 1.0, end is None) if end is None or end > top else None


def _end(lines: Sequence[Line], below: float, table: str, book: Book) -> float | None:
    """Down to the next heading, title or label that is none of the table's own; None where there is none."""
    ends = [
        line.top
        for line in lines
        if line.top > below and line.origin != "form-field" and _ends(line.text, table, book)
    ]  # fmt: skip
    return min(ends) - 1e-4 if ends else None


def _ends(text: str, table: str, book: Book) -> bool:
    key = letters(text.partition("：")[0].partition(":")[0])
    return (
        key in book.row_titles
        or key in book.blocks
        or (key not in book.rows[table] and meaning(text, book) is not None)
    )


def row_answers(table: RowTable, lines: Sequence[Line], counted: dict[str, int]) -> Iterator[Answer]:
    """The values of the table's rows. `counted`: rows of each table so far, on pages before."""
    first = max(line.bottom for line, _ in table.heads)
    inside = [line for line in lines if line.top >= first - 0.004 and table.holds(line)]
    columns: dict[str, list[Line]] = {}
    for line in inside:
        columns.setdefault(_column(line, table.heads), []).append(line)
    anchors = sorted(_anchors(columns, table), key=lambda line: line.middle[1])
    pitch = min(
        (below.middle[1] - one.middle[1] for one, below in pairwise(anchors)),
        default=3 * max(head.height for head, _ in table.heads),
    )
    for anchor in anchors:
        number = counted.get(table.table, 0)
        counted[table.table] = number + 1
        for leaf, column in ((leaf, column) for leaf, column in columns.items() if leaf != OTHER):
            own = [line for line in column if _nearest(line, anchors) is anchor and _is_of(line, anchor, pitch)]
            if own:
                own.sort(key=lambda line: (line.middle[1], line.left))
                yield from _answers(f"{table.table}.{number}", leaf, own)


def _answers(row: str, leaf: str, lines: Sequence[Line]) -> Iterator[Answer]:
    latin = all(ord(line.text[-1]) < 0x2E80 for line in lines)
    text = (" " if latin else "").join(line.text for line in lines)
    if leaf != PERIOD:
        yield Answer(f"{row}.{leaf}", text, tuple(lines))
        return
    ends = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(ends) == 2:
        yield Answer(f"{row}.from", ends[0], tuple(lines))
        yield Answer(f"{row}.to", ends[1], tuple(lines))


def _column(line: Line, heads: Sequence[tuple[Line, str]]) -> str:
    """The head that the line lies under most; else the last that begins before it."""

    def shared(head: Line) -> float:
        return min(head.right, line.right) - max(head.left, line.left)

    best = max(heads, key=lambda one: shared(one[0]))
    if shared(best[0]) > 0:
        return best[1]
    before = [one for one in heads if one[0].left <= line.middle[0]]
    return max(before, key=lambda one: one[0].left)[1] if before else heads[0][1]


def _anchors(columns: "dict[str, list[Line]]", table: RowTable) -> list[Line]:
    """The lines that begin a row: those of the column that asks for dates, each of them one; of another, each line of its own."""
    for leaf in ("from", PERIOD, "birth_date", "relation", "sex"):
        told = [line for line in columns.get(leaf, ()) if leaf == PERIOD or fits(f"{table.table}.0.{leaf}", line.text)]
        told = [line for line in told if leaf != PERIOD or any(map(str.isdigit, line.text))]
        if told:
            return told
    return []


def _is_of(line: Line, anchor: Line, pitch: float) -> bool:
    """What stands further from a row than the next row would is none of the table."""
    return abs(line.middle[1] - anchor.middle[1]) < 0.7 * pitch


def _nearest(line: Line, anchors: Sequence[Line]) -> Line:
    return min(anchors, key=lambda one: abs(one.middle[1] - line.middle[1]))
