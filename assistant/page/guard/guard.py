"""Who holds the pen. While the tool holds it, nothing that could submit, book or pay reaches the portal.

The guard is a state with two values, changed by `take_pen` and `hand_over` and by nothing else: no timer, no default, no
script of the page. Two of the product's four barriers are here, each sufficient for what it covers with the other off:

* *network* (guard_network, guard_rules): every request is paused and judged. Other origins are refused; what changes
  something is refused unless the portal's pack allows it; documents load only inside `navigating()`; an address that
  submits is refused whatever the method. No WebSocket message leaves.
* *page* (in_page.py, in_page.js): in every frame, submit events, `form.submit()` and clicks on forbidden words
  are stopped before the page sees them.

While the person holds the pen nothing is paused, stopped or recorded. What is recorded has no values in it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Literal

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.page.browser.watchdog import CLOSE, LOOK, watchdog_of
from assistant.page.guard.in_page import PageLayer
from assistant.page.guard.network import NetworkLayer
from assistant.page.guard.receipt import Blocked, Ledger, Receipt
from assistant.page.guard.rules import AllowedRequest, Request, Rules, Why

__all__ = ["Blocked", "Guard", "Receipt", "wait_for_person"]

Holder = Literal["tool", "person"]
GuardLayer = Literal["page", "network"]
LAYERS: frozenset[GuardLayer] = frozenset({"page", "network"})


class Guard:
    """The pen of one browser: install it before any page is opened; one guard for a browser."""

    def __init__(
        self,
        context: BrowserContext,
        *,
        origins: Sequence[str],
        allowed: Sequence[AllowedRequest],
        forbidden_words: Sequence[str],
        forbidden_paths: Sequence[str],
        opens: Sequence[str] = (),
        layers: frozenset[GuardLayer] = LAYERS,
    ) -> None:
        """`origins` are the portal's own (`http://127.0.0.1:8000`); `opens` are reviewed menu texts that may
        be pressed although a forbidden word is in them; `layers` is for tests of one layer alone."""
        self._context, self._watchdog = context, watchdog_of(context)
        self._rules = Rules(origins, allowed, forbidden_paths)
        self._ledger = Ledger(self._rules.submits)
        self._holder: Holder = "person"
        self._navigating = 0
        self.on_change: list[Callable[[Holder], None]] = []
        """Told who holds the pen, right after it has changed hands: for what shows it to the person."""
        self._network = NetworkLayer(context, self._refusal, self._ledger) if "network" in layers else None
        self._in_page = PageLayer(context, forbidden_words, self._ledger, opens, allowed) if "page" in layers else None

    @property
    def holder(self) -> Holder:
        """Who may act on the page now."""
        return self._holder

    def install(self) -> None:
        """Puts both layers in place, the person holding the pen. SetupError where the browser can't be guarded."""
        if self._network is not None:
            self._network.install()
        if self._in_page is not None:
            self._in_page.install()
        self._context.on("page", self._on_page)
        for page in self._context.pages:
            self._on_page(page)

    @property
    def pressed_by_hand(self) -> bool:
        """Whether a person pressed what would submit since the tool took the pen; it was held back."""
        return self._in_page is not None and self._in_page.pressed_by_hand

    def allow(self, more: Sequence[AllowedRequest]) -> None:
        """What the person has allowed on this portal may go out from now on; what submits, books or pays never does."""
        self._rules.allow(more)
        if self._in_page is not None:
            self._in_page.allow(more)

    def take_pen(self) -> None:
        """From here on the tool acts, and nothing it does can submit."""
        self._holder, self._watchdog.spares_person = "tool", False
        with self._watchdog.within(LOOK):
            if self._network is not None:
                self._network.hold()
            if self._in_page is not None:
                self._in_page.hold()
        self._tell()

    def hand_over(self) -> None:
        """From here on the person acts, in a browser like any other."""
        with self._watchdog.within(LOOK):
            if self._network is not None:
                self._network.release()
            if self._in_page is not None:
                self._in_page.release()
        self._holder, self._watchdog.spares_person = "person", True
        self._tell()

    def close(self) -> None:
        """The end where nobody is at the browser: every page is closed and the pen is never let go, so what their scripts
        send on the way out, however late, is still judged. A browser that died has nothing left to close."""
        with suppress(PlaywrightError):
            self.take_pen()
            with self._watchdog.within(CLOSE):
                for page in self._context.pages:
                    page.close()

    def _tell(self) -> None:
        for watcher in self.on_change:
            watcher(self._holder)

    @contextmanager
    def navigating(self) -> Iterator[None]:
        """The only time documents load while the tool holds the pen: clicks that the pack declares as leading on.

        Wait for the new document inside: what starts to load later is refused.
        """
        self._navigating += 1
        try:
            yield
        finally:
            self._navigating -= 1

    @contextmanager
    def saving(self) -> Iterator[None]:
        """As `navigating`, for the declared save of a portal whose page posts its form itself: one form may go, where the
        pack's allow-list says. What else would submit is stopped as ever."""
        with self.navigating():
            if self._in_page is not None:
                self._in_page.permit()
            try:
                yield
            finally:
                if self._in_page is not None:
                    self._in_page.revoke()

    def receipt(self) -> Receipt:
        """What was blocked and what passed so far."""
        return self._ledger.receipt()

    def _refusal(self, request: Request) -> Why | None:
        return self._rules.refusal(request, navigating=self._navigating > 0)

    def _on_page(self, page: Page) -> None:
        if self._network is not None:
            self._network.watch(page)
        # A window that the page opened by itself while the tool writes has no business here.
        if self._holder == "tool" and not self._navigating:
            with suppress(PlaywrightError):
                if page.opener() is not None:
                    page.close()


def wait_for_person(page: Page, until: Callable[[], bool], *, every_ms: int = 100) -> None:
    """Waits until `until()` holds or the page is closed, while the page lives on.

    Blocking Python (`input()`, `time.sleep`) would freeze downloads, sockets and, while the tool holds the pen, every request.
    """
    watchdog = watchdog_of(page.context)
    while not until() and not page.is_closed():
        try:
            with watchdog.within(LOOK):
                page.wait_for_timeout(every_ms)
        except PlaywrightError:
            return
