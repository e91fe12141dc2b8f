"""The words of a paper: its own text where it has some, else what can be read in the scan."""

import re
from datetime import date

from assistant.check.documents.paper import Paper

_MOST_READ_PAGES = 4
_ISO = r"(20\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
_LABELS = (
    r"(?:开具|打印|采集|查询|出具|填发|制表|生成|申请)(?:日期|时间)|(?<!出生)(?<!申报)(?<!交易)(?<!到期)(?<!有效)日\s*期|"
    r"(?<!birth )(?<!expiry )Date(?! of)"
)


def words_of(paper: Paper) -> tuple[str, str]:
    """The words and where they are from: "text" (the file's own), "scan" (read), or "" when nothing can be read."""
    if paper.has_text_layer:
        return paper.text, "text"
    from assistant.check.documents.ocr import installed, reader, rows_of

    if not installed():
        return paper.text, ""
    if "words" not in paper.kept:
        pages = paper.pages[:_MOST_READ_PAGES]
        paper.kept["words"] = "\n".join("\n".join(rows_of(reader().lines(page.picture))) for page in pages)
    return paper.kept["words"], "scan"


def first_words(paper: Paper) -> str | None:
    """Enough words to tell the language by, read cheaply; None when scans can't be read here."""
    if sum(map(str.isalpha, paper.text)) >= 30 or "words" in paper.kept:
        return paper.kept.get("words", paper.text)
    from assistant.check.documents.ocr import installed, reader

    if not installed():
        return None
    return "\n".join(line.text for line in reader().lines(paper.pages[0].picture, most=8))


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
