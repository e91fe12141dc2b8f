"""Filled application forms, by the words that portals and paper forms print: single values, and tables of rows.

Promises: a bare label (号码, 有效期至) counts only under what makes it one thing, and where two things could, it is nobody's; a form
that says two things for one path says neither. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.intake.draft import ReadValue
from assistant.intake.pages.lines import Line
from assistant.intake.papers.answers import Answer, answers
from assistant.intake.papers.labels import Label, labels_in
from assistant.intake.papers.ruled import whole_lines
from assistant.intake.papers.tables import RowTable, rest_of, row_answers, tables_in
from assistant.intake.papers.values import Where, fits, understood, value_of
from assistant.intake.papers.words import OTHER, Book, book_of, letters
from assistant.intake.words.composed import PRESENT, PREVIOUS, composed, parts_of


def form_values(pages: Sequence[Where]) -> Iterator[ReadValue]:
    """What the form says, over all its pages."""
    book = book_of("form")
    single: list[tuple[Where, Answer]] = []
    rows: dict[str, int] = {}
    unended: RowTable | None = None
    for where in pages:
        lines = whole_lines(where.page, book)
        tables = tables_in(lines, book)
        if unended is not None and (rest := rest_of(unended, where.page, lines, book)):
            tables.insert(0, rest)
        unended = next((table for table in tables if table.goes_on), None)
        for table in tables:
            for answer in row_answers(table, lines, rows):
                value = value_of(where, answer)
                if value is not None:
                    yield value
        outside = [line for line in lines if not any(table.holds(line) for table in tables)]
        single += ((where, answer) for answer in _answers(outside, book))
    yield from _settled(list(_taken_apart(single)))


def _taken_apart(found: Sequence[tuple[Where, Answer]]) -> Iterator[tuple[Where, Answer]]:
    """The answers, each to one value of a profile. Of every nationality that was told at once, the present one is no previous one;
    where the form does not say which that is, none of them is told."""
    present = {understood(PRESENT, answer.text).value for _, answer in found if answer.path == PRESENT}
    for where, answer in found:
        if answer.path not in composed():
            yield where, answer
            continue
        for path, text in parts_of(answer.path, answer.text).items():
            if path == PREVIOUS:
                codes = (understood(path, text).value or "").split(", ")
                text = ", ".join(code for code in codes if code not in present) if len(present) == 1 else ""
            yield where, replace(answer, path=path, text=text)


def _settled(found: Sequence[tuple[Where, Answer]]) -> Iterator[ReadValue]:
    """One value a path: what is said twice is said once, what differs is not said."""
    by_path: dict[str, list[ReadValue]] = {}
    for where, answer in found:
        value = value_of(where, answer)
        if value is not None:
            by_path.setdefault(answer.path, []).append(value)
    for values in by_path.values():
        said = [one for one in values if one.value is not None]
        if len({one.value for one in said}) == 1:
            yield next((one for one in said if one.state == "sure"), said[0])
        elif not said:
            yield values[0]


def _answers(lines: Sequence[Line], book: Book) -> list[Answer]:
    """The labelled values; and the fields that the file itself names, where no label on the page was theirs."""
    labels = _under_headings(labels_in(lines, book), lines, book)
    found = answers(lines, book, fits, "right", labels)
    taken = {id(line) for answer in found for line in answer.lines}
    named = (
        (book.labels.get(letters(line.name), OTHER), line) for line in lines if line.name and id(line) not in taken
    )
    return found + [Answer(path, line.text, (line,)) for path, line in named if path != OTHER]


def _under_headings(labels: Sequence[Label], lines: Sequence[Line], book: Book) -> list[Label]:
    """Bare labels made what they stand for: by the label before them in their row, the one above them in their column and the last one
    before them as people read, where all of those speak of the same; where none does, by the last heading."""
    headings = [(line, book.blocks[letters(line.text)]) for line in lines if letters(line.text) in book.blocks]
    known = [(label.line, block) for label in labels if (block := _block_of(label, book))]
    resolved: list[Label] = []
    for label in sorted(labels, key=lambda one: (round(one.line.middle[1], 2), one.line.left)):
        bare = book.bare.get(letters(_words(label)))
        if label.path != OTHER or bare is None:
            resolved.append(label)
            continue
        blocks = _blocks_near(label.line, known) or _last_before(label.line, headings)
        paths = {path for block, path in bare if block in blocks}
        path = paths.pop() if len(blocks) == 1 and len(paths) == 1 else OTHER
        if path != OTHER:
            known.append((label.line, path.partition(".")[0]))
        resolved.append(replace(label, path=path))
    return resolved


def _words(label: Label) -> str:
    text = label.line.text
    return text[: len(text) - len(label.rest)] if label.rest else text


def _block_of(label: Label, book: Book) -> str | None:
    block = label.path.partition(".")[0]
    return block if block in book.blocks.values() else None


def _blocks_near(line: Line, known: Sequence[tuple[Line, str]]) -> set[str]:
    """What the nearest label before it in the row, and the nearest above it in the column, are about."""
    before = [
        (line.left - one.right, block) for one, block in known if _in_row(one, line) and one.right <= line.left + 0.01
    ]
    above = [
        (line.top - one.bottom, block)
        for one, block in known
        if abs(one.left - line.left) < 0.03 and 0 <= line.top - one.bottom + 0.005 < 4 * line.height
    ]
    last = [((round(one.middle[1], 2), one.left), block) for one, block in known if _is_before(one, line)]
    return {min(places)[1] for places in (before, above) if places} | ({max(last)[1]} if last else set())


def _is_before(one: Line, line: Line) -> bool:
    """As people read: in a row above, or before it in its own."""
    return one.right <= line.left + 0.01 if _in_row(one, line) else one.middle[1] < line.middle[1]


def _in_row(one: Line, line: Line) -> bool:
    return one.top <= line.middle[1] <= one.bottom or line.top <= one.middle[1] <= line.bottom


def _last_before(line: Line, headings: Sequence[tuple[Line, str]]) -> set[str]:
    before = [(one.middle[1], block) for one, block in headings if one.middle[1] <= line.bottom]
    return {max(before)[1]} if before else set()
