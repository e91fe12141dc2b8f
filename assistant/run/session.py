"""One session on a portal: open it, let the person log in, find the form, come back to it.

Promises: a host that the pack does not know is only opened when the person agrees to it by its name; opening the form is
left to the person where nobody has verified the portal's allow-list. What is pressed is in navigation.py, who acts in
handover.py.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import SessionLost
from assistant.messages import Text
from assistant.page.dialogs import MessageBoxes
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.guard.rules import origin_of
from assistant.page.stability import PATIENT, Stability
from assistant.portal.loading import Portal
from assistant.run import interruptions
from assistant.run.handover import Handover, RunObserver
from assistant.run.navigation import Navigator
from assistant.run.options import Options

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


# Seconds, and looks, after which a tab that was just opened counts as stating nothing.
_FACTS = (3.0, 5)


class PortalSession:
    """One session on one portal, at one address."""

    def __init__(
        self, page: FormPage, guard: Guard, portal: Portal, options: Options, navigator: Navigator, handover: Handover
    ) -> None:
        self._page, self._guard, self._options = page, guard, options
        self.portal, self.navigator, self.handover = portal, navigator, handover

    @classmethod
    def of(
        cls,
        page: FormPage,
        guard: Guard,
        portal: Portal,
        options: Options,
        observer: RunObserver,
        *,
        private: Collection[str],
    ) -> "PortalSession":
        """The session of every verb that opens an address. `private` are the values that must not be repeated when the
        page's own words are told."""
        handover = Handover(page, guard, portal.login, options.start_url, observer, private)
        trusted = _trusted(portal, options.start_url)
        navigator = Navigator(page, guard, portal.buttons, handover, trusted=trusted)
        return cls(page, guard, portal, options, navigator, handover)

    def use(self, portal: Portal) -> None:
        """Goes on with a corrected pack of the same portal."""
        self.portal = portal

    @property
    def url(self) -> str:
        """The address that it opens."""
        return self._options.start_url

    @property
    def trusted(self) -> bool:
        """Whether somebody has verified what this host may be sent; else pressing is the person's."""
        return _trusted(self.portal, self.url)

    # -- opening -------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Opens the portal and waits for the person's login; the pen is the person's until then, unless the tool has kept
        it since another form on this page."""
        self._check_host()
        with self._guard.navigating() if self._guard.holder == "tool" else nullcontext():
            self._page.open(self.url)
        login, log_in, bound = self.portal.login, self._options.log_in, self._options.login_seconds
        waited, told = 0.0, False
        while not self._logged_in():
            if not told and self._page.sees(login.logged_out):
                self.handover.tell(
                    Text(
                        "请在浏览器窗口中登录（账号、短信、扫码均由您本人完成）。登录后自动继续。",
                        "Please log in in the browser window (password, SMS and QR code are yours). The run goes on by itself after that.",
                    )
                )
                told = True
            if log_in is not None and (said := log_in(self._page)):
                self.handover.tell(said)
            if bound is not None and waited > bound:
                raise SessionLost(
                    Text(
                        "没有登录，已停止；未写入任何内容。无窗口模式下无法登录，请去掉 --headless 再运行。",
                        "Login timed out; nothing was written. Without a window nobody can log in; run it without --headless.",
                    )
                )
            # A login that goes by itself is over in a moment; a person's takes its time.
            nap = 50 if waited < 5 else 200
            self._page.pause(nap)
            waited += nap / 1000

    def arrive(self) -> None:
        """Opens the portal and leaves it to the person to log in and to go on from there."""
        self._check_host()
        self._page.open(self.url)

    def _check_host(self) -> None:
        host = urlsplit(self.url).netloc
        if self.portal.host_of(self.url) is None and not self.handover.agrees(interruptions.may_it_be(host)):
            raise interruptions.unknown_host(host)

    def _logged_in(self) -> bool:
        login = self.portal.login
        seen = self._page.sees((*login.logged_in, *login.logged_out))
        return bool(seen & set(login.logged_in)) and not seen & set(login.logged_out)

    # -- to the form ---------------------------------------------------------------------------------------------------

    def enter(self, opening: str | None) -> None:
        """Follows the declared way from the home page to the form; on an unverified host the person does."""
        if not self.trusted:
            self.handover.tell(
                Text(
                    "该平台尚未核实，打开申请表由您操作。",
                    "This portal is not verified yet: opening the form is yours to do.",
                )
            )
            self.handover.let_the_person(
                "请打开该申请人的延期申请表，然后回来继续。",
                "Please open this applicant's extension form, then come back.",
            )
            self.handover.take()
            return
        self.handover.take()
        entry, navigator = self.portal.entry, self.navigator
        navigator.walk(entry.menu)
        with self._guard.navigating():
            if entry.skip_guide:
                navigator.press(entry.skip_guide)
            navigator.tick(entry.tick)
            navigator.press(entry.start)
            if entry.applicant and opening:
                self._say_whose(entry.applicant.labels, opening)
                navigator.press(entry.applicant.go)
            navigator.wait_for([self.portal.sections[0].title])

    def _say_whose(self, labels: Sequence[str], number: str) -> None:
        """Says whose form is wanted. A number that the page did not take whole would open somebody else's."""
        if not self.navigator.answer(labels, number) and not self.navigator.answer_by_hand(labels, number):
            raise interruptions.number_not_taken(labels[0])

    def come_back(self, opening: str | None) -> None:
        """After the person's word: takes the pen and finds the form, as it is or by the declared way."""
        self.handover.take()
        self.handover.check_login()
        seen = self._page.settled_look()
        self.handover.check_windows(seen)
        if not any(seen.shows(section.names) for section in self.portal.sections):
            self.enter(opening)

    def open_again(self) -> None:
        """Goes to the session's address once more; the tool holds the pen."""
        with self._guard.navigating():
            self._page.open(self.url)

    @contextmanager
    def leading_on(self) -> Iterator[None]:
        """While what is pressed may lead to another document."""
        with self._guard.navigating():
            yield

    def reload(self) -> None:
        """Loads the document anew, as the server keeps it."""
        with self._guard.navigating():
            self._page.reload()

    # -- checking ------------------------------------------------------------------------------------------------------

    def facts_anew(self, labels: Sequence[str]) -> dict[str, set[str]]:
        """What the address of the form, opened once more in a tab of its own, states about whose form it is now."""
        with self._guard.navigating(), self._page.in_new_tab() as tab:

            def stated() -> dict[str, set[str]] | None:
                tab.settled_look(quiet=PATIENT)
                facts = tab.facts(labels)
                return facts if any(facts.values()) else None

            return tab.wait_until(stated, Stability(*_FACTS)) or {}

    def receipt(self) -> Mapping[str, object]:
        """What the guard blocked and what it let pass so far."""
        return self._guard.receipt().as_json()


def _trusted(portal: Portal, url: str) -> bool:
    host = portal.host_of(url)
    return host is not None and host.trusted and bool(host.allow)


def guarded_page(
    context: "BrowserContext", portal: Portal, url: str, *, watched: bool = False
) -> tuple[FormPage, Guard]:
    """The browser's first page under the guard that this portal's pack asks for at this address. `watched` says whether
    a person sees the window and can answer the browser's own message boxes."""
    host = portal.host_of(url)
    trusted = host.allow if host and host.trusted else ()
    guard = Guard(
        context,
        origins=[origin_of(url)],
        allowed=trusted,
        forbidden_words=portal.forbidden_words,
        forbidden_paths=portal.forbidden_paths,
        opens=portal.opens,
    )
    guard.install()
    page = FormPage(context.pages[0], origin_of(url))
    MessageBoxes(context, page, guard, watched=watched)
    return page, guard
