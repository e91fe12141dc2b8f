"""The guard's page layer: puts `guard_page.js` into every frame, and tells it who holds the pen.

The word is given by events whose names are secrets of this process, sent from a world of the tool's own within the page:
the page's scripts can neither see nor forge them.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from playwright.sync_api import BrowserContext, CDPSession
from playwright.sync_api import Error as PlaywrightError

from assistant.guard_receipt import Ledger

SCRIPT = Path(__file__).with_name("guard_page.js")


class _Closable(Protocol):
    def close(self) -> None: ...


class PageLayer:
    """Stops, in the page, what a person would do to submit."""

    def __init__(
        self, context: BrowserContext, words: Sequence[str], ledger: Ledger, opens: Sequence[str] = ()
    ) -> None:
        """`opens`: texts that may be pressed, exactly so, although one of `words` is in them."""
        self._context = context
        self._words, self._opens = tuple(words), tuple(opens)
        self._ledger = ledger
        self._take, self._release, self._report = (f"g{secrets.token_hex(16)}" for _ in range(3))
        self._script: _Closable | None = None

    def install(self) -> None:
        """Before any page is opened: documents already open are not guarded."""
        self._context.expose_binding(self._report, lambda _source, what: self._ledger.stopped_in_page(str(what)))
        self._renew_script(held_by_tool=False)

    def hold(self) -> None:
        self._renew_script(held_by_tool=True)
        self._tell_open_pages(self._take)

    def release(self) -> None:
        self._renew_script(held_by_tool=False)
        self._tell_open_pages(self._release)

    def _renew_script(self, *, held_by_tool: bool) -> None:
        """Documents opened from now on start with the pen where it is now. At no moment is there no script."""
        settings = {
            "take": self._take,
            "release": self._release,
            "report": self._report,
            "heldByTool": held_by_tool,
            "words": self._words,
            "opens": self._opens,
        }
        source = SCRIPT.read_text(encoding="utf-8").rstrip()
        before, self._script = self._script, self._context.add_init_script(f"{source}({json.dumps(settings)})")
        if before is not None:
            before.close()

    def _tell_open_pages(self, signal: str) -> None:
        for page in self._context.pages:
            with suppress(PlaywrightError):
                session = self._context.new_cdp_session(page)
                for frame_id in _frame_ids(session.send("Page.getFrameTree")["frameTree"]):
                    _dispatch(session, frame_id, signal)
                session.detach()


def _frame_ids(tree: Mapping[str, object]) -> Iterator[str]:
    frame, children = tree["frame"], tree.get("childFrames", ())
    assert isinstance(frame, Mapping)
    assert isinstance(children, Sequence)
    yield str(frame["id"])
    for child in children:
        yield from _frame_ids(child)


def _dispatch(session: CDPSession, frame_id: str, signal: str) -> None:
    """A frame that went away meanwhile needs no signal."""
    with suppress(PlaywrightError):
        world = session.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": "assistant"})
        session.send(
            "Runtime.evaluate",
            {
                "contextId": world["executionContextId"],
                "expression": f"dispatchEvent(new Event({json.dumps(signal)})), 0",
            },
        )
