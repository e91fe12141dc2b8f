"""Fills the fields of one section (or of one dialog): look, write together, look again.

Promises: every planned step gets exactly one outcome; a control that holds another value is kept unless overwriting was
asked for; a field in trouble never stops the others; the number of calls to the browser does not grow with the number
of fields. Whether a value still holds after the section was saved is judged by `unsettled`, from a later look.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.normalize import same_label
from assistant.outcome import How, Outcome, Reason
from assistant.page.engine import KINDS, EngineAnswer, is_refusal
from assistant.page.form_page import FormPage, Order
from assistant.page.kinds import empty
from assistant.page.matching import Match, match, match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import PATIENT
from assistant.run.fill.result import Event, FieldResult
from assistant.run.plan import Step

# A choice can reveal further questions, and these further ones; nothing real is deeper.
_PASSES = 5


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
    leave: Callable[[FieldResult], bool] = lambda _: False,
    into: list[FieldResult] | None = None,
) -> list[FieldResult]:
    """Fills what the steps ask for within `scope` of the page; `shown` is what it shows now, where that is known.
    `before_write` may stop the run (identity lock); it is asked again about what only a second look shows. `leave` says whose control holds what the person put there; `into`
    has the results as far as they came when the run is stopped in between."""
    results = [] if into is None else into
    # What the run never came to is not written; that it was not found is only said after a look for it.
    results[:] = [FieldResult.of(step, "planned") for step in steps]
    snapshot = scope(page.look() if shown is None else shown)
    before_write(snapshot)
    open_questions, patient = list(results), False
    for _ in range(_PASSES):
        orders = _prepare(open_questions, snapshot, overwrite=overwrite, leave=leave)
        if orders:
            answers, seen = page.write_and_look([_order(one) for one in orders])
            snapshot = scope(seen)
            _judge(orders, answers, snapshot, "in-page")
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
    results: Sequence[FieldResult], snapshot: Snapshot, *, overwrite: bool, leave: Callable[[FieldResult], bool]
) -> list[FieldResult]:
    """Decides for each step, and answers with those that are to be written."""
    to_write = []
    matches = match_all([(one.field, one.field.control) for one in results], snapshot)
    for one, found in zip(results, matches, strict=True):
        one.found_at(found.control)
        one.before = one.shown
        event, why = _left_alone(one.planned, found, overwrite=overwrite)
        if event is None and leave(one):
            event = "kept"
        if event is None:
            to_write.append(one)
        one.settle(event or "ordered", why)
    return to_write


def _left_alone(step: Step, found: Match, *, overwrite: bool) -> tuple[Event | None, Reason | None]:
    """What comes of a field that is not to be written, and why; no event for one that is."""
    control = found.control
    if control is None:
        return "refused", found.reason
    if holds(step, control):
        return "found-right", None
    if control.read_only or not control.enabled:
        return "refused", "read-only"
    if not empty(control.value) and not overwrite:
        return "kept", None
    if (
        control.max_length
        and isinstance(step.value, str)
        and len(step.value.encode("utf-16-le")) // 2 > control.max_length
    ):
        return "refused", "too-long"
    return None, None


def _order(one: FieldResult) -> Order:
    assert one.control is not None
    step = one.planned
    value: object = [list(texts) for texts in step.accepted_each] if step.accepted_each else step.value
    accepted = step.accepted or ((step.value,) if isinstance(step.value, str) else ())
    return Order(one.control, list(value) if isinstance(value, tuple) else value, accepted)


def _judge(orders: Sequence[FieldResult], answers: Sequence[EngineAnswer | None], snapshot: Snapshot, how: How) -> None:
    """Compares what the page holds now with the plan; the writer's own word only explains a failure. `how` it was written
    is told where anything was."""
    now = by_place(snapshot)
    for one, answer in zip(orders, answers, strict=True):
        seen = _as_it_is(one, now, snapshot)
        if seen is not None and holds(one.planned, seen):
            one.found_at(seen)
            one.settle("proved", how=how)
        elif is_refusal(answer):
            one.settle("refused", answer)
        elif answer == "person":
            one.settle("interrupted")
        elif answer == "page-error":
            one.settle("broken", how=how)
        else:
            one.settle("not-taken", how=how)


def _as_it_is(one: FieldResult, now: Mapping[tuple[int, int], Control], snapshot: Snapshot) -> Control | None:
    """The control as the page shows it now: some libraries draw it anew when a value comes, and then its label tells."""
    assert one.control is not None
    field = one.field
    return now.get(one.control.place) or match(field, field.control, snapshot).control


def _retype(page: FormPage, orders: Sequence[FieldResult], scope: Callable[[Snapshot], Snapshot]) -> None:
    """Where a value did not hold, it is entered once more as by an input method, for that field alone."""
    again = [
        one
        for one in orders
        if one.status in ("mismatched", "failed") and one.control and KINDS[one.control.kind].refill
    ]
    if not again:
        return
    for one in again:
        assert one.control is not None and isinstance(one.planned.value, str)
        page.insert_text(one.control, one.planned.value)
        one.written_by("keyboard")
    _judge(again, [None] * len(again), scope(page.settled_look()), "keyboard")


def by_place(snapshot: Snapshot) -> Mapping[tuple[int, int], Control]:
    return {control.place: control for control in snapshot.controls}


def let_stand(one: FieldResult, page: FormPage, scope: Callable[[Snapshot], Snapshot]) -> None:
    """Looks once more when the page is done with what was written, where no save follows that would be waited for: a
    value that was taken back or cut meanwhile is not verified."""
    if one.status == "verified":
        seen = scope(page.calm_look())
        control = _as_it_is(one, by_place(seen), seen)
        if control is None or not holds(one.planned, control):
            one.settle("not-taken")


def unsettled(results: Iterable[FieldResult], found: Mapping[str, Match]) -> list[tuple[FieldResult, Reason]]:
    """Settled fields that a later look (after save, after reload) no longer shows as right, each with the reason; `found`
    has that look's control of each, by the field's key."""
    changed: list[tuple[FieldResult, Reason]] = []
    for one in results:
        if one.right:
            control = found[one.field.key].control
            if control is None or not holds(one.planned, control):
                changed.append((one, "changed-after-save"))
            elif control.error:
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
