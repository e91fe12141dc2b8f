"""The page under the pen: looks, writes, presses declared buttons, and counts every call that waits for the browser.

Promises: nothing here presses Enter, submits a form or clicks anything but the declared texts it is given; no message of
the browser's own leaves it, because those print values. Where Playwright is used in a run, it is used here.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Download, ElementHandle, Frame, JSHandle, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from assistant.controls import engine_source
from assistant.errors import PageNotAsExpected, PersonActed, PortalUnreachable, SessionLost
from assistant.guard_rules import origin_of
from assistant.messages import Text
from assistant.snapshot import Control, Snapshot, from_page

# Each call says whether the tool works now, and each answer whether the person did.
_CALL = """async (engine, [name, words, round]) => {
  engine.attend(round);
  return { told: await engine[name](...words), acts: engine.acts() };
}"""
_HOLD = "(engine, [name, words]) => engine[name](...words)"


# For so many milliseconds nothing moves on a page that is said to be quiet; and how long it is waited for.
QUIET, LIMIT = 40, 4000
# What the engine saw in one frame (see snapshot.from_page).
_Seen = dict[str, Any] | None

# A picture shows where things stand, never what they hold.
_BLUR = "input, textarea, select, td, dd, .identity, [class*=descriptions], [class*=upload-list], [class*=radio], [class*=checkbox] { filter: blur(5px) !important; -webkit-text-security: disc !important; } :root { --assistant-panel: hidden; }"


@dataclass(frozen=True)
class Box:
    """A message box of the browser's own, and what it said. `kind`: alert, confirm, prompt or beforeunload."""

    kind: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Order:
    """One value to be written: for choices `accepted` holds the exact texts that may be chosen."""

    control: Control
    value: object = field(repr=False)
    accepted: Sequence[str] = field(default=(), repr=False)


class FormPage:
    """One browser page, seen and written through the in-page engine."""

    def __init__(self, page: Page, origin: str | None = None) -> None:
        """`origin` is the portal's: frames of other hosts are then neither seen nor written. None takes every frame."""
        self.page, self.origin = page, origin
        self.round_trips = 0
        self._engines: dict[Frame, JSHandle] = {}
        self._frames: list[Frame] = []
        self._in_flight: set[object] = set()
        self._downloads: list[Download] = []
        self._round, self._watching, self._acted = 0, False, False
        self.boxes: list[Box] = []
        """Message boxes of the browser's own that were answered while the tool worked (see message_boxes)."""
        self.leaving = False
        """Whether the tool itself is just leaving the document."""
        self.heed: Callable[[bool], None] = lambda _: None
        """Called before whatever is written, pressed or attached, with whether that is in a dialog; what it raises stops
        the tool there."""
        page.on("framenavigated", self._forget)
        page.on("framedetached", self._forget)
        page.on("request", lambda request: self._in_flight.add(request))
        page.on("requestfinished", lambda request: self._in_flight.discard(request))
        page.on("requestfailed", self._on_failed)
        page.on("response", self._on_answer)
        self._taken: bool | None = None

    # -- what the portal answers ---------------------------------------------------------------------------------

    def listen(self) -> None:
        """From now on what the portal answers to requests that change something is remembered for `taken`."""
        self._taken = None

    @property
    def taken(self) -> bool:
        """Whether the portal took what the page sent since `listen`: something was sent, and nothing was refused."""
        return self._taken is True

    def _on_answer(self, response: Response) -> None:
        request, status = response.request, response.status
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            # A script's request that is led elsewhere, to a login page for one, has not arrived.
            good = status < 300 or (status < 400 and request.resource_type == "document")
            self._taken = good and self._taken is not False

    def _on_failed(self, request: Request) -> None:
        self._in_flight.discard(request)
        # What the guard refused was never the page's saving.
        held_back = any(sign in (request.failure or "") for sign in ("BLOCKED_BY_CLIENT", "ABORTED"))
        if request.method not in ("GET", "HEAD", "OPTIONS") and not held_back:
            self._taken = False

    # -- seeing --------------------------------------------------------------------------------------------------

    def look(self) -> Snapshot:
        """Everything the page shows now, over all its frames: one call to the browser for each frame."""
        self._frames = self._own_frames()
        return from_page([self._ask(frame, "look", needed=frame is self.page.main_frame) for frame in self._frames])

    def _own_frames(self) -> list[Frame]:
        """The frames of the page, those of other hosts left out where `origin` is known; blank ones are their parent's."""

        def own(frame: Frame) -> bool:
            parent = frame.parent_frame
            if parent is None or self.origin is None:
                return True
            return own(parent) if frame.url.partition(":")[0] in ("", "about") else origin_of(frame.url) == self.origin

        return [frame for frame in self.page.frames if own(frame)]

    def settled_look(self, *, quiet: int = QUIET) -> Snapshot:
        """What the page shows once it has been quiet for `quiet` ms and no request of it is under way."""
        return self._quiet_look(None, quiet=quiet)

    def sees(self, texts: Sequence[str]) -> set[str]:
        """Which of these texts the page shows, in any frame."""
        return {text for frame in self._own_frames() for text in self._ask(frame, "sees", list(texts)) or ()}

    def facts(self, labels: Sequence[str]) -> dict[str, set[str]]:
        """What the page states behind each label, outside any form control."""
        found: dict[str, set[str]] = {label: set() for label in labels}
        for frame in self._own_frames():
            for label, texts in (self._ask(frame, "facts", list(labels)) or {}).items():
                found[label] |= set(texts)
        return found

    def open_popups(self) -> int:
        """How many pop-ups of controls are open; a writer leaves none."""
        return sum(self._ask(frame, "popups") or 0 for frame in self._own_frames())

    def offers(self, control: Control) -> tuple[str, ...] | None:
        """All option texts of a choice, opening and closing its list if need be; None where nothing tells."""
        texts = self._ask(self._frames[control.frame], "offers", control.id)
        return None if texts is None else tuple(texts)

    # -- the person at the wheel ---------------------------------------------------------------------------------

    def watch_person(self) -> None:
        """From now on what a person types or clicks in the page stops the tool at the next field or press."""
        self._round, self._watching, self._acted = self._round + 1, True, False

    def leave_person(self) -> None:
        """What the person does from now on is their own business."""
        self._watching = self._acted = False

    def stop_for_person(self) -> None:
        """Raises PersonActed when a person typed or clicked in the page since `watch_person`."""
        if self._acted:
            # A press on the tool's own panel is answered by what it asks for.
            self.heed(False)
            raise PersonActed(
                Text(
                    "您在页面上输入或点击了，工具已在下一栏之前停下。您填的内容不会被改动。",
                    "You typed or clicked in the page: the tool stopped before the next field. What you typed stays as it is.",
                )
            )

    def _before_moving(self, in_dialog: bool) -> None:
        self.heed(in_dialog)
        self.stop_for_person()

    # -- moving --------------------------------------------------------------------------------------------------

    def write(self, orders: Sequence[Order]) -> list[str | None]:
        """Writes all values in one pass per frame; for each, None or the reason why it could not be written."""
        return self._write(orders, lambda frame, words: {"answers": self._ask(frame, "write", words, needed=True)})[0]

    def write_and_look(self, orders: Sequence[Order]) -> tuple[list[str | None], Snapshot]:
        """`write`, and what the page shows when it is quiet again: on a page of one frame the same single call."""
        ask = self._ask
        answers, seen = self._write(
            orders, lambda frame, words: ask(frame, "writeAndLook", words, QUIET, LIMIT, needed=True)
        )
        return answers, self._quiet_look(seen)

    def _write(
        self, orders: Sequence[Order], ask: Callable[[Frame, list[dict[str, object]]], dict[str, Any]]
    ) -> tuple[list[str | None], _Seen]:
        self._before_moving(any(order.control.dialog is not None for order in orders))
        answers: list[str | None] = [None] * len(orders)
        seen: _Seen = None
        for index, frame in enumerate(self._frames):
            mine = [number for number, order in enumerate(orders) if order.control.frame == index]
            if not mine:
                continue
            words: list[dict[str, object]] = [
                {"id": orders[n].control.id, "value": orders[n].value, "accepted": list(orders[n].accepted)}
                for n in mine
            ]
            told = ask(frame, words)
            # What one frame showed before another was written is no look at the page.
            seen = told.get("seen") if frame is self.page.main_frame and len(mine) == len(orders) else None
            for number, answer in zip(mine, told["answers"], strict=True):
                answers[number] = answer["reason"]
        return answers, seen

    def type_by_hand(self, control: Control, text: str) -> str | None:
        """Real keys for one field whose value did not hold when the page's own pass wrote it."""
        self._before_moving(control.dialog is not None)
        element = self._element(control)
        if element is None:
            return "not-found"
        frame = self._frames[control.frame]
        self._ask(frame, "byHand", True)
        try:
            self.round_trips += 3
            element.click(timeout=3000)
            element.press("ControlOrMeta+a")
            element.type(text)
            self.round_trips += 1
            element.press("Tab")
        except PlaywrightError:
            return "page-error"
        finally:
            self._ask(frame, "byHand", False)
        return None

    def attach(self, control: Control, files: Sequence[Path]) -> str | None:
        """Gives files to an upload control, through its own file input."""
        self._before_moving(control.dialog is not None)
        holder = self._ask_handle(self._frames[control.frame], "fileInput", control.id)
        element = holder.as_element() if holder else None
        if element is None:
            return "not-found"
        try:
            self.round_trips += 1
            element.set_input_files([str(file) for file in files], timeout=30000)
        except PlaywrightError:
            return "page-error"
        return None

    def press(self, texts: Sequence[str], *, in_dialog: bool = False, within: float = 8.0) -> str | None:
        """Presses the one thing on the page that bears one of these texts, as soon as it is there; else the reason."""
        self._before_moving(in_dialog)
        return self._press(lambda frame: {"reason": self._ask(frame, "press", list(texts), in_dialog)}, within)[0]

    def press_and_look(
        self, texts: Sequence[str], *, in_dialog: bool = False, within: float = 8.0, ask_to_post: bool = False
    ) -> tuple[str | None, Snapshot]:
        """`press`, and what the page shows when it is quiet again: mostly the same single call. With `ask_to_post` what
        would post the whole form is not pressed; the answer is then "posts"."""
        self._before_moving(in_dialog)
        words = ("pressAndLook", list(texts), in_dialog, QUIET, LIMIT, ask_to_post)
        # Where the press leads to another document nobody is left to answer: it is not pressed again.
        reason, seen = self._press(lambda frame: self._ask(frame, *words, once=True) or {"reason": None}, within)
        return reason, self._quiet_look(seen)

    def _press(self, ask: Callable[[Frame], Any], within: float) -> tuple[str | None, Any]:
        waited = 0.0
        while True:
            for frame in self._own_frames():
                told = ask(frame) if frame.url else {"reason": "not-found"}
                if told["reason"] == "person":
                    self.stop_for_person()
                if told["reason"] != "not-found":
                    return told["reason"], (told.get("seen") if frame is self.page.main_frame else None)
            if waited >= within:
                return "not-found", None
            self.pause(50)
            waited += 0.05

    def watch_downloads(self) -> None:
        """From here on the files that the browser is given, in any window, are kept for `downloaded`."""
        for page in self.page.context.pages:
            self._watch_downloads(page)
        self.page.context.on("page", self._watch_downloads)

    def _watch_downloads(self, page: Page) -> None:
        page.on("download", lambda download: self._downloads.append(download))

    def downloaded(self, *, within: float = 0.0) -> list[bytes]:
        """The files given since this was last asked, whoever pressed for them; none of them stays on the disk."""
        waited = 0.0
        while not self._downloads and waited < within:
            self.pause(100)
            waited += 0.1
        given, self._downloads[:] = list(self._downloads), []
        contents = []
        for one in given:
            with suppress(PlaywrightError, OSError):
                contents.append(one.path().read_bytes())
            with suppress(PlaywrightError):
                one.delete()
        return contents

    def can_press(self, texts: Sequence[str]) -> bool:
        """Whether something that can be pressed bears one of these texts now."""
        return any(self._ask(frame, "isOpen", list(texts)) for frame in self._own_frames())

    def settle(self, *, quiet: int = QUIET, limit: int = LIMIT) -> None:
        """Waits until the page has been quiet for `quiet` ms and no request of it is under way; at most `limit` ms."""
        for _ in range(max(1, limit // 100)):
            self._ask(self.page.main_frame, "settle", quiet, min(limit, 2000))
            if not self._in_flight:
                return
            self.pause(15)

    @property
    def busy(self) -> bool:
        """Whether a request of the page is under way."""
        return bool(self._in_flight)

    def pause(self, milliseconds: int) -> None:
        """Lets the page live on; unlike a sleep in Python it keeps guarded requests moving."""
        self.round_trips += 1
        try:
            self.page.wait_for_timeout(milliseconds)
        except PlaywrightError:
            raise _gone() from None

    def open(self, url: str) -> None:
        """Goes to an address; the caller has told the guard. PortalUnreachable when it does not answer as it should."""
        self.round_trips += 1
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
        self.round_trips += 1
        self.leaving = True
        try:
            self.page.reload(wait_until="load", timeout=30000)
        except PlaywrightError:
            raise _gone() from None
        finally:
            self.leaving = False

    def picture(self, hidden: Iterable[str] = ()) -> bytes:
        """A picture of the whole page with every value blurred, for a report the person asked for. `hidden` are further
        texts to be covered wherever they stand: whose form it is."""
        self.round_trips += 1
        covered = [self.page.get_by_text(text) for text in hidden if len(text) > 1]
        try:
            return self.page.screenshot(
                full_page=True, animations="disabled", style=_BLUR, mask=covered, mask_color="#c9d1de"
            )
        except PlaywrightError:
            raise _gone() from None

    def in_frames(self, script: str, argument: object = None) -> list[Any]:
        """What `(engine, [frame's index, argument]) => …` answers in each frame of the last look; None where it went away."""
        answers: list[Any] = []
        for index, frame in enumerate(self._frames):
            try:
                self.round_trips += 1
                answers.append(self._engine(frame).evaluate(script, [index, argument]))
            except PlaywrightError:
                answers.append(None)
        return answers

    def _forget(self, frame: Frame) -> None:
        self._engines.pop(frame, None)

    # -- the engine ------------------------------------------------------------------------------------------------

    def _element(self, control: Control) -> ElementHandle | None:
        handle = self._ask_handle(self._frames[control.frame], "field", control.id)
        return handle.as_element() if handle else None

    def _quiet_look(self, seen: _Seen, *, quiet: int = QUIET) -> Snapshot:
        """A look that holds: the one just made, unless a request is under way or there are more frames to look at."""
        frames = self._own_frames()
        for _ in range(LIMIT // 100):
            if seen is not None and not self._in_flight:
                break
            if self._in_flight:
                self.pause(10)
            seen = self._ask(frames[0], "settledLook", quiet, min(LIMIT, 2000), needed=True)
        self._frames = frames
        others = [self._ask(frame, "loadedLook", LIMIT) for frame in frames[1:]]
        return from_page([seen, *others])

    def _ask(self, frame: Frame, name: str, *words: object, needed: bool = False, once: bool = False) -> Any:
        """Calls the engine in one frame. A frame that navigates meanwhile is asked again, unless it is `once`."""
        for _ in range(1 if once else 3):
            try:
                self.round_trips += 1
                answer = self._engine(frame).evaluate(_CALL, [name, list(words), self._round if self._watching else 0])
                self._acted = self._acted or answer["acts"] > 0
                return answer["told"]
            except PlaywrightError:
                self._engines.pop(frame, None)
                if self.page.is_closed():
                    raise _gone() from None
                self.page.wait_for_timeout(50)
        if needed:
            raise PageNotAsExpected(
                Text(
                    "网页在读取时不断跳转或不响应。请在浏览器中确认页面正常后重试。",
                    "The page kept navigating or did not respond while it was read. Check it in the browser, then try again.",
                )
            )
        return None

    def _ask_handle(self, frame: Frame, name: str, *words: object) -> JSHandle | None:
        try:
            self.round_trips += 1
            return self._engine(frame).evaluate_handle(_HOLD, [name, list(words)])
        except PlaywrightError:
            return None

    def _engine(self, frame: Frame) -> JSHandle:
        if frame not in self._engines:
            self.round_trips += 1
            self._engines[frame] = frame.evaluate_handle(engine_source())
        return self._engines[frame]


def _gone() -> SessionLost:
    return SessionLost(
        Text(
            "浏览器窗口已关闭或崩溃。已保存的草稿仍在平台上，请重新运行同一命令，将从草稿继续。",
            "The browser window was closed or crashed. What was saved is still a draft on the portal: run the same command again and it goes on from there.",
        )
    )


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
