"""What the page shows, through the in-page engine: looks at one moment, and looks that hold.

Promises: a look is one call for each frame; nothing here changes the page.
"""

import time
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page

from assistant.page.browser_page import BrowserPage
from assistant.page.snapshot import Control, Snapshot, from_page
from assistant.page.stability import LIMIT, PATIENT, QUIET

Seen = dict[str, Any] | None
"""What the engine saw in one frame (see snapshot.from_page)."""


class SeenPage(BrowserPage):
    """A page whose form is looked at."""

    def __init__(self, page: Page, origin: str | None = None) -> None:
        """See BrowserPage."""
        super().__init__(page, origin)
        # Those of the last look, which controls name by their index.
        self._frames: list[Frame] = []
        self._moved_in: Frame | None = None
        """Where something was last pressed or written."""

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

    def calm_look(self) -> Snapshot:
        """What the page shows when nothing more comes of what was written: when the timers that it set meanwhile have
        run, and it was quiet for as long as its slowest change took."""
        for frame in self._calls.frames():
            self._calls.ask(frame, "calm", PATIENT, LIMIT)
        return self._quiet_look(None, quiet=PATIENT)

    def _quiet_look(self, seen: Seen, since: int = -1, *, quiet: int = QUIET, all_names: bool = False) -> Snapshot:
        """A look that holds: the one just made where nothing was asked or answered since `since` (PortalAnswers.moves),
        else one during which nothing is. A page that never ceases to ask is looked at between two questions."""
        frames, answers = self._calls.frames(), self._answers
        # Where something was just pressed or written is where something will move: the others are quiet meanwhile.
        first = self._moved_in if self._moved_in in frames else frames[0]
        words, started = (quiet, min(LIMIT, 2000), all_names), 0.0

        def ask(frame: Frame, waited: float) -> Seen:
            shown: Seen = self._calls.ask(frame, "settledLook", *words, waited, needed=frame is self.page.main_frame)
            return shown

        for tries in range(LIMIT // 100):
            tired = tries > 10 or tries * quiet > LIMIT
            if seen is not None and not answers.busy and (answers.moves == since or tired):
                break
            if answers.busy:
                self._calls.round_trips += 1
                answers.wait(limit=100)
            # The second time round the page itself was quiet, and only its requests have moved since.
            waited = _milliseconds_since(answers.moved_at) if tries else 0
            since, started = answers.moves, time.monotonic()
            seen = ask(first, waited)
            if seen is None:
                # A frame that went away meanwhile shows nothing more.
                first, frames = frames[0], self._calls.frames()
        else:
            answers.waited_in_vain()
        self._frames = frames
        # A page whose first frame was not waited for just now may have moved a moment ago.
        return from_page(
            [seen if frame is first else ask(frame, _milliseconds_since(started) if started else 0) for frame in frames]
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where each frame of the page stands now, in the order in which controls name them."""
        return tuple(frame.url for frame in self._calls.frames())

    def sees(self, texts: Sequence[str]) -> set[str]:
        """Which of these texts the page shows, in any frame."""
        return {text for frame in self._calls.frames() for text in self._calls.ask(frame, "sees", list(texts)) or ()}

    def can_press(self, texts: Sequence[str]) -> bool:
        """Whether something that can be pressed bears one of these texts now."""
        return any(self._calls.ask(frame, "isOpen", list(texts)) for frame in self._calls.frames())

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


def _milliseconds_since(moment: float) -> float:
    return (time.monotonic() - moment) * 1000
