"""Is the control a person pointed at really the one? Tested on the page before it may become part of an overlay.

Promises: a mapping passes only if its words find exactly one control, of a kind that can take the field, and nothing that
submits, books or pays. Where that can be taken away again for certain, a value is written, read back and taken away, in an
empty field only; a list is opened and its options are compared with the pack's, none is chosen. What was not tried is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drift.baseline import block_of
from assistant.drift.expected import Asked
from assistant.drift.kinds import control_in_words
from assistant.forbidden import forbidden_word_in
from assistant.messages import Text
from assistant.normalize import fold, same_label
from assistant.page.engine import KINDS
from assistant.page.form_page import FormPage, Order
from assistant.page.kinds import empty
from assistant.page.matching import drives, match
from assistant.page.snapshot import Control, Snapshot
from assistant.run.teach.picker import Picked

# What is written for a try, by kind: these can be emptied again by writing nothing. A date box
# keeps a date of its own beside its text, so that is not tried.
_TRIAL = {"text": "试写TEST", "textarea": "试写TEST", "number": "1"}
# A radio button once pressed stays pressed, and a list keeps its choice: their options are read instead.
_CHOICES = frozenset({"select", "multi-select", "radio", "checkbox-group"})


@dataclass(frozen=True)
class FieldWording:
    """How a field is to be found: its label on the page and, where that is not unique, its sub-heading."""

    label: str
    block: str | None


@dataclass(frozen=True)
class Trial:
    """What a try came to: why the mapping can't be kept, if anything; else what the person should know of it, if anything."""

    refused: Text | None = None
    note: Text | None = None


def refusal_of(picked: Picked, forbidden: Sequence[str]) -> Text | None:
    """Why what was pointed at can't be a field at all, or None. A button beside a field is the button."""
    words = picked.button or (picked.text if picked.control is None else "")
    if words and forbidden_word_in(words, forbidden):
        return Text(
            f"这是「{words}」按钮，可能会提交、预约或付款；本工具不会记住它。请点一个输入框或选项框。",
            f"this is the button “{words}”, which could submit, book or pay: it is never remembered. Click a box or a list.",
        )
    if picked.control is None:
        return Text(
            "这里不是可填写的栏目。请点输入框、下拉框、日期框或上传按钮。",
            "there is no field here. Click a text box, a list, a date box or an upload.",
        )
    if forbidden_word_in(picked.control.label, forbidden):
        return Text(
            f"栏目名「{picked.control.name}」含提交、预约或付款字样，不能使用。",
            f"the name “{picked.control.name}” speaks of submitting, booking or paying: refused.",
        )
    return None


def wording_of(asked: Asked, control: Control, seen: Snapshot, titles: tuple[str, ...]) -> FieldWording | Text:
    """The words by which exactly this control will be found, or why there are none."""
    label = control.name
    if not label:
        return Text(
            "这个栏目在页面上没有名称，无法可靠地再次找到。",
            "this field has no name on the page; it can't be found again reliably.",
        )
    if not drives(asked.kind, control.kind):
        planned, here = control_in_words(asked.kind), control_in_words(control.kind)
        return Text(
            f"控件类型不符：资料包中是{planned.zh}，这里是{here.zh}。",
            f"the wrong kind of control: the pack says {planned.en}, this is {here.en}.",
        )
    for block in (None, block_of(control, titles) or None):
        if match(_Named((label,), block), control.kind, seen).control is control:
            return FieldWording(label, block)
    count = sum(same_label(one.label, label) and one.visible for one in seen.controls)
    return Text(
        f"页面上有 {count} 个「{label}」，小标题也相同，无法确定是哪一个。",
        f"“{label}” stands here {count} times under the same heading: which one can't be told.",
    )


def try_out(page: FormPage, asked: Asked, control: Control) -> Trial:
    """Tries the control as far as everything can be as it was afterwards; nothing of a person's is ever touched."""
    if control.kind in _CHOICES:
        return _compare_options(page, asked, control)
    trial = _TRIAL.get(control.kind)
    if trial is None:
        kind = control_in_words(control.kind)
        return _not_tried(f"{kind.zh}试填后不一定能还原", f"a {kind.en} can't be emptied again for certain")
    if not empty(control.value):
        return _not_tried("栏目里已有内容", "it holds something")
    if control.read_only or not control.enabled:
        return _not_tried("现在不能填写", "it can't be written into now")
    # A page's own limit does not hold for what a script writes.
    return _write_and_take_away(page, control, trial[: control.max_length])


def _write_and_take_away(page: FormPage, control: Control, trial: str) -> Trial:
    page.write([Order(control, trial)])
    page.settle()
    held = _now(page, control)
    page.write([Order(control, "")])
    page.settle()
    left = _now(page, control)
    if left is not None and not empty(left.value):
        return Trial(
            Text(
                "试写后未能清空，请手工清除该栏。", "the trial could not be taken away again: clear this field by hand."
            )
        )
    if held is None or not KINDS[control.kind].holds(trial, (), held.value):
        return Trial(Text("试写的内容没有被页面接受。", "the page did not take what was written for a try."))
    return Trial()


def _compare_options(page: FormPage, asked: Asked, control: Control) -> Trial:
    """A list that offers nothing the pack would choose is another question's."""
    offered = {fold(text) for text in page.offers(control) or ()}
    page.settle()
    if len(offered) < 2:
        return _not_tried("读不到它的选项", "its options can't be read")
    if not asked.wordings:
        return _not_tried("资料包没有它的选项表", "the pack has no table of its options")
    missing = [texts[0] for texts in asked.wordings if not offered & {fold(text) for text in texts}]
    if len(missing) == len(asked.wordings):
        return Trial(
            Text(
                "它的选项与资料包中这一项的选项完全不同。",
                "its options are none of those that the pack has for this field.",
            )
        )
    if not missing:
        return Trial()
    shown = "、".join(missing[:5]) + ("…" if len(missing) > 5 else "")
    return Trial(
        note=Text(f"页面上没有这些选项：{shown}", f"these options are not on the page: {shown}"),
    )


def _not_tried(zh: str, en: str) -> Trial:
    return Trial(note=Text(f"没有试填：{zh}", f"not tried: {en}"))


def _now(page: FormPage, control: Control) -> Control | None:
    return next((one for one in page.look().controls if one.place == control.place), None)


@dataclass(frozen=True)
class _Named:
    labels: tuple[str, ...]
    block: str | None
    nth: int | None = None
