"""From the lines of a page to labelled values: which line is a label, and which lines beside or below it answer it.

Promises: a label is known by all of its words, never by a part; a value is what stands to the right of its label or below it, up to the
next label; where both could be it and nothing decides, it is told as uncertain. Known by label, never by position. Pure.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.intake.pages.lines import Line
from assistant.intake.papers.words import OTHER, Book, letters

Side = Literal["right", "below"]
Fits = Callable[[str, str], bool]
"""Whether a text can be a value of a path."""

_BEFORE = re.compile(r"^\s*[(（\[]?\s*\d{0,2}\s*[)）\].、．*]?\s*")
_PARTING = re.compile(r"[/／|｜]")
_MOST_SEGMENTS = 24
TICKS, BOXES = "☑☒✓✔√■●◉", "□☐○◯"
MARKS = TICKS + BOXES


@dataclass(frozen=True)
class Label:
    """A line that is a label: what it stands for, and what of the same line already is its value."""

    line: Line
    path: str
    rest: str = field(default="", repr=False)


@dataclass(frozen=True)
class Answer:
    """A path's value as it stands there, and the lines it stands in. `certain`: nothing else can be meant."""

    path: str
    text: str = field(repr=False)
    lines: tuple[Line, ...] = ()
    certain: bool = True


def meaning(text: str, book: Book) -> str | None:
    """What a label stands for; None for what is none. A label may say the same in several languages."""
    plain = _BEFORE.sub("", text)
    if (key := letters(plain)) in book.labels:
        return book.labels[key]
    for pieces in (_PARTING.split(plain), _by_script(plain)):
        keys = [letters(piece) for piece in pieces if letters(piece)]
        known = {book.labels[key] for key in keys if key in book.labels}
        known = known - {OTHER} or known
        unknown = (piece for piece in pieces if letters(piece) and letters(piece) not in book.labels)
        if len(keys) > 1 and len(known) == 1 and all(_says_labels_words(piece, book) for piece in unknown):
            return known.pop()
    return None


def _says_labels_words(piece: str, book: Book) -> bool:
    """Whether an unknown part of a label is made of words that labels are made of, and is no name or value."""
    return all(word in book.words for word in re.findall(r"[^\W\d_]+|\d+", piece.casefold()))


def labels_in(lines: Sequence[Line], book: Book) -> list[Label]:
    """The labels among the lines; a label broken over two lines is one."""
    found: list[Label] = list(_spaced(lines, book))
    taken = {number for number, line in enumerate(lines) if any(_within(line, label.line) for label in found)}
    for number, line in enumerate(lines):
        if number in taken or line.origin == "form-field":
            continue
        label = _whole(line, book) or _with_value(line, book)
        if label is None:
            for other, below in enumerate(lines):
                if other not in taken and _goes_on(line, below):
                    path = meaning(line.text + below.text, book)
                    if path is not None and meaning(below.text, book) is None:
                        taken.add(other)
                        label = Label(_around(line, below), path)
                        break
        if label is not None:
            found.append(label)
    return found


def _spaced(lines: Sequence[Line], book: Book) -> Iterator[Label]:
    """Labels of two characters that are drawn apart to fill their cell (`国    籍`)."""
    single = [line for line in lines if len(line.text.strip()) == 1 and _is_han(line.text.strip())]
    for one in single:
        near = [
            other for other in single if _beside(other, one) and 0 < other.left - one.right < 5 * (one.right - one.left)
        ]
        if near:
            other = min(near, key=lambda line: line.left)
            between = any(_beside(line, one) and one.right <= line.left < other.left for line in lines)
            path = book.labels.get(letters(one.text + other.text))
            if path is not None and not between:
                yield Label(_around(one, other), path)


def _whole(line: Line, book: Book) -> Label | None:
    path = meaning(line.text.rstrip(" :：*＊"), book)
    return None if path is None else Label(line, path)


def _with_value(line: Line, book: Book) -> Label | None:
    """A label and its value on one line: parted by a colon, or by a blank or a change of script where the words before it are a label."""
    head, colon, rest = _split_at_colon(line.text)
    if colon and rest.strip() and (path := meaning(head, book)) is not None:
        return Label(line, path, rest.strip())
    for place in sorted(_seams(line.text), reverse=True):
        head, rest = line.text[:place].strip(), line.text[place:].strip(" :：")
        if rest and len(letters(head)) >= 2 and (path := meaning(head, book)) is not None:
            return Label(line, path, rest)
    return None


def _split_at_colon(text: str) -> tuple[str, str, str]:
    parts = re.split(r"([:：])", text, maxsplit=1)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (text, "", "")


def _seams(text: str) -> Iterator[int]:
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if before.isspace() or after in MARKS or (_is_han(before) and not _is_han(after) and after.isalnum()):
            yield place


def _by_script(text: str) -> list[str]:
    """`护照号码 Passport No.` as its Chinese and its other part."""
    return ["".join(sign for sign in text if _is_han(sign)), "".join(" " if _is_han(sign) else sign for sign in text)]


def _is_han(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af"


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a line is the next one of the same cell."""
    return (
        abs(below.left - line.left) < 0.03
        and below.top - line.top - 0.5 * line.height >= 0
        and below.top - line.bottom < 0.7 * line.height
        and below.origin == line.origin
    )


def _around(one: Line, other: Line) -> Line:
    return Line(
        one.text + other.text, min(one.left, other.left), min(one.top, other.top), max(one.right, other.right),
        max(one.bottom, other.bottom), min(one.score, other.score), one.origin,
    )  # fmt: skip


# ---- values --------------------------------------------------------------------------------------------------------


def answers(
    lines: Sequence[Line], book: Book, fits: Fits, usual: Side, labels: Sequence[Label] | None = None
) -> list[Answer]:
    """The labelled values of a page. `usual` is where this kind of paper writes them, when the page itself does not show it; `labels`
    are those of the page where they were found already."""
    labels = labels_in(lines, book) if labels is None else labels
    own = {id(label.line) for label in labels}
    values = [line for line in lines if id(line) not in own and not any(_within(line, label.line) for label in labels)]
    options = [(label, _to_the_right(label, labels, values), _below(label, labels, values)) for label in labels]
    way = _way_of(options, fits) or usual
    found = []
    for label, right, below in options:
        if label.path == OTHER:
            continue
        right = [*right, *_further(right, label, labels, values)]
        below = [*below, *_further(below, label, labels, values)]
        if label.rest:
            more = _to_the_right(label, labels, values)
            whole = fits(label.path, label.rest) and label.rest[0] not in MARKS
            text = " ".join([label.rest, *(line.text for line in more if not whole)])
            under = () if more or not _is_long(label, fits) else tuple(_wrapped(label, labels, values))
            text += "".join(line.text for line in under)
            found.append(Answer(label.path, text, (label.line, *more, *under)))
        elif chosen := _chosen(label, right, below, way, fits):
            found.append(chosen)
    return found


def _is_long(label: Label, fits: Fits) -> bool:
    """Whether any words could be its value, so that more of them may follow."""
    return fits(label.path, "—")


def _wrapped(label: Label, labels: Sequence[Label], values: Sequence[Line]) -> Iterator[Line]:
    """The lines that a value which begins beside its label goes on in: below, where the value begins, or the label."""
    line = label.line
    start = line.right - (line.right - line.left) * len(label.rest) / max(1, len(line.text))
    for left in (start, line.left):
        first = Line("", left, line.top, line.right, line.bottom, line.score, line.origin)
        found = list(_further([first], label, labels, values))
        if found:
            yield from found
            return


def _within(line: Line, label: Line) -> bool:
    """A part of a label that was broken over two lines."""
    return line.origin != "form-field" and (
        line.left >= label.left - 1e-6
        and line.right <= label.right + 1e-6
        and line.top >= label.top - 1e-6
        and line.bottom <= label.bottom + 1e-6
        and line.text in label.text
    )


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
        glued = (
            text and line.text and _is_han(text[-1]) and _is_han(line.text[0]) and line.left <= lines[0].left + 0.012
        )
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
        if other is not label and _beside(other.line, line) and other.line.left > line.left
    ]
    end = min((other.left for other in row), default=2.0)
    found = [one for one in values if _beside(one, line) and one.left >= line.right - 0.01 and one.right <= end + 0.02]
    return _read_order(found)[:_MOST_SEGMENTS]


def _further(found: Sequence[Line], label: Label, labels: Sequence[Label], values: Sequence[Line]) -> Iterator[Line]:
    """The next lines of a cell whose first line is the value: each right below the one before, beginning where it does, and beside
    no other label."""
    last = found[-1] if len(found) == 1 else None
    while last is not None and last.origin != "form-field":
        here = last
        under = [
            one
            for one in values
            if abs(one.left - here.left) < 0.012
            and -0.3 * here.height < one.top - here.bottom < 0.8 * here.height
            and one is not here
            and not any(
                _beside(one, other.line) for other in labels if other is not label and other.line.left < one.left
            )
        ]
        last = min(under, key=lambda one: one.top, default=None)
        if last is not None:
            yield last


def _beside(one: Line, label: Line) -> bool:
    """In one band: the middle of either lies within the other."""
    return label.top <= one.middle[1] <= label.bottom or one.top <= label.middle[1] <= one.bottom


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
    beside = [other.line.left for other in labels if _beside(other.line, line) and other.line.left > line.left]
    end = min(beside, default=2.0)
    band = [
        one for one in values if _beside(one, nearest) and one.left >= line.left - 0.035 and one.right <= end + 0.02
    ]
    return _read_order(band)[:_MOST_SEGMENTS]


def _same_column(one: Line, label: Line) -> bool:
    if abs(one.left - label.left) < 0.035:
        return True
    shared = min(one.right, label.right) - max(one.left, label.left)
    return shared > 0.5 * min(one.right - one.left, label.right - label.left) and one.left < label.right
