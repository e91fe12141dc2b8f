"""What a lesson puts before the handler, and what they may answer: the same in the terminal and on the panel in the page.

Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drift.kinds import Candidate
from assistant.messages import Text

State = Literal["open", "mended", "skipped"]


@dataclass(frozen=True)
class Entry:
    """One thing that does not match, as a line of the list."""

    section: str
    what: Text
    state: State = "open"


@dataclass(frozen=True)
class Offer:
    """What may be answered about one entry. `candidates` are proposed, each with its reasons; `others` are further free
    questions of the section for which nothing speaks but that they are there; `sections` are where else one may point
    (key, title); `pointing` asks to point, None where that makes no sense."""

    candidates: Sequence[Candidate] = ()
    others: Sequence[Candidate] = ()
    pointing: Text | None = None
    sections: Sequence[tuple[str, str]] = ()

    @property
    def all(self) -> tuple[Candidate, ...]:
        return (*self.candidates, *self.others)


@dataclass(frozen=True)
class Answer:
    """The person's word. `number`: of the candidate taken, among `Offer.all`, or of the entry to turn to instead;
    `section`: where they want to point, "" for where the question was."""

    kind: Literal["take", "point", "skip", "end", "turn-to"]
    number: int = 0
    section: str = ""
