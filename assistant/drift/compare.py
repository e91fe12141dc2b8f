"""Does a section of the page still match its pack? The comparison, from a snapshot alone.

Promises: nothing of the page is needed but one look; labels decide, not classes, ids, places or hints; a difference that
could put a value into the wrong field, or leave a required question open, is named; no value is read. A question that a
pack asks for under a condition is not missed where the page does not show it. Pure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drift import similarity
from assistant.drift.baseline import SectionShape, block_of
from assistant.drift.constraints import differences
from assistant.drift.expected import Asked, asked_by
from assistant.drift.kinds import (
    Candidate,
    Drift,
    DriftKind,
    Verdict,
    Weight,
    control_in_words,
    from_to,
    most_pressing_first,
    verdict_of,
)
from assistant.drift.similarity import Lost
from assistant.drift.tables import Columns, compare_tables
from assistant.messages import Text
from assistant.normalize import fold, plain, same_label
from assistant.page.matching import Match, drives, match_all
from assistant.page.snapshot import Control, ElementRef, Snapshot
from assistant.portal.options import OptionTable
from assistant.portal.section import Section

# Under half of what a section always asks, the page is another one than the pack describes.
_LEAST_SHARE = 0.5
_LEAST_FIELDS = 3


@dataclass(frozen=True)
class FieldState:
    """One declared field as the page has it: found, not-asked (a condition), or the kind of its drift."""

    field: str
    label: str
    state: str
    control: str
    place: ElementRef | None = None

    def as_json(self) -> dict[str, object]:
        return {"field": self.field, "label": self.label, "state": self.state, "control": self.control}


@dataclass(frozen=True)
class SectionProbe:
    """What became of one section."""

    key: str
    title: str
    fields: tuple[FieldState, ...] = ()
    drifts: tuple[Drift, ...] = ()
    columns: tuple[Columns, ...] = field(default=())

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.drifts)

    @property
    def unopened(self) -> tuple[str, ...]:
        """The tables whose rows are added in a window of their own. A probe opens none: what such a window asks is seen
        when a fill opens it, and looked at then before anything is written there."""
        return tuple(one.label for one in self.columns if one.state != "missing")

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "title": self.title,
            "verdict": self.verdict,
            "fields": [one.as_json() for one in self.fields],
            "drifts": [one.as_json() for one in self.drifts],
            "unopened": list(self.unopened),
        }


def probe_section(
    section: Section,
    seen: Snapshot,
    tables: Mapping[str, OptionTable],
    shape: SectionShape | None = None,
    elsewhere: Mapping[str, Snapshot] | None = None,
) -> SectionProbe:
    """Compares one section with a narrowed snapshot. `shape` is what it was like when it last matched; `elsewhere` are
    the page's other sections, where a field may have moved to."""
    comparison = _Comparison(section, seen, tables, shape, elsewhere or {})
    return comparison.result()


class _Comparison:
    """The working state of one comparison."""

    def __init__(
        self,
        section: Section,
        seen: Snapshot,
        tables: Mapping[str, OptionTable],
        shape: SectionShape | None,
        elsewhere: Mapping[str, Snapshot],
    ) -> None:
        self.section, self.shape, self.elsewhere = section, shape, elsewhere
        self.titles = section.names
        self.asked = asked_by(section, tables)
        self.seen = seen
        self.shown = [one for one in seen.controls if one.visible]
        self.matches = match_all([(one, one.kind) for one in self.asked], seen)
        self.claimed: dict[ElementRef, str] = {
            hit.control.place: one.key for one, hit in zip(self.asked, self.matches, strict=True) if hit.control
        }
        self.drifts: list[Drift] = []
        self.states: list[FieldState] = []
        self.succeeded: set[ElementRef] = set()

    def result(self) -> SectionProbe:
        lost: list[Asked] = []
        for one, hit in zip(self.asked, self.matches, strict=True):
            if hit.control is not None:
                self._compare(one, hit.control)
            elif not self._explained(one, hit):
                lost.append(one)
        self._look_for(lost)
        columns, drifts = compare_tables(self.section, self.seen, self.shape)
        self.drifts += drifts
        self._new_questions()
        self._order()
        self._too_different()
        order = {one.key: number for number, one in enumerate(self.asked)}
        states = sorted(self.states, key=lambda state: order[state.field])
        drifts_in_order = tuple(most_pressing_first(self.drifts))
        return SectionProbe(self.section.key, self.section.title, tuple(states), drifts_in_order, tuple(columns))

    # -- a field that is there -----------------------------------------------------------------------------------

    def _compare(self, one: Asked, control: Control) -> None:
        self.states.append(FieldState(one.key, one.label, "found", control.kind, control.place))
        self.drifts += differences(self.section.key, self.titles, one, control, self.shape)

    # -- a field that is not ---------------------------------------------------------------------------------------

    def _explained(self, one: Asked, hit: Match) -> bool:
        """Whether the page itself says what became of it."""
        named = [control for control in self.shown if any(same_label(control.label, label) for label in one.labels)]
        if hit.reason == "ambiguous":
            places = tuple(control.place for control in named)
            self._state(one, "ambiguous", places[0] if places else None)
            detail = Text(f"{len(named)} 处", f"{len(named)} times")
            self._note("ambiguous", one, detail, places[0] if places else None)
            return True
        if hit.reason == "unsupported":
            kind = next((control.kind for control in named), "")
            place = next((control.place for control in named), None)
            self._state(one, "kind-changed", place)
            self._note("kind-changed", one, from_to(one.kind, kind), place, "list")
            return True
        if one.block is not None and named:
            self._state(one, "moved", None)
            found = tuple(self._candidate(control, self.section.key) for control in named)
            block = found[0].block
            self._note("moved", one, Text(f"{one.block} → {block}", f"{one.block} → {block}"), None, "list", found)
            return True
        if one.conditional:
            self.states.append(FieldState(one.key, one.label, "not-asked", one.kind))
            return True
        return False

    def _look_for(self, lost: Sequence[Asked]) -> None:
        """Where each lost field may be now: in another section under its name, or here under another name."""
        free = [one for one in self.shown if self._is_free(one)]
        order = [(one, self.claimed.get(one.place)) for one in self.shown]
        ranked: list[tuple[float, Asked, list[Candidate]]] = []
        for one in lost:
            moved = [found for key, snapshot in self.elsewhere.items() for found in self._named_in(key, snapshot, one)]
            if moved:
                self._state(one, "moved", None)
                where = moved[0].section
                self._note(
                    "moved",
                    one,
                    Text(f"{self.section.key} → {where}", f"{self.section.key} → {where}"),
                    None,
                    "list",
                    tuple(moved),
                )
                continue
            scored = similarity.candidates(self._lost(one), free, order, self.section.key, self.titles)
            ranked.append((scored[0][0] if scored else 0.0, one, [candidate for _, candidate in scored]))
        taken: set[ElementRef] = set()
        for _, one, found in sorted(ranked, key=lambda item: -item[0]):
            left = [candidate for candidate in found if candidate.place not in taken]
            kind: DriftKind = "renamed" if left else "missing"
            self._state(one, kind, None)
            if left and left[0].place is not None:
                taken.add(left[0].place)
                if set(left[0].reasons) & similarity.MEANING:
                    self.succeeded.add(left[0].place)
            detail = Text("", "")
            if left:
                detail = Text(f"可能是「{left[0].label}」", f"maybe “{left[0].label}”")
            self._note(kind, one, detail, left[0].place if left else None, "list", tuple(left))

    def _lost(self, one: Asked) -> Lost:
        keys = {plain(label): other.key for other in self.asked for label in other.labels}
        before, after = similarity.neighbours(self.shape, keys, one.labels)
        block = one.block or next(
            (shape.block for label in one.labels if self.shape and (shape := self.shape.of(label))), ""
        )
        options = frozenset(fold(text) for entry in one.wordings for text in entry)
        return Lost(one.key, one.labels, one.kind, block or "", options, before, after)

    def _named_in(self, key: str, snapshot: Snapshot, one: Asked) -> list[Candidate]:
        return [
            self._candidate(control, key)
            for control in snapshot.controls
            if control.visible and drives(one.kind, control.kind)
            if any(same_label(control.label, label) for label in one.labels)
        ]

    def _is_free(self, control: Control) -> bool:
        """Neither matched nor called by a name that a declared field bears."""
        if control.place in self.claimed:
            return False
        return not any(same_label(control.label, label) for one in self.asked for label in one.labels)

    # -- the section as a whole --------------------------------------------------------------------------------------

    def _new_questions(self) -> None:
        for control in self.shown:
            place = control.place
            open_to_all = control.required and control.enabled and not control.read_only
            if open_to_all and place not in self.succeeded and self._is_free(control):
                label = control.name or "?"
                detail = control_in_words(control.kind)
                self.drifts.append(Drift("new-required", self.section.key, "", label, "list", detail, place=place))

    def _order(self) -> None:
        """Which questions stand elsewhere among those that were there at the last good probe."""
        if self.shape is None:
            return
        counted = Counter(plain(one.label) for one in self.shown)
        now = [plain(one.label) for one in self.shown if counted[plain(one.label)] == 1]
        before = [plain(one.label) for one in self.shape.controls if plain(one.label) in now]
        now = [name for name in now if name in before]
        strayed = _strayed(before, now)
        if strayed and len(before) == len(set(before)):
            names = {plain(one.label): one.name for one in self.shown}
            listed = "、".join(names[name] for name in strayed[:4])
            self.drifts.append(
                Drift("order-changed", self.section.key, "", self.section.title, "note", Text(listed, listed))
            )

    def _too_different(self) -> None:
        always = [one for one in self.asked if not one.conditional]
        here = sum(
            state.state in ("found", "ambiguous", "kind-changed")
            for state in self.states
            if state.field in {one.key for one in always}
        )
        if len(always) >= _LEAST_FIELDS and here < _LEAST_SHARE * len(always):
            detail = Text(f"{len(always)} 项中只找到 {here} 项", f"only {here} of {len(always)} questions found")
            self.drifts.append(Drift("too-different", self.section.key, "", self.section.title, "stop", detail))

    # -- helpers -----------------------------------------------------------------------------------------------------

    def _candidate(self, control: Control, section: str) -> Candidate:
        block = block_of(control, self.titles)
        return Candidate(control.name, section, block, control.kind, ("known-wording",), control.place)

    def _state(self, one: Asked, state: str, place: ElementRef | None) -> None:
        self.states.append(FieldState(one.key, one.label, state, one.kind, place))

    def _note(
        self,
        kind: DriftKind,
        one: Asked,
        detail: Text,
        place: ElementRef | None,
        weight: Weight = "list",
        found: tuple[Candidate, ...] = (),
    ) -> None:
        self.drifts.append(Drift(kind, self.section.key, one.key, one.label, weight, detail, found, place))


def _strayed(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """What would have to be taken out of `now` for the rest to stand in the order of `before`."""
    rank = {name: number for number, name in enumerate(before)}
    runs: list[list[str]] = [[]]
    for name in now:
        behind = [run for run in runs if not run or rank[run[-1]] < rank[name]]
        runs.append([*sorted(behind, key=len)[-1], name])
    kept = set(sorted(runs, key=len)[-1])
    return [name for name in now if name not in kept]
