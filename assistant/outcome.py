"""What happened to one field (`Outcome`) and what is wrong before any browser (`Finding`).

Both are closed vocabularies and neither can hold a person's data: there is no field to put a value in. Every closed word
has its sentence for people here, in both languages; terminal, report and documents use these.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from assistant.messages import Text

Status = Literal["verified", "already", "kept", "skipped", "mismatched", "refused", "by-hand", "failed"]
Reason = Literal[
    # why a field was refused
    "not-found",
    "ambiguous",
    "hidden",
    "read-only",
    "no-such-option",
    "too-long",
    "wrong-person",
    "wrong-origin",
    "unsupported",
    # the section is not the one the pack describes
    "drifted",
    # why a value does not hold
    "not-taken",
    "changed-after-save",
    "rejected-by-page",
    "doubled",
    # why nothing was written
    "different-value",
    "other-file",
    "condition-false",
    "no-value",
    # why it is the person's
    "on-purpose",
    # a required question of the page that the pack does not know
    "not-planned",
    # found on a page that is new to the tool, and not ticked by the person
    "not-confirmed",
    # found on such a page, and none of the words that the tool knows
    "not-known",
    # a column of a row that is there already and whose table does not show it
    "not-shown",
    # why it failed
    "page-error",
    "timed-out",
    "row-not-added",
    # what was opened for a row that was given up could not be closed again
    "row-left-open",
    "not-saved",
    "not-reached",
]
# How a value was written: in the page's own pass with all others, or as a person's input method enters text, for that field alone.
How = Literal["in-page", "keyboard"]
# How a field was found on the page: as the pack declares it, as it was learned before, as the person confirmed it in this run.
Matched = Literal["pack", "overlay", "confirmed"]
STATUSES: tuple[Status, ...] = get_args(Status)
REASONS: tuple[Reason, ...] = get_args(Reason)
CALM: frozenset[Status] = frozenset({"verified", "already", "skipped"})

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Outcome:
    """What happened to one field. `row` counts from 0 within a row table, None outside one; `how` is None where the tool
    wrote nothing."""

    field: str
    label: str
    status: Status
    reason: Reason | None = None
    control: str | None = None
    row: int | None = None
    how: How | None = None
    match: Matched = "pack"

    @property
    def calm(self) -> bool:
        return self.status in CALM


@dataclass(frozen=True)
class Finding:
    """Something wrong, doubtful or worth knowing before any browser is opened.

    `code` is documented in docs/findings.md; `where` is a profile path or a file's name within the applicant's folder;
    `source` is where the rule stands (a URL, a standard), with its date where it has one.
    """

    code: str
    severity: Severity
    where: str
    message: Text
    source: str = ""
    slot: str | None = None


# ---- the closed words, as a person reads them ------------------------------------------------------------------------

STATUS_WORDS: dict[Status, Text] = {
    "verified": Text("已填并核对", "verified"),
    "already": Text("原已正确", "already right"),
    "kept": Text("保留原值", "kept"),
    "skipped": Text("无需填写", "nothing to write"),
    "mismatched": Text("与资料不符", "does not match"),
    "refused": Text("未填写", "refused"),
    "by-hand": Text("请手工填写", "by hand"),
    "failed": Text("填写失败", "failed"),
}

REASON_WORDS: dict[Reason, Text] = {
    "not-found": Text("页面上没有这个栏目", "no such field on the page"),
    "ambiguous": Text("页面上有多个同名栏目或选项，无法确定是哪一个", "several fields or options bear this name"),
    "hidden": Text("栏目在页面上不可见", "the field is not visible"),
    "read-only": Text("栏目不可编辑", "the field can't be edited"),
    "no-such-option": Text("下拉选项中没有这个值", "the value is not among the options"),
    "too-long": Text("超过页面允许的长度，未截断填写", "longer than the page allows; not cut"),
    "wrong-person": Text("页面是另一位申请人的", "the page is another applicant's"),
    "wrong-origin": Text("页面不属于该平台", "the page is not the portal's"),
    "unsupported": Text("控件类型与预期不同", "another kind of control than expected"),
    "drifted": Text(
        "本段与资料包差别过大，未填写；请运行 assistant probe 查看",
        "the section is not as the pack describes it, nothing was written; see `assistant probe`",
    ),
    "not-taken": Text("页面没有接受这个值", "the page did not take the value"),
    "changed-after-save": Text("保存后页面上的值变了", "the page changed the value after saving"),
    "rejected-by-page": Text("页面提示此处有误", "the page marks it as wrong"),
    "doubled": Text("页面上有两份相同的，请删去一份", "it stands on the page twice; delete one"),
    "different-value": Text(
        "原有另一个值，未覆盖（可加 --overwrite）", "holds another value, not overwritten (see --overwrite)"
    ),
    "other-file": Text(
        "这里有资料中没有的文件，工具没有动它", "holds a file that the profile does not know; left as it is"
    ),
    "condition-false": Text("本案不需要", "not asked for in this case"),
    "no-value": Text("资料中未填", "not in the profile"),
    "on-purpose": Text("按约定由您填写", "left to you on purpose"),
    "not-planned": Text("页面的新必填项，资料包中没有", "a required question the pack does not know"),
    "not-confirmed": Text("您没有勾选，未填写", "you did not tick it, so it was not filled"),
    "not-known": Text(
        "工具不认得它问的是什么，由您填写；也可在列表中用「这是…」指明",
        "the tool does not know what it asks for: yours to fill, or say it with “this is …” on the list",
    ),
    "not-shown": Text("表格不显示这一栏，无法核对", "the table does not show it, so it can't be compared"),
    "page-error": Text("页面出错", "the page failed"),
    "timed-out": Text("等待超时", "timed out"),
    "row-not-added": Text("该行未能添加，已取消", "the row could not be added and was cancelled"),
    "row-left-open": Text(
        "该行未能添加，为它打开的窗口或空行还在页面上；请关闭或删去",
        "the row could not be added, and what was opened for it still stands on the page: close or delete it",
    ),
    "not-saved": Text("未能保存草稿", "the draft could not be saved"),
    "not-reached": Text("中途停止，尚未填到这里", "the run stopped before it came here"),
}

# What a report says of its lists of slots and sections; what is in them follows.
MISSING_SLOTS = Text("附件尚缺：", "Still without a file: ")
UNSEEN_SLOTS = Text("本次未查看这些材料项是否已传：", "Not looked at in this run, whether they have a file: ")
UNREAD_SECTIONS = Text(
    "因中途停止，以下各段保存后未再从平台重读，请核对：",
    "Saved, but not read once more from the portal because the run was stopped; please check: ",
)

_UPLOAD_ELSEWHERE = Text(
    "按钮打开的多半是浏览器的另一个窗口：请您自己点按钮上传；窗口被拦截时，请在地址栏允许弹出窗口",
    "its button mostly opens a window of the browser's own: press it and upload there yourself; if the browser blocks the "
    "window, allow pop-ups in the address bar",
)


def why(outcome: Outcome) -> Text | None:
    """An outcome's reason as a person should read it, None where it has none."""
    if (outcome.reason, outcome.control) == ("unsupported", "upload"):
        return _UPLOAD_ELSEWHERE
    return REASON_WORDS[outcome.reason] if outcome.reason else None
