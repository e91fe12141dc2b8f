"""The guard's page layer: puts `in_page.js` into every frame, and tells it who holds the pen.

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

from assistant.forbidden import pattern_source
from assistant.normalize import fold_words, simple_forms_in
from assistant.page.engine.scripts import page_script
from assistant.page.guard.receipt import Ledger
from assistant.page.guard.rules import AllowedRequest

SCRIPT = Path(__file__).with_name("in_page.js")


class _Closable(Protocol):
    def close(self) -> None: ...


class PageLayer:
    """Stops, in the page, what a person would do to submit."""

    def __init__(
        self,
        context: BrowserContext,
        words: Sequence[str],
        ledger: Ledger,
        opens: Sequence[str] = (),
        posts: Sequence[AllowedRequest] = (),
    ) -> None:
        """`opens`: texts that may be pressed, exactly so, although one of `words` is in them. `posts`: where a form may
        go that is let through by `permit`."""
        self._context = context
        self._words, self._opens = tuple(words), tuple(opens)
        self._ledger = ledger
        self._posts = [(rule.method, *_patterns(rule.path)) for rule in posts]
        names = (f"g{secrets.token_hex(16)}" for _ in range(5))
        self._take, self._release, self._permit, self._revoke, self._report = names
        self._script: _Closable | None = None
        self.pressed_by_hand = False

    def allow(self, more: Sequence[AllowedRequest]) -> None:
        """Forms may go there too, once `permit` says so."""
        self._posts += [(rule.method, *_patterns(rule.path)) for rule in more]

    def install(self) -> None:
        """Before any page is opened: documents already open are not guarded."""
        self._context.expose_binding(self._report, lambda _source, what: self._on_report(str(what)))
        self._renew_script(held_by_tool=False)

    def _on_report(self, what: str) -> None:
        if what == "by hand":
            self.pressed_by_hand = True
        else:
            self._ledger.stopped_in_page(what)

    def hold(self) -> None:
        self.pressed_by_hand = False
        self._renew_script(held_by_tool=True)
        self._tell_open_pages(self._take)

    def release(self) -> None:
        self._renew_script(held_by_tool=False)
        self._tell_open_pages(self._release)

    def permit(self) -> None:
        """One form may be posted by the pages open now, to one of `posts`; until `revoke`."""
        self._tell_open_pages(self._permit, json.dumps(self._posts))

    def revoke(self) -> None:
        self._tell_open_pages(self._revoke)

    def _renew_script(self, *, held_by_tool: bool) -> None:
        """Documents opened from now on start with the pen where it is now. At no moment is there no script."""
        settings = {
            "take": self._take,
            "release": self._release,
            "permit": self._permit,
            "revoke": self._revoke,
            "report": self._report,
            "heldByTool": held_by_tool,
            "words": self._words,
            "forms": simple_forms_in("".join(map(fold_words, self._words))),
            "opens": self._opens,
            "posts": self._posts,
        }
        before, self._script = (
            self._script,
            self._context.add_init_script(f"({page_script(SCRIPT)})({json.dumps(settings)})"),
        )
        if before is not None:
            before.close()

    def _tell_open_pages(self, signal: str, detail: str = "") -> None:
        for page in self._context.pages:
            with suppress(PlaywrightError):
                session = self._context.new_cdp_session(page)
                for frame_id in _frame_ids(session.send("Page.getFrameTree")["frameTree"]):
                    _dispatch(session, frame_id, signal, detail)
                session.detach()


def _patterns(path: str) -> tuple[str, str | None]:
    """The path's and the query's pattern for the page; a pattern without a query means every query."""
    of_path, asks, of_query = path.partition("?")
    whole = [f"^(?:{pattern_source(pattern)})$" for pattern in (of_path, of_query)]
    return whole[0], whole[1] if asks else None


def _frame_ids(tree: Mapping[str, object]) -> Iterator[str]:
    frame, children = tree["frame"], tree.get("childFrames", ())
    assert isinstance(frame, Mapping)
    assert isinstance(children, Sequence)
    yield str(frame["id"])
    for child in children:
        yield from _frame_ids(child)


def _dispatch(session: CDPSession, frame_id: str, signal: str, detail: str) -> None:
    """A frame that went away meanwhile needs no signal."""
    with suppress(PlaywrightError):
        world = session.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": "assistant"})
        session.send(
            "Runtime.evaluate",
            {
                "contextId": world["executionContextId"],
                "expression": f"dispatchEvent(new CustomEvent({json.dumps(signal)}, {{ detail: {json.dumps(detail)} }})), 0",
            },
        )
