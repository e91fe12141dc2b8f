"""The calls to the engine in a page's frames (page/engine), each counted, and the isolated world of the tool's own panel:
where the tool and the page meet.

Promises: a frame of another host is never asked where the portal's address is known; each call says whether the tool works
now, and each answer whether a person acted meanwhile; no message of the browser's own leaves it, because those print values.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from playwright.sync_api import CDPSession, Frame, JSHandle, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import PageNotAsExpected, SessionLost
from assistant.messages import Text
from assistant.page.browser.watchdog import LOOK, WRITE, watchdog_of
from assistant.page.engine import engine_source
from assistant.page.guard.rules import origin_of

_CALL = """async (engine, [name, words, round]) => {
  engine.attend(round);
  return { told: await engine[name](...words), acts: engine.acts() };
}"""
_HOLD = "(engine, [name, words]) => engine[name](...words)"


class EngineCalls:
    """One page's engines, one for each frame, made when a frame is first asked."""

    def __init__(self, page: Page, origin: str | None) -> None:
        """`origin` is the portal's: frames of other hosts are then not asked. None takes every frame."""
        self.page, self._origin = page, origin
        self._watchdog = watchdog_of(page.context)
        self.round_trips = 0
        self.acted = False
        """Whether a person typed or clicked in the page since `watch_person`."""
        self._engines: dict[Frame, JSHandle] = {}
        self._round, self._watching = 0, False
        page.on("framenavigated", self._forget)
        page.on("framedetached", self._forget)

    def _forget(self, frame: Frame) -> None:
        self._engines.pop(frame, None)

    def frames(self) -> list[Frame]:
        """The frames of the page, those of other hosts left out; blank ones are their parent's."""

        def own(frame: Frame) -> bool:
            parent = frame.parent_frame
            if parent is None or self._origin is None:
                return True
            return own(parent) if frame.url.partition(":")[0] in ("", "about") else origin_of(frame.url) == self._origin

        return [frame for frame in self.page.frames if own(frame)]

    def watch_person(self) -> None:
        """From now on what a person types or clicks in the page counts as `acted`."""
        self._round, self._watching, self.acted = self._round + 1, True, False

    def leave_person(self) -> None:
        """What the person does from now on is their own business, and the page moves again as it always does."""
        self._watching = self.acted = False
        for engine in self._engines.values():
            with suppress(PlaywrightError), self._watchdog.within(LOOK):
                self.round_trips += 1
                engine.evaluate("engine => engine.attend(0)")

    def ask(self, frame: Frame, name: str, *words: object, needed: bool = False, once: bool = False) -> Any:
        """Calls the engine in one frame. A frame that navigates meanwhile is asked again, unless it is `once`; None where
        it never answers, or PageNotAsExpected where the answer is `needed`."""
        for _ in range(1 if once else 3):
            try:
                self.round_trips += 1
                engine, now = self.engine(frame), self._round if self._watching else 0
                with self._watchdog.within(WRITE if name == "write" else LOOK):
                    answer = engine.evaluate(_CALL, [name, list(words), now])
                self.acted = self.acted or answer["acts"] > 0
                return answer["told"]
            except PlaywrightError:
                self._engines.pop(frame, None)
                if self.page.is_closed():
                    raise self._gone() from None
                self.pause(50)
        if needed:
            raise PageNotAsExpected(
                Text(
                    "网页在读取时不断跳转或不响应。请在浏览器中确认页面正常后重试。",
                    "The page kept navigating or did not respond while it was read. Check it in the browser, then try again.",
                )
            )
        return None

    def hold(self, frame: Frame, name: str, *words: object) -> JSHandle | None:
        """As `ask`, for something that stays in the page."""
        try:
            self.round_trips += 1
            with self._watchdog.within(LOOK):
                return self.engine(frame).evaluate_handle(_HOLD, [name, list(words)])
        except PlaywrightError:
            return None

    def run(self, frame: Frame, script: str, argument: object) -> Any:
        """What a script that is given the frame's engine answers."""
        engine = self.engine(frame)
        with self._watchdog.within(LOOK):
            return engine.evaluate(script, argument)

    def engine(self, frame: Frame) -> JSHandle:
        if frame not in self._engines:
            self.round_trips += 1
            with self._watchdog.within(LOOK):
                self._engines[frame] = frame.evaluate_handle(engine_source())
        return self._engines[frame]

    def pause(self, milliseconds: int) -> None:
        """Lets the page live on; unlike a sleep in Python it keeps guarded requests moving."""
        self.round_trips += 1
        try:
            with self._watchdog.within(LOOK):
                self.page.wait_for_timeout(milliseconds)
        except PlaywrightError:
            raise self._gone() from None

    def _gone(self) -> SessionLost:
        return unresponsive() if self._watchdog.ended else gone()


class IsolatedWorld:
    """A script of the tool's own in a page: it shares the tree with the page's scripts, but no object, no function and no
    channel. It runs in every document that comes after it is opened, and after `close` nothing of it is left."""

    def __init__(self, page: Page, name: str, binding: str, source: str) -> None:
        """`source` runs in each document; `binding` is the function by which it speaks."""
        self._page, self._name, self._binding, self._source = page, name, binding, source
        self._session: CDPSession | None = None
        self._script = self._frame = ""
        self._context: int | None = None
        self._watchdog = watchdog_of(page.context)
        self.on_word: Callable[[object, int], None] = lambda word, context: None
        """Called with what the script says, and by which number `began` knows the document it says it in."""

    @property
    def open(self) -> bool:
        """Whether it was opened and not closed since."""
        return self._session is not None

    def start(self) -> None:
        """Runs the script in the page as it is, and in every document that comes after it."""
        with suppress(PlaywrightError):
            session = self._page.context.new_cdp_session(self._page)
            self._session = session
            session.on("Runtime.bindingCalled", self._on_call)
            session.send("Page.enable")
            session.send("Runtime.enable")
            session.send("Runtime.addBinding", {"name": self._binding, "executionContextName": self._name})
            self._frame = str(session.send("Page.getFrameTree")["frameTree"]["frame"]["id"])
            told = {"source": self._source, "worldName": self._name}
            self._script = str(session.send("Page.addScriptToEvaluateOnNewDocument", told)["identifier"])
            self._evaluate(self._source, session)

    def began(self, context: int) -> None:
        """The script has started in another document: calls go there from now on."""
        self._context = context

    def call(self, function: str, argument: object = None) -> object:
        """What a function of the script, by its path, answers; None where no script is."""
        if self._session is None:
            return None
        words = "" if argument is None else json.dumps(argument)
        with suppress(PlaywrightError):
            return self._evaluate(f"globalThis.{function}({words})", self._session)
        return None

    def close(self, last: str) -> None:
        """Calls `last` and takes the script away without a trace; later documents don't get one."""
        self.call(last)
        session, self._session = self._session, None
        if session is None:
            return
        with suppress(PlaywrightError):
            session.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": self._script})
            session.send("Runtime.removeBinding", {"name": self._binding})
            session.detach()

    def _on_call(self, event: Mapping[str, object]) -> None:
        if event.get("name") == self._binding:
            self.on_word(event.get("payload"), int(str(event["executionContextId"])))

    def _evaluate(self, expression: str, session: CDPSession) -> object:
        """In the script's own world of the document that the page's main frame shows now."""
        try:
            with self._watchdog.within(LOOK):
                if self._context is None:
                    told = {"frameId": self._frame, "worldName": self._name}
                    self._context = int(session.send("Page.createIsolatedWorld", told)["executionContextId"])
                words = {"expression": expression, "contextId": self._context, "returnByValue": True}
                answer = session.send("Runtime.evaluate", words)
        except PlaywrightError:
            # The document it was in is gone; the next one says so itself.
            self._context = None
            raise
        if "exceptionDetails" in answer:
            raise PlaywrightError("the panel's script failed")
        return answer.get("result", {}).get("value")


def unresponsive() -> SessionLost:
    """What is said when the browser did not answer and was ended."""
    return SessionLost(
        Text(
            "浏览器长时间没有响应，已被关闭。已保存的草稿仍在平台上，请重新运行同一命令，将从草稿继续。",
            "The browser did not respond for a long time and was closed. What was saved is still a draft on the portal: run the same command again and it goes on from there.",
        )
    )


def gone() -> SessionLost:
    """What is said when the window is not there any more."""
    return SessionLost(
        Text(
            "浏览器窗口已关闭或崩溃。已保存的草稿仍在平台上，请重新运行同一命令，将从草稿继续。",
            "The browser window was closed or crashed. What was saved is still a draft on the portal: run the same command again and it goes on from there.",
        )
    )
