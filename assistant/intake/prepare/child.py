"""The child process: `python -m assistant.intake.prepare.child` takes one task a line and answers one line for each.

Tasks: `{"look": path}` gives the file's pages; `{"fit": …}` makes a paper's copy and holds it against the original;
`{"bind": …}` puts papers one after another in one file; `{"draw": …}` gives small pictures of pages. It opens the given files where they
lie, never writes them, and writes copies only to the folder named in the task. Memory and processor time are bounded as in the document
checks. Values go through the pipe to its parent and nowhere else; what libraries print goes nowhere.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.check.documents import ocr
from assistant.check.documents.checks import KIND_BY_CODE, integrity
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.documents.worker import limit_memory, limit_time, only_for_answers, say
from assistant.check.file_rules import FileRules
from assistant.intake.prepare.copies.bind import bound
from assistant.intake.prepare.copies.draw import drawn_pages
from assistant.intake.prepare.copies.fit import fitted
from assistant.intake.prepare.look import page_seen

_MOST_BYTES = 900_000_000
_FILE_SECONDS, _PAGE_SECONDS = 30, 60
NOBODY = ApplicantFacts(*[""] * 12)


def main() -> None:
    """Serves until standard input ends."""
    answers = only_for_answers()
    limit_memory(_MOST_BYTES)

    def announce() -> None:
        limit_time(_PAGE_SECONDS)
        say(answers, {"stage": "page"})

    ocr.announce_with(announce)
    for line in sys.stdin:
        limit_time(_FILE_SECONDS)
        say(answers, answer_to(json.loads(line)))


def answer_to(task: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one task."""
    if "look" in task:
        return seen(Path(task["look"]))
    if "draw" in task:
        return drawn_pages(task["draw"])
    return bound(task["bind"]) if "bind" in task else fitted(task["fit"])


def seen(path: Path) -> dict[str, Any]:
    """The pages of a file, or why it can't be used."""
    paper = Paper(path, FileRules(), "")
    if paper.kind != "pdf" and not paper.is_image:
        return {"unknown": True}
    stopped = next((found for found in integrity.check(paper, NOBODY) if KIND_BY_CODE[found.code].stops), None)
    if stopped is not None:
        return {"trouble": stopped.code, "facts": dict(stopped.facts)}
    try:
        pages = [page_seen(page, paper).as_json() for page in paper.pages]
    except MemoryError:
        raise
    except Exception:
        # Whatever a library dislikes in a page is the file's trouble; its own words could quote what stands there.
        return {"trouble": integrity.DAMAGED.code, "facts": {}}
    pictures = paper.is_image or any(page.scanned for page in paper.pages)
    return {
        "pages": pages,
        "count": paper.page_count,
        "kind": paper.kind,
        "unread": pictures and not ocr.installed(),
    }


if __name__ == "__main__":
    main()
