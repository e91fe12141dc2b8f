"""The run's observer in the terminal, and on the panel in the page where there is one: says what is happening, and hears
the person's word when they are asked.

Promises: it shows labels, statuses and reasons, never a value; a question is only answered by the person, never by a
timer; without a terminal there is nobody to ask, and it says so at once.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from assistant.messages import Text
from assistant.review.console import Console, says_yes
from assistant.review.panel.review import ReviewPanel
from assistant.run.fill.read_back import OnReadBack, ReadBack
from assistant.run.handover import Given, Reply, Unattended
from assistant.run.report import SectionReport

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
        if self._reader is None or not self._reader.is_alive():
            self.ended = False
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()

    def forget(self) -> None:
        """What was typed before was no answer to what is asked now."""
        self._lines.clear()

    def take(self) -> str | None:
        """The next line that was typed, without spaces around it; None while there is none."""
        return self._lines.popleft().strip() if self._lines else None

    def _read(self) -> None:
        # A terminal that is closed or was never there has nothing to say.
        with suppress(OSError, ValueError):
            while line := sys.stdin.readline():
                self._lines.append(line)
        self.ended = True


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
            meant = self._means(line)
            if meant is not None:
                self._word, self._given = meant, True
        self._given = self._given or ended
        return self._given

    @property
    def word(self) -> T:
        return self._word


class TerminalObserver(Unattended):
    """Tells the person in the terminal, and asks them there."""

    def __init__(self, console: Console, *, interactive: bool, keep: OnReadBack | None = None) -> None:
        """`keep` gets what each section held."""
        self._console, self._interactive, self._keep = console, interactive, keep

    def tell(self, what: Text) -> None:
        self._console.line(what, style="warning")

    def section(self, title: str, number: int, total: int) -> None:
        self._console.line(Text(f"[{number}/{total}] {title} …", f"[{number}/{total}] {title} …"), style="quiet")

    def read(self, reading: ReadBack) -> None:
        if self._keep is not None:
            self._keep(reading)

    def finished(self, section: SectionReport) -> None:
        calm = sum(one.calm for one in section.outcomes)
        left = len(section.outcomes) - calm
        self._console.line(
            Text(
                f"      {calm} 项就绪" + (f"，{left} 项需要您看" if left else "") + f"（{section.seconds:.1f} 秒）",
                f"      {calm} settled" + (f", {left} for you" if left else "") + f" ({section.seconds:.1f} s)",
            ),
            style="warning" if left else "good",
        )

    def is_there(self) -> bool:
        return self._interactive

    def ask(self, what: Text) -> Reply[bool]:
        if not self._interactive:
            return Given(False)
        self._console.line(what, style="warning")
        self._console.line(
            Text("完成后请回到此处按回车键。", "When done, come back here and press Enter."), style="title"
        )
        return self._enter()

    def agrees(self, what: Text) -> Reply[bool]:
        if not self._interactive:
            return Given(False)
        self._console.question(what)
        STANDARD_INPUT.listen()
        STANDARD_INPUT.forget()
        return LineReply(STANDARD_INPUT, says_yes, nobody=False)

    def _enter(self) -> Reply[bool]:
        """The Enter key, pressed from now on."""
        STANDARD_INPUT.listen()
        STANDARD_INPUT.forget()
        return LineReply(STANDARD_INPUT, lambda _: True, nobody=False, ends=False)


class PanelObserver(TerminalObserver):
    """Tells and asks the person on the panel in the page, and says the same in the terminal."""

    def __init__(self, console: Console, panel: ReviewPanel, *, keep: OnReadBack | None = None) -> None:
        super().__init__(console, interactive=True, keep=keep)
        self._panel, self._between = panel, False

    def tell(self, what: Text) -> None:
        super().tell(what)
        self._panel.say(what)

    def section(self, title: str, number: int, total: int) -> None:
        super().section(title, number, total)
        self._between = False
        self._panel.section(title, number)

    def read(self, reading: ReadBack) -> None:
        super().read(reading)
        self._panel.read(reading)

    def finished(self, section: SectionReport) -> None:
        super().finished(section)
        self._between = True
        self._panel.finished(section)

    def ask(self, what: Text) -> Reply[bool]:
        """Enter in the terminal counts as well: whoever works there need not look for the panel."""
        self._console.line(what, style="warning")
        self._console.line(
            Text(
                "完成后请在网页的面板中按「继续」，或回到此处按回车键。",
                "When done, press “Go on” on the panel in the page, or come back here and press Enter.",
            ),
            style="title",
        )
        enter = self._enter()
        return self._panel.rest(what, lambda: enter.given, between=self._between)

    def wants_pause(self) -> bool:
        self._panel.listen()
        return self._panel.pause_wanted

    def taken_over(self) -> bool:
        self._panel.listen()
        return self._panel.over
