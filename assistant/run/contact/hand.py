"""The tool's hand on buttons of a page that nobody described: presses them as far as the person has allowed what they send.

Promises: a button that posts a form is pressed only after where it posts to was shown and allowed; what the guard held back is
shown and pressed once more only after it was allowed; a button of a forbidden word is never pressed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.forbidden import forbidden_word_in
from assistant.page.form_page import Button, FormPage
from assistant.page.guard.guard import Guard
from assistant.page.snapshot import ElementRef
from assistant.page.stability import PATIENT


@dataclass(frozen=True)
class PageBefore:
    """What stood on the page at one moment, so that what is new later can be told: another document is new as a whole."""

    addresses: tuple[str, ...]
    places: frozenset[ElementRef]

    def is_new(self, place: ElementRef, addresses: Sequence[str]) -> bool:
        """Whether it did not stand there then."""
        frame = place[0]
        if frame >= len(self.addresses) or frame >= len(addresses) or addresses[frame] != self.addresses[frame]:
            return True
        return place not in self.places


@dataclass(frozen=True)
class Hand:
    """`may_post` asks whether a form may be posted to an address; `allowed_held_back` whether what was just held back may go."""

    page: FormPage
    guard: Guard
    forbidden: Sequence[str]
    may_post: Callable[[str], bool]
    allowed_held_back: Callable[[], bool]

    def press(self, button: Button) -> bool:
        """Whether it was pressed; the page is quiet again afterwards."""
        if forbidden_word_in(button.text, self.forbidden) or (button.posts and not self.may_post(button.posts)):
            return False
        with self.guard.saving() if button.posts else self.guard.navigating():
            answer = self.page.press_it(button)
            self.page.settled_look(quiet=PATIENT, all_names=True)
        return answer is None

    def sent(self) -> tuple[int, int]:
        """How many requests went out so far that change something, and how many were held back that the person may allow."""
        receipt = self.guard.receipt()
        out = sum(count for _, _, count in receipt.allowed)
        return out, sum(one.count for one in receipt.blocked if one.why == "not-allowed")

    def standing(self) -> PageBefore:
        """What stands on the page now, boxes and buttons."""
        seen = self.page.settled_look(all_names=True)
        boxes = [one.place for one in seen.controls if one.visible]
        return PageBefore(self.page.addresses, frozenset((*boxes, *(one.place for one in self.page.buttons()))))
