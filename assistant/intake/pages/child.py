"""The child process that reads papers: `python -m assistant.intake.pages.child` reads one request from standard input and answers
in lines of JSON, page by page.

It opens the given file where it lies and writes none: nothing is left behind when it is killed. Its memory and processor time are
bounded as in the document checks. Values go through the pipe to its parent and nowhere else; what libraries print goes nowhere.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.check.documents import ocr
from assistant.check.documents.checks import KIND_BY_CODE, integrity
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Page, Paper
from assistant.check.documents.worker import limit_memory, limit_time, only_for_answers, say
from assistant.check.file_rules import FileRules
from assistant.intake.pages.cells import cells_in
from assistant.intake.pages.fields import fields_of
from assistant.intake.pages.lines import PageLines, as_json
from assistant.intake.pages.picture import read_picture
from assistant.intake.pages.text import text_lines

_READING_BYTES = 900_000_000
_LOOKING_SECONDS, _PAGE_SECONDS = 30, 60
MOST_PAGES = 24
"""Of a file that are read; the rest is said not to have been."""
_MOST_CLOSE = 4
"""Pages of a file on which a zone is searched for closely, several seconds each."""
_SECONDS = 150.0
"""By the clock, for close looks at all pages of a file together."""


def main() -> None:
    answers = only_for_answers()
    limit_memory(_READING_BYTES)
    limit_time(_LOOKING_SECONDS)

    def announce() -> None:
        limit_time(_PAGE_SECONDS)
        say(answers, {"stage": "reading"})

    ocr.announce_with(announce)
    for answer in answers_to(json.loads(sys.stdin.readline())):
        say(answers, answer)
    say(answers, {"end": True})


def answers_to(request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """`{"trouble": code, "facts": …}` for a file that can't be used; else each page, and `{"left": n}` for pages beyond the last."""
    paper = Paper(Path(request["path"]), FileRules(), "")
    nobody = ApplicantFacts(*[""] * 12)
    stopped = next((found for found in integrity.check(paper, nobody) if KIND_BY_CODE[found.code].stops), None)
    if stopped is not None:
        yield {"trouble": stopped.code, "facts": dict(stopped.facts)}
        return
    fields = fields_of(paper.data) if paper.kind == "pdf" else {}
    if not ocr.installed() and any(not page.signs and page.number not in fields for page in paper.pages):
        yield {"unread": True}
    until, close = time.monotonic() + _SECONDS, 0
    for page in paper.pages[:MOST_PAGES]:
        read = _read(page, close=close < _MOST_CLOSE and time.monotonic() < until)
        close += not read.zones and not any(line.origin == "text" for line in read.lines)
        own = tuple(fields.get(page.number, ()))
        yield {"page": as_json(replace(read, lines=(*read.lines, *own)))}
    if paper.page_count > MOST_PAGES:
        yield {"left": paper.page_count - MOST_PAGES}


def _read(page: Page, *, close: bool) -> PageLines:
    """The page's painted text where it can stand for what is seen; else what is recognised in its picture."""
    cells = cells_in(page.picture) if page.signs and not page.scanned else ()
    lines = text_lines(page, cells)
    if lines or not ocr.installed():
        return PageLines(page.number, tuple(lines or ()), shape=_shape(page), cells=cells)
    return read_picture(page, close=close)


def _shape(page: Page) -> float:
    high, wide = page.picture.shape[:2]
    return float(wide / high)


if __name__ == "__main__":
    main()
