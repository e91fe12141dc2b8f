"""The portal's page in its window of the browser: opened, waited for, downloaded from, pictured.

Promises: no message of the browser's own leaves it, because those print values; every call that waits for the browser is
counted; what is waited for is waited for with the page alive.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Self, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.errors import PortalUnreachable
from assistant.messages import Text
from assistant.page.browser.downloads import Downloads
from assistant.page.engine.client import EngineCalls, IsolatedWorld, gone
from assistant.page.guard.guard import wait_for_person
from assistant.page.login_frame import LoginFrame
from assistant.page.request_tracker import PortalAnswers
from assistant.page.stability import LIMIT, QUIET, Stability

T = TypeVar("T")
# A picture shows where things stand, never what they hold.
_BLUR = "input, textarea, select, td, dd, .identity, [class*=descriptions], [class*=upload-list], [class*=radio], [class*=checkbox] { filter: blur(5px) !important; -webkit-text-security: disc !important; } :root { --assistant-panel: hidden; }"


@dataclass(frozen=True)
class MessageBox:
    """A message box of the browser's own, and what it said. `kind`: alert, confirm, prompt or beforeunload."""

    kind: str
    text: str = field(repr=False)


class BrowserPage:
    """The page, and the engine's way into its frames."""

    def __init__(self, page: Page, origin: str | None = None) -> None:
        """`origin` is the portal's: frames of other hosts are then neither seen nor written. None takes every frame."""
        self.page, self.origin = page, origin
        self._calls = EngineCalls(page, origin)
        self._answers = PortalAnswers(page)
        self._downloads: Downloads | None = None
        self.boxes: list[MessageBox] = []
        """Message boxes of the browser's own that were answered while the tool worked (see dialogs.py)."""
        self.leaving = False
        """Whether the tool itself is just leaving the document."""

    @property
    def round_trips(self) -> int:
        """Calls to the browser so far that waited for an answer."""
        return self._calls.round_trips

    def listen(self) -> None:
        """From now on what the portal answers to requests that change something is remembered for `taken`."""
        self._answers.listen()

    @property
    def taken(self) -> bool:
        """Whether the portal took what the page sent since `listen`: something was sent, and nothing was refused."""
        return self._answers.taken

    @property
    def silent(self) -> bool:
        """Whether the page has sent nothing since `listen` that the portal answered."""
        return self._answers.silent

    @property
    def busy(self) -> bool:
        """Whether a request of the page is under way."""
        return self._answers.busy

    def pause(self, milliseconds: int) -> None:
        """Lets the page live on; unlike a sleep in Python it keeps guarded requests moving."""
        self._calls.pause(milliseconds)

    def settle(self, *, quiet: int = QUIET, limit: int = LIMIT) -> None:
        """Waits until the page has been quiet for `quiet` ms and no request of it is under way; at most `limit` ms."""
        for _ in range(max(1, limit // 100)):
            self._calls.ask(self.page.main_frame, "settle", quiet, min(limit, 2000))
            if not self._answers.busy:
                return
            self.pause(15)

    def wait_until(self, test: Callable[[], T | None], stability: Stability, *, every: int = 25) -> T | None:
        """What `test` answers as soon as that is something; None once the page has stood still for its time without it.
        A request that is under way for longer than any answer takes is not waited for."""
        under_way = 0
        while True:
            if found := test():
                return found
            under_way = under_way + every if self._answers.busy else 0
            if under_way > LIMIT:
                self._answers.waited_in_vain()
            if stability.ran_out(moved=self._answers.busy):
                return None
            self.pause(every)

    def open(self, url: str) -> None:
        """Goes to an address; the caller has told the guard. PortalUnreachable when it does not answer as it should."""
        self._calls.round_trips += 1
        self.leaving = True
        try:
            answer = self.page.goto(url, wait_until="load", timeout=30000)
        except PlaywrightError as error:
            raise _unreachable(url, certificate="ERR_CERT" in str(error) or "ERR_SSL" in str(error)) from None
        finally:
            self.leaving = False
        if answer is not None and answer.status >= 500:
            raise _unreachable(url, certificate=False)

    def reload(self) -> None:
        self._calls.round_trips += 1
        self.leaving = True
        try:
            self.page.reload(wait_until="load", timeout=30000)
        except PlaywrightError:
            raise gone() from None
        finally:
            self.leaving = False

    @contextmanager
    def in_new_tab(self) -> Iterator[Self]:
        """The page's address once more, in a tab of its own that is closed in the end; frames of other hosts are left out
        there as they are here. PortalUnreachable when it does not answer as it should."""
        try:
            tab = self.page.context.new_page()
        except PlaywrightError:
            raise gone() from None
        try:
            other = type(self)(tab, self.origin)
            other.open(self.page.url)
            yield other
        finally:
            with suppress(PlaywrightError):
                tab.close()

    @property
    def address(self) -> str:
        """The address that the page shows now."""
        return self.page.url

    @property
    def closed(self) -> bool:
        """Whether its window is closed."""
        return self.page.is_closed()

    @property
    def frame_count(self) -> int:
        """How many frames it has, those of other hosts too."""
        return len(self.page.frames)

    def login_frames(self) -> list[LoginFrame]:
        """All its frames, those of other hosts too: a portal's login may be another's."""
        return [LoginFrame(frame) for frame in self.page.frames]

    def on_request(self, listener: Callable[[str, str], None]) -> None:
        """From now on `listener` is told the method and address of whatever the browser asks for."""
        self.page.context.on("request", lambda request: listener(request.method, request.url))

    def isolated_world(self, name: str, binding: str, source: str) -> IsolatedWorld:
        """A place for the tool's own panel in this page: see IsolatedWorld."""
        return IsolatedWorld(self.page, name, binding, source)

    def wait_for_person(self, until: Callable[[], bool]) -> bool:
        """Waits, for as long as it takes, until `until()` holds while the page lives on; False when its window was closed
        first."""
        wait_for_person(self.page, until)
        return not self.page.is_closed()

    def watch_downloads(self) -> None:
        """From here on the files that the browser is given, in any window, are kept for `downloaded`."""
        self._downloads = Downloads(self.page)

    def downloaded(self, *, within: float = 0.0) -> list[bytes]:
        """The files given since this was last asked, whoever pressed for them; none of them stays on the disk."""
        downloads = self._downloads
        if downloads is None:
            return []
        if within:
            self.wait_until(lambda: downloads.waiting, Stability(within))
        return downloads.take()

    def picture(self, hidden: Iterable[str] = ()) -> bytes:
        """A picture of the whole page with every value blurred, for a report the person asked for. `hidden` are further
        texts to be covered wherever they stand: whose form it is."""
        self._calls.round_trips += 1
        covered = [self.page.get_by_text(text) for text in hidden if len(text) > 1]
        try:
            return self.page.screenshot(
                full_page=True, animations="disabled", style=_BLUR, mask=covered, mask_color="#c9d1de"
            )
        except PlaywrightError:
            raise gone() from None


def _unreachable(url: str, *, certificate: bool) -> PortalUnreachable:
    host = urlsplit(url).netloc
    if certificate:
        return PortalUnreachable(
            Text(
                f"平台（{host}）的安全证书有问题，已停止，未输入任何内容。请核对网址，勿在此网站登录。",
                f"The certificate of the portal ({host}) is not right: stopped before anything was typed. Check the address and don't log in there.",
            )
        )
    return PortalUnreachable(
        Text(
            f"无法打开平台（{host}）。请检查网络、VPN 和网址后重试；未写入任何内容。",
            f"The portal ({host}) can't be opened. Check the network, VPN and address, then try again; nothing was written.",
        )
    )
