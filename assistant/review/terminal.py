"""The run's observer in the terminal, and on the panel in the page where there is one: says what is happening, and hears
the person's word when they are asked.

Promises: it shows labels, statuses and reasons, never a value; a question is only answered by the person, never by a
timer; without a terminal there is nobody to ask, and it says so at once.
"""

from collections.abc import Callable

from assistant.messages import Text
from assistant.review.console import Console
from assistant.review.panel.review import ReviewPanel
from assistant.review.prompter import Prompter
from assistant.run.contact.offer import Offer, OfferReply
from assistant.run.fill.read_back import OnReadBack, ReadBack
from assistant.run.handover import Given, Reply, Unattended
from assistant.run.report import SectionReport


class TerminalObserver(Unattended):
    """Tells the person in the terminal, and asks them there."""

    def __init__(
        self, console: Console, *, interactive: bool, keep: OnReadBack | None = None, goes_on: bool = False
    ) -> None:
        """`keep` gets what each section held; `goes_on` says that another applicant's form follows on the page."""
        self._console, self._interactive, self._keep, self._goes_on = console, interactive, keep, goes_on
        self._prompter = Prompter(console)

    def tell(self, what: Text) -> None:
        self._console.line(what, style="warning")

    def section(self, title: str, number: int, total: int) -> None:
        self._console.line(Text(f"[{number}/{total}] {title} …", f"[{number}/{total}] {title} …"), style="quiet")
        self._console.note("section", title=title, number=number, total=total)

    def read(self, reading: ReadBack) -> None:
        if self._keep is not None:
            self._keep(reading)

    def finished(self, section: SectionReport) -> None:
        calm = sum(one.calm for one in section.outcomes)
        left = len(section.outcomes) - calm
        self._console.note("finished", title=section.title, calm=calm, left=left, seconds=round(section.seconds, 1))
        self._console.line(
            Text(
                f"      {calm} 项就绪" + (f"，{left} 项需要您看" if left else "") + f"（{section.seconds:.1f} 秒）",
                f"      {calm} settled" + (f", {left} for you" if left else "") + f" ({section.seconds:.1f} s)",
            ),
            style="warning" if left else "good",
        )

    def is_there(self) -> bool:
        return self._interactive

    def goes_on(self) -> bool:
        return self._goes_on

    def ask(self, what: Text) -> Reply[bool]:
        if not self._interactive:
            return Given(False)
        self._console.line(what, style="warning")
        self._console.line(
            Text("完成后请回到此处按回车键。", "When done, come back here and press Enter."), style="title"
        )
        self._console.note("ask", kind="go-on", zh=what.zh, en=what.en)
        return self._prompter.enter()

    def agrees(self, what: Text) -> Reply[bool]:
        if not self._interactive:
            return Given(False)
        self._console.note("ask", kind="yes-no", zh=what.zh, en=what.en)
        return self._prompter.confirm(what)


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
        self._console.note("ask", kind="go-on", zh=what.zh, en=what.en)
        enter = self._prompter.enter()
        return self._panel.rest(what, lambda: enter.given, between=self._between)

    def meets_new_pages(self) -> bool:
        return True

    def offers(self, offer: Offer, settled: Callable[[], bool]) -> Reply[OfferReply]:
        """On the panel alone: the list can't be read in a terminal."""
        self._console.line(offer.what, style="warning")
        self._console.note("ask", kind="panel", zh=offer.what.zh, en=offer.what.en)
        return self._panel.offer(offer, settled)

    def went(self) -> list[str]:
        return self._panel.went()

    def presses(self) -> int:
        return self._panel.presses

    def wants_pause(self) -> bool:
        self._panel.listen()
        return self._panel.pause_wanted

    def taken_over(self) -> bool:
        self._panel.listen()
        return self._panel.over
