"""How a page can differ from its pack: the closed list of kinds, how much each weighs, and what a person is told.

A drift names labels, kinds of control and options of shared dictionaries; there is no place in it for a value. `note`
is worth knowing, `list` is for the person to look at, `stop` means that the section is not the one the pack describes.
Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.messages import Text

DriftKind = Literal[
    "missing",
    "renamed",
    "moved",
    "ambiguous",
    "kind-changed",
    "new-required",
    "now-required",
    "options-removed",
    "options-added",
    "length-changed",
    "accept-changed",
    "order-changed",
    "section-missing",
    "too-different",
    "no-entry",
]
DRIFT_KINDS: tuple[DriftKind, ...] = get_args(DriftKind)
Weight = Literal["note", "list", "stop"]
Verdict = Literal["go", "go-with-list", "stop"]
Likeness = Literal["known-wording", "similar-words", "same-options", "same-neighbours", "same-block", "same-kind"]

LIKENESS_WORDS: dict[Likeness, Text] = {
    "known-wording": Text("是这一项的常见叫法", "a known wording for it"),
    "similar-words": Text("文字相近", "similar words"),
    "same-options": Text("选项相同", "the same options"),
    "same-neighbours": Text("前后栏目相同", "the same neighbours"),
    "same-block": Text("在同一小标题下", "under the same sub-heading"),
    "same-kind": Text("控件相同", "the same kind of control"),
}

KIND_WORDS: dict[DriftKind, Text] = {
    "missing": Text("页面上没有", "missing"),
    "renamed": Text("可能改名", "probably renamed"),
    "moved": Text("已移位", "moved"),
    "ambiguous": Text("同名不止一处", "stands there twice"),
    "kind-changed": Text("控件变了", "another kind of control"),
    "new-required": Text("新必填项", "new required question"),
    "now-required": Text("改为必填", "now required"),
    "options-removed": Text("选项减少", "options gone"),
    "options-added": Text("选项增加", "options added"),
    "length-changed": Text("长度限制变了", "length limit changed"),
    "accept-changed": Text("文件类型变了", "accepted files changed"),
    "order-changed": Text("顺序变了", "order changed"),
    "section-missing": Text("找不到这一段", "section not found"),
    "too-different": Text("本段差别过大", "section too different"),
    "no-entry": Text("打不开申请表", "the form can't be reached"),
}

REMEDIES: dict[DriftKind, Text] = {
    "missing": Text(
        "在页面上找一找；确已取消则不必处理，否则运行 assistant teach 指给本工具看",
        "look for it on the page; if it moved or was renamed, show it with `assistant teach`",
    ),
    "renamed": Text("核对后运行 assistant teach，选定新名称", "check, then take the new name with `assistant teach`"),
    "moved": Text("运行 assistant teach，改到新的位置", "take the new place with `assistant teach`"),
    "ambiguous": Text(
        "此项不会填写：请手工填写，或用 assistant teach 指明是哪一个",
        "it won't be filled: fill it by hand, or say which one with `assistant teach`",
    ),
    "kind-changed": Text(
        "此项不会填写：请手工填写，或运行 assistant teach",
        "it won't be filled: fill it by hand, or run `assistant teach`",
    ),
    "new-required": Text(
        "资料包没有这一项：请手工填写，并告知维护资料包的同事",
        "the pack does not know it: fill it by hand and tell whoever keeps the pack",
    ),
    "now-required": Text("填写前确认资料中有这一项", "make sure the profile has it before filling"),
    "options-removed": Text(
        "资料中若用到这些选项，请在页面上选择相应的新选项",
        "if a profile uses one of them, choose its successor on the page",
    ),
    "options-added": Text("无需处理", "nothing to do"),
    "length-changed": Text("较长的内容可能需要缩短", "long texts may have to be shortened"),
    "accept-changed": Text("上传前确认文件格式", "check the file's format before uploading"),
    "order-changed": Text("无需处理：按名称填写，不看位置", "nothing to do: fields are found by name, not by place"),
    "section-missing": Text(
        "运行 assistant teach，在页面上点一下这一段的标签", "run `assistant teach` and click this section's tab"
    ),
    "too-different": Text(
        "本段不会自动填写；请先运行 assistant teach", "this section won't be filled; run `assistant teach` first"
    ),
    "no-entry": Text(
        "请登录后手工打开申请表看看平台有什么变化，再运行一次",
        "log in, open the form by hand and see what changed, then try again",
    ),
}


NO_DETAIL = Text("", "")

# No self-healing mapping sees these, and they are what the portal turns an application down for.
_PRESSING: dict[DriftKind, int] = {"new-required": 1, "now-required": 2}
_AFTER: dict[Weight, int] = {"stop": 0, "list": 3, "note": 4}

# Kinds of control as a person calls them.
_CONTROLS: dict[str, Text] = {
    "text": Text("文本框", "text box"),
    "textarea": Text("多行文本框", "text area"),
    "number": Text("数字框", "number box"),
    "select": Text("下拉框", "drop-down list"),
    "multi-select": Text("多选下拉框", "list of several"),
    "radio": Text("单选按钮", "option buttons"),
    "checkbox": Text("勾选框", "tick box"),
    "checkbox-group": Text("一组勾选框", "tick boxes"),
    "switch": Text("开关", "switch"),
    "date": Text("日期框", "date box"),
    "month": Text("月份框", "month box"),
    "date-range": Text("起止日期框", "date range"),
    "cascader": Text("级联选择框", "list in levels"),
    "upload": Text("上传按钮", "upload"),
}


def control_in_words(kind: str) -> Text:
    """A kind of control as a person calls it."""
    return _CONTROLS.get(kind, Text(kind, kind))


def from_to(before: str, after: str) -> Text:
    """Two kinds of control, the one that was and the one that is."""
    was, now = control_in_words(before), control_in_words(after)
    return Text(f"{was.zh} → {now.zh}", f"{was.en} → {now.en}")


@dataclass(frozen=True)
class Candidate:
    """A control that may be the one looked for, and why it may be. `place` finds it again in the snapshot."""

    label: str
    section: str
    block: str
    kind: str
    reasons: tuple[Likeness, ...]
    place: tuple[int, int] | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "label": self.label,
            "section": self.section,
            "block": self.block,
            "control": self.kind,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class Drift:
    """One difference between pack and page."""

    kind: DriftKind
    section: str
    field: str
    label: str
    weight: Weight
    detail: Text = NO_DETAIL
    candidates: tuple[Candidate, ...] = ()
    place: tuple[int, int] | None = None

    @property
    def what(self) -> Text:
        """The difference as a sentence for a person."""
        name, words = self.label, KIND_WORDS[self.kind]
        tail_zh = f"（{self.detail.zh}）" if self.detail.zh else ""
        tail_en = f" ({self.detail.en})" if self.detail.en else ""
        return Text(f"「{name}」{words.zh}{tail_zh}", f"“{name}”: {words.en}{tail_en}")

    @property
    def todo(self) -> Text:
        return REMEDIES[self.kind]

    @property
    def pressing(self) -> bool:
        """Whether an application can't go in without somebody having looked at this."""
        return self.weight == "stop" or self.kind in _PRESSING

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "field": self.field,
            "label": self.label,
            "weight": self.weight,
            "what": {"zh": self.what.zh, "en": self.what.en},
            "todo": {"zh": self.todo.zh, "en": self.todo.en},
            "candidates": [one.as_json() for one in self.candidates],
        }


def most_pressing_first(drifts: Iterable[Drift]) -> list[Drift]:
    """What keeps a section from being filled, then what the page newly insists on, then the rest by weight; within these
    in the order of the page."""
    return sorted(drifts, key=lambda one: 0 if one.weight == "stop" else _PRESSING.get(one.kind, _AFTER[one.weight]))


def verdict_of(drifts: Iterable[Drift]) -> Verdict:
    """The whole in one word: the heaviest drift decides."""
    weights = {one.weight for one in drifts}
    return "stop" if "stop" in weights else "go-with-list" if "list" in weights else "go"


def reasons_in_words(reasons: Sequence[Likeness]) -> Text:
    words = [LIKENESS_WORDS[one] for one in reasons]
    return Text("、".join(one.zh for one in words), ", ".join(one.en for one in words))
