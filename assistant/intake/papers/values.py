"""From what stands on a paper to values of a profile: the one place where a reading's state is decided.

Promises: what was recognised in a picture is for the person's eyes, unless a zone's check digits prove it; what a file's own text or
form says is sure where its place is; a ticked box is the choice, an unticked one never. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date

from assistant.intake.draft import PageBox, ReadBy, ReadValue, SourceKind, Surety
from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.papers.answers import Answer
from assistant.intake.papers.labels import BOXES, MARKS, TICKS
from assistant.intake.trees import without_rows
from assistant.intake.words.composed import composed, parts_of
from assistant.intake.words.meaning import Meant, meant, taste
from assistant.intake.words.printed import day_in, days_in
from assistant.messages import Text

READ = Text("由图像识别得出；请对照原件", "recognised in a picture; compare it with the original")
PLACE = Text(
    "看不出是哪一处的值；请对照原件",
    "which of the values beside it is meant can't be told for sure; compare the original",
)
# Beside a tick, 口 is how an empty box is recognised.
_TICKED = re.compile(rf"[{TICKS}]\s*([^{TICKS}{BOXES}口]+)")
_TICKED_AFTER = re.compile(rf"([^{TICKS}{BOXES}口]+?)\s*[{TICKS}]")


@dataclass(frozen=True)
class Where:
    """A paper within a file, and the page a value is on."""

    source: str
    kind: SourceKind
    page: PageLines

    def value(
        self,
        path: str,
        text: str | None,
        lines: tuple[Line, ...],
        how: ReadBy,
        doubt: Text | None = None,
        *,
        error: bool = False,
    ) -> ReadValue:
        state: Surety = "error" if error or text is None else "doubtful" if doubt else "sure"
        return ReadValue(
            path, text, f"{self.source}#page={self.page.number}", self.kind, how, state, doubt, box=box_around(self.page, lines)
        )  # fmt: skip


def box_around(page: PageLines, lines: tuple[Line, ...]) -> PageBox | None:
    """The part of the page that all the lines cover."""
    boxes = [page.box(line) for line in lines]
    if not boxes:
        return None
    return PageBox(
        page.number,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def fits(path: str, text: str) -> bool:
    """Whether a text can be a value of the path."""
    if path in composed():
        return any(fits(part, own) for part, own in parts_of(path, text).items())
    return understood(path, text).value not in (None, "")


def understood(path: str, text: str) -> Meant:
    """What the text means at a path, as papers write it: dates in words, ticked boxes, a code with its name."""
    path = without_rows(path)
    text = _choice(text)
    if not text:
        return Meant("")
    kind = taste(path)
    if kind == "day":
        days = days_in(text)
        if path.endswith(("expires_on", "_to", "until")) and len(days) == 2:
            return Meant(max(days))  # a term's two ends
        return Meant(day) if (day := day_in(text)) else meant(path, text)
    if kind == "narrow":
        return meant(path, re.sub(r"\s+", "", text))
    found = meant(path, text)
    if found.value is None and kind in ("code", "codes"):
        pieces = {one.value for part in re.split(r"[\s/／()（）]+", text) if (one := meant(path, part)).value}
        return Meant(pieces.pop()) if len(pieces) == 1 else found
    return found


def _choice(text: str) -> str:
    """The ticked one of several boxes; "" where none is, or more than one; the text itself where there are no boxes."""
    plain = text.strip()
    if not any(sign in plain for sign in MARKS):
        return plain
    pattern = _TICKED if plain[0] in f"{MARKS}口" else _TICKED_AFTER
    ticked = [found.strip(" ，,;；、") for found in pattern.findall(plain)]
    return ticked[0] if len(ticked) == 1 else ""


def value_of(where: Where, answer: Answer) -> ReadValue | None:
    """The answer as a value with its state; None where nothing is written there."""
    found = understood(answer.path, answer.text)
    if found.value == "":
        return None
    origin = answer.lines[-1].origin if answer.lines else "text"
    how: ReadBy = origin
    if found.value is None:
        return where.value(answer.path, None, answer.lines, how, found.doubt, error=True)
    doubt = found.doubt or (READ if origin == "ocr" else None if answer.certain else PLACE)
    return where.value(answer.path, found.value, answer.lines, how, doubt)


def century(digits: str, today: date, *, past: bool) -> str | None:
    """The day of YYMMDD as ISO: of a birth the latest that is past, of an expiry that of this century."""
    years = (2000 + int(digits[:2]), 1900 + int(digits[:2]))
    for year in years if past else (years if int(digits[:2]) < 80 else years[::-1]):
        try:
            day = date(year, int(digits[2:4]), int(digits[4:]))
        except ValueError:
            return None
        if not past or day <= today:
            return day.isoformat()
    return None
