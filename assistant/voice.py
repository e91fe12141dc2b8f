"""Asking the person in the terminal while the page lives on.

Promises: an answer is only ever the person's; without anybody to answer (end of input) the answer is None at once, never a
default.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from queue import Empty, Queue
from typing import Protocol

from assistant.console import Cell, Console
from assistant.form_page import FormPage
from assistant.guard import wait_for_person
from assistant.messages import Text


class Voice(Protocol):
    """Whoever speaks with the person."""

    def say(self, what: Text, style: str = "") -> None: ...

    def table(self, title: Text, headers: Sequence[Text], rows: Sequence[Sequence[Cell]]) -> None: ...

    def ask(self, what: Text) -> str | None:
        """The person's line, without spaces around it; None when nobody answers any more."""

    def pointing(self, what: Text) -> Callable[[], bool]:
        """Asks the person to point at something on the page; what it answers with says whether to go on waiting."""


class TerminalVoice:
    """The terminal's own lines, read beside the run: a blocked run would freeze the page."""

    def __init__(self, console: Console, page: FormPage) -> None:
        self._console, self._page = console, page
        self._lines: Queue[str | None] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def say(self, what: Text, style: str = "") -> None:
        self._console.line(what, style=style)

    def table(self, title: Text, headers: Sequence[Text], rows: Sequence[Sequence[Cell]]) -> None:
        self._console.table(title, headers, rows)

    def ask(self, what: Text) -> str | None:
        self._console.line(what, style="title")
        answer: list[str | None] = []

        def answered() -> bool:
            if not answer:
                try:
                    answer.append(self._lines.get_nowait())
                except Empty:
                    return False
            return True

        wait_for_person(self._page.page, answered)
        return answer[0].strip() if answer and answer[0] is not None else None

    def pointing(self, what: Text) -> Callable[[], bool]:
        """Pressing Enter in the terminal, or its end, gives up."""
        self._console.line(what, style="title")
        return lambda: self._lines.empty() and not self._page.page.is_closed()

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        self._lines.put(None)
