"""Fills the row tables of a page that nobody described: a window, a row in place, a card, a page of its own in a frame.

Promises: how a row is added, confirmed and given up is read from what pressing its button brings; the first row of a list is
offered before anything is written into it; a row that is not whole is given up and what was opened for it is closed again, or
named; a row whose key stands on the page already is not added.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drift.meaning.fitting import fit
from assistant.drift.meaning.judge import PageJudge, Proposal, claims_of
from assistant.forbidden import forbidden_word_in
from assistant.messages import Text
from assistant.normalize import fold, plain
from assistant.outcome import Matched, Outcome
from assistant.page.form_page import Button, FormPage
from assistant.page.kinds import empty
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import Stability
from assistant.portal.sources import Constant, Look, as_text
from assistant.run.contact import boxes
from assistant.run.contact.hand import Hand, PageBefore
from assistant.run.contact.offer import Datum

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
_SAID = Text("由您指明", "as you said")
Offers = Callable[[str, Sequence[Proposal], Sequence[Datum]], tuple[Sequence[Proposal], dict[str, str]] | None]
"""Offers the boxes of a list's first row, with all that the row holds; what the person ticked and what they said others are,
or None where they did not agree."""


@dataclass(frozen=True)
class FoundList:
    """A list of the profile that a page asks for, and the button that adds a row to it. `each` is empty where nothing says which
    list it is; `columns` are those of its table, as far as they were needed to tell."""

    each: str
    title: str
    button: Button
    columns: tuple[str, ...] = ()
    sure: bool = True

    @property
    def spot(self) -> tuple[str, str]:
        return (self.each, self.button.text) if self.sure and not self.columns else (self.title, self.button.text)


def lists_on(
    buttons: Sequence[Button], judge: PageJudge, rows: Mapping[str, Sequence[Look]], forbidden: Sequence[str]
) -> list[FoundList]:
    """The lists that this page has a button for: by the button's own words, else by the nearest heading above it."""
    found: dict[str, list[FoundList]] = {}
    for button in buttons:
        rest = None if forbidden_word_in(button.text, forbidden) else adds_to(button, judge)
        spoken = [] if rest is None else [each for each in lists_spoken_of(button, rest, judge) if rows.get(each)]
        if rest is not None and len(spoken) == 1:
            own = button.text.strip("+＋ ")
            said = (*button.context, button.before)
            title = own if rest else next((heading for heading in reversed(said) if heading), own)
            found.setdefault(spoken[0], []).append(FoundList(spoken[0], title, button))
    return [ones[0] for ones in found.values() if len(ones) == 1]


def adds_to(button: Button, judge: PageJudge) -> str | None:
    """What a button says that it adds a row to, "" where it only says that it adds; None for any other button."""
    text = fold(button.text).casefold().strip("+＋ ")
    rest = _without(text, {fold(word).casefold() for word in judge.words.buttons.add})
    return None if rest == text and not button.text.strip().startswith(("+", "＋")) else rest


def lists_spoken_of(button: Button, rest: str, judge: PageJudge) -> list[str]:
    """The lists whose words the button says, or the nearest words over or before it where it only says that it adds."""
    said = (*button.context, button.before)
    found = []
    for each, known in judge.words.lists.items():
        words = [fold(word).casefold() for word in known.words]
        if any(word in rest for word in words if rest) or (not rest and _speaks(said, words)):
            found.append(each)
    return found


def _without(text: str, words: Collection[str]) -> str:
    """A button's text without these words at its ends, in both languages where it says the same twice: 加行 Add."""
    longest = sorted(words, key=len, reverse=True)
    while True:
        word = next((one for one in longest if text.startswith(one) or text.endswith(one)), None)
        if word is None:
            return text
        text = text.removeprefix(word).removesuffix(word).strip(" /·|()（）+＋")


def _speaks(said: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the nearest of these says one of the words: what stands just before the button, else the heading over it."""
    near = next((one for one in reversed(said) if one), "")
    return any(word in fold(near).casefold() for word in words)


class Rows:
    """The rows of one list, on one page."""

    def __init__(
        self,
        page: FormPage,
        judge: PageJudge,
        found: FoundList,
        looks: Sequence[Look],
        hand: Hand,
        known: Mapping[str, str],
    ) -> None:
        """`known` are columns that were said to be something before, by their labels."""
        self._page, self._judge, self._found, self._looks = page, judge, found, looks
        self._hand, self._said = hand, dict(known)
        self._offered: dict[str, tuple[str, ...]] = {}
        self._gate: Callable[[Snapshot], None] = lambda seen: None
        self._list = judge.words.lists[found.each]

    def fill(self, gate: Callable[[Snapshot], None], offers: Offers, matched: Matched) -> list[Outcome]:
        """Adds what is missing; one outcome for each box of each row."""
        self._gate = gate
        outcomes: list[Outcome] = []
        declined: set[str] | None = None
        agreed: set[str] = set()
        for index, look in enumerate(self._looks):
            seen = self._page.settled_look(all_names=True)
            gate(seen)
            if self._stands_there(look, seen):
                outcomes.append(
                    Outcome(self._found.each, self._found.title, "already", None, "table", index, match=matched)
                )
                continue
            before = self._hand.standing()
            fresh = self._blank_row(seen, look) or self._opened(before)
            if not fresh:
                outcomes.append(self._failed(index, matched))
                break
            proposals = self._judged(fresh, look)
            sure = [one for one in proposals if one.state == "sure"]
            if declined is None:
                answer = offers(self._found.title, proposals, self._data(look))
                if answer is None:
                    closed = self._give_up(before)
                    outcomes += [self._failed(index, matched), *([] if closed else [self._left_open(index)])]
                    break
                chosen, named = answer
                self._said |= named
                proposals = self._judged(fresh, look)
                chosen = [*chosen, *(one for one in proposals if one.label in named and one.state == "sure")]
                declined = {one.key for one in proposals if one.key} - {one.key for one in chosen}
                agreed = {one.key for one in chosen}
                sure = list(chosen)
            else:
                # A column that the first row had nothing for was not declined.
                sure = [
                    one
                    for one in proposals
                    if one.source is not None
                    and (one.key in agreed or (one.state == "sure" and one.key not in declined))
                ]
            added = self._write(sure, proposals, look, before, index, matched)
            outcomes += added
            if any(one.reason == "row-not-added" for one in added):
                break
        return outcomes

    def _judged(self, fresh: Sequence[Control], look: Look) -> list[Proposal]:
        """The boxes of a row, each as it was said to be, or as its words say."""
        judged = self._judge.judge_row(self._found.each, fresh, look)
        return [self._as_said(self._until_now(one, look), look) for one in judged]

    def _as_said(self, one: Proposal, look: Look) -> Proposal:
        key = self._said.get(one.label)
        entry = self._list.entries(self._found.each).get(key or "")
        if key is None or entry is None or one.state == "sure" or one.nth is not None:
            return one
        laid = fit(key, entry, [one.control], look, self._judge.tables)
        if not laid:
            return one
        return replace(
            one,
            state="sure",
            why=_SAID,
            key=key,
            source=laid[0].source,
            value=laid[0].value,
            accepted=laid[0].accepted,
        )

    def _data(self, look: Look) -> list[Datum]:
        """What the row holds, for boxes that the tool does not know."""
        found = []
        for key, entry in self._list.entries(self._found.each).items():
            value = entry.source(key).value(look)
            if isinstance(value, str):
                found.append(Datum(key, next(iter(entry.zh or entry.en), key), value))
        return found

    # -- one row ---------------------------------------------------------------------------------------------------------

    def _write(
        self,
        sure: Sequence[Proposal],
        every: Sequence[Proposal],
        look: Look,
        before: PageBefore,
        index: int,
        matched: Matched,
    ) -> list[Outcome]:
        """A row is added where what tells it from others holds and what it must have is there; what else did not hold, and
        was left empty, is the person's."""
        held = boxes.write(self._page, sure, self._offered)
        missing = [
            one for one in every if one.state == "unknown" and one.control.required and not self._has_nothing(one)
        ]
        failing = [one for number, one in enumerate(sure) if not held[number]]
        whole = any(held.values()) and not missing and all(self._may_lack(one) for one in failing)
        confirm = self._new_button(self._judge.words.buttons.confirm, before)
        if whole and confirm is not None:
            whole = self._confirmed(confirm, [one for one in sure if one not in failing], before)
        closed = whole or self._give_up(before)
        left = [one for one in every if one in missing or self._unwritten(one, sure, look)]
        return [
            *(self._outcome(one, whole, one in failing, index, matched) for one in sure),
            *(Outcome("", one.label, "by-hand", "not-planned", one.control.kind, index) for one in left),
            *([] if closed else [self._left_open(index)]),
        ]

    def _unwritten(self, one: Proposal, sure: Sequence[Proposal], look: Look) -> bool:
        """Whether the row has something for a box that was not written, such as a word that its list doesn't offer."""
        if any(one.control is other.control for other in sure):
            return False
        claims = claims_of(one.control, self._list.entries(self._found.each))
        return any(claim.entry.source(claim.path).value(look) is not None for claim in claims)

    def _may_lack(self, one: Proposal) -> bool:
        """Whether a row may be added without what did not hold: not its key, not required, and nothing else stands there."""
        if one.control.required or one.key.rpartition(".")[2] in self._list.key:
            return False
        now = next((box for box in self._page.look().controls if box.place == one.control.place), None)
        return now is not None and _blank(now)

    def _outcome(self, one: Proposal, whole: bool, failed: bool, index: int, matched: Matched) -> Outcome:
        kind = one.control.kind
        if whole and not failed:
            return Outcome(one.key, one.label, "verified", None, kind, index, "in-page", matched)
        if whole:
            choice = kind in ("select", "radio", "cascader")
            return Outcome(
                one.key, one.label, "refused", "no-such-option" if choice else "not-taken", kind, index, match=matched
            )
        return Outcome(one.key, one.label, "failed", "row-not-added", kind, index, match=matched)

    def _confirmed(self, confirm: Button, sure: Sequence[Proposal], before: PageBefore) -> bool:
        """Presses what takes the row; once more where it was held back and the person then allowed it."""
        # What takes the row may keep it at once: whose form it is then is looked at once more.
        self._gate(self._without_row(self._page.look(all_names=True), before))
        opened = self._page.addresses
        if not self._hand.press(confirm):
            return False
        if self._closed(sure, opened):
            return True
        if not self._hand.allowed_held_back():
            return False
        again = self._new_button(self._judge.words.buttons.confirm, before)
        return again is not None and self._hand.press(again) and self._closed(sure, opened)

    def _without_row(self, seen: Snapshot, before: PageBefore) -> Snapshot:
        """The page without what was opened for the row: in a frame of its own nothing else says that its names are a relative's."""
        addresses = self._page.addresses
        return replace(seen, controls=tuple(one for one in seen.controls if not before.is_new(one.place, addresses)))

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

    def _opened(self, before: PageBefore) -> list[Control]:
        """The boxes that pressing the button brings: below it, in a window, in a document of their own."""
        button = self._button()
        if button is None or not self._hand.press(button):
            return []
        stability = Stability(_STILL_SECONDS)
        while True:
            if self._fresh(before):
                # What is still being drawn is waited for.
                return self._fresh(before, quiet=150)
            if stability.ran_out(moved=self._page.busy):
                return []
            self._page.pause(30)

    def _fresh(self, before: PageBefore, **how: int) -> list[Control]:
        seen = self._page.settled_look(all_names=True, **how)
        addresses = self._page.addresses
        return [one for one in seen.controls if one.visible and one.enabled and before.is_new(one.place, addresses)]

    def _button(self) -> Button | None:
        """The button that adds a row; what stands over or before it may have changed with the rows that were added."""
        mine = self._found.button
        same = [one for one in self._page.buttons() if one.text == mine.text]
        for alike in (
            [one for one in same if (one.context, one.before) == (mine.context, mine.before)],
            [one for one in same if mine.before and one.before == mine.before],
            [one for one in same if one.context == mine.context],
            same,
        ):
            if len(alike) == 1:
                return alike[0]
        return None

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
            if one.label_source not in ("column", "head", "cell") or not claims_of(one, entries):
                continue
            if not rows or any(plain(other.label) == plain(one.label) for other in rows[-1]):
                rows.append([])
            rows[-1].append(one)
        return next((row for row in rows if len(row) > 1 and all(_blank(one) for one in row)), [])

    def _new_button(self, words: Sequence[str], before: PageBefore) -> Button | None:
        """The one button that came with the row and bears one of these words."""
        wanted = {fold(word).casefold() for word in words}
        addresses = self._page.addresses
        found = [
            one
            for one in self._page.buttons()
            if before.is_new(one.place, addresses)
            and (fold(one.text).casefold() in wanted or not _without(fold(one.text).casefold(), wanted))
            and not forbidden_word_in(one.text, self._hand.forbidden)
        ]
        return found[0] if len(found) == 1 else None

    def _closed(self, sure: Sequence[Proposal], opened: Sequence[str]) -> bool:
        """Whether the row's own boxes are gone, or closed, and the page shows what tells the row."""
        stability = Stability(_STILL_SECONDS)
        texts = [
            str(one.value)
            for one in sure
            if one.key.rpartition(".")[2] in self._list.key and isinstance(one.value, str)
        ]
        while True:
            seen = self._page.settled_look(all_names=True)
            addresses = self._page.addresses
            same = [here == there for here, there in zip(addresses, opened, strict=False)]
            open_ = {one.place for one in seen.controls if one.visible and one.frame < len(same) and same[one.frame]}
            if not any(one.control.place in open_ for one in sure):
                return not texts or bool(self._page.sees(texts))
            if stability.ran_out(moved=self._page.busy):
                return False
            self._page.pause(30)

    def _give_up(self, before: PageBefore) -> bool:
        """Closes what was opened for the row, by its own cancel or remove; whether none of its boxes is left open."""
        opened = bool(self._fresh(before))
        for word in (*self._judge.words.buttons.cancel, *self._judge.words.buttons.remove):
            # A window has a cross of its own beside the button that gives up: the plainer word goes first.
            button = self._new_button((word,), before) if opened else None
            if button is not None and self._hand.press(button):
                opened = bool(self._fresh(before))
        return not opened

    def _failed(self, index: int, matched: Matched) -> Outcome:
        return Outcome(self._found.each, self._found.title, "failed", "row-not-added", "table", index, match=matched)

    def _left_open(self, index: int) -> Outcome:
        return Outcome("", self._found.title, "by-hand", "row-left-open", "table", index)

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
