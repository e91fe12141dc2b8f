"""A page's proposals as a section of the pack's own grammar, so that the run writes, proves and reports them as any other.

Promises: each control that is to be written becomes one field that finds exactly it again; each that is not becomes an outcome
that says why. Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drift.baseline import block_of
from assistant.drift.meaning.judge import PageJudge, Proposal
from assistant.normalize import fold, same_label
from assistant.outcome import Matched, Outcome
from assistant.page.matching import boxes_behind
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.section import CONTROLS, Field, Section
from assistant.run.plan import SectionPlan, Step


@dataclass(frozen=True)
class BoxSpot:
    """What finds a control of a page again, in another look and another document: label, heading, kind, which of several."""

    label: str
    context: tuple[str, ...]
    kind: str
    nth: int = 1


def spots_of(controls: Sequence[Control]) -> dict[BoxSpot, Control]:
    """Every control by its spot."""
    found: dict[BoxSpot, Control] = {}
    for one in controls:
        spot = BoxSpot(one.name, one.context, one.kind)
        while spot in found:
            spot = replace(spot, nth=spot.nth + 1)
        found[spot] = one
    return found


def title_of(seen: Snapshot, controls: Sequence[Control]) -> str:
    """What the page calls what it shows: the tab or step that is on, else the heading over its controls."""
    if marked := _marked(seen):
        return marked
    framed = _framed(seen, controls)
    over = [within(one.context, seen) for one in controls]
    over = [one for one in over if one]
    shared = [heading for heading in (over[0] if over else ()) if all(heading in context for context in over)]
    if shared:
        return shared[-1]
    told = next(iter(within(seen.headings, seen)), "") or (seen.selected[-1] if seen.selected else "")
    # A page without any title is called by its first block, else by its first question; a portal's own name by what it is.
    return (
        framed
        or told
        or next((one[0] for one in over), "")
        or next(iter(seen.headings), "")
        or (controls[0].name if controls else "")
    )


def over_all(seen: Snapshot, controls: Sequence[Control]) -> tuple[str, ...]:
    """What is said of the whole page elsewhere than over its controls: the tab or step that is on, the frame's title."""
    return tuple(filter(None, (_marked(seen) or _framed(seen, controls),)))


def _marked(seen: Snapshot) -> str:
    return next((marked[0] for marked in (seen.selected, seen.steps) if len(marked) == 1), "")


def _framed(seen: Snapshot, controls: Sequence[Control]) -> str:
    frame = controls[0].frame if controls else len(seen.titles) - 1
    return seen.titles[frame] if 0 < frame < len(seen.titles) else ""


def within(headings: Sequence[str], seen: Snapshot) -> tuple[str, ...]:
    """The headings without the name of the whole portal, which stands over every page of it."""
    whole = fold(seen.titles[0]) if seen.titles else ""
    return tuple(one for one in headings if fold(one) != whole)


def impersonal(seen: Snapshot, texts: Collection[str]) -> Snapshot:
    """The look without headings that say whose form it is: they belong to this applicant, what is learned to everybody."""
    said = [fold(text).casefold() for text in texts if len(text) > 1]

    def kept(headings: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in headings if not any(text in fold(one).casefold() for text in said))

    return replace(
        seen,
        controls=tuple(replace(one, context=kept(one.context)) for one in seen.controls),
        headings=kept(seen.headings),
        selected=kept(seen.selected),
        steps=kept(seen.steps),
        titles=tuple(one if kept([one]) else "" for one in seen.titles),
    )


def step_of(proposal: Proposal, seen: Snapshot, matched: Matched, judge: PageJudge) -> Step:
    """The step that writes a proposal, with the profile's own words behind it: a second reading goes by them."""
    assert proposal.source is not None and proposal.value is not None
    control, head = proposal.control, proposal.asked_by
    block = _block(head, seen)
    field = Field.model_construct(
        key=proposal.key,
        labels=(head.name,),
        control=control.kind if control.kind in CONTROLS else "text",
        source=proposal.source,
        options=judge.words.options_of(proposal.key),
        required=control.required,
        prefilled=False,
        identity=proposal.key in ("passport.number", "name.full"),
        block=block,
        nth=_nth(control, head, block, seen),
        evidence="I",
        note="",
    )
    value = proposal.value
    accepted_each: tuple[tuple[str, ...], ...] = ()
    if isinstance(value, tuple) and proposal.accepted and control.kind in ("multi-select", "checkbox-group"):
        accepted_each = (proposal.accepted,)
    shown = _shown(proposal)
    return Step(
        field,
        shown,
        proposal.accepted if control.kind not in ("text", "textarea") else (),
        transformed="option" if field.options else proposal.source.transformed(judge.look),
        accepted_each=accepted_each,
        said=proposal.source.said(judge.look),
        matched=matched,
    )


def _shown(proposal: Proposal) -> str | bool | tuple[str, ...]:
    """What is written: for a list its own text, else the value."""
    assert proposal.value is not None
    if proposal.control.kind in ("select", "radio", "cascader") and proposal.accepted:
        return proposal.accepted[0]
    if proposal.control.kind in ("multi-select", "checkbox-group") and proposal.accepted:
        return (proposal.accepted[0],)
    return proposal.value


def _alike(control: Control, seen: Snapshot, block: str | None) -> list[Control]:
    return [
        one
        for one in seen.controls
        if one.visible
        and same_label(one.label, control.label)
        and (block is None or any(same_label(heading, block) for heading in one.context))
    ]


def _block(control: Control, seen: Snapshot) -> str | None:
    """The heading that tells it from others of its name, None where it needs none or has none."""
    if len(_alike(control, seen, None)) < 2:
        return None
    return block_of(control) or None


def _nth(control: Control, head: Control, block: str | None, seen: Snapshot) -> int | None:
    boxes = [one.place for one in boxes_behind(_alike(head, seen, block), seen)]
    return None if len(boxes) < 2 else boxes.index(control.place) + 1 if control.place in boxes else None


def section_plan(
    key: str,
    title: str,
    seen: Snapshot,
    chosen: Mapping[int, Matched],
    proposals: Sequence[Proposal],
    left: Collection[int],
    judge: PageJudge,
) -> SectionPlan:
    """`chosen` are the proposals to write, by their place in the list, with how each was matched; `left` those on the list
    that were not ticked."""
    steps: list[Step] = []
    for index, matched in chosen.items():
        step = step_of(proposals[index], seen, matched, judge)
        # One datum over several boxes, and one that is asked twice, are fields of their own.
        same = sum(one.field.key.partition("#")[0] == step.field.key for one in steps)
        if same:
            step = replace(step, field=step.field.model_copy(update={"key": f"{step.field.key}#{same + 1}"}))
        steps.append(step)
    fields = {step.field.key: step.field for step in steps}
    section = Section.model_construct(
        key=key,
        title=title,
        titles=(),
        reviewed=True,
        evidence="I",
        note="",
        fields_by_key=fields,
        tables_by_key={},
        uploads_by_slot={},
    )
    outcomes = tuple(
        Outcome(
            one.key, one.label, "by-hand", "not-known" if one.state == "unknown" else "not-confirmed", one.control.kind
        )
        for index, one in enumerate(proposals)
        if index in left
    )
    return SectionPlan(section, tuple(steps), (), (), outcomes)
