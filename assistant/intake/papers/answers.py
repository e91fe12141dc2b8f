"""From labels to their values: the lines beside or below a label that answer it.

Promises: a value is what stands to the right of its label or below it, up to the next label; where both could be it, the way that this
page writes its values decides, and what still is uncertain is told. Known by label, never by position. Pure.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.intake.pages.lines import Line
from assistant.intake.papers.labels import MARKS, Label, beside, is_han, labels_in, within
from assistant.intake.papers.words import OTHER, Book, letters

Side = Literal["right", "below"]
Fits = Callable[[str, str], bool]
"""Whether a text can be a value of a path."""

_MOST_SEGMENTS = 24


@dataclass(frozen=True)
class Answer:
    """A path's value as it stands there, and the lines it stands in. `certain`: nothing else can be meant."""

    path: str
    text: str = field(repr=False)
    lines: tuple[Line, ...] = ()
    certain: bool = True


def answers(
    lines: Sequence[Line], book: Book, fits: Fits, usual: Side, labels: Sequence[Label] | None = None
) -> list[Answer]:
    """The labelled values of a page. `usual` is where this kind of paper writes them, when the page itself does not show it; `labels`
    are those of the page where they were found already."""
    labels = labels_in(lines, book) if labels is None else labels
    own = {id(label.line) for label in labels}
    ends = own | {id(line) for line in lines if letters(line.text) in {*book.blocks, *book.row_titles}}
    values = [line for line in lines if id(line) not in own and not any(within(line, label.line) for label in labels)]
    options = [(label, _to_the_right(label, labels, values), _below(label, labels, values)) for label in labels]
    way = _way_of(options, fits) or usual
    found = []
    for label, right, below in options:
        if label.path == OTHER:
            continue
        if _is_long(label, fits):
            right = [*right, *_further(right, label, lines, ends)]
            below = [*below, *_further(below, label, lines, ends)]
        if label.rest:
            more = _to_the_right(label, labels, values)
            whole = fits(label.path, label.rest) and label.rest[0] not in MARKS
            text = " ".join([label.rest, *(line.text for line in more if not whole)])
            under = () if more or not _is_long(label, fits) else tuple(_wrapped(label, lines, ends))
            text += "".join(line.text for line in under)
            found.append(Answer(label.path, text, (label.line, *more, *under)))
        elif chosen := _chosen(label, right, below, way, fits):
            found.append(chosen)
    return found


def _is_long(label: Label, fits: Fits) -> bool:
    """Whether any words could be its value, however many, so that more of them may follow."""
    return fits(label.path, "— " * 30)


def _wrapped(label: Label, lines: Sequence[Line], ends: Collection[int]) -> Iterator[Line]:
    """The lines that a value which begins beside its label goes on in: below, where the value begins, or the label."""
    line = label.line
    start = line.right - (line.right - line.left) * len(label.rest) / max(1, len(line.text))
    for left in (start, line.left):
        first = Line("", left, line.top, line.right, line.bottom, line.score, line.origin)
        found = [one for one in _further([first], label, lines, ends) if one.text]
        if found:
            yield from found
            return


def _chosen(label: Label, right: Sequence[Line], below: Sequence[Line], way: Side, fits: Fits) -> Answer | None:
    ways = {"right": right, "below": below}
    fitting = {name: lines for name, lines in ways.items() if lines and fits(label.path, _text(lines))}
    if len(fitting) == 1:
        ((name, lines),) = fitting.items()
        return Answer(label.path, _text(lines), tuple(lines), certain=name == way or not ways[way])
    lines = ways[way] or (right if not fitting else ())
    return Answer(label.path, _text(lines), tuple(lines), certain=True) if lines else None


def _text(lines: Sequence[Line]) -> str:
    """The lines as one text; Chinese goes on without a blank."""
    text = ""
    for line in lines:
        glued = text and line.text and is_han(text[-1]) and is_han(line.text[0]) and line.left <= lines[0].left + 0.012
        text += line.text if glued or not text else f" {line.text}"
    return text


def _way_of(options: Sequence[tuple[Label, Sequence[Line], Sequence[Line]]], fits: Fits) -> Side | None:
    """Where this page writes its values, told by those that only fit in one of the two places."""
    right = below = 0
    for label, to_right, under in options:
        if label.path == OTHER or label.rest:
            continue
        in_right = bool(to_right) and fits(label.path, _text(to_right))
        in_below = bool(under) and fits(label.path, _text(under))
        right += in_right and not in_below
        below += in_below and not in_right
    return None if right == below else "right" if right > below else "below"


def _to_the_right(label: Label, labels: Sequence[Label], values: Sequence[Line]) -> list[Line]:
    """The lines beside the label, up to the next label of the row."""
    line = label.line
    row = [
        other.line
        for other in labels
        if other is not label and beside(other.line, line) and other.line.left > line.left
    ]
    end = min((other.left for other in row), default=2.0)
    found = [one for one in values if beside(one, line) and one.left >= line.right - 0.01 and one.right <= end + 0.02]
    return _read_order(found)[:_MOST_SEGMENTS]


def _further(found: Sequence[Line], label: Label, lines: Sequence[Line], ends: Collection[int]) -> Iterator[Line]:
    """The next lines of a cell whose first line is the value: each right below the one before, beginning where it does. What has
    anything but the label itself before it in its row belongs to another row. `ends`: ids of labels and headings."""
    last = found[-1] if len(found) == 1 else None
    while last is not None and last.origin != "form-field":
        here = last
        under = [
            one
            for one in lines
            if abs(one.left - here.left) < 0.012
            and one is not here
            and one is not label.line
            and -0.3 * here.height < one.top - here.bottom < 0.8 * here.height
        ]
        last = min(under, key=lambda one: one.top, default=None)
        if (
            last is None
            or id(last) in ends
            or any(_is_before(other, last) and not _is_of(other, label) for other in lines)
        ):
            return
        yield last


def _is_before(one: Line, line: Line) -> bool:
    """In the same row, to its left, and in the same half of the page or next to it."""
    return beside(one, line) and one.right <= line.left + 0.01 and line.left - one.right < 0.15


def _is_of(line: Line, label: Label) -> bool:
    return line is label.line or within(line, label.line)


def _read_order(lines: Sequence[Line]) -> list[Line]:
    """By rows, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.middle[1]):
        if rows and line.middle[1] <= rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.left)]


def _below(label: Label, labels: Sequence[Label], values: Sequence[Line]) -> list[Line]:
    """The nearest line under the label, if it begins where the label does (or lies within its breadth) and no label is between."""
    line = label.line
    under = [
        one
        for one in (*values, *(other.line for other in labels))
        if one.middle[1] > line.bottom and one.top - line.bottom < 1.6 * line.height and _same_column(one, line)
    ]
    nearest = min(under, key=lambda one: one.top, default=None)
    if nearest is None or all(nearest is not one for one in values):
        return []
    further = [other.line.left for other in labels if beside(other.line, line) and other.line.left > line.left]
    end = min(further, default=2.0)
    band = [one for one in values if beside(one, nearest) and one.left >= line.left - 0.035 and one.right <= end + 0.02]
    return _read_order(band)[:_MOST_SEGMENTS]


def _same_column(one: Line, label: Line) -> bool:
    if abs(one.left - label.left) < 0.035:
        return True
    shared = min(one.right, label.right) - max(one.left, label.left)
    return shared > 0.5 * min(one.right - one.left, label.right - label.left) and one.left < label.right
