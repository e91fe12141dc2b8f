"""The teaching dialogue: what a lesson puts before the handler, what they may answer, and whoever speaks with them.

Pure; the terminal's and the panel's way of asking are in review/lesson_dialogue.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.drift.kinds import Candidate
from assistant.messages import Text
from assistant.run.handover import Reply

EntryState = Literal["open", "mended", "skipped"]
Rows = Sequence[Sequence[str | Text]]


@dataclass(frozen=True)
class LessonEntry:
    """One thing that does not match, as a line of the list."""

    section: str
    what: Text
    state: EntryState = "open"


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
class LessonAnswer:
    """The person's word. `number`: of the candidate taken, among `Offer.all`, or of the entry to turn to instead;
    `section`: where they want to point, "" for where the question was."""

    kind: Literal["take", "point", "skip", "end", "turn-to"]
    number: int = 0
    section: str = ""


class Dialogue(Protocol):
    """Whoever speaks with the person."""

    def say(self, what: Text, style: str = "") -> None: ...

    def table(self, title: Text, headers: Sequence[Text], rows: Rows) -> None: ...

    def answer(self, entries: Sequence[LessonEntry], at: int, offer: Offer) -> Reply[LessonAnswer | None]:
        """What is to be done about one of the entries; None when nobody answers any more."""

    def pointing(self, what: Text) -> Callable[[], bool]:
        """Asks the person to point at something on the page; what it answers with says whether to go on waiting."""

    def done(self, what: Text) -> Reply[bool]:
        """Whether the person has done what they are asked to do; no when they won't."""

    def several(self, what: Text, title: Text, headers: Sequence[Text], rows: Rows) -> Reply[tuple[int, ...]]:
        """Which of the rows the person means."""

    def accepts(self, what: Text, title: Text, headers: Sequence[Text], rows: Rows) -> Reply[bool]:
        """Whether the person says yes to all of the rows."""

    def close(self) -> None:
        """Takes away whatever it has put into the page."""
