"""The words of a paper, and what stands in them: dates, numbers, names."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.check.documents.engine.ink import inked_lines
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.mrz_compare import FieldVerdict, folded
from assistant.check.documents.paper import Page, Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.check.documents.engine.ocr_models import Boxes
    from assistant.check.documents.ocr import TextLine

_MOST_READ_PAGES = 4
_MOST_INKED = 48
"""Lines of a paper that are read by their ink before all of it is read."""
_BATCH, _FIRST_LINES, _PROVING = 4, 8, 6
_SURE, _LESS_SURE = 0.9, 0.8
_LEAST_TEXT = 40
"""Characters: page numbers alone are no text."""
_KNOWN_WRITING = r"[A-Za-z\u4e00-\u9fff]"
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_ISO = r"(20\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
_LABELS = (
    r"(?:开具|打印|采集|查询|出具|填发|制表|生成|申请)(?:日期|时间)|(?<!出生)(?<!申报)(?<!交易)(?<!到期)(?<!有效)日\s*期|"
    r"(?<!birth )(?<!expiry )Date(?! of)"
)


Enough = Callable[[str], bool]
LineOrder = Callable[["Boxes", int], "NDArray[np.float32]"]
"""Of the lines of a page so many pixels high: the first ones have the least."""


def short_first(boxes: "Boxes", high: int) -> "NDArray[np.float32]":
    """Headings and labels before running text."""
    return boxes[:, 1, 0] - boxes[:, 0, 0]


def edges_first(boxes: "Boxes", high: int) -> "NDArray[np.float32]":
    """What stands at the top and the foot of a page before what stands in its middle."""
    middle: NDArray[np.float32] = boxes[:, :, 1].mean(axis=1) / high
    return (1 - middle) * middle


def long_first(boxes: "Boxes", high: int) -> "NDArray[np.float32]":
    return boxes[:, 0, 0] - boxes[:, 1, 0]


def words_of(paper: Paper, enough: Enough | None = None, order: LineOrder = edges_first) -> tuple[str, str]:
    """The words that can be seen, and where they are from: "text" (all of it the file's own, and really painted), "scan"
    (read, all of them or those that are `enough`), or "" when something had to be read and can't be here."""
    texts = [text_of(page) for page in paper.pages]
    if all(texts):
        return "\n".join(texts), "text"
    from assistant.check.documents.ocr import installed

    if not installed():
        return "\n".join(texts), ""
    to_read = [page for page, text in zip(paper.pages, texts, strict=True) if not text][:_MOST_READ_PAGES]
    for _ in inked_words(to_read, order) if enough else ():
        seen = [text or page.kept.get("first", "") for page, text in zip(paper.pages, texts, strict=True)]
        if enough and enough("\n".join(seen)):
            return "\n".join(seen), "scan"
    return "\n".join(
        text or (read(page) if page in to_read else "") for page, text in zip(paper.pages, texts, strict=True)
    ), "scan"


def first_words(paper: Paper, enough: Enough) -> str | None:
    """Enough words to tell the language by, read cheaply; None when scans can't be read here."""
    page = paper.pages[0]
    words = page.read or page.kept.get("first", "") or text_of(page)
    if sum(map(str.isalpha, words)) >= 30 and (page.read or enough(words) or text_of(page)):
        return words
    from assistant.check.documents.ocr import installed, reader

    if not installed():
        return None
    for _ in inked_words([page], long_first, most=_FIRST_LINES):
        if enough(page.kept["first"]):
            return page.kept["first"]
    page.kept["first"] = "\n".join(line.text for line in reader().lines(page.picture, most=_FIRST_LINES))
    return page.kept["first"]


def inked_words(pages: Sequence[Page], order: LineOrder, most: int = _MOST_INKED) -> Iterator[None]:
    """Reads the lines that are seen by their ink, a few at a time. After each few, `first` of each page is what was surely
    read of it so far, row by row. Of a page that says itself what stands on it, as many as tell whether it does come first."""
    import numpy as np

    from assistant.check.documents.ocr import reader, rows_of

    first, others = [], []
    for page in pages:
        boxes, high = inked_lines(page.picture), page.picture.shape[0]
        keys = order(boxes, high)
        telling = set(np.argsort(long_first(boxes, high), kind="stable")[: _FIRST_LINES if page.layer.strip() else 0])
        first += [(page, boxes[place]) for place in sorted(telling)]
        others += [(float(keys[place]), page, boxes[place]) for place in range(len(boxes)) if place not in telling]
    others.sort(key=lambda place: place[0])
    places = [*first, *(place[1:] for place in others)][:most]
    lines: dict[int, list[TextLine]] = {page.number: [] for page in pages}
    start, count = 0, max(_BATCH, len(first))
    while start < len(places):
        for page in pages:
            if few := [box for one, box in places[start : start + count] if one is page]:
                found = reader().lines_at(page.picture, np.array(few))
                lines[page.number] += [line for line in found if line.score >= _SURE]
            page.kept["first"] = "\n".join(rows_of(lines[page.number]))
        yield
        start, count = start + count, _BATCH


def text_of(page: Page) -> str:
    """The page's own text if it can stand for what is seen there; else "", and the page must be read."""
    if len("".join(page.text.split())) < _LEAST_TEXT:
        return ""
    from assistant.check.documents.ocr import installed

    if "text" not in page.kept:
        seen = longest_lines(page) if installed() else []
        page.kept["text"] = page.text if says_the_same(seen, page.text) else ""
    return page.kept["text"]


def longest_lines(page: Page) -> list[str]:
    """What is surely read in the longest lines, by which a text that the file carries is proved."""
    import numpy as np

    from assistant.check.documents.ocr import reader

    boxes = inked_lines(page.picture)
    longest = boxes[np.argsort(long_first(boxes, 0), kind="stable")][:_PROVING]
    seen = [line.text for line in reader().lines_at(page.picture, longest) if line.score >= _SURE]
    if len(seen) == _PROVING:
        return seen
    return [line.text for line in reader().lines(page.picture, most=_PROVING) if line.score >= _LESS_SURE]


def read(page: Page) -> str:
    """What is read in the page's picture, row by row."""
    from assistant.check.documents.ocr import reader, rows_of

    if not page.read:
        page.read = "\n".join(rows_of(reader().lines(page.picture)))
    return page.read


def says_the_same(lines: Sequence[str], text: str) -> bool:
    """Whether lines that were read stand in the text too, misread signs forgiven. Writing that the reader doesn't know
    (it knows Chinese and Latin letters) can't be contradicted by it.

    >>> says_the_same(["PASSPORT NO. A00123456"], "Passport No A00l23456"), says_the_same(["PARK JISOO 1988"], "LEE MINJUN")
    (True, False)
    """
    letters = [sign for sign in text if sign.isalpha()]
    if (
        sum(bool(re.match(_KNOWN_WRITING, unicodedata.normalize("NFKD", sign))) for sign in letters)
        < len(letters) * 0.7
    ):
        return True
    held = _pairs(text)
    told = [_pairs(line) for line in lines]
    told = [pairs for pairs in told if len(pairs) >= 4]
    return sum(len(pairs & held) * 2 >= len(pairs) for pairs in told) * 2 >= len(told)


def _pairs(text: str) -> set[str]:
    """Neighbouring letters and digits, written alike."""
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).upper()))
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def dates_in(words: str) -> tuple[list[date], list[date]]:
    """All full dates (year, month, day), and among them those that a label calls the paper's own date."""
    labelled = [
        day
        for match in re.finditer(rf"(?:{_LABELS})[^\d\n]{{0,14}}{_ISO}", words, re.IGNORECASE)
        if (day := _day(match.groups()[-3:]))
    ]
    every = [day for match in re.finditer(rf"(?<!\d){_ISO}(?!\d)", words) if (day := _day(match.groups()))]
    return every, labelled


def _day(parts: tuple[str, ...]) -> date | None:
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def printed_number(number: str, printed: str, case: ApplicantFacts) -> FieldVerdict:
    """Exact, alike, or another number of the same make in its place; `misread` when none is seen.

    `printed` is upper case without spaces, line by line.
    """
    wanted = number.upper()
    before, after = r"(?:^|[^A-Z0-9]|NO|NUMBER)", r"(?![A-Z0-9])"
    if re.search(before + re.escape(wanted) + after, printed, re.MULTILINE):
        return "same"
    if re.search(before + re.escape(folded(wanted)) + after, folded(printed).replace("N0", "NO"), re.MULTILINE):
        return "alike"
    known = {case.passport_number.upper(), case.work_permit_number.upper(), case.residence_number.upper()}
    rivals = [
        token
        for token in re.findall(r"[A-Z0-9]+", printed)
        if len(token) == len(wanted) and token not in known and _make(token) == _make(wanted)
    ]
    return "other" if rivals else "misread"


def _make(number: str) -> tuple[bool, bool]:
    """Whether it begins with a letter and has four digits or more: enough to tell a number from a word."""
    return number[:1].isalpha(), sum(map(str.isdigit, number)) >= 4


def printed_name(printed: str, case: ApplicantFacts) -> FieldVerdict:
    """The holder's name in either order, on one line or on several; `misread` when only a part of it is seen."""
    letters = [re.sub(r"[^A-Z]", "", line) for line in printed.splitlines()]
    everything = "".join(letters)
    surname, given = (re.sub(r"[^A-Z]", "", part.upper()) for part in (case.surname, case.given_names))
    for text in (*letters, everything):
        if surname + given in text or given + surname in text:
            return "same"
    if all(part in letters for part in (surname, given) if part):
        return "same"
    if folded(surname + given) in folded(everything):
        return "alike"
    return "misread" if surname in everything or (given and given in everything) else "other"


def printed_days(printed: str) -> set[str]:
    """ISO dates: 2027-01-20, 2027年1月20日, 20 JAN 2027."""
    days = {day.isoformat() for day in dates_in(printed)[0]}
    for day, month, year in re.findall(rf"(\d{{2}})({'|'.join(_MONTHS)})[A-Z]*(20\d{{2}})", printed):
        days.add(f"{year}-{_MONTHS.index(month) + 1:02}-{day}")
    return days
