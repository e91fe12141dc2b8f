"""Fill one field of a page that no pack knows: the same machinery, for scripts that have a Playwright page."""

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.normalize import file_name, fold, same_label
from assistant.outcome import Outcome
from assistant.page.form_page import FormPage
from assistant.page.matching import Match, called, match
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import PATIENT, Stability
from assistant.portal.section import Field
from assistant.run.fill import section_filler
from assistant.run.plan import Step
from assistant.values import Value

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Seconds, and looks, after which a file that the page's list does not name counts as not taken.
_LISTED = (10.0, 20)
_FORMS: "dict[Page, FormPage]" = {}


@dataclass(frozen=True)
class _ByLabel:
    """What the caller calls the control, and the heading it stands under."""

    labels: tuple[str, ...]
    block: str | None
    nth: int | None = None


def write_label(page: "Page", label: str, value: object, within: str | None = None) -> Outcome:
    """Writes one value into the one control that bears `label` (under the heading `within`), and reads it back.

    `value`: text; a bool for a switch or tick box; a list for a multi-select, a range or a tick-box group (the wanted
    final set); `"a / b / c"` for a cascader; ISO dates whatever the page shows; a path for an upload. Every other control
    of the page is left as it was, and nothing is submitted.
    """
    form = _form_of(page)
    shown, asked = form.look(all_names=True), _ByLabel((label,), within)
    found = _find(form, asked, shown, value)
    if found.control is None:
        # It may only not be drawn yet.
        shown = form.settled_look(quiet=PATIENT, all_names=True)
        found = _find(form, asked, shown, value)
    if found.control is None:
        return Outcome(label, label, "refused", found.reason)
    if found.control.read_only or not found.control.enabled:
        return Outcome(label, label, "refused", "read-only", found.control.kind)
    if found.control.kind == "password" or _is_the_persons(found.control):
        return Outcome(label, label, "by-hand", "on-purpose", found.control.kind)
    if found.control.kind == "upload":
        return _attach(form, found.control, label, value, windows=len(shown.dialogs))
    control = found.control
    if isinstance(_wanted(value), tuple) and control.kind == "select":
        control, shown = _once_opened(form, control)
    step = _step(label, within, control, _wanted(value))
    this_one = _called(label, control)
    (filled,) = section_filler.fill(form, [step], this_one, overwrite=True, shown=shown)
    section_filler.let_stand(filled, form, this_one)
    assert filled.outcome is not None
    return dataclasses.replace(filled.outcome, control=control.kind, how=None)


# What a page asks to know a person from a program by.
_SEEN_BY = re.compile(r"(?:验证码|校验码|动态码|captcha|(?:verification|security|one-time|sms) code)", re.IGNORECASE)


def _is_the_persons(control: Control) -> bool:
    """Whether a control is for the person alone, whoever asks for it to be filled."""
    return control.kind == "text" and bool(_SEEN_BY.search(control.label))


def _find(form: FormPage, asked: _ByLabel, shown: Snapshot, value: object) -> Match:
    """The control asked for by any of its names. Under an open window nobody reaches what bears the same name behind it."""
    found = match(asked, None, shown, any_name=True)
    if found.reason == "ambiguous" and shown.dialogs:
        in_window = match(asked, None, shown.in_dialog(), any_name=True)
        return in_window if in_window.control else found
    if found.reason == "ambiguous":
        alike = [one for one in called(asked, shown, any_name=True) if one.visible]
        able = [one for one in alike if _can_take(form, one, value)]
        return Match(able[0]) if len(able) == 1 else found
    return found


# Kinds that take yes or no, and kinds that take several texts; all others take one.
_TICKS, _LISTS = ("checkbox", "switch"), ("multi-select", "checkbox-group", "date-range", "upload")


def _can_take(form: FormPage, control: Control, value: object) -> bool:
    """Whether a person could give the value to this one of several controls of a name: one that is locked takes nothing, a
    drop-down only what it offers, a tick only yes or no."""
    if control.read_only or not control.enabled:
        return False
    wanted = _wanted(value)
    if not isinstance(wanted, str):
        return control.kind in (_TICKS if isinstance(wanted, bool) else _LISTS)
    if control.kind in ("select", "radio"):
        offered = control.options or form.offers(control)
        return offered is None or fold(wanted) in map(fold, offered)
    return control.kind not in (*_TICKS, *_LISTS) or control.kind == "upload"


def _once_opened(form: FormPage, control: Control) -> tuple[Control, Snapshot]:
    """A drop-down that is given several answers may say only in its open list that it takes them, and which it has."""
    form.offers(control)
    shown = form.settled_look(all_names=True)
    return section_filler.by_place(shown).get(control.place, control), shown


def _called(label: str, control: Control) -> Callable[[Snapshot], Snapshot]:
    """Lets the looks call this control, and no other, as the caller does; one that is drawn anew is known by its label."""

    def named(one: Control) -> Control:
        if one.place == control.place:
            return dataclasses.replace(one, label=label)
        return dataclasses.replace(one, label="") if same_label(one.label, label) else one

    def scope(seen: Snapshot) -> Snapshot:
        if all(one.place != control.place for one in seen.controls):
            return seen
        return dataclasses.replace(seen, controls=tuple(map(named, seen.controls)))

    return scope


def _form_of(page: "Page") -> FormPage:
    """One for each page until it is closed: a script may write many fields of it."""
    if page not in _FORMS:
        _FORMS[page] = FormPage(page)
        page.once("close", _let_go)
    return _FORMS[page]


def _let_go(page: "Page") -> None:
    _FORMS.pop(page, None)


def _wanted(value: object) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(map(str, value))
    return str(value)


def _step(label: str, within: str | None, control: Control, wanted: Value) -> Step:
    """The step that a pack would lead to: the kind is the page's own, the one accepted option the value itself."""
    # Nothing of a profile stands behind it, so it has no source and is not checked as a pack's field is.
    field = Field.model_construct(key=label, labels=(label,), control=control.kind, block=within)
    return Step(field, wanted, (wanted,) if isinstance(wanted, str) else ())


def _attach(form: FormPage, control: Control, label: str, value: object, *, windows: int) -> Outcome:
    files = [Path(str(one)) for one in value] if isinstance(value, (list, tuple)) else [Path(str(value))]
    names = {file_name(file.name) for file in files}
    if isinstance(control.value, (list, tuple)) and names <= set(map(file_name, control.value)):
        return Outcome(label, label, "already", None, "upload")
    reason = form.attach(control, files)
    if reason == "not-found":
        # A button that leads to no box of this page: to another window, most likely.
        return Outcome(label, label, "refused", "unsupported", "upload")

    def listed() -> bool:
        seen = form.settled_look()
        now = section_filler.by_place(seen).get(control.place)
        names_it = now is not None and isinstance(now.value, (list, tuple)) and names <= set(map(file_name, now.value))
        # A window that was opened for the file closes a little later.
        return names_it and len(seen.dialogs) <= windows

    if listed() if reason else form.wait_until(listed, Stability(*_LISTED)):
        return Outcome(label, label, "verified", None, "upload")
    if reason:
        return Outcome(label, label, "failed", "page-error", "upload")
    return Outcome(label, label, "mismatched", "not-taken", "upload")
