"""Who acts on the page, the tool or the person: taking over, handing over, asking, and what comes between.

Promises: the tool takes the page only on the portal's own host, and stops for whoever types or clicks in it; a question is
answered by the person or by nobody, and nobody's answer is no; where nobody is there the pen is never let go. Whoever
watches a run for the person is not given the page: while they are asked, the run itself lets the page live on.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from assistant.errors import RunStopped, TakenOver
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.guard.rules import origin_of
from assistant.page.snapshot import Snapshot
from assistant.page.stability import PATIENT
from assistant.portal.model import Login
from assistant.run import interruptions
from assistant.run.contact.offer import Offer, OfferReply
from assistant.run.report import SectionReport

if TYPE_CHECKING:
    from assistant.run.fill.read_back import ReadBack

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Reply(Protocol[T_co]):
    """The person's word on one question, as soon as they have given it."""

    @property
    def given(self) -> bool:
        """Whether they have answered, or nobody will; asked again and again while the page lives on."""

    @property
    def word(self) -> T_co:
        """What they answered; what nobody's answer stands for as long as there is none."""


class Given(Generic[T]):
    """A word that is there at once."""

    given = True

    def __init__(self, word: T) -> None:
        self.word = word


def answered(page: FormPage, reply: Reply[T]) -> T:
    """Waits for the person's word, for as long as it takes, or until they close the page."""
    page.wait_for_person(lambda: reply.given)
    return reply.word


class RunObserver(Protocol):
    """Whoever watches the run for the person: the terminal, and the panel in the page where there is one."""

    def tell(self, what: Text) -> None:
        """Something the person should know now."""

    def section(self, title: str, number: int, total: int) -> None:
        """The run starts with a section."""

    def read(self, reading: "ReadBack") -> None:
        """What a section held, after every look that judged it; the last one counts. Values go nowhere else."""

    def finished(self, section: SectionReport) -> None:
        """The run is done with a section, until the final reading."""

    def is_there(self) -> bool:
        """Whether anybody can be asked: to nobody the pen is never handed over, not for a moment."""

    def ask(self, what: Text) -> Reply[bool]:
        """The person's word to go on; no when there is nobody to ask."""

    def agrees(self, what: Text) -> Reply[bool]:
        """Whether the person says yes to a question of yes or no; no where nobody answers."""

    def meets_new_pages(self) -> bool:
        """Whether the person can be offered a list of what a page that nobody described asks for."""

    def offers(self, offer: Offer, settled: Callable[[], bool]) -> Reply[OfferReply]:
        """The person's decision on what they are offered, or `moved` as soon as `settled` holds."""

    def went(self) -> list[str]:
        """What the person pressed on the page itself since the last time, by its words."""

    def presses(self) -> int:
        """How often the person pressed something so far."""

    def wants_pause(self) -> bool:
        """Whether the person has asked for a rest; the run answers it at the next boundary, with `ask`."""

    def goes_on(self) -> bool:
        """Whether another applicant's form follows on this page, with nobody there meanwhile."""

    def taken_over(self) -> bool:
        """Whether the person has taken the form for good: the run ends at the next boundary and hands over."""


class Unattended:
    """Nobody watches. Whoever does overrides what they see or say (review/terminal.py)."""

    def tell(self, what: Text) -> None: ...

    def section(self, title: str, number: int, total: int) -> None: ...

    def read(self, reading: "ReadBack") -> None: ...

    def finished(self, section: SectionReport) -> None: ...

    def is_there(self) -> bool:
        return False

    def ask(self, what: Text) -> Reply[bool]:
        return Given(False)

    def agrees(self, what: Text) -> Reply[bool]:
        return Given(False)

    def meets_new_pages(self) -> bool:
        return False

    def offers(self, offer: Offer, settled: Callable[[], bool]) -> Reply[OfferReply]:
        return Given(OfferReply("take-over"))

    def went(self) -> list[str]:
        return []

    def presses(self) -> int:
        return 0

    def wants_pause(self) -> bool:
        return False

    def goes_on(self) -> bool:
        return False

    def taken_over(self) -> bool:
        return False


class Handover:
    """The pen of one run on one portal."""

    def __init__(
        self, page: FormPage, guard: Guard, login: Login, url: str, observer: RunObserver, private: Collection[str]
    ) -> None:
        """`login` says by which texts one sees that nobody is logged in, `url` which host is the portal's; `private` are
        the values that must not be repeated when the page's own words are told."""
        self._page, self._guard, self._login = page, guard, login
        self._origin, self._observer, self._private = origin_of(url), observer, private

    # -- taking and giving ---------------------------------------------------------------------------------------------

    def take(self) -> None:
        """The tool acts from here on, and stops for whoever types or clicks in the page. Never on another host's page."""
        self._guard.take_pen()
        if self._elsewhere:
            raise self._left()
        self._page.watch_person(self._before_move)

    def give(self) -> None:
        """The person acts from here on."""
        self._page.let_go()
        self._guard.hand_over()

    def end(self) -> None:
        """The person acts from here on; where nobody is there, the pen is never let go, and every page is closed unless
        the next form follows on it."""
        if self._observer.is_there():
            self.give()
        elif not self._observer.goes_on():
            self._guard.close()

    # -- asking --------------------------------------------------------------------------------------------------------

    def tell(self, what: Text) -> None:
        """Something the person should know now."""
        self._observer.tell(what)

    def agrees(self, what: Text) -> bool:
        """Whether the person says yes to a question of yes or no."""
        return answered(self._page, self._observer.agrees(what))

    def let_the_person(self, zh: str, en: str) -> None:
        """Gives the person the pen for something that is theirs to do, and waits for their word."""
        if self._observer.is_there():
            self.give()
        if not answered(self._page, self._observer.ask(Text(zh, en))):
            raise RunStopped(
                Text(
                    "需要您在浏览器中操作，但当前没有可交互的窗口。请在终端中运行并去掉 --headless。",
                    "This needs you in the browser, but nobody can be asked. Run it in a terminal, without --headless.",
                )
            )

    def settled(self, trouble: RunStopped) -> bool:
        """Gives the person the pen, says what came between and waits for their word; False where nobody can be asked."""
        if self._page.closed or not self._observer.is_there():
            return False
        self.give()
        return answered(self._page, self._observer.ask(interruptions.asking(trouble)))

    # -- what comes between --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raises what the person or the page said since the last move."""
        self._before_move(False)
        self._page.stop_for_person()

    def check_login(self) -> None:
        """Raises SessionLost where the page says that nobody is logged in."""
        if self._page.sees(self._login.logged_out):
            raise interruptions.login_lost()

    def check_windows(self, seen: Snapshot) -> None:
        """Raises where a window lies over the form."""
        if seen.dialogs:
            raise interruptions.window_open(self._named(seen.dialogs[-1]))

    def check_course(self, titles: Sequence[str]) -> None:
        """Where something in a section went wrong: whether that is no trouble of a field, but of the whole page. Raises
        what it is: a lost login, a window over the form, another page."""
        self.check()
        seen = self._page.settled_look(quiet=PATIENT)
        if seen.dialogs or not seen.shows(titles):
            raise self.lost(titles[0], seen)
        self.check_login()

    def lost(self, text: str, seen: Snapshot | None = None) -> RunStopped:
        """Why the way does not go on at `text`: what stands there instead, as well as it can be told."""
        self._before_move(False)
        if self._page.closed:
            return interruptions.login_lost()
        if self._elsewhere:
            return self._left()
        if self._page.sees(self._login.logged_out):
            return interruptions.login_lost()
        seen = seen or self._page.settled_look()
        if seen.dialogs:
            return interruptions.window_open(self._named(seen.dialogs[-1]))
        return interruptions.not_there(text, self._named(seen.headings[0]) if seen.headings else "")

    def _before_move(self, in_dialog: bool) -> None:
        """Before every move: what the person or the page said meanwhile. In a dialog a pause waits until it is done."""
        if self._observer.taken_over():
            raise TakenOver(
                Text("您已接手，工具到此为止；其余由您填写。", "You took over: the tool ends here; the rest is yours.")
            )
        if self._observer.wants_pause() and not in_dialog:
            raise interruptions.paused()
        if self._guard.pressed_by_hand:
            raise interruptions.pressed_by_person()
        while self._page.boxes:
            box = self._page.boxes.pop(0)
            if box.kind != "alert":
                raise interruptions.box_asked(box, self._private)
            self._observer.tell(interruptions.box_said(box, self._private))

    @property
    def _elsewhere(self) -> bool:
        return origin_of(self._page.address) != self._origin

    def _left(self) -> RunStopped:
        return interruptions.left_the_portal(urlsplit(self._page.address).netloc)

    def _named(self, text: str) -> str:
        return interruptions.nameless(text, self._private)
