"""Fills the fields of one section (or of one dialog): look, write together, look again.

Promises: every planned step gets exactly one outcome; a control that holds another value is kept unless overwriting was
asked for; a field in trouble never stops the others; the number of calls to the browser does not grow with the number
of fields. Whether a value still holds after the section was saved is judged by `unsettled`, from a later look.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.normalize import same_label
from assistant.outcome import How, Outcome, Reason, Status
from assistant.page.engine import KINDS
from assistant.page.form_page import PATIENT, FormPage, Order
from assistant.page.kinds import Shown, empty
from assistant.page.matching import Match, match, match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.run.plan import Step

# What the engine may answer, as the status it means.
_REFUSALS: frozenset[str] = frozenset(
    {"not-found", "ambiguous", "hidden", "read-only", "no-such-option", "too-long", "unsupported"}
)
# A choice can reveal further questions, and these further ones; nothing real is deeper.
_PASSES = 5


@dataclass
class Filled:
    """One step and what came of it so far."""

    step: Step
    status: Status = "refused"
    reason: Reason | None = "not-found"
    control: Control | None = None
    how: How | None = None
    before: Shown = dataclasses.field(default=None, repr=False)
    """What the control held before the tool touched it."""

    def outcome(self) -> Outcome:
        field = self.step.field
        kind = self.control.kind if self.control else field.control
        return Outcome(field.key, field.label, self.status, self.reason, kind, self.step.row, self.how)


def holds(step: Step, control: Control) -> bool:
    """Whether a control shows what the step wants."""
    if step.accepted_each and isinstance(step.value, tuple):
        wanted = _as_shown(step, control)
        return KINDS[control.kind].holds(wanted, (), control.value)
    return KINDS[control.kind].holds(step.value, step.accepted, control.value)


def _as_shown(step: Step, control: Control) -> tuple[str, ...]:
    """For a multiple choice, each wanted value by the accepted text that the page itself uses."""
    shown = set(control.value) if isinstance(control.value, Sequence) and not isinstance(control.value, str) else set()
    return tuple(next((text for text in texts if text in shown), texts[0]) for texts in step.accepted_each)


def fill(
    page: FormPage,
    steps: Sequence[Step],
    scope: Callable[[Snapshot], Snapshot],
    *,
    overwrite: bool,
    before_write: Callable[[Snapshot], None] = lambda _: None,
    shown: Snapshot | None = None,
    leave: Callable[[Filled], bool] = lambda _: False,
    into: list[Filled] | None = None,
) -> list[Filled]:
    """Fills what the steps ask for within `scope` of the page; `shown` is what it shows now, where that is known.
    `before_write` may stop the run (identity lock); it is asked again about what only a second look shows. `leave` says whose control holds what the person put there; `into`
    has the results as far as they came when the run is stopped in between."""
    results = [] if into is None else into
    # What the run never came to is not written; that it was not found is only said after a look for it.
    results[:] = [Filled(step, "failed", "not-saved") for step in steps]
    snapshot = scope(page.look() if shown is None else shown)
    before_write(snapshot)
    open_questions, patient = list(results), False
    for _ in range(_PASSES):
        orders = _prepare(open_questions, snapshot, overwrite=overwrite, leave=leave)
        if orders:
            answers, seen = page.write_and_look([_order(one) for one in orders])
            snapshot = scope(seen)
            for one in orders:
                one.how = "in-page"
            _judge(orders, answers, snapshot)
            page.stop_for_person()
            _retype(page, orders, scope)
        open_questions = [one for one in results if one.status == "refused" and one.reason in ("not-found", "hidden")]
        if not open_questions or (patient and not orders):
            break
        if not orders:
            # What is not there may only not be drawn yet: a refusal wants a second, patient look.
            snapshot, patient = scope(page.settled_look(quiet=PATIENT)), True
            before_write(snapshot)
    return results


def _prepare(
    results: Sequence[Filled], snapshot: Snapshot, *, overwrite: bool, leave: Callable[[Filled], bool]
) -> list[Filled]:
    """Decides for each step, and answers with those that are to be written."""
    to_write = []
    matches = match_all([(one.step.field, one.step.field.control) for one in results], snapshot)
    for one, found in zip(results, matches, strict=True):
        one.control = found.control
        one.before = found.control.value if found.control else None
        settled = _settled_unwritten(one.step, found, overwrite=overwrite)
        if settled is None and leave(one):
            settled = "kept", "different-value"
        if settled is None:
            to_write.append(one)
        # A run that is stopped before it has written says so.
        one.status, one.reason = settled or ("failed", "not-taken")
    return to_write


def _settled_unwritten(step: Step, found: Match, *, overwrite: bool) -> tuple[Status, Reason | None] | None:
    """What comes of a field that is not to be written; None for one that is."""
    control = found.control
    if control is None:
        return "refused", found.reason
    if holds(step, control):
        return "already", None
    if control.read_only or not control.enabled:
        return "refused", "read-only"
    if not empty(control.value) and not overwrite:
        return "kept", "different-value"
    if (
        control.max_length
        and isinstance(step.value, str)
        and len(step.value.encode("utf-16-le")) // 2 > control.max_length
    ):
        return "refused", "too-long"
    return None


def _order(one: Filled) -> Order:
    assert one.control is not None
    step = one.step
    value: object = [list(texts) for texts in step.accepted_each] if step.accepted_each else step.value
    accepted = step.accepted or ((step.value,) if isinstance(step.value, str) else ())
    return Order(one.control, list(value) if isinstance(value, tuple) else value, accepted)


def _judge(orders: Sequence[Filled], answers: Sequence[str | None], snapshot: Snapshot) -> None:
    """Compares what the page holds now with the plan; the writer's own word only explains a failure."""
    now = by_place(snapshot)
    for one, answer in zip(orders, answers, strict=True):
        seen = _as_it_is(one, now, snapshot)
        if seen is not None and holds(one.step, seen):
            one.status, one.reason, one.control = "verified", None, seen
        elif answer in _REFUSALS:
            one.status, one.reason, one.how = "refused", answer, None  # type: ignore[assignment]
        elif answer == "person":
            # The tool stopped before it came to this one.
            one.status, one.reason, one.how = "failed", "not-saved", None
        elif answer == "page-error":
            one.status, one.reason = "failed", "page-error"
        else:
            one.status, one.reason = "mismatched", "not-taken"


def _as_it_is(one: Filled, now: Mapping[tuple[int, int], Control], snapshot: Snapshot) -> Control | None:
    """The control as the page shows it now: some libraries draw it anew when a value comes, and then its label tells."""
    assert one.control is not None
    field = one.step.field
    return now.get(one.control.place) or match(field, field.control, snapshot).control


def _retype(page: FormPage, orders: Sequence[Filled], scope: Callable[[Snapshot], Snapshot]) -> None:
    """Where a value did not hold, real keys try once more, for that field alone."""
    again = [
        one
        for one in orders
        if one.status in ("mismatched", "failed") and one.control and KINDS[one.control.kind].refill
    ]
    if not again:
        return
    for one in again:
        assert one.control is not None and isinstance(one.step.value, str)
        page.type_by_hand(one.control, one.step.value)
        one.how = "keyboard"
    _judge(again, [None] * len(again), scope(page.settled_look()))


def by_place(snapshot: Snapshot) -> Mapping[tuple[int, int], Control]:
    return {control.place: control for control in snapshot.controls}


def still_holds(one: Filled, snapshot: Snapshot) -> bool:
    """Whether a later look shows the value that was written, whatever became of the control meanwhile."""
    control = _as_it_is(one, by_place(snapshot), snapshot)
    return control is not None and holds(one.step, control)


def unsettled(results: Iterable[Filled], snapshot: Snapshot) -> list[tuple[Filled, Reason]]:
    """Settled fields that a later look (after save, after reload) no longer shows as right, each with the reason."""
    settled = [one for one in results if one.status in ("verified", "already")]
    matches = match_all([(one.step.field, one.step.field.control) for one in settled], snapshot)
    changed: list[tuple[Filled, Reason]] = []
    for one, found in zip(settled, matches, strict=True):
        if found.control is None or not holds(one.step, found.control):
            changed.append((one, "changed-after-save"))
        elif found.control.error:
            changed.append((one, "rejected-by-page"))
    return changed


def unplanned(planned: Iterable[str], snapshot: Snapshot) -> list[Outcome]:
    """Required questions of the page that none of the `planned` labels names and that are still empty: the person's."""
    known = list(planned)
    return [
        Outcome("", control.label, "by-hand", "not-planned", control.kind)
        for control in snapshot.controls
        if control.required and control.visible and control.enabled and empty(control.value)
        if not any(same_label(control.label, label) for label in known)
    ]
