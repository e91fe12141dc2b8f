"""What the portal answers to a page's requests, as the browser tells it: which are under way, and whether a save was taken.

Promises: it only listens; nothing of a request or an answer is kept but that it was. It listens to the browser itself
(CDP's Network domain), because what Playwright tells of requests stays in memory, here and in its driver, for as long as
the window is open.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

_ASKS_ONLY = ("GET", "HEAD", "OPTIONS")
# What nobody waits for: streams never end, and what a page sends off on the side is no save.
_ASIDE = ("EventSource", "Ping")
# Milliseconds between two looks at whether a request has ended.
_MOMENT = 4


@dataclass(frozen=True)
class _Asked:
    """One request under way: of which frame and which document in it, and whether it changes something."""

    frame: str
    document: str
    changes: bool
    leads: bool
    """Whether it leads the frame to another document."""


class PortalAnswers:
    """The requests of one page and of those of its frames that share its process, from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._under_way: dict[str, _Asked] = {}
        # Those of `_under_way` that were waited for in vain.
        self._endless: set[str] = set()
        # Frame -> the document it shows; and the last documents that are gone.
        self._documents: dict[str, str] = {}
        self._gone: deque[str] = deque(maxlen=100)
        self._taken: bool | None = None
        self.moves = 0
        """How often a request has begun or ended: between two equal figures nothing was asked and nothing answered."""
        self.moved_at = time.monotonic()
        """When the last one did, on the monotonic clock."""
        session = page.context.new_cdp_session(page)
        listeners: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "Network.requestWillBeSent": self._on_request,
            "Network.responseReceived": self._on_answer,
            "Network.loadingFinished": self._on_end,
            "Network.loadingFailed": self._on_failed,
            "Page.frameNavigated": self._on_document,
            "Page.frameDetached": self._on_frame_gone,
        }
        for name, listener in listeners.items():
            session.on(name, listener)
        session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
        session.send("Page.enable")

    @property
    def busy(self) -> bool:
        """Whether a request of the page is under way, those left out that were waited for in vain once."""
        return len(self._under_way) > len(self._endless)

    def waited_in_vain(self) -> None:
        """What is under way now may be one that never ends: it is not waited for again."""
        self._endless |= self._under_way.keys()

    def wait(self, *, limit: int) -> None:
        """Until no request is under way, at most `limit` ms: some pages always have one."""
        with suppress(PlaywrightError):
            for _ in range(limit // _MOMENT):
                if not self.busy:
                    return
                self._page.wait_for_timeout(_MOMENT)

    def listen(self) -> None:
        """From now on what is answered to requests that change something is remembered for `taken`."""
        self._taken = None

    @property
    def taken(self) -> bool:
        """Whether the portal took what the page sent since `listen`: something was sent, and nothing was refused."""
        return self._taken is True

    @property
    def silent(self) -> bool:
        """Whether nothing was answered since `listen` to a request that changes something."""
        return self._taken is None

    def _on_request(self, event: Mapping[str, Any]) -> None:
        request, frame, document = event["request"], event.get("frameId", ""), event.get("loaderId", "")
        leads = event.get("type") == "Document"
        if event.get("type") in _ASIDE or str(request["url"]).startswith("data:"):
            return
        if not leads and document in self._gone:
            # Nobody would be told of its end.
            return
        if led_on := event.get("redirectResponse"):
            self._judge(self._under_way.get(event["requestId"]), int(led_on["status"]))
        self._under_way[event["requestId"]] = _Asked(frame, document, request["method"] not in _ASKS_ONLY, leads)
        self._moved()

    def _on_answer(self, event: Mapping[str, Any]) -> None:
        self._judge(self._under_way.get(event["requestId"]), int(event["response"]["status"]))

    def _judge(self, asked: _Asked | None, status: int) -> None:
        if asked is not None and asked.changes:
            # A script's request that is led elsewhere, to a login page for one, has not arrived.
            good = status < 300 or (status < 400 and asked.leads)
            self._taken = good and self._taken is not False

    def _on_end(self, event: Mapping[str, Any]) -> None:
        self._end(event["requestId"])

    def _on_failed(self, event: Mapping[str, Any]) -> None:
        asked = self._end(event["requestId"])
        # What the guard refused was never the page's saving.
        held_back = any(sign in event.get("errorText", "") for sign in ("BLOCKED_BY_CLIENT", "ABORTED"))
        if asked is not None and asked.changes and not held_back:
            self._taken = False

    def _end(self, request: str) -> _Asked | None:
        asked = self._under_way.pop(request, None)
        self._endless.discard(request)
        if asked is not None:
            self._moved()
        return asked

    def _moved(self) -> None:
        self.moves += 1
        self.moved_at = time.monotonic()

    def _on_document(self, event: Mapping[str, Any]) -> None:
        """What an earlier document had asked for is nobody's any more, whether or not its end is told; with the page's own
        document its frames are gone too."""
        frame, document = event["frame"]["id"], event["frame"]["loaderId"]
        whole = not event["frame"].get("parentId")
        for one in list(self._documents) if whole else [frame]:
            self._leave(one)
        self._documents[frame] = document
        self._forget(lambda asked: (whole or asked.frame == frame) and asked.document != document)

    def _on_frame_gone(self, event: Mapping[str, Any]) -> None:
        self._leave(event["frameId"])
        self._forget(lambda asked: asked.frame == event["frameId"])

    def _leave(self, frame: str) -> None:
        if document := self._documents.pop(frame, None):
            self._gone.append(document)

    def _forget(self, gone: Callable[[_Asked], bool]) -> None:
        for request in [name for name, asked in self._under_way.items() if gone(asked)]:
            self._end(request)
