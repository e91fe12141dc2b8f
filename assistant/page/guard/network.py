"""The guard's network layer: what leaves the browser while the tool holds the pen is judged first.

Requests are paused in the browser process, which sees what pages, frames, windows, workers of every kind and dying pages
send, and every hop of a redirect; a block by page would miss shared workers and redirects. WebSockets are no requests
for the browser: those of pages and frames are routed through this process, and workers lose theirs.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page, WebSocketRoute, Worker
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import SetupError
from assistant.messages import Text
from assistant.page.guard.receipt import Ledger
from assistant.page.guard.rules import Request, Why, masked_path

# Interception stays installed for the browser's whole life, since it does not catch documents that are already open.
# While the person holds the pen it waits for an address that does not exist, so that a busy Python slows nobody down.
EVERYTHING = [{"urlPattern": "*"}]
NOTHING = [{"urlPattern": "nothing-is-ever-called-this:"}]
# A worker loses its sockets, those already open included, and the workers it could get new ones from.
DISARM_WORKER = """(() => {
  if (self.WebSocket) self.WebSocket.prototype.send = () => {};
  for (const name of ["WebSocket", "WebSocketStream", "WebTransport", "Worker"]) delete self[name];
})()"""
# Until a worker that just started has lost them, the browser itself keeps its sockets from connecting.
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
NO_SOCKETS = {
    "offline": True,
    "matchedNetworkConditions": [{"urlPattern": pattern, **OFFLINE} for pattern in ("ws://*:*/*", "wss://*:*/*")],
}
ANY_SOCKETS: dict[str, object] = {"offline": False, "matchedNetworkConditions": []}
# The page's own code may use 3000-3999 (RFC 6455, 7.4.2): "that was no connection, try again".
TRY_AGAIN = 3001


class NetworkLayer:
    """Pauses and judges requests; `refusal` says why one must not go out, or None."""

    def __init__(self, context: BrowserContext, refusal: Callable[[Request], Why | None], ledger: Ledger) -> None:
        self._context = context
        self._refusal = refusal
        self._ledger = ledger
        self._holding = False
        self._session: CDPSession | None = None
        self._pages: dict[Page, CDPSession] = {}
        self._dead_ends: list[WebSocketRoute] = []

    def install(self) -> None:
        """SetupError where the browser can't pause its requests."""
        browser = self._context.browser
        try:
            if browser is None:
                raise PlaywrightError("no browser")
            session = browser.new_browser_cdp_session()
            session.on("Fetch.requestPaused", self._on_request)
            session.send("Fetch.enable", {"patterns": NOTHING})
        except PlaywrightError:
            raise SetupError(
                Text(
                    "此浏览器无法拦截网络请求，不能保证不误提交：请更新 Edge、Chrome 或 Chromium，或改用其中之一。",
                    "This browser can't hold its requests back, so not submitting can't be promised: update it, or use "
                    "Edge, Chrome or Chromium.",
                )
            ) from None
        self._session = session
        self._context.on("close", lambda _context: self._detach())
        self._context.route_web_socket(re.compile("."), self._on_socket)

    def watch(self, page: Page) -> None:
        """Every page, as soon as it is there."""
        page.on("worker", _disarm)
        for worker in page.workers:
            _disarm(worker)
        page.on("close", self._forget)
        with suppress(PlaywrightError):
            self._pages[page] = self._context.new_cdp_session(page)
            self._allow_sockets(page, not self._holding)

    def _forget(self, page: Page) -> None:
        self._pages.pop(page, None)

    def hold(self) -> None:
        """From the return of this call on, nothing leaves unjudged."""
        self._holding = True
        if self._session is not None:
            self._session.send("Fetch.enable", {"patterns": EVERYTHING})
        for page in tuple(self._pages):
            self._allow_sockets(page, False)

    def release(self) -> None:
        """A browser like any other. Whatever was sent before this call is still judged as the tool's."""
        if self._session is not None:
            # Its answer comes after all that was paused before.
            self._session.send("Fetch.enable", {"patterns": NOTHING})
        self._holding = False
        for page in tuple(self._pages):
            self._allow_sockets(page, True)
        dead_ends, self._dead_ends = self._dead_ends, []
        for socket in dead_ends:
            with suppress(PlaywrightError):
                socket.close(code=TRY_AGAIN)

    def _on_request(self, event: Mapping[str, object]) -> None:
        stated = event["request"]
        assert isinstance(stated, Mapping)
        headers = stated.get("headers")
        request = Request.of(
            str(stated["method"]),
            str(stated["url"]),
            document=event.get("resourceType") == "Document",
            headers=headers if isinstance(headers, Mapping) else {},
        )
        why = self._refusal(request) if self._holding else None
        if why is None:
            if self._holding:
                self._ledger.passed(request)
            self._answer("Fetch.continueRequest", {"requestId": event["requestId"]})
            return
        self._ledger.refused(request, why)
        # An aborted navigation leaves the form where it is; any other error would put an error page in its place.
        reason = "Aborted" if request.document else "BlockedByClient"
        self._answer("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": reason})

    def _answer(self, command: str, details: dict[str, object]) -> None:
        """The request, its page or the browser may be gone by now; then there is nothing left to answer."""
        if self._session is not None:
            with suppress(PlaywrightError):
                self._session.send(command, details)

    def _on_socket(self, socket: WebSocketRoute) -> None:
        path = masked_path(urlsplit(socket.url).path)
        if self._holding:
            # It looks open to the page and leads nowhere: a refused one would be tried again and again.
            self._ledger.silenced(path)
            self._dead_ends.append(socket)
            socket.on_message(lambda _message: self._ledger.silenced(path))
            return
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if self._holding:
                self._ledger.silenced(path)
                return
            with suppress(PlaywrightError):
                server.send(message)

        socket.on_message(pass_on)

    def _allow_sockets(self, page: Page, allowed: bool) -> None:
        """Best effort: browsers of before 2026 may not know the command; then a worker just started has a moment."""
        with suppress(PlaywrightError, KeyError):
            self._pages[page].send("Network.emulateNetworkConditionsByRule", ANY_SOCKETS if allowed else NO_SOCKETS)

    def _detach(self) -> None:
        if self._session is not None:
            with suppress(PlaywrightError):
                # Its answer comes after all that was paused before; what is paused when nobody listens any more would go out.
                self._session.send("Fetch.enable", {"patterns": EVERYTHING if self._holding else NOTHING})
                self._session.detach()
            self._session = None


def _disarm(worker: Worker) -> None:
    with suppress(PlaywrightError):
        worker.evaluate(DISARM_WORKER)
