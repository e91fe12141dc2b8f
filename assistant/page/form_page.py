"""The page under the pen: looks, writes, presses declared buttons, and counts every call that waits for the browser.

Promises: nothing here presses Enter, submits a form or clicks anything but the declared texts it is given; no message of
the browser's own leaves it, because those print values. Where Playwright is used in a run, it is used here.
"""

import mimetypes
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import ElementHandle, Frame, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import PersonActed, PortalUnreachable
from assistant.messages import Text
from assistant.page.browser.downloads import Downloads
from assistant.page.engine import EngineAnswer
from assistant.page.engine.client import EngineCalls, IsolatedWorld, gone
from assistant.page.guard.guard import wait_for_person
from assistant.page.login_frame import LoginFrame
from assistant.page.request_tracker import PortalAnswers
from assistant.page.snapshot import Control, Snapshot, from_page
from assistant.page.stability import Stability

# For so many milliseconds nothing moves on a page that is said to be quiet: one frame of a screen. It is waited for LIMIT
# at most; and PATIENT is how long a page is quiet before something that is not there counts as missing.
QUIET, LIMIT, PATIENT = 16, 4000, 300
T = TypeVar("T")
# What the engine saw in one frame (see snapshot.from_page).
_Seen = dict[str, Any] | None

# A picture shows where things stand, never what they hold.
_BLUR = "input, textarea, select, td, dd, .identity, [class*=descriptions], [class*=upload-list], [class*=radio], [class*=checkbox] { filter: blur(5px) !important; -webkit-text-security: disc !important; } :root { --assistant-panel: hidden; }"


@dataclass(frozen=True)
class MessageBox:
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
        self._calls = EngineCalls(page, origin)
        self._answers = PortalAnswers(page)
        self._downloads: Downloads | None = None
        # Those of the last look, which controls name by their index.
        self._frames: list[Frame] = []
        self.boxes: list[MessageBox] = []
        """Message boxes of the browser's own that were answered while the tool worked (see message_boxes)."""
        self.leaving = False
        """Whether the tool itself is just leaving the document."""
        self._before_move: Callable[[bool], None] = _nothing

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

    # -- seeing --------------------------------------------------------------------------------------------------

    def look(self, *, all_names: bool = False) -> Snapshot:
        """Everything the page shows now, over all its frames: one call to the browser for each frame. With `all_names`
        each control tells by what else than its label people may ask for it (Control.also)."""
        self._frames = self._calls.frames()
        return from_page(
            [self._calls.ask(frame, "look", all_names, needed=frame is self.page.main_frame) for frame in self._frames]
        )

    def settled_look(self, *, quiet: int = QUIET, all_names: bool = False) -> Snapshot:
        """What the page shows once it has been quiet for `quiet` ms and no request of it is under way."""
        return self._quiet_look(None, quiet=quiet, all_names=all_names)

    def sees(self, texts: Sequence[str]) -> set[str]:
        """Which of these texts the page shows, in any frame."""
        return {text for frame in self._calls.frames() for text in self._calls.ask(frame, "sees", list(texts)) or ()}

    def facts(self, labels: Sequence[str]) -> dict[str, set[str]]:
        """What the page states behind each label, outside any form control."""
        found: dict[str, set[str]] = {label: set() for label in labels}
        for frame in self._calls.frames():
            for label, texts in (self._calls.ask(frame, "facts", list(labels)) or {}).items():
                found[label] |= set(texts)
        return found

    def stands_apart(self, snapshot: Snapshot, labels: Sequence[str]) -> bool:
        """Whether controls of the last look stand in a frame whose own document states nothing behind these labels."""
        places = {self._frames[control.frame] for control in snapshot.controls} - {self.page.main_frame}
        return any(not any((self._calls.ask(frame, "facts", list(labels)) or {}).values()) for frame in places)

    def open_popups(self) -> int:
        """How many pop-ups of controls are open; a writer leaves none."""
        return sum(self._calls.ask(frame, "popups") or 0 for frame in self._calls.frames())

    def offers(self, control: Control) -> tuple[str, ...] | None:
        """All option texts of a choice, opening and closing its list if need be; None where nothing tells."""
        texts = self._calls.ask(self._frames[control.frame], "offers", control.id)
        return None if texts is None else tuple(texts)

    # -- the person at the wheel ---------------------------------------------------------------------------------

    def watch_person(self, before_move: Callable[[bool], None] | None = None) -> None:
        """From now on what a person types or clicks in the page stops the tool at the next field or press. `before_move`
        is called before whatever is written, pressed or attached, with whether that is in a dialog, until `let_go`; what it
        raises stops the tool there."""
        self._before_move = before_move or _nothing
        self._calls.watch_person()

    def leave_person(self) -> None:
        """What the person does from now on is their own business."""
        self._calls.leave_person()

    def let_go(self) -> None:
        """The page is the person's alone: nothing of the tool's is asked before a move any more."""
        self.leave_person()
        self._before_move = _nothing

    def stop_for_person(self) -> None:
        """Raises PersonActed when a person typed or clicked in the page since `watch_person`."""
        if self._calls.acted:
            # A press on the tool's own panel is answered by what it asks for.
            self._before_move(False)
            raise PersonActed(
                Text(
                    "您在页面上输入或点击了，工具已在下一栏之前停下。您填的内容不会被改动。",
                    "You typed or clicked in the page: the tool stopped before the next field. What you typed stays as it is.",
                )
            )

    def _before_moving(self, in_dialog: bool) -> None:
        self._before_move(in_dialog)
        self.stop_for_person()

    # -- moving --------------------------------------------------------------------------------------------------

    def write(self, orders: Sequence[Order]) -> list[EngineAnswer | None]:
        """Writes all values in one pass per frame; for each, None or the reason why it could not be written."""
        return self._write(
            orders, lambda frame, words: {"answers": self._calls.ask(frame, "write", words, needed=True)}
        )[0]

    def write_and_look(self, orders: Sequence[Order]) -> tuple[list[EngineAnswer | None], Snapshot]:
        """`write`, and what the page shows when it is quiet again: on a page of one frame the same single call."""
        ask, since = self._calls.ask, self._answers.moves
        answers, seen = self._write(
            orders, lambda frame, words: ask(frame, "writeAndLook", words, QUIET, LIMIT, needed=True)
        )
        return answers, self._quiet_look(seen, since)

    def calm_look(self) -> Snapshot:
        """What the page shows when nothing more comes of what was written: when the timers that it set meanwhile have
        run, and it was quiet for as long as its slowest change took."""
        for frame in self._calls.frames():
            self._calls.ask(frame, "calm", PATIENT, LIMIT)
        return self._quiet_look(None, quiet=PATIENT)

    def _write(
        self, orders: Sequence[Order], ask: Callable[[Frame, list[dict[str, object]]], dict[str, Any]]
    ) -> tuple[list[EngineAnswer | None], _Seen]:
        self._before_moving(any(order.control.dialog is not None for order in orders))
        answers: list[EngineAnswer | None] = [None] * len(orders)
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

    def insert_text(self, control: Control, text: str) -> EngineAnswer | None:
        """As a person's input method enters it, for one field whose value did not hold when the page's own pass wrote it."""
        self._before_moving(control.dialog is not None)
        reason: EngineAnswer | None = self._calls.ask(
            self._frames[control.frame], "insert", control.id, text, once=True
        )
        return reason

    def attach(self, control: Control, files: Sequence[Path]) -> EngineAnswer | None:
        """Gives files to an upload control, through its own file input."""
        self._before_moving(control.dialog is not None)
        holder = self._calls.hold(self._frames[control.frame], "fileInput", control.id)
        element = holder.as_element() if holder else None
        if element is None:
            return "not-found"
        try:
            self._calls.round_trips += 1
            element.set_input_files([str(file) for file in files], timeout=30000)
        except PlaywrightError:
            return "page-error"
        return None

    def attach_together(self, gifts: Sequence[tuple[Control, Path]]) -> list[EngineAnswer | None]:
        """As `attach`, one file for each control, in one pass per frame; "apart" where a control wants its file apart."""
        self._before_moving(any(control.dialog is not None for control, _ in gifts))
        answers: list[EngineAnswer | None] = ["apart"] * len(gifts)
        for index, frame in enumerate(self._frames):
            mine = [n for n, (control, file) in enumerate(gifts) if control.frame == index and _light(file)]
            if mine:
                words = [{"id": gifts[n][0].id, **_content(gifts[n][1])} for n in mine]
                for number, answer in zip(mine, self._calls.ask(frame, "give", words) or [], strict=False):
                    answers[number] = answer
        return answers

    def press(self, texts: Sequence[str], *, in_dialog: bool = False, within: float = 8.0) -> EngineAnswer | None:
        """Presses the one thing on the page that bears one of these texts, as soon as it is there; else the reason."""
        self._before_moving(in_dialog)
        return self._press(lambda frame: {"reason": self._calls.ask(frame, "press", list(texts), in_dialog)}, within)[0]

    def press_and_look(
        self, texts: Sequence[str], *, in_dialog: bool = False, within: float = 8.0
    ) -> tuple[EngineAnswer | None, Snapshot]:
        """`press`, and what the page shows when it is quiet again: mostly the same single call."""
        self._before_moving(in_dialog)
        since = self._answers.moves
        words = ("pressAndLook", list(texts), in_dialog, QUIET, LIMIT)
        # Where the press leads to another document nobody is left to answer: it is not pressed again.
        reason, seen = self._press(lambda frame: self._calls.ask(frame, *words, once=True) or {"reason": None}, within)
        return reason, self._quiet_look(seen, since)

    def send_and_look(
        self, texts: Sequence[str], *, ask_to_post: bool, within: float = 8.0
    ) -> tuple[EngineAnswer | None, Snapshot]:
        """As `press_and_look`, for what asks the portal: to look before it has answered would be to look for nothing.
        With `ask_to_post` what would post the whole form is not pressed; the answer is then "posts"."""
        self._before_moving(False)
        words = ("send", list(texts), ask_to_post)
        reason, _ = self._press(lambda frame: self._calls.ask(frame, *words, once=True) or {"reason": None}, within)
        return reason, self._quiet_look(None)

    def go_and_look(self, titles: Sequence[str], *, within: float = 8.0) -> tuple[EngineAnswer | None, Snapshot]:
        """Presses a section's title unless the section is open, or a window over it, and answers as `press_and_look`."""
        if len(self._calls.frames()) > 1:
            seen = self.look()
            if seen.dialogs or seen.shows(titles):
                return None, self.settled_look()
            return self.press_and_look(titles, within=within)
        self._before_moving(False)
        # A section is mostly fetched: to look before its requests are answered would be to look for nothing.
        reason, _ = self._press(
            lambda frame: self._calls.ask(frame, "go", list(titles), once=True) or {"reason": None}, within
        )
        return reason, self._quiet_look(None)

    def _press(self, ask: Callable[[Frame], Any], within: float) -> tuple[EngineAnswer | None, Any]:
        waited = 0.0
        while True:
            for frame in self._calls.frames():
                told: dict[str, Any] = ask(frame) if frame.url else {"reason": "not-found"}
                reason: EngineAnswer | None = told["reason"]
                if reason == "person":
                    self.stop_for_person()
                if reason != "not-found":
                    return reason, (told.get("seen") if frame is self.page.main_frame else None)
            if waited >= within:
                return "not-found", None
            self.pause(25)
            waited += 0.025

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

    def can_press(self, texts: Sequence[str]) -> bool:
        """Whether something that can be pressed bears one of these texts now."""
        return any(self._calls.ask(frame, "isOpen", list(texts)) for frame in self._calls.frames())

    def settle(self, *, quiet: int = QUIET, limit: int = LIMIT) -> None:
        """Waits until the page has been quiet for `quiet` ms and no request of it is under way; at most `limit` ms."""
        for _ in range(max(1, limit // 100)):
            self._calls.ask(self.page.main_frame, "settle", quiet, min(limit, 2000))
            if not self._answers.busy:
                return
            self.pause(15)

    @property
    def busy(self) -> bool:
        """Whether a request of the page is under way."""
        return self._answers.busy

    def pause(self, milliseconds: int) -> None:
        """Lets the page live on; unlike a sleep in Python it keeps guarded requests moving."""
        self._calls.pause(milliseconds)

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

    @contextmanager
    def in_new_tab(self) -> Iterator["FormPage"]:
        """The page's address once more, in a tab of its own that is closed in the end; frames of other hosts are left out
        there as they are here. PortalUnreachable when it does not answer as it should."""
        try:
            tab = self.page.context.new_page()
        except PlaywrightError:
            raise gone() from None
        try:
            other = FormPage(tab, self.origin)
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

    def reload(self) -> None:
        self._calls.round_trips += 1
        self.leaving = True
        try:
            self.page.reload(wait_until="load", timeout=30000)
        except PlaywrightError:
            raise gone() from None
        finally:
            self.leaving = False

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

    def in_frames(self, script: str, argument: object = None) -> list[Any]:
        """What `(engine, [frame's index, argument]) => …` answers in each frame of the last look; None where it went away."""
        answers: list[Any] = []
        for index, frame in enumerate(self._frames):
            try:
                self._calls.round_trips += 1
                answers.append(self._calls.run(frame, script, [index, argument]))
            except PlaywrightError:
                answers.append(None)
        return answers

    # -- the engine ------------------------------------------------------------------------------------------------

    def _element(self, control: Control) -> ElementHandle | None:
        handle = self._calls.hold(self._frames[control.frame], "field", control.id)
        return handle.as_element() if handle else None

    def _quiet_look(self, seen: _Seen, since: int = -1, *, quiet: int = QUIET, all_names: bool = False) -> Snapshot:
        """A look that holds: the one just made where nothing was asked or answered since `since` (PortalAnswers.moves),
        else one during which nothing is. A page that never ceases to ask is looked at between two questions."""
        frames, answers = self._calls.frames(), self._answers
        words = (quiet, min(LIMIT, 2000), all_names)
        for tries in range(LIMIT // 100):
            tired = tries > 10 or tries * quiet > LIMIT
            if seen is not None and not answers.busy and (answers.moves == since or tired):
                break
            if answers.busy:
                self._calls.round_trips += 1
                answers.wait(limit=100)
            since = answers.moves
            seen = self._calls.ask(frames[0], "settledLook", *words, needed=True)
        else:
            answers.waited_in_vain()
        self._frames = frames
        others = [self._calls.ask(frame, "settledLook", *words) for frame in frames[1:]]
        return from_page([seen, *others])


def _nothing(_in_dialog: bool) -> None: ...


def _light(file: Path) -> bool:
    """Whether a file may go through the page's memory as text; portals take a few megabytes at most."""
    return file.stat().st_size <= 8 * 1024 * 1024


def _content(file: Path) -> dict[str, str]:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return {"name": file.name, "type": kind, "content": b64encode(file.read_bytes()).decode("ascii")}


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
