"""The run's companion: says what is happening, in the terminal and on the panel in the page, and waits for the person's word
when it is asked to.

Promises: it shows labels, statuses and reasons, never a value; a question is only answered by the person, never by a
timer; without a terminal there is nobody to ask, and it says so at once.
"""

import sys
import threading
from contextlib import suppress

from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.review.console import Console
from assistant.review.panel.review import ReviewPanel
from assistant.run.handover import Unattended
from assistant.run.report import SectionReport


class TerminalCompanion(Unattended):
    """Talks with the person in the terminal."""

    def __init__(self, console: Console, *, interactive: bool) -> None:
        self._console, self._interactive = console, interactive
        self._enters = Enters()

    def tell(self, what: Text) -> None:
        self._console.line(what, style="warning")

    def section(self, title: str, number: int, total: int) -> None:
        self._console.line(Text(f"[{number}/{total}] {title} …", f"[{number}/{total}] {title} …"), style="quiet")

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

    def ask(self, what: Text, page: FormPage) -> bool:
        if not self._interactive:
            return False
        self._console.line(what, style="warning")
        self._console.line(
            Text("完成后请回到此处按回车键。", "When done, come back here and press Enter."), style="title"
        )
        lines = self._enters.listen()
        page.wait_for_person(lambda: self._enters.count > lines)
        return self._enters.count > lines

    def agrees(self, what: Text) -> bool:
        return self._interactive and self._console.agrees(what)


class PanelCompanion(TerminalCompanion):
    """Talks with the person on the panel in the page, and says the same in the terminal."""

    def __init__(self, console: Console, panel: ReviewPanel) -> None:
        super().__init__(console, interactive=True)
        self._panel, self._between = panel, False

    def tell(self, what: Text) -> None:
        super().tell(what)
        self._panel.say(what)

    def section(self, title: str, number: int, total: int) -> None:
        super().section(title, number, total)
        self._between = False
        self._panel.section(title, number)

    def finished(self, section: SectionReport) -> None:
        super().finished(section)
        self._between = True
        self._panel.finished(section)

    def ask(self, what: Text, page: FormPage) -> bool:
        """Enter in the terminal counts as well: whoever works there need not look for the panel."""
        self._console.line(what, style="warning")
        self._console.line(
            Text(
                "完成后请在网页的面板中按「继续」，或回到此处按回车键。",
                "When done, press “Go on” on the panel in the page, or come back here and press Enter.",
            ),
            style="title",
        )
        lines = self._enters.listen()
        return self._panel.rest(what, lambda: self._enters.count > lines, between=self._between)

    def wants_pause(self) -> bool:
        self._panel.listen()
        return self._panel.pause_wanted

    def taken_over(self) -> bool:
        self._panel.listen()
        return self._panel.over


class Enters:
    """The Enter key in the terminal, counted beside the run: a blocked run would freeze the page's own requests."""

    def __init__(self) -> None:
        self.count = 0
        self._reader: threading.Thread | None = None

    def listen(self) -> int:
        """From now on the key counts; answers with how often it was pressed so far."""
        if self._reader is None or not self._reader.is_alive():
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()
        return self.count

    def _read(self) -> None:
        # A terminal that is closed or was never there has nothing to say.
        with suppress(OSError, ValueError):
            while sys.stdin.readline():
                self.count += 1
