"""The words of a paper, and what stands in them: dates, numbers, names."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.mrz_compare import FieldVerdict, folded
from assistant.check.documents.paper import Page, Paper

_MOST_READ_PAGES = 4
_LEAST_TEXT = 40
"""Characters: page numbers alone are no text."""
_KNOWN_WRITING = r"[A-Za-z\u4e00-\u9fff]"
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_ISO = r"(20\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
_LABELS = (
    r"(?:开具|打印|采集|查询|出具|填发|制表|生成|申请)(?:日期|时间)|(?<!出生)(?<!申报)(?<!交易)(?<!到期)(?<!有效)日\s*期|"
    r"(?<!birth )(?<!expiry )Date(?! of)"
)


def words_of(paper: Paper) -> tuple[str, str]:
    """The words that can be seen, and where they are from: "text" (all of it the file's own, and really painted), "scan"
    (read), or "" when something had to be read and can't be here."""
    texts = [text_of(page) for page in paper.pages]
    if all(texts):
        return "\n".join(texts), "text"
    from assistant.check.documents.ocr import installed

    if not installed():
        return "\n".join(texts), ""
    to_read = [page for page, text in zip(paper.pages, texts, strict=True) if not text][:_MOST_READ_PAGES]
    return "\n".join(
        text or (read(page) if page in to_read else "") for page, text in zip(paper.pages, texts, strict=True)
    ), "scan"


def first_words(paper: Paper) -> str | None:
    """Enough words to tell the language by, read cheaply; None when scans can't be read here."""
    page = paper.pages[0]
    words = page.read or text_of(page)
    if sum(map(str.isalpha, words)) >= 30:
        return words
    from assistant.check.documents.ocr import installed, reader

    if not installed():
        return None
    page.kept["first"] = "\n".join(line.text for line in reader().lines(page.picture, most=8))
    return page.kept["first"]


def text_of(page: Page) -> str:
    """The page's own text if it can stand for what is seen there; else "", and the page must be read."""
    if len("".join(page.text.split())) < _LEAST_TEXT:
        return ""
    from assistant.check.documents.ocr import installed, reader

    if "text" not in page.kept:
        lines = [line.text for line in reader().lines(page.picture, most=6) if line.score >= 0.8] if installed() else []
        page.kept["text"] = page.text if says_the_same(lines, page.text) else ""
    return page.kept["text"]


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
