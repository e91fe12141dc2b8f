"""Fill one field of a page that no pack knows: the same machinery, for scripts that have a Playwright page."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from assistant.controls import KINDS
from assistant.controls.kinds import Value
from assistant.form_page import FormPage, Order
from assistant.labels import same_label
from assistant.outcome import Outcome, Reason
from assistant.snapshot import Control, Snapshot

_REFUSALS = ("not-found", "ambiguous", "hidden", "read-only", "no-such-option", "unsupported")


def write_label(page: Page, label: str, value: object, within: str | None = None) -> Outcome:
    """Writes one value into the one control that bears `label` (under the heading `within`), and reads it back.

    `value`: text; a bool for a switch or tick box; a list for a multi-select, a range or a tick-box group (the wanted
    final set); `"a / b / c"` for a cascader; ISO dates whatever the page shows; a path for an upload. Every other control
    of the page is left as it was, and nothing is submitted.
    """
    form = FormPage(page)
    control, reason = _one(form.look(), label, within)
    if control is None:
        return Outcome(label, label, "refused", reason)
    if control.read_only or not control.enabled:
        return Outcome(label, label, "refused", "read-only", control.kind)
    if control.kind == "upload":
        return _attach(form, control, label, value)
    wanted: Value = (
        value
        if isinstance(value, bool)
        else tuple(map(str, value))
        if isinstance(value, Sequence) and not isinstance(value, str)
        else str(value)
    )
    kind = KINDS[control.kind]
    accepted = (wanted,) if isinstance(wanted, str) else ()
    if kind.holds(wanted, accepted, control.value):
        return Outcome(label, label, "already", None, control.kind)
    if control.max_length and isinstance(wanted, str) and len(wanted.encode("utf-16-le")) // 2 > control.max_length:
        return Outcome(label, label, "refused", "too-long", control.kind)
    answer = form.write([Order(control, list(wanted) if isinstance(wanted, tuple) else wanted, accepted)])[0]
    form.settle()
    for refill in (kind.refill and isinstance(wanted, str), False):
        now = _again(form, control)
        if now is not None and kind.holds(wanted, accepted, now.value):
            return Outcome(label, label, "verified", None, control.kind)
        if answer in _REFUSALS:
            return Outcome(label, label, "refused", answer, control.kind)  # type: ignore[arg-type]
        if refill:
            form.type_by_hand(control, str(wanted))
            form.settle()
    return Outcome(label, label, "mismatched", "not-taken", control.kind)


def _one(snapshot: Snapshot, label: str, within: str | None) -> tuple[Control | None, Reason | None]:
    named = [one for one in snapshot.controls if same_label(one.label, label)]
    if within is not None:
        named = [one for one in named if any(same_label(heading, within) for heading in one.context)]
    shown = [one for one in named if one.visible]
    if len(shown) == 1:
        return shown[0], None
    return None, "ambiguous" if shown else "hidden" if named else "not-found"


def _again(form: FormPage, control: Control) -> Control | None:
    return next((one for one in form.look().controls if (one.frame, one.id) == (control.frame, control.id)), None)


def _attach(form: FormPage, control: Control, label: str, value: object) -> Outcome:
    files = [Path(str(one)) for one in value] if isinstance(value, (list, tuple)) else [Path(str(value))]
    reason = form.attach(control, files)
    names = {file.name for file in files}
    for _ in range(100):
        form.settle()
        now = _again(form, control)
        if now is not None and isinstance(now.value, (list, tuple)) and names <= set(now.value):
            return Outcome(label, label, "verified", None, "upload")
        if reason:
            return Outcome(label, label, "failed", "page-error", "upload")
        form.pause(100)
    return Outcome(label, label, "mismatched", "not-taken", "upload")
