"""Which lines of a page are labels, and what they stand for. A label is known by all of its words, never by a part. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.intake.pages.lines import Line
from assistant.intake.papers.words import OTHER, Book, letters

_BEFORE = re.compile(r"^\s*[(（\[]?\s*\d{0,2}\s*[)）\].、．*]?\s*")
_PARTING = re.compile(r"[/／|｜]")
TICKS, BOXES = "☑☒✓✔√■●◉", "□☐○◯"
MARKS = TICKS + BOXES


@dataclass(frozen=True)
class Label:
    """A line that is a label: what it stands for, and what of the same line already is its value."""

    line: Line
    path: str
    rest: str = field(default="", repr=False)


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
    taken = {number for number, line in enumerate(lines) if any(within(line, label.line) for label in found)}
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
    single = [line for line in lines if len(line.text.strip()) == 1 and is_han(line.text.strip())]
    for one in single:
        near = [
            other for other in single if beside(other, one) and 0 < other.left - one.right < 5 * (one.right - one.left)
        ]
        if near:
            other = min(near, key=lambda line: line.left)
            between = any(beside(line, one) and one.right <= line.left < other.left for line in lines)
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
        if before.isspace() or after in MARKS or (is_han(before) and not is_han(after) and after.isalnum()):
            yield place


def _by_script(text: str) -> list[str]:
    """`护照号码 Passport No.` as its Chinese and its other part."""
    return ["".join(sign for sign in text if is_han(sign)), "".join(" " if is_han(sign) else sign for sign in text)]


def is_han(sign: str) -> bool:
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


def within(line: Line, label: Line) -> bool:
    """A part of a label that was broken over two lines."""
    return line.origin != "form-field" and (
        line.left >= label.left - 1e-6
        and line.right <= label.right + 1e-6
        and line.top >= label.top - 1e-6
        and line.bottom <= label.bottom + 1e-6
        and line.text in label.text
    )


def beside(one: Line, label: Line) -> bool:
    """In one band: the middle of either lies within the other."""
    return label.top <= one.middle[1] <= label.bottom or one.top <= label.middle[1] <= one.bottom
