"""A scripted handler who only reads the panel, by roles and names, and presses what it offers.

They read the browser's accessibility tree, which tells of a closed shadow root what a person sees of it, and press with the
mouse. What the panel asks to be done on the portal they do as anyone who knows that portal: log in, open a part, press the
portal's own save. They tick nothing, type nothing and submit nothing. Every press on the panel is counted; what it takes in
time is estimated by the keystroke-level model (benchmarks/_klm.py).
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.review.panel.lesson import WORDS as LESSON
from assistant.review.panel.state import WORDS as PANEL
from benchmarks import _klm
from fixtures.unseen.asked import Part
from fixtures.unseen.ways import Way

# The contract's names of the panel's buttons, Chinese and English.
FILL = ("按勾选填写", "Fill what is ticked")
NEW_FORM = ("是这位申请人的新表", "Yes, a new form of this applicant")
NO = ("不是", "No")
REMEMBER = ("允许并记住", "Allow and remember")
GO_ON = ("继续", "Go on", "继续下一段", "Next section")
TAKE_OVER = ("由我接手", "I take over", "Take over")
TITLES = frozenset(said for words in (PANEL, LESSON) for said in (words["title"].zh, words["title"].en))
# What a handler never lets the tool send.
NEVER = re.compile(r"tijiao|lodge|submit|提交|预约|缴费|book|pay(?!load)", re.IGNORECASE)
_OPENS = re.compile(r"打开|展开|下一|翻到|open|unfold|next", re.IGNORECASE)
_SAVES = re.compile(r"保存|暂存|save", re.IGNORECASE)
_MASK = r"[*•…·＊]+"
# So often the same words may be answered in the same way before a person gives up.
PATIENCE = 3
_PAUSE_SECONDS = 1.5


@dataclass(frozen=True)
class Seen:
    """One thing on the panel."""

    role: str
    name: str
    node: int
    ticked: bool = False
    usable: bool = True
    about: str = field(default="", repr=False)


@dataclass
class Doings:
    """What the person did: presses on the panel, parts opened and saves pressed on the portal, and the estimated seconds."""

    presses: int = 0
    opened: int = 0
    saved: int = 0
    seconds: float = _klm.HOMING
    offered: dict[str, bool] = field(default_factory=dict)
    """Every entry of the lists, by the page's label: whether it was ever ticked when it was filled."""
    cards: set[str] = field(default_factory=set)
    """The headings of what the panel showed to be looked at."""
    said: list[str] = field(default_factory=list)
    gave_up: str = ""


class Person:
    """One handler at one page, for one applicant."""

    def __init__(self, page: Page, way: Way, parts: tuple[Part, ...], name: str, number: str) -> None:
        self.page, self.way, self.parts = page, way, parts
        self.name, self.number = name, number
        self.doings = Doings()
        self.on_confirm: Callable[[], None] = lambda: None
        """Called after the press that lets the tool fill."""
        self.opens = ""
        """The application that this person opens, by its number; "" for a new one."""
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("DOM.enable")
        self._cdp.send("Accessibility.enable")
        self._waiting = list(parts)
        self._entered = False
        self._read: set[str] = set()
        self._answered: dict[str, int] = {}
        self._busy_until, self._did_for = 0.0, ""

    # -- eyes ----------------------------------------------------------------------------------------------------------

    def panel(self) -> list[Seen]:
        """Everything within the tool's panel, in reading order."""
        nodes = {one["nodeId"]: one for one in self._cdp.send("Accessibility.getFullAXTree")["nodes"]}
        roots = [one for one in nodes.values() if _said(one, "role") == "region" and _said(one, "name") in TITLES]
        return [seen for root in roots for seen in self._below(root, nodes)]

    def _below(self, node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[Seen]:
        for child in (nodes[one] for one in node.get("childIds", ()) if one in nodes):
            if not child.get("ignored") and "backendDOMNodeId" in child:
                told = {one["name"]: one["value"].get("value") for one in child.get("properties", ())}
                yield Seen(
                    _said(child, "role"),
                    _said(child, "name"),
                    child["backendDOMNodeId"],
                    ticked=told.get("checked") in ("true", True),
                    usable=not told.get("disabled"),
                    about=_said(child, "description"),
                )
            yield from self._below(child, nodes)

    # -- hands ---------------------------------------------------------------------------------------------------------

    def press(self, what: Seen) -> None:
        """With the mouse, where it stands."""
        self._cdp.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": what.node})
        quad = self._cdp.send("DOM.getBoxModel", {"backendNodeId": what.node})["model"]["border"]
        self.page.mouse.click((quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2)
        self.doings.presses += 1
        self.doings.seconds += _klm.MENTAL + _klm.POINT + _klm.BUTTON

    def attend_login(self) -> None:
        """Logs in, and opens the blank form that the run is for, as soon as the portal lets one."""
        if self.page.is_closed():
            return
        if self.way.at_login(self.page):
            self.way.log_in(self.page)

    def turn(self) -> None:
        """One look, and at most one answer."""
        try:
            self.attend_login()
            self._turn()
        except PlaywrightError:
            return  # What was read is gone by now: the next look tells.

    def _turn(self) -> None:
        if time.monotonic() < self._busy_until:
            return
        seen = self.panel()
        if not seen:
            return
        text = "\n".join(one.name for one in seen if one.role == "StaticText")
        self._take_in(seen)
        button = {one.name: one for one in seen if one.role == "button" and one.usable}
        if text != self._did_for:
            self._did_for = ""

        def offered(names: tuple[str, ...]) -> Seen | None:
            return next((button[name] for name in names if name in button), None)

        if (yes := offered(NEW_FORM)) is not None:
            no = offered(NO)
            self.press(yes if is_theirs(text, self.name, self.number) or no is None else no)
        elif (remember := offered(REMEMBER)) is not None:
            no = offered(NO) or offered(GO_ON)
            self.press(no if NEVER.search(text) and no is not None else remember)
        elif (fill := offered(FILL)) is not None and self._still_patient("fill " + _list_of(seen)):
            for one in seen:
                if one.role == "checkbox":
                    self.doings.offered[one.name] = one.ticked or self.doings.offered.get(one.name, False)
            self.press(fill)
            self.on_confirm()
        elif (go_on := offered(GO_ON)) is not None:
            if text != self._did_for and self._do(text):
                # They look whether the tool goes on by itself before they press.
                self._did_for, self._busy_until = text, time.monotonic() + _PAUSE_SECONDS
                return
            if text == self._did_for or self._still_patient("go on " + text):
                self.press(go_on)
            elif (over := offered(TAKE_OVER)) is not None:
                self.doings.gave_up = self.doings.gave_up or text
                self.press(over)

    def _do(self, text: str) -> bool:
        """Does on the portal what the panel says; whether there was anything to do."""
        if not self._entered:
            self._entered = True
            self.way.open_form(self.page, self.opens)
            self._show(self._waiting[0])
            return True
        did = False
        if _SAVES.search(text):
            for part in self.way.shown(self.page, self.parts):
                self.way.save(self.page, part)
                self.doings.saved += not part.papers
                self._waiting = [one for one in self._waiting if one is not part]
                did = True
        if _OPENS.search(text) or did:
            # The panel also lists the parts that were filled: what it asks for is one that was not opened yet.
            named = [part for part in self._waiting if _plain(part.title) in text]
            for part in (named or self._waiting)[:1]:
                self._show(part)
                did = True
        return did

    def _show(self, part: Part) -> None:
        self.way.open(self.page, self.parts, part)
        self._waiting = [one for one in self._waiting if one is not part]
        self.doings.opened += 1
        self.doings.seconds += _klm.MENTAL + _klm.POINT + _klm.BUTTON

    def _take_in(self, seen: list[Seen]) -> None:
        """Reads what was not read before; an entry of the list takes a decision too."""
        for one in seen:
            if one.role == "heading":
                self.doings.cards.add(one.name)
            if one.role not in ("StaticText", "checkbox") or one.name in self._read:
                continue
            self._read.add(one.name)
            self.doings.seconds += _klm.reading_seconds(one.name + one.about)
            if one.role == "checkbox":
                self.doings.seconds += _klm.MENTAL
            elif len(one.name) > 8:
                self.doings.said.append(one.name)

    def _still_patient(self, answer: str) -> bool:
        self._answered[answer] = self._answered.get(answer, 0) + 1
        return self._answered[answer] <= PATIENCE


def is_theirs(text: str, name: str, number: str) -> bool:
    """Whether a question names this person, and a masked number that may be theirs.

    >>> is_theirs("LEE MINJUN · M98****32", "LEE MINJUN", "M98765432"), is_theirs("LEE MINJUN · M97****32", "LEE MINJUN", "M98765432")
    (True, False)
    """
    masked = [re.split(_MASK, one) for one in re.findall(r"[0-9A-Z*•…·＊]{4,}", text) if re.search(_MASK, one)]
    return name in text and any(number.startswith(one[0]) and number.endswith(one[-1]) for one in masked)


def _plain(title: str) -> str:
    """A title without its number."""
    return re.sub(r"^\W*[一二三四五六七八九十\d]+[、.]\s*", "", title)


def _list_of(seen: list[Seen]) -> str:
    return "|".join(sorted(one.name for one in seen if one.role == "checkbox"))


def _said(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))
