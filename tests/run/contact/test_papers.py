"""Promises of assistant/run/contact/papers.py: what was held back is not verified, and is sent again once it is allowed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.drift.meaning.judge import Proposal
from assistant.messages import Text
from assistant.page.snapshot import Control, Snapshot
from assistant.run.contact.papers import attach

PAPER = Path("receipt.pdf")
SLOT = Control(frame=0, id=1, kind="upload", library="native", label="押金收据")


@dataclass
class Page:
    """A page whose box names what it was given, whatever became of it."""

    lets_out: bool = False
    given: list[str] = field(default_factory=list)
    out: int = 0
    held_back: int = 0
    busy: bool = False

    def settled_look(self, **_: object) -> Snapshot:
        box = Control(frame=0, id=1, kind="upload", library="native", label="押金收据", value=tuple(self.given[-1:]))
        return Snapshot((box,), (), (), (), (), (), ("",))

    def attach(self, box: Control, files: list[Path]) -> None:
        self.given += [one.name for one in files]
        self.out += self.lets_out
        self.held_back += not self.lets_out

    def buttons(self) -> list[object]:
        return []


@dataclass
class Hand:
    page: Page
    allows: bool

    def sent(self) -> tuple[int, int]:
        return self.page.out, self.page.held_back

    def allowed_held_back(self) -> bool:
        self.page.lets_out = self.allows
        return self.allows


def given(page: Page, *, allows: bool) -> list[str]:
    proposal = Proposal(SLOT, "sure", Text("", ""), "documents.receipt", value=PAPER.name)
    here: Any = page
    hand: Any = Hand(page, allows)
    return [
        one.status for one in attach(here, [(proposal, "confirmed")], {"receipt": (PAPER,)}, lambda seen: None, hand)
    ]


def test_a_box_that_names_a_file_whose_upload_was_held_back_proves_nothing() -> None:
    assert given(Page(), allows=False) == ["failed"]


def test_it_is_sent_again_once_that_is_allowed() -> None:
    page = Page()
    assert (given(page, allows=True), page.out) == (["verified"], 1)


def test_a_file_that_the_page_names_already_is_not_sent_again() -> None:
    page = Page(given=[PAPER.name])
    assert (given(page, allows=True), page.out, page.held_back) == (["already"], 0, 0)
