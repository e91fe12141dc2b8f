"""Which control belongs to which declared field: by what a person sees, exactly one, or a reason why not.

Pure. A label decides together with its block; the kind may only narrow several controls of one label, never widen. Two
fields never share a control.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.normalize import same_label
from assistant.outcome import Reason
from assistant.page.snapshot import Control, Snapshot


class Wanted(Protocol):
    """What matching needs to know of a field or an upload slot."""

    @property
    def labels(self) -> Sequence[str]: ...

    @property
    def block(self) -> str | None: ...

    @property
    def nth(self) -> int | None: ...


# A field declared as the one may be shown as the other without anyone seeing a difference.
COMPATIBLE: dict[str, frozenset[str]] = {
    "text": frozenset({"text", "textarea"}),
    "textarea": frozenset({"textarea", "text"}),
    "number": frozenset({"number", "text"}),
    "select": frozenset({"select", "radio"}),
    "radio": frozenset({"radio", "select"}),
    "checkbox": frozenset({"checkbox", "switch"}),
    "switch": frozenset({"switch", "checkbox"}),
    "multi-select": frozenset({"multi-select", "checkbox-group"}),
}


def drives(declared: str, shown: str) -> bool:
    """Whether a field declared as one kind of control can be filled where the page shows another."""
    return shown in COMPATIBLE.get(declared, frozenset({declared}))


@dataclass(frozen=True)
class Match:
    """The control of one field, or the reason why there is none."""

    control: Control | None
    reason: Reason | None = None


def match(wanted: Wanted, kind: str | None, snapshot: Snapshot, *, any_name: bool = False) -> Match:
    """The one visible control that bears one of the labels, in the block if one is named; of whatever kind if None. With
    `any_name` a control that no label names may be asked for by another of its names: never for a pack's fields, whose
    label may have gone to another question."""
    named = called(wanted, snapshot, any_name=any_name)
    shown = [one for one in named if one.visible]
    if wanted.nth is not None:
        return _nth(wanted.nth, kind, boxes_behind(shown, snapshot))
    if len(shown) > 1 and kind is not None:
        shown = [one for one in shown if drives(kind, one.kind)] or shown
    if not shown:
        return Match(None, "hidden" if named else "not-found")
    if len(shown) > 1:
        return Match(None, "ambiguous")
    return Match(shown[0]) if kind is None or drives(kind, shown[0].kind) else Match(None, "unsupported")


def called(wanted: Wanted, snapshot: Snapshot, *, any_name: bool = False) -> list[Control]:
    """All controls that bear one of the labels, in the block if one is named; `any_name` as for `match`."""
    named = [one for one in snapshot.controls if _bears(wanted, one.label)]
    if not named and any_name:
        named = [one for one in snapshot.controls if any(_bears(wanted, name) for name in one.also)]
    if wanted.block is None:
        return named
    return [one for one in named if any(same_label(heading, wanted.block) for heading in one.context)]


# What stands between two boxes that one label names together.
_JOINT = re.compile(r"[-–—~～－―至到/、,，.\s]*(?:to|until|and)?[-\s]*", re.IGNORECASE)


def is_joint(label: str) -> bool:
    """Whether a box's own label is none, but what joins it to the box before.

    >>> is_joint(""), is_joint(" 至 "), is_joint("－"), is_joint("邮箱")
    (True, True, True, False)
    """
    return bool(_JOINT.fullmatch(label))


def boxes_behind(named: Sequence[Control], snapshot: Snapshot) -> list[Control]:
    """The boxes of a label in the page's order: those that bear it, and those that follow one of them without a label of
    their own."""
    mine = {one.place for one in named}
    found: list[Control] = []
    follows = False
    for one in snapshot.controls:
        if not one.visible:
            continue
        follows = one.place in mine or (follows and is_joint(one.label) and one.context == found[-1].context)
        if follows:
            found.append(one)
    return found


def _nth(number: int, kind: str | None, boxes: Sequence[Control]) -> Match:
    if len(boxes) < number:
        return Match(None, "not-found")
    box = boxes[number - 1]
    return Match(box) if kind is None or drives(kind, box.kind) else Match(None, "unsupported")


def _bears(wanted: Wanted, name: str) -> bool:
    return any(same_label(name, label) for label in wanted.labels)


def match_all(wanted: Sequence[tuple[Wanted, str]], snapshot: Snapshot) -> list[Match]:
    """One match for each field; a control that two fields would share is neither's."""
    found = [match(one, kind, snapshot) for one, kind in wanted]
    claims = Counter(hit.control.place for hit in found if hit.control)
    return [Match(None, "ambiguous") if hit.control and claims[hit.control.place] > 1 else hit for hit in found]
