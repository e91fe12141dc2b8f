"""The review cards: what a person should look at before submitting, the riskiest first; everything else is folded.

Identity numbers and the dates the application hangs on come first, then values that took another form on their way
(where a second, independent reading doubts them or can't tell, and wherever an alias was taken), then conflicts, then what
was refused, then what is left to the person. A renewal in which nothing is in doubt has at most twelve cards above the
fold; what is in trouble is never folded, however much it is. Pure.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.messages import Text
from assistant.normalize import file_name
from assistant.outcome import Outcome
from assistant.portal.sources import FromPath
from assistant.review import card_reasons as reasons
from assistant.review.card_reasons import doubt_of, is_alias, said_of
from assistant.run.fill.read_back import ReadBack, ShownTable, text_of
from assistant.run.fill.result import FieldResult, Stray, UploadResult
from assistant.run.plan import Step

CardKind = Literal["identity", "date", "transformed", "conflict", "refused", "by-hand", "rest"]
MOST_CALM = 12
"""How many cards an unchanged renewal may have above the fold."""

IDENTITY_PATHS = frozenset({"passport.number", "work_permit.number", "residence_permit.number"})
DATE_PATHS = frozenset(
    {
        "applicant.birth_date",
        "passport.expires_on",
        "employment.requested_from",
        "employment.requested_to",
        "residence_request.until",
    }
)
_FIRST: dict[CardKind, int] = {
    "identity": 0,
    "date": 10,
    "transformed": 20,
    "conflict": 30,
    "refused": 40,
    "by-hand": 50,
    "rest": 90,
}
# Converted values that weigh most are shown as well, though confirmed, while there are fewer cards than this.
_FILLED_UP = 10
_WEIGHTY = (
    "applicant.nationality",
    "work_permit.category",
    "applicant.sex",
    "residence_permit.purpose",
    "residence_permit.expires_on",
    "passport.issued_on",
)
# A card that says something is wrong comes before one of its kind that is only worth a look.
_CALM = 5
_FOLD = _FIRST["rest"]


@dataclass(frozen=True)
class Card:
    """One thing to look at: a result of the run, why it is shown and how urgent it is. `also` names the other places where
    the very same was said."""

    of: FieldResult | UploadResult | Stray = dataclasses.field(repr=False)
    section: str
    kind: CardKind
    why: Text
    rank: int
    row: int | None = None
    also: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The key of the field or slot; empty for what the pack does not know."""
        if isinstance(self.of, FieldResult):
            return self.of.field.key
        return f"documents.{self.of.upload.slot}" if isinstance(self.of, UploadResult) else self.of.key

    @property
    def label(self) -> str:
        if isinstance(self.of, FieldResult):
            return self.of.field.label
        return self.of.upload.label if isinstance(self.of, UploadResult) else self.of.label

    @property
    def planned(self) -> str:
        """What the profile says."""
        if isinstance(self.of, FieldResult):
            return _planned(self.of.step, self.shown) if self.of.step else ""
        return "、".join(planned_files(self.of)) if isinstance(self.of, UploadResult) else ""

    @property
    def shown(self) -> str:
        """What the page held at the last look."""
        return "、".join(self.of.files) if isinstance(self.of, UploadResult) else text_of(self.of.shown)

    @property
    def outcome(self) -> Outcome | None:
        return self.of.outcome

    @property
    def place(self) -> tuple[int, int] | None:
        """By which the control is found again on the page."""
        return self.of.place

    @property
    def folded(self) -> bool:
        return self.rank >= _FOLD

    @property
    def name(self) -> str:
        """The label as a person reads it, with the row's number."""
        return self.label if self.row is None else f"[{self.row + 1}] {self.label}"


def cards(work: Iterable[ReadBack]) -> list[Card]:
    """All cards of a run, by rank, within a rank in the order of the form; the same thing said twice is one card."""
    every = [card for section in work for card in _of_section(section)]
    return _filled_up(sorted(_merged(every), key=lambda card: card.rank))


def above_the_fold(every: Iterable[Card]) -> list[Card]:
    return [card for card in every if not card.folded]


def _filled_up(every: Sequence[Card]) -> list[Card]:
    """Lifts confirmed conversions above the fold while few cards stand there; each costs the person seconds."""
    room = _FILLED_UP - len(above_the_fold(every))
    weighty = [card for path in _WEIGHTY for card in every if card.folded and card.field == path and card.row is None]
    lifted = {id(card) for card in weighty[: max(0, room)]}
    rank = _FIRST["transformed"] + _CALM
    risen = [dataclasses.replace(one, kind="transformed", rank=rank) if id(one) in lifted else one for one in every]
    return sorted(risen, key=lambda card: card.rank)


def _merged(every: Iterable[Card]) -> list[Card]:
    """One card for the very same thing said in several places, where nothing is wrong with it."""
    first: dict[object, Card] = {}
    for card in list(every):
        key = _sameness(card)
        held = first.get(key)
        first[key] = (
            card if held is None else dataclasses.replace(held, also=(*held.also, f"{card.section} · {card.name}"))
        )
    return list(first.values())


def _sameness(card: Card) -> object:
    calm = card.outcome is not None and card.outcome.calm and bool(card.shown)
    if calm and card.kind in ("identity", "transformed"):
        return card.kind, card.rank, card.why, card.planned, card.shown
    return id(card)


def _of_section(work: ReadBack) -> Iterator[Card]:
    title = work.plan.section.title
    for one in work.fields:
        yield from _of_field(title, one, None)
    for table in work.tables:
        yield from _of_table(title, table)
    for upload in work.uploads:
        yield from _of_upload(title, upload)
    for control in work.others:
        fixed = control.read_only or not control.enabled
        kind: CardKind = "rest" if fixed else "conflict"
        stray = Stray(label=control.label, control=control, shown=text_of(control.value))
        yield Card(stray, title, kind, reasons.FIXED if fixed else reasons.UNKNOWN, _FIRST[kind])
    for outcome in work.loose:
        if not outcome.calm:
            kind = "by-hand" if outcome.status == "by-hand" else "refused"
            stray = Stray(label=outcome.label, outcome=outcome)
            yield Card(stray, title, kind, said_of(outcome), _FIRST[kind], outcome.row)


def _of_field(title: str, one: FieldResult, row: int | None) -> Iterator[Card]:
    step, outcome = one.step, one.outcome

    def card(kind: CardKind, why: Text, *, calm: bool = False) -> Card:
        # What is wrong with an identity number or a decisive date is as urgent as they are.
        rank = _FIRST[kind] + (_CALM if calm and kind != "rest" else 0)
        return Card(one, title, kind, why, rank, row)

    ours: CardKind | None = _weight(one)
    if step is None:
        if outcome is not None and not outcome.calm:
            yield card(ours or "by-hand", said_of(outcome))
        elif one.holds_something:
            fixed = one.control is not None and (one.control.read_only or not one.control.enabled)
            yield card("rest", reasons.FIXED) if fixed else card("conflict", reasons.EXTRA_VALUE)
        return
    if outcome is None or not outcome.calm:
        trouble = outcome or Outcome(one.field.key, one.field.label, "failed", "not-saved", None, row)
        yield card(ours or _trouble(trouble), said_of(trouble))
        return
    doubt = doubt_of(step, one)
    if doubt is not None:
        yield card(ours or "transformed", doubt)
    elif is_alias(step, one):
        yield card(ours or "transformed", reasons.ALIAS, calm=True)
    elif ours is not None:
        yield card(ours, reasons.IDENTITY if ours == "identity" else reasons.DATE, calm=True)
    else:
        yield card("rest", reasons.CONVERTED if step.transformed else reasons.VERBATIM)


def _weight(one: FieldResult) -> CardKind | None:
    """Whether the field is one of the applicant's identity numbers or decisive dates."""
    source = one.field.source
    if not isinstance(source, FromPath):
        return None
    return "identity" if source.path in IDENTITY_PATHS else "date" if source.path in DATE_PATHS else None


def _trouble(outcome: Outcome) -> CardKind:
    if outcome.status == "by-hand":
        return "by-hand"
    return "conflict" if outcome.status in ("kept", "mismatched") else "refused"


def _planned(step: Step, shown: str) -> str:
    """What the profile says, in its own word where the form wants another; with the form's wording where the page has
    something else."""
    value = text_of(step.value if not isinstance(step.value, tuple) else list(step.value))
    if step.transformed != "option" or not step.said:
        return value
    said = "、".join(step.said)
    return said if shown == value else f"{said} → {value}"


def _of_table(title: str, table: ShownTable) -> Iterator[Card]:
    for row in table.rows:
        if row.index is None:
            if table.found:
                text = " · ".join(cell for cell in row.cells.values() if cell.strip())
                stray = Stray(key=table.table.key, label=table.table.label, shown=text)
                yield Card(stray, title, "conflict", reasons.EXTRA_ROW, _FIRST["conflict"])
            continue
        for one in row.fields:
            if one.step is not None or one.outcome is not None:
                yield from _of_field(title, one, row.index)


def planned_files(one: UploadResult) -> list[str]:
    return [file.name for file in one.plan.files] if one.plan else []


def _of_upload(title: str, one: UploadResult) -> Iterator[Card]:
    planned = planned_files(one)
    strangers = [name for name in one.files if file_name(name) not in map(file_name, planned)]
    outcome = one.outcome

    def card(kind: CardKind, why: Text) -> Card:
        return Card(one, title, kind, why, _FIRST[kind])

    if outcome is not None and not outcome.calm:
        yield card(_trouble(outcome), said_of(outcome))
    elif strangers:
        yield card("conflict", reasons.EXTRA_FILE)
    elif planned:
        yield card("rest", reasons.VERBATIM)
