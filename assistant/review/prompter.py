"""Asks the person at the terminal: the one place that reads what is typed there (passwords apart, which getpass hides).

Promises: a question is only answered by the person, never by a timer; what makes no sense is asked again; the end of the
input is no answer, and stands for what nobody's answer stands for.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from assistant.messages import Text
from assistant.review.console import Console

T = TypeVar("T")


class TypedLines:
    """What is typed in the terminal, line by line, read beside the run: a blocked run would freeze the page's own requests.
    One for the whole process, which has one standard input."""

    def __init__(self) -> None:
        self.ended = False
        """Whether nothing more will be typed: the terminal was closed, or the input is at its end."""
        self._lines: deque[str] = deque()
        self._reader: threading.Thread | None = None

    def listen(self) -> None:
        """From now on what is typed is kept for `take`."""
        if not self._listens:
            self.ended = False
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()

    def forget(self) -> None:
        """What was typed before was no answer to what is asked now."""
        self._lines.clear()

    def take(self) -> str | None:
        """The next line that was typed, without spaces around it; None while there is none."""
        return self._lines.popleft().strip() if self._lines else None

    def wait(self) -> str | None:
        """The next line, waited for where no page has to live on meanwhile; None when nothing more is typed."""
        while not self._lines and self._reader is not None and self._listens:
            self._reader.join(0.05)
        if self._lines:
            return self.take()
        # Read here alone: a reader beside the program would take what is typed for another, a password perhaps.
        line = _line()
        return line.strip() if line else None

    @property
    def _listens(self) -> bool:
        return self._reader is not None and self._reader.is_alive()

    def _read(self) -> None:
        while line := _line():
            self._lines.append(line)
        self.ended = True


def _line() -> str:
    """Empty at the end of the input. A terminal that is closed or was never there has nothing to say."""
    with suppress(OSError, ValueError, AttributeError):
        return sys.stdin.readline()
    return ""


STANDARD_INPUT = TypedLines()


class LineReply(Generic[T]):
    """An answer typed as a line; asked on until a line makes sense."""

    def __init__(self, lines: TypedLines, means: Callable[[str], T | None], nobody: T, *, ends: bool = True) -> None:
        """`means` says what a line means, None where it makes no sense. `nobody` is the answer where the input ends; with
        `ends` false one is waited for all the same, since the person may go on elsewhere."""
        self._lines, self._means, self._ends, self._word = lines, means, ends, nobody
        self._given = False

    @property
    def given(self) -> bool:
        ended = self._ends and self._lines.ended
        while not self._given and (line := self._lines.take()) is not None:
            self._hear(line)
        self._given = self._given or ended
        return self._given

    @property
    def word(self) -> T:
        return self._word

    def waited_for(self) -> T:
        """The word, where no page has to live on meanwhile."""
        while not self._given and (line := self._lines.wait()) is not None:
            self._hear(line)
        return self._word

    def _hear(self, line: str) -> None:
        meant = self._means(line)
        if meant is not None:
            self._word, self._given = meant, True


class Prompter:
    """Asks in the terminal, and hears what is typed there."""

    def __init__(self, console: Console, lines: TypedLines | None = None) -> None:
        self._console, self._lines = console, STANDARD_INPUT if lines is None else lines

    def listen(self) -> None:
        """From now on lines are read while a page lives on."""
        self._lines.listen()

    def confirm(self, question: Text) -> LineReply[bool]:
        """A question of yes or no, answered from now on while a page lives on."""
        self._ask(question)
        self._anew()
        return LineReply(self._lines, says_yes, nobody=False)

    def agrees(self, question: Text) -> bool:
        """The same where nothing runs meanwhile."""
        self._ask(question)
        return LineReply(self._lines, says_yes, nobody=False).waited_for()

    def enter(self) -> LineReply[bool]:
        """The Enter key, pressed from now on; its end says nothing, since the person may go on elsewhere."""
        self._anew()
        return LineReply(self._lines, lambda _: True, nobody=False, ends=False)

    def choose(self, question: Text, means: Callable[[str], T | None], nobody: T) -> LineReply[T]:
        """A line that `means` understands, also one that was typed before; the question is shown again where it does not."""

        def heard(line: str) -> T | None:
            meant = means(line)
            if meant is None:
                self._console.line(Text("请按提示输入。", "please answer as asked."), style="warning")
                self._console.line(question, style="title")
            return meant

        self._console.line(question, style="title")
        return LineReply(self._lines, heard, nobody)

    def text(self, question: Text) -> str:
        """One line of text, where nothing runs meanwhile; empty where nobody answers."""
        self._console.line(question)
        return LineReply(self._lines, lambda line: line, nobody="").waited_for()

    def gives_up(self) -> bool:
        """Whether something was typed, or nothing will be any more."""
        return self._lines.take() is not None or self._lines.ended

    def _ask(self, question: Text) -> None:
        self._console.line(question, style="warning")
        self._console.line("[y/N]", style="title")

    def _anew(self) -> None:
        self._lines.listen()
        self._lines.forget()


def says_yes(line: str) -> bool:
    """Enter alone and anything else mean no."""
    return line.strip().casefold() in ("y", "yes", "是")
