"""The page under the pen: writes, presses declared buttons, attaches files, and stops for the person's hand.

Promises: nothing here presses Enter, submits a form or clicks anything but the declared texts it is given. Looking is
seen_page.py's matter, the page in its window browser_page.py's; where Playwright is used in a run, it is used in these three.
"""

import mimetypes
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

from assistant.errors import PersonActed
from assistant.messages import Text
from assistant.page.engine import EngineAnswer
from assistant.page.seen_page import Seen, SeenPage
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import LIMIT, QUIET


@dataclass(frozen=True)
class Button:
    """Something that can be pressed: its text, the headings above it, the words just before it. `place` finds it again.
    `posts` is where pressing it would post a form to; `sends` the id of the one file box that this form is for, else 0."""

    frame: int
    id: int
    text: str
    context: tuple[str, ...] = ()
    before: str = ""
    posts: str = ""
    sends: int = 0

    @property
    def place(self) -> tuple[int, int]:
        return self.frame, self.id


@dataclass(frozen=True)
class Order:
    """One value to be written: for choices `accepted` holds the exact texts that may be chosen."""

    control: Control
    value: object = field(repr=False)
    accepted: Sequence[str] = field(default=(), repr=False)


class FormPage(SeenPage):
    """One browser page, seen and written through the in-page engine."""

    def __init__(self, page: Page, origin: str | None = None) -> None:
        """See BrowserPage."""
        super().__init__(page, origin)
        self._before_move: Callable[[bool], None] = _nothing

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

    def buttons(self) -> tuple["Button", ...]:
        """What can be pressed on the page and bears a short text."""
        self._frames = self._calls.frames()
        return tuple(
            Button(index, one["id"], one["text"], tuple(one["context"]), one["before"], one["posts"], one["sends"])
            for index, frame in enumerate(self._frames)
            for one in self._calls.ask(frame, "buttons") or ()
        )

    def press_it(self, button: "Button") -> EngineAnswer | None:
        """Presses one of the buttons of the last look at them."""
        self._before_moving(True)
        answer: EngineAnswer | None = self._calls.ask(self._frames[button.frame], "pressIt", button.id, once=True)
        return answer

    def stated(self) -> tuple[tuple[str, str], ...]:
        """Every label and text that the page states outside any form control, over all its frames."""
        frames = self._calls.frames()
        return tuple((label, text) for frame in frames for label, text in self._calls.ask(frame, "stated") or ())

    # -- moving --------------------------------------------------------------------------------------------------

    def write(self, orders: Sequence[Order]) -> list[EngineAnswer | None]:
        """Writes all values in one pass per frame; for each, None or the reason why it could not be written."""
        return self._write(
            orders, lambda frame, words: {"answers": self._calls.ask(frame, "write", words, needed=True)}
        )[0]

    def write_and_look(self, orders: Sequence[Order]) -> tuple[list[EngineAnswer | None], Snapshot]:
        """`write`, and what the page shows when it is quiet again: on a page of one frame the same single call."""
        since, alone = self._answers.moves, self._alone

        def write(frame: Frame, words: list[dict[str, object]]) -> Any:
            if alone:
                return self._calls.ask(frame, "writeAndLook", words, QUIET, LIMIT, needed=True)
            return {"answers": self._calls.ask(frame, "write", words, needed=True)}

        answers, seen = self._write(orders, write)
        return answers, self._quiet_look(seen, since)

    def _write(
        self, orders: Sequence[Order], ask: Callable[[Frame, list[dict[str, object]]], dict[str, Any]]
    ) -> tuple[list[EngineAnswer | None], Seen]:
        self._before_moving(any(order.control.dialog is not None for order in orders))
        answers: list[EngineAnswer | None] = [None] * len(orders)
        seen: Seen = None
        for index, frame in enumerate(self._frames):
            mine = [number for number, order in enumerate(orders) if order.control.frame == index]
            if not mine:
                continue
            words: list[dict[str, object]] = [
                {"id": orders[n].control.id, "value": orders[n].value, "accepted": list(orders[n].accepted)}
                for n in mine
            ]
            told = ask(frame, words)
            self._moved_in = frame
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
        since, alone, words = self._answers.moves, self._alone, (list(texts), in_dialog)

        def press(frame: Frame) -> Any:
            # Where the press leads to another document nobody is left to answer: it is not pressed again.
            if alone:
                return self._calls.ask(frame, "pressAndLook", *words, QUIET, LIMIT, once=True) or {"reason": None}
            return {"reason": self._calls.ask(frame, "press", *words, once=True)}

        reason, seen = self._press(press, within)
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

    @property
    def _alone(self) -> bool:
        """Whether the page is one document: what one of several frames shows after a move is no look at the page."""
        return len(self._calls.frames()) == 1

    def _press(self, ask: Callable[[Frame], Any], within: float) -> tuple[EngineAnswer | None, Any]:
        waited = 0.0
        while True:
            for frame in self._calls.frames():
                told: dict[str, Any] = ask(frame) if frame.url else {"reason": "not-found"}
                reason: EngineAnswer | None = told["reason"]
                if reason == "person":
                    self.stop_for_person()
                if reason != "not-found":
                    self._moved_in = frame
                    return reason, (told.get("seen") if frame is self.page.main_frame else None)
            if waited >= within:
                return "not-found", None
            self.pause(25)
            waited += 0.025


def _nothing(_in_dialog: bool) -> None: ...


def _light(file: Path) -> bool:
    """Whether a file may go through the page's memory as text; portals take a few megabytes at most."""
    return file.stat().st_size <= 8 * 1024 * 1024


def _content(file: Path) -> dict[str, str]:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return {"name": file.name, "type": kind, "content": b64encode(file.read_bytes()).decode("ascii")}
