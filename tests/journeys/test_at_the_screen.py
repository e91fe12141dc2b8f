"""`assistant fill` in a window, with a person who is another process: eyes on the screen, hands on mouse and keyboard.

The person's input is the display server's own (its XTEST extension), no word to the browser or to the tool; what is on the
screen is found by its colours, as an eye finds a blue button. What became of it is asked of the mock's server.
"""

import ctypes
import ctypes.util
import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy
import pytest
from PIL import ImageGrab

from assistant.store.locations import PROFILES
from fixtures.server import MockPortal

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

# The panel's own colours (panel.css) and the mock portal's.
TOOL_HOLDS_THE_PEN: Colour = (255, 246, 224)
PERSON_HOLDS_THE_PEN: Colour = (233, 245, 238)
MAIN_BUTTON: Colour = (27, 95, 174)
BUTTON_EDGE: Colour = (195, 202, 212)
PORTAL_BUTTON: Colour = (29, 95, 180)


class Screen:
    """One display. The libraries are the display server's own; `missing()` says what is not on this machine."""

    def __init__(self, display: str) -> None:
        self._name = display
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._display, "the display can't be opened"

    @staticmethod
    def missing() -> str:
        """What a person would lack here, "" for nothing."""
        return " ".join(name for name in ("X11", "Xtst") if ctypes.util.find_library(name) is None)

    # -- hands ---------------------------------------------------------------------------------------------------------

    def point(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XFlush(self._display)

    def rest(self) -> None:
        """Off every button: under the mouse it would have another colour."""
        self.point(400, 300)
        time.sleep(0.2)

    def click(self, x: int, y: int) -> None:
        self.point(x, y)
        for down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, down, 30)
        self._x.XFlush(self._display)

    def press(self, *keys: str) -> None:
        for key in keys:
            code = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(self._x.XStringToKeysym(key.encode())))
            for down in (1, 0):
                self._test.XTestFakeKeyEvent(self._display, code, down, 10)
        self._x.XFlush(self._display)

    # -- eyes ----------------------------------------------------------------------------------------------------------

    def runs(self, colour: Colour, least: int, within: Box | None = None) -> list[Box]:
        """Every unbroken horizontal line of one colour that is at least so long, top to bottom."""
        pixels = numpy.asarray(ImageGrab.grab(xdisplay=self._name).convert("RGB"))
        left, top, right, bottom = within or (0, 0, pixels.shape[1], pixels.shape[0])
        same = (pixels[top:bottom, left:right] == colour).all(axis=2)
        found = []
        for row in numpy.nonzero(same.sum(axis=1) >= least)[0]:
            edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], same[row].astype(int), [0]))))
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                if end - start >= least:
                    found.append((left + int(start), top + int(row), left + int(end), top + int(row) + 1))
        return found

    def panel(self, band: Colour) -> Box | None:
        """Where the panel stands, from the band that says who holds the pen to the bottom of the screen; None if unseen."""
        lines = self.runs(band, 300)
        return (lines[0][0], lines[0][1], lines[0][2], 1200) if lines else None

    def main_button(self) -> Box | None:
        """The panel's blue button."""
        panel = self.panel(PERSON_HOLDS_THE_PEN)
        lines = self.runs(MAIN_BUTTON, 30, panel) if panel else []
        return (lines[0][0], lines[0][1], lines[-1][2], lines[-1][3]) if len(lines) > 3 else None

    def foot_button(self, band: Colour, number: int) -> Box | None:
        """One of the buttons in the panel's last row, from the left."""
        panel = self.panel(band)
        lines = self.runs(BUTTON_EDGE, 40, panel) if panel else []
        last = sorted(one for one in lines if one[1] == lines[-1][1])
        return (last[number][0], last[number][1] - 24, last[number][2], last[number][3]) if len(last) > number else None

    def lowest_portal_button(self) -> Box | None:
        """The lowest full blue button of the portal, of several side by side the rightmost."""
        lines = self.runs(PORTAL_BUTTON, 40)
        if len(lines) < 4:
            return None
        lowest = max(one for one in lines if one[1] == lines[-1][1])
        return lowest[0], lowest[1] - 20, lowest[2], lowest[3]

    def wait_for(self, look: Callable[[], Box | None], *, seconds: float = 150) -> Box:
        """Looks until it is seen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if (seen := look()) is not None:
                return seen
            time.sleep(0.05)
        raise AssertionError("the person waited for something that never came in sight")

    def click_on(self, look: Callable[[], Box | None], until: Callable[[], object], *, seconds: float = 90) -> None:
        """Clicks on what it sees, and again where nothing came of it: what it saw may have moved meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if (seen := look()) is not None:
                self.click((seen[0] + seen[2]) // 2, (seen[1] + seen[3]) // 2)
            again = time.monotonic() + 2
            while time.monotonic() < again:
                if until():
                    return
                time.sleep(0.05)
            self.rest()
        raise AssertionError("the person clicked, and nothing came of it")


@pytest.fixture
def filling(in_a_terminal, mock: MockPortal) -> Callable[[Path], AbstractContextManager]:
    """The command as it is typed, with the mock's address for the portal's."""
    words = ("fill", str(PROFILES / "sample-lee"), "--url", mock.url, "--lang", "en", "--json")
    return lambda report: in_a_terminal(*words, str(report))


@pytest.fixture
def person(display: str) -> Screen:
    if lacking := Screen.missing():
        pytest.skip(f"no {lacking} library on this machine (Debian: apt-get install libxtst6)")
    return Screen(display)


@pytest.mark.timeout(400)
def test_a_person_types_meanwhile_pauses_sends_the_tool_on_and_submits(filling, person, mock, tmp_path):
    def beside_the_panel() -> Box | None:
        panel = person.panel(TOOL_HOLDS_THE_PEN)
        return (panel[0] - 420, 420, panel[0] - 400, 440) if panel else None

    def tool_works() -> bool:
        return person.panel(TOOL_HOLDS_THE_PEN) is not None

    report = tmp_path / "out.json"
    # A portal that takes its time: else a quick tool is done before a person on a busy machine has pointed at "pause".
    mock.faults(delay_ms={"/api/applications": 700})
    with filling(report) as terminal:
        person.wait_for(beside_the_panel)
        person.click_on(beside_the_panel, lambda: terminal.says("You typed or clicked"))
        person.press("x", "BackSpace")
        person.click_on(person.main_button, tool_works)
        person.rest()
        person.click_on(
            lambda: person.foot_button(TOOL_HOLDS_THE_PEN, 0), lambda: terminal.says("Paused, as you asked")
        )
        asked = len(mock.state()["requests"])
        time.sleep(1)
        assert len(mock.state()["requests"]) == asked, "nothing goes on by itself"
        person.click_on(person.main_button, tool_works)
        terminal.wait_for("closing its window ends this")
        mock.faults()
        assert mock.state()["submits"] == 0
        person.click_on(
            lambda: person.foot_button(PERSON_HOLDS_THE_PEN, 0), lambda: person.panel(PERSON_HOLDS_THE_PEN) is None
        )
        end = time.monotonic() + 60
        while not mock.state()["submits"] and time.monotonic() < end:
            person.rest()
            person.press("End")
            time.sleep(0.7)
            if (button := person.lowest_portal_button()) is not None:
                person.click((button[0] + button[2]) // 2, (button[1] + button[3]) // 2)
            else:
                # The portal's own question, its yes focused.
                person.press("Return")
            time.sleep(0.7)
        assert mock.state()["submits"] == 1
    result = json.loads(report.read_text(encoding="utf-8"))
    assert result["handed_over"] and result["guard"]["submit_attempts"] == 0
    assert set(result["counts"]) <= {"verified", "already", "skipped"}


@pytest.mark.timeout(200)
def test_a_person_takes_over_and_the_tool_writes_no_more(filling, person, mock, tmp_path):
    report = tmp_path / "out.json"
    with filling(report) as terminal:
        person.click_on(lambda: person.foot_button(TOOL_HOLDS_THE_PEN, 1), lambda: terminal.says("You took over"))
        terminal.wait_for("closing its window ends this")
        before = mock.state()["applications"]
        time.sleep(1)
        assert mock.state()["applications"] == before and mock.state()["submits"] == 0
        person.wait_for(lambda: person.panel(PERSON_HOLDS_THE_PEN))
    result = json.loads(report.read_text(encoding="utf-8"))
    assert result["handed_over"] and result["counts"].get("failed", 0) + 7 - len(result["sections"]) > 0
