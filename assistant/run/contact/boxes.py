"""Writes boxes by where they stand, without a name to find them by: the boxes of a row that was just opened."""

from collections.abc import Sequence

from assistant.drift.meaning.judge import Proposal
from assistant.drift.meaning.offered import option_for
from assistant.page.engine import KINDS
from assistant.page.form_page import FormPage, Order
from assistant.page.snapshot import Control, Snapshot


def write(page: FormPage, proposals: Sequence[Proposal]) -> dict[int, bool]:
    """Whether each proposal's box holds its value in the end, by its place in the list."""
    page.write_and_look([_order(one) for one in proposals])
    held = _held(proposals, page.calm_look())
    for index, one in enumerate(proposals):
        if held[index]:
            continue
        if KINDS[one.control.kind].refill and isinstance(one.value, str):
            page.insert_text(one.control, one.value)
        elif one.control.kind in ("select", "radio"):
            found = option_for(one.accepted, page.offers(one.control))
            page.settle()
            if found is not None:
                page.write_and_look([Order(one.control, found, (found, *one.accepted))])
    if not all(held.values()):
        held = _held(proposals, page.calm_look())
    return held


def _order(one: Proposal) -> Order:
    value: object = list(one.value) if isinstance(one.value, tuple) else one.value
    if one.control.kind in ("select", "radio") and one.accepted:
        value = one.accepted[0]
    return Order(one.control, value, one.accepted or ((one.value,) if isinstance(one.value, str) else ()))


def _held(proposals: Sequence[Proposal], seen: Snapshot) -> dict[int, bool]:
    now: dict[tuple[int, int], Control] = {one.place: one for one in seen.controls}
    return {index: _holds(one, now.get(one.control.place)) for index, one in enumerate(proposals)}


def _holds(one: Proposal, box: Control | None) -> bool:
    if box is None or one.value is None:
        return False
    if KINDS[box.kind].holds(one.value, one.accepted, box.value):
        return True
    # An option that was chosen by its own fuller text.
    shown = box.value if isinstance(box.value, str) else ""
    return box.kind in ("select", "radio") and bool(shown) and option_for(one.accepted, [shown]) is not None
