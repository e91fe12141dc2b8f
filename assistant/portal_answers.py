"""What the portal answers to a page's requests, as the browser tells it: which are under way, and whether a save was taken.

Promises: it only listens; nothing of a request or an answer is kept but that it was.
"""

from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Request, Response

_ASKS_ONLY = ("GET", "HEAD", "OPTIONS")


class PortalAnswers:
    """The requests of one page, from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._in_flight: set[object] = set()
        self._taken: bool | None = None
        self.moves = 0
        """How often a request has begun or ended: between two equal figures nothing was asked and nothing answered."""
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_failed)
        page.on("response", self._on_answer)

    @property
    def busy(self) -> bool:
        """Whether a request of the page is under way."""
        return bool(self._in_flight)

    def wait(self, *, limit: int) -> None:
        """Until no request is under way, at most `limit` ms: some pages always have one."""
        with suppress(PlaywrightError):
            self._page.wait_for_event("requestfinished", lambda _: not self._in_flight, timeout=limit)

    def listen(self) -> None:
        """From now on what is answered to requests that change something is remembered for `taken`."""
        self._taken = None

    @property
    def taken(self) -> bool:
        """Whether the portal took what the page sent since `listen`: something was sent, and nothing was refused."""
        return self._taken is True

    def _on_request(self, request: Request) -> None:
        self._in_flight.add(request)
        self.moves += 1

    def _on_end(self, request: Request) -> None:
        self._in_flight.discard(request)
        self.moves += 1

    def _on_answer(self, response: Response) -> None:
        request, status = response.request, response.status
        if request.method not in _ASKS_ONLY:
            # A script's request that is led elsewhere, to a login page for one, has not arrived.
            good = status < 300 or (status < 400 and request.resource_type == "document")
            self._taken = good and self._taken is not False

    def _on_failed(self, request: Request) -> None:
        self._on_end(request)
        # What the guard refused was never the page's saving.
        held_back = any(sign in (request.failure or "") for sign in ("BLOCKED_BY_CLIENT", "ABORTED"))
        if request.method not in _ASKS_ONLY and not held_back:
            self._taken = False
