"""Writes boxes by where they stand, without a name to find them by, and lists by the one option that means the value.

The options of a list are only known once it is open: it is opened, and the option is chosen exactly as it stands there.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.drift.meaning.judge import Proposal
from assistant.drift.meaning.offered import option_for, yes_no_for
from assistant.page.engine import KINDS
from assistant.page.form_page import FormPage, Order
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.sources import Present
from assistant.run.fill import section_filler
from assistant.run.fill.result import FieldResult
from assistant.run.plan import Step

# A list that is searched in on the server is asked by so many of the value's names: each costs a silence.
_SEARCHED = 2


def as_offered(
    page: FormPage, accepted: Sequence[str], box: Control, known: dict[str, tuple[str, ...]] | None = None
) -> tuple[str, ...]:
    """The texts to choose by: the one option that means the value, as the open list has it, else what to search for."""
    if box.kind != "select" or box.options or not accepted:
        return tuple(accepted)
    kept = known if known is not None else {}
    if box.label not in kept:
        kept[box.label] = page.offers(box) or ()
        page.settle()
    found = option_for(accepted, kept[box.label])
    return (found, *accepted) if found else tuple(accepted[:_SEARCHED])


def steps_as_offered(page: FormPage, steps: Sequence[Step], boxes: Sequence[Control]) -> list[Step]:
    """The steps, each that chooses from a list of its own texts naming the option that stands there; `boxes` are theirs."""
    found = []
    for step, box in zip(steps, boxes, strict=True):
        better = as_offered(page, step.accepted, box) if isinstance(step.value, str) else step.accepted
        found.append(replace(step, value=better[0], accepted=better) if better != step.accepted else step)
    return found


def choose_by_offer(page: FormPage, results: Sequence[FieldResult]) -> None:
    """Tries once more what a list refused as none of its options, by the option that says the same with other marks."""
    refused = [
        one for one in results if one.reason == "no-such-option" and one.control is not None and one.step is not None
    ]
    for one in refused:
        assert one.control is not None and one.step is not None
        page.settle()
        offered = page.offers(one.control)
        page.settle()
        step = one.step
        source = step.field.source
        found = option_for(step.accepted, offered)
        if found is None and isinstance(source, Present) and isinstance(step.value, str):
            found = yes_no_for(step.value == source.then, offered)
        if found is None:
            continue
        better = replace(step, value=found, accepted=(found, *step.accepted))
        (again,) = section_filler.fill(page, [better], Snapshot.outside_dialogs, overwrite=True)
        one.step, one.outcome, one.control, one.shown = again.step, again.outcome, again.control, again.shown


def write(page: FormPage, proposals: Sequence[Proposal], offered: dict[str, tuple[str, ...]]) -> dict[int, bool]:
    """Whether each proposal's box holds its value in the end, by its place in the list. `offered` keeps by their labels what
    lists offer: the rows after the first need not open them."""
    proposals = [replace(one, accepted=as_offered(page, one.accepted, one.control, offered)) for one in proposals]
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
