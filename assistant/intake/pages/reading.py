"""A file's pages as lines, read in a child process that is bounded in time and memory.

Promises: the file is only read; nothing is written to the disk, neither here nor in the child, so that nothing can be left behind;
a file that can't be used is one sentence, which never shows what stands in it.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.check.documents.checks import KIND_BY_CODE
from assistant.check.documents.worker_pool import Child
from assistant.check.finding_kinds import Found, finding_of
from assistant.errors import InputError
from assistant.intake.pages.lines import PageLines, page_of_json
from assistant.messages import Text


@dataclass
class PagesRead:
    """The pages; whether some could not be read here; how many beyond the last were left."""

    pages: list[PageLines] = field(default_factory=list)
    unread: bool = False
    left: int = 0


def read_pages(path: Path, name: str) -> PagesRead:
    """All that stands on the file's pages. `name` is what messages call it. Raises InputError."""
    child = Child("assistant.intake.pages.child")
    found = PagesRead()
    try:
        with contextlib.suppress(OSError):
            child.tell({"path": str(path)})
        while True:
            answer = child.hear()
            if isinstance(answer, Found):
                raise InputError(sentence_of(answer), where=name)
            if "end" in answer:
                return found
            take(answer, found, name)
    finally:
        child.end(at_once=True)


def take(answer: Mapping[str, Any], found: PagesRead, name: str) -> None:
    if "trouble" in answer:
        raise InputError(sentence_of(Found(answer["trouble"], answer["facts"])), where=name)
    if "page" in answer:
        found.pages.append(page_of_json(answer["page"]))
    found.unread = found.unread or "unread" in answer
    found.left = answer.get("left", found.left)


def sentence_of(trouble: Found) -> Text:
    """What the document checks say of such a file, and what to do."""
    return finding_of(KIND_BY_CODE[trouble.code], trouble, where="", slot="").message
