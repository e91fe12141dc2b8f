"""Which control of a page may be the one a pack calls by another name, and why: words, options, neighbours, place, kind.

Nothing here decides: a likeness is shown to a person with its reasons. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.drift.baseline import SectionShape, block_of, known_options
from assistant.drift.kinds import Candidate, Likeness
from assistant.drift.vocabulary import wordings
from assistant.normalize import fold, plain, same_label
from assistant.page.matching import drives
from assistant.page.snapshot import Control

# Neighbourhood and kind alone point at any control that took the place: enough for a candidate, never without a look.
_WEIGHTS: Mapping[Likeness, float] = {
    "known-wording": 5,
    "same-options": 4,
    "similar-words": 3,
    "same-neighbours": 3,
    "same-block": 1,
    "same-kind": 1,
}
_ENOUGH = 4.0
MEANING: frozenset[Likeness] = frozenset({"known-wording", "same-options", "similar-words"})
"""Likenesses that speak of what is asked, not only of where."""


@dataclass(frozen=True)
class Lost:
    """A declared field that the page does not show under its name."""

    key: str
    labels: Sequence[str]
    kind: str
    block: str
    options: frozenset[str]
    """Folded texts its option table knows; empty where it has none."""
    before: str | None
    """The key of the declared field that stood before it, and behind it."""
    after: str | None


def similarity(one: str, other: str) -> float:
    """How much of two labels is the same, 0 to 1: shared pairs of neighbouring characters (Dice).

    >>> similarity("护照号码", "护照号"), similarity("姓名", "性别")
    (0.8, 0.0)
    """
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    pairs_a, pairs_b = ([text[i : i + 2] for i in range(len(text) - 1)] or [text] for text in (a, b))
    shared = sum(min(pairs_a.count(pair), pairs_b.count(pair)) for pair in set(pairs_a))
    return 2 * shared / (len(pairs_a) + len(pairs_b))


def candidates(
    lost: Lost,
    free: Iterable[Control],
    order: Sequence[tuple[Control, str | None]],
    section: str,
    titles: tuple[str, ...] = (),
) -> list[tuple[float, Candidate]]:
    """Free controls that may be the lost field, the likeliest first. `order` are the page's visible controls with the
    key of the field that each was matched to."""
    found = []
    for control in free:
        reasons = _reasons(lost, control, order, titles)
        score = sum(_WEIGHTS[reason] for reason in reasons)
        if "same-kind" in reasons and score >= _ENOUGH:
            place = control.place
            name = control.name
            found.append((score, Candidate(name, section, block_of(control, titles), control.kind, reasons, place)))
    return sorted(found, key=lambda one: -one[0])[:3]


def _reasons(
    lost: Lost, control: Control, order: Sequence[tuple[Control, str | None]], titles: tuple[str, ...]
) -> tuple[Likeness, ...]:
    reasons: list[Likeness] = []
    if any(same_label(control.label, word) for word in wordings(lost.key)):
        reasons.append("known-wording")
    elif max(similarity(control.label, label) for label in lost.labels) >= 0.5:
        reasons.append("similar-words")
    offered = {fold(text) for text in known_options(control)}
    if lost.options and offered and len(offered & lost.options) >= 0.8 * len(offered):
        reasons.append("same-options")
    if _between(lost, control, order):
        reasons.append("same-neighbours")
    if lost.block and same_label(block_of(control, titles), lost.block):
        reasons.append("same-block")
    if drives(lost.kind, control.kind):
        reasons.append("same-kind")
    return tuple(reasons)


def _between(lost: Lost, control: Control, order: Sequence[tuple[Control, str | None]]) -> bool:
    """Whether it stands where the field stood: behind the same one and before the same one, as far as there were any."""
    index = next((i for i, (one, _) in enumerate(order) if one is control), None)
    if index is None or (lost.before is None and lost.after is None):
        return False
    before = order[index - 1][1] if index else None
    after = order[index + 1][1] if index + 1 < len(order) else None
    return (lost.before is None or before == lost.before) and (lost.after is None or after == lost.after)


def neighbours(
    shape: SectionShape | None, keys: Mapping[str, str], labels: Sequence[str]
) -> tuple[str | None, str | None]:
    """Who stood before and behind a field at the last good probe. `keys`: plain label → field key."""
    if shape is None:
        return None, None
    names = [plain(one.label) for one in shape.controls]
    at = next((names.index(plain(label)) for label in labels if names.count(plain(label)) == 1), None)
    if at is None:
        return None, None
    return (
        keys.get(names[at - 1]) if at else None,
        keys.get(names[at + 1]) if at + 1 < len(names) else None,
    )
