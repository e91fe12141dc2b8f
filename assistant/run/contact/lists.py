"""Fills the row tables of a page that nobody described: a window, a row in place, a card, a page of its own in a frame.

Promises: how a row is added, confirmed and given up is read from what pressing its button brings; the first row of a list is
offered before anything is written into it; a row that is not whole is given up and what was opened for it is closed again, or
named; a row whose key stands on the page already is not added.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drift.meaning.judge import PageJudge, Proposal, claims_of
from assistant.forbidden import forbidden_word_in
from assistant.normalize import fold, plain
from assistant.outcome import Matched, Outcome
from assistant.page.form_page import Button, FormPage
from assistant.page.kinds import empty
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import Stability
from assistant.portal.sources import Constant, Look, as_text
from assistant.run.contact import boxes

_UNTIL_NOW = (
    "至今",
    "目前在职",
    "在职",
    "仍在职",
    "present",
    "to date",
    "current",
    "until now",
    "now",
    "to present",
    "ongoing",
)
_STILL_SECONDS = 2.0
Offers = Callable[[str, Sequence[Proposal]], Sequence[Proposal] | None]
"""Offers the boxes of a list's first row; what the person ticked, or None where they did not agree."""


@dataclass(frozen=True)
class FoundList:
    """A list of the profile that a page asks for, and the button that adds a row to it."""

    each: str
    title: str
    button: Button

    @property
    def spot(self) -> tuple[str, str, tuple[str, ...]]:
        return self.each, self.button.text, self.button.context


def lists_on(
    buttons: Sequence[Button], judge: PageJudge, rows: Mapping[str, Sequence[Look]], forbidden: Sequence[str]
) -> list[FoundList]:
    """The lists that this page has a button for: by the button's own words, else by the nearest heading above it."""
    add = {fold(word).casefold() for word in judge.words.buttons.add}
    found: dict[str, list[FoundList]] = {}
    for button in buttons:
        text = fold(button.text).casefold().strip("+＋ ")
        if forbidden_word_in(button.text, forbidden):
            continue
        rest = _without(text, add)
        if rest == text and not button.text.strip().startswith(("+", "＋")):
            continue
        for each, known in judge.words.lists.items():
            if not rows.get(each):
                continue
            words = [fold(word).casefold() for word in known.words]
            if any(word in rest for word in words if rest) or (not rest and _speaks(button.context, words)):
                title = next((heading for heading in reversed(button.context)), button.text)
                found.setdefault(each, []).append(FoundList(each, title, button))
    return [ones[0] for ones in found.values() if len(ones) == 1]


def _without(text: str, words: Collection[str]) -> str:
    """A button's text without these words at its ends, in both languages where it says the same twice: 加行 Add."""
    longest = sorted(words, key=len, reverse=True)
    while True:
        word = next((one for one in longest if text.startswith(one) or text.endswith(one)), None)
        if word is None:
            return text
        text = text.removeprefix(word).removesuffix(word).strip(" /·|()（）+＋")


def _speaks(context: Sequence[str], words: Sequence[str]) -> bool:
    return bool(context) and any(word in fold(context[-1]).casefold() for word in words)


class Rows:
    """The rows of one list, on one page."""

    def __init__(
        self, page: FormPage, judge: PageJudge, found: FoundList, looks: Sequence[Look], forbidden: Sequence[str]
    ) -> None:
        self._page, self._judge, self._found, self._looks = page, judge, found, looks
        self._forbidden = forbidden
        self._list = judge.words.lists[found.each]

    def fill(self, gate: Callable[[Snapshot], None], offers: Offers, matched: Matched) -> list[Outcome]:
        """Adds what is missing; one outcome for each box of each row."""
        outcomes: list[Outcome] = []
        agreed: set[str] | None = None
        for index, look in enumerate(self._looks):
            seen = self._page.settled_look(all_names=True)
            gate(seen)
            if self._stands_there(look, seen):
                outcomes.append(
                    Outcome(self._found.each, self._found.title, "already", None, "table", index, match=matched)
                )
                continue
            buttons = {one.place for one in self._page.buttons()}
            fresh = self._blank_row(seen, look) or self._opened(seen)
            if not fresh:
                outcomes.append(self._failed(index, matched))
                break
            proposals = [*self._judge.judge_row(self._found.each, fresh, look)]
            proposals = [self._until_now(one, look) for one in proposals]
            sure = [one for one in proposals if one.state == "sure"]
            if agreed is None:
                chosen = offers(self._found.title, proposals)
                if chosen is None:
                    self._give_up(buttons)
                    outcomes.append(self._failed(index, matched))
                    break
                agreed = {one.key for one in chosen}
                sure = list(chosen)
            else:
                sure = [one for one in proposals if one.key in agreed and one.source is not None]
            added = self._write(sure, proposals, buttons, index, matched)
            outcomes += added
            if any(one.reason == "row-not-added" for one in added):
                break
        return outcomes

    # -- one row ---------------------------------------------------------------------------------------------------------

    def _write(
        self,
        sure: Sequence[Proposal],
        every: Sequence[Proposal],
        buttons: set[tuple[int, int]],
        index: int,
        matched: Matched,
    ) -> list[Outcome]:
        held = boxes.write(self._page, sure)
        missing = [
            one for one in every if one.state == "unknown" and one.control.required and not self._has_nothing(one)
        ]
        whole = all(held.values()) and bool(sure) and not missing
        confirm = self._new_button(self._judge.words.buttons.confirm, buttons)
        if whole and confirm is not None:
            self._page.press_it(confirm)
            whole = self._closed(sure)
        if not whole:
            self._give_up(buttons)
        return [
            Outcome(
                one.key,
                one.label,
                "verified" if whole else "failed",
                None if whole else "row-not-added",
                one.control.kind,
                index,
                "in-page" if whole else None,
                matched,
            )
            for one in sure
        ] + [Outcome("", one.label, "by-hand", "not-planned", one.control.kind, index) for one in missing]

    def _has_nothing(self, one: Proposal) -> bool:
        """Whether the question is known and the row has no answer to it: what still lasts has no end."""
        return bool(claims_of(one.control, self._list.entries(self._found.each)))

    def _until_now(self, one: Proposal, look: Look) -> Proposal:
        """The tick box beside an end that has not come."""
        if one.control.kind not in ("checkbox", "switch") or plain(one.label) not in map(plain, _UNTIL_NOW):
            return one
        if look(f"{self._found.each}.to") is not None:
            return one
        return replace(one, state="sure", key=f"{self._found.each}.now", source=Constant("yes"), value=True)

    def _opened(self, before: Snapshot) -> list[Control]:
        """The boxes that pressing the button brings."""
        there = {one.place for one in before.controls if one.visible}
        button = self._button()
        if button is None or self._page.press_it(button) is not None:
            return []
        stability = Stability(_STILL_SECONDS)
        while True:
            seen = self._page.settled_look(all_names=True)
            fresh = [one for one in seen.controls if one.visible and one.enabled and one.place not in there]
            if fresh:
                # What is still being drawn is waited for.
                later = self._page.settled_look(quiet=150, all_names=True)
                return [one for one in later.controls if one.visible and one.enabled and one.place not in there]
            if stability.ran_out(moved=self._page.busy):
                return []
            self._page.pause(30)

    def _button(self) -> Button | None:
        same = [
            one
            for one in self._page.buttons()
            if (one.text, one.context) == (self._found.button.text, self._found.button.context)
        ]
        return same[0] if len(same) == 1 else None

    def _blank_row(self, seen: Snapshot, look: Look) -> list[Control]:
        """The empty boxes of a row that is open already, under the list's own heading."""
        here = [
            one
            for one in seen.controls
            if one.visible and one.enabled and one.dialog is None and one.context == self._found.button.context
        ]
        entries = self._list.entries(self._found.each)
        rows: list[list[Control]] = []
        for one in here:
            if one.label_source not in ("column", "cell") or not claims_of(one, entries):
                continue
            if not rows or any(plain(other.label) == plain(one.label) for other in rows[-1]):
                rows.append([])
            rows[-1].append(one)
        return next((row for row in rows if len(row) > 1 and all(_blank(one) for one in row)), [])

    def _new_button(self, words: Sequence[str], before: set[tuple[int, int]]) -> Button | None:
        """The one button that came with the row and bears one of these words."""
        wanted = {fold(word).casefold() for word in words}
        found = [
            one
            for one in self._page.buttons()
            if one.place not in before
            and (fold(one.text).casefold() in wanted or not _without(fold(one.text).casefold(), wanted))
            and not forbidden_word_in(one.text, self._forbidden)
        ]
        return found[0] if len(found) == 1 else None

    def _closed(self, sure: Sequence[Proposal]) -> bool:
        """Whether the row's own boxes are gone, or closed, and the page shows what tells the row."""
        stability = Stability(_STILL_SECONDS)
        texts = [
            str(one.value)
            for one in sure
            if one.key.rpartition(".")[2] in self._list.key and isinstance(one.value, str)
        ]
        while True:
            seen = self._page.settled_look(all_names=True)
            open_ = {one.place for one in seen.controls if one.visible}
            if not any(one.control.place in open_ for one in sure):
                return not texts or bool(self._page.sees(texts))
            if stability.ran_out(moved=self._page.busy):
                return False
            self._page.pause(30)

    def _give_up(self, before: set[tuple[int, int]]) -> None:
        """Closes what was opened for the row, by its own cancel or remove."""
        for words in (self._judge.words.buttons.cancel, self._judge.words.buttons.remove):
            button = self._new_button(words, before)
            if button is not None:
                self._page.press_it(button)
                self._page.settled_look(quiet=150, all_names=True)
                return

    def _failed(self, index: int, matched: Matched) -> Outcome:
        return Outcome(self._found.each, self._found.title, "failed", "row-not-added", "table", index, match=matched)

    def _stands_there(self, look: Look, seen: Snapshot) -> bool:
        """Whether a row with this row's key stands on the page, in a table's cells or in open boxes."""
        keys = [as_text(value) for name in self._list.key if (value := look(f"{self._found.each}.{name}")) is not None]
        if not keys:
            return False
        for table in seen.tables:
            for row in table.rows:
                text = fold(" ".join(row)).casefold()
                if all(_in(key, text) for key in keys):
                    return True
        held = [
            fold(str(one.value)).casefold()
            for one in seen.controls
            if one.visible and isinstance(one.value, str) and one.value
        ]
        return all(fold(key).casefold() in held for key in keys)


def _in(key: str, text: str) -> bool:
    """A key in a row's text, dates with whatever separator."""
    plain_key = fold(key).casefold()
    return plain_key in text or plain_key.replace("-", "") in text.replace("-", "").replace("/", "").replace(
        ".", ""
    ).replace("年", "").replace("月", "").replace("日", "")


def _blank(box: Control) -> bool:
    from assistant.drift.meaning.offered import real_options

    return empty(box.value) or (box.kind == "select" and isinstance(box.value, str) and not real_options([box.value]))
