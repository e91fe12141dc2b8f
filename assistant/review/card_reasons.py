"""Why a value stands on a review card: the words, and what the second reading makes of it. Pure."""

from assistant.messages import Text
from assistant.normalize import fold
from assistant.outcome import STATUS_WORDS, Outcome, why
from assistant.review.cross_check import says_the_same
from assistant.run.fill.result import FieldResult
from assistant.run.plan import Step

IDENTITY = Text("证件号码：与证件原件逐位核对", "an identity number: compare it with the document, sign by sign")
DATE = Text("关键日期：与证件或申请核对", "a date the application hangs on: compare it with the document")
DOUBT = Text(
    "用另一种方法复读，页面上的意思与资料不同", "read a second way, the page does not mean what the profile says"
)
UNREAD = Text("换算过的值，无法自动复核", "a value that was converted, and that can't be read a second way")
ALIAS = Text("页面用的是同义写法，请确认意思相同", "the page uses another wording: make sure it means the same")
EXTRA_VALUE = Text("资料中没有，页面上却有值", "the profile has nothing here, yet the page holds something")
EXTRA_ROW = Text("页面上多出一行，资料中没有", "a row on the page that the profile doesn't have")
EXTRA_FILE = Text("材料项中有资料以外的文件", "files in this slot that are not the profile's")
UNKNOWN = Text("资料包不认识这个栏目，页面上已有值", "a question the pack doesn't know, and it holds something")
FIXED = Text("由平台填写，不可修改", "filled in by the portal, can't be changed")
VERBATIM = Text("照资料原样填写", "as the profile has it")
CONVERTED = Text("换算过，已用另一种方法复核", "converted, and confirmed by a second reading")


def doubt_of(step: Step, one: FieldResult) -> Text | None:
    """Whether the value planned, or the one the page holds, does not say what the profile said."""
    values = [step.value] if one.shown is None else [step.value, one.shown]
    readings = [says_the_same(step, value) for value in values]
    if False in readings:
        return DOUBT
    return UNREAD if None in readings else None


def is_alias(step: Step, one: FieldResult) -> bool:
    """Whether the page uses an accepted wording that is not the usual one."""
    if step.accepted_each and isinstance(one.shown, list | tuple):
        usual = {fold(texts[0]) for texts in step.accepted_each}
        return any(fold(text) not in usual for text in one.shown)
    return bool(step.accepted) and isinstance(one.shown, str) and _path(one.shown) != _path(step.accepted[0])


def _path(text: str) -> str:
    return fold(text).replace(">", "/")


def said_of(outcome: Outcome) -> Text:
    """What came of a field, in words."""
    status = STATUS_WORDS[outcome.status]
    reason = why(outcome)
    if reason is None:
        return status
    return Text(f"{status.zh}：{reason.zh}", f"{status.en}: {reason.en}")
