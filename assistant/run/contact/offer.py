"""What the person is offered on the panel while a page is met for the first time, and what they answered. Plain data.

Values are in it: it goes to the panel and nowhere else; `repr` leaves them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.drift.meaning.judge import Certainty
from assistant.messages import Text
from assistant.page.snapshot import ElementRef

OfferAnswer = Literal["fill", "new-form", "not-theirs", "allow", "go-on", "take-over", "moved"]
"""`moved` is nobody's press: what was asked has settled itself on the page."""

Sort = Literal["box", "rows", "paper"]
"""What an entry stands for: one box, a table of rows, a place for a document."""


@dataclass(frozen=True)
class ListEntry:
    """One control of the page on the list: its label there, what would be written, and where the match comes from."""

    id: str
    label: str
    why: Text
    state: Certainty
    value: str = field(default="", repr=False)
    required: bool = False
    ticked: bool = False
    place: ElementRef | None = None
    sort: Sort = "box"


@dataclass(frozen=True)
class Datum:
    """One thing the profile holds, for "this is …": how people call it, its value, and the sort of entry that it can be."""

    key: str
    name: str
    value: str = field(repr=False)
    sort: Sort = "box"


@dataclass(frozen=True)
class Offer:
    """One question: what is said, the list if there is one, and the answers that may be pressed."""

    what: Text
    answers: tuple[OfferAnswer, ...]
    entries: tuple[ListEntry, ...] = ()
    data: tuple[Datum, ...] = field(default=(), repr=False)
    lines: tuple[str, ...] = ()
    """Further lines below it: the requests that are asked about."""


@dataclass(frozen=True)
class OfferReply:
    """What the person said to an offer: the ids of the ticked entries, and by id what they said an entry is."""

    answer: OfferAnswer
    ticked: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)
