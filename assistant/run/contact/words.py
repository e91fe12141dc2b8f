"""What is said to the person while a page is met for the first time: what it shows, what the tool needs, what to press."""

from collections.abc import Sequence

from assistant.messages import Text
from assistant.portal.sources import FromPath
from assistant.run.plan import Plan
from assistant.values import mask

OPEN_THE_FORM = Text(
    "请登录，并打开该申请人的申请表。工具看到表格后会列出认得的栏目；没有列出时请按「继续」。",
    "Log in and open this applicant's form. As soon as the tool sees it, it lists what it knows; if no list comes, press “Go on”.",
)
OPEN_THE_NEXT = Text(
    "这一页没有新的栏目。请打开下一段（或展开收起的部分）；全部填完请按「由我接手」，核对后由您提交。",
    "Nothing new is on this page. Open the next part (or unfold what is folded); when all is filled press “I take over”, review and submit it yourself.",
)
NOTHING_NEW = Text(
    "这一页仍没有新的栏目。还有下一段就打开它；没有了请再按一次「继续」，或按「由我接手」。",
    "There is still nothing new on this page. Open the next part if there is one; if not, press “Go on” once more, or “I take over”.",
)
OPEN_THEIRS = Text(
    "好的，什么也没有写入。请打开这位申请人自己的申请表，再按「继续」。",
    "Nothing was written. Open this applicant's own form, then press “Go on”.",
)
OPEN_WHERE_IT_ASKS = Text(
    "这张表刚才显示过别人的资料，这一页又没有写明是谁的，因此没有写入。请打开这位申请人的申请表中填写姓名、护照号码的那一页，再按「继续」。",
    "This form showed another person before, and this page does not say whose it is, so nothing was written. Open the page of this applicant's form that asks for the name and passport number, then press “Go on”.",
)
SAVE_IT = Text(
    "本页已填好，面板上列出了没有填的栏目。请核对并补充，再用页面自己的按钮保存、打开下一段；工具看到下一段会接着列出。没有列出时请按「继续」。",
    "This page is filled; what was not is listed on the panel. Check and complete it, then save and open the next part with the page's own buttons; the tool goes on when it sees that part. If no list comes, press “Go on”.",
)
ALLOW = Text(
    "您保存时，页面向平台发出了下面的请求。允许后，本工具在这个网站上可以自己保存草稿；除此以外的动作仍只能由您来按。",
    "When you saved, the page sent the requests below. If you allow them, the tool may save the draft on this host by itself; anything else stays yours to press.",
)
HELD_BACK = Text(
    "页面要向平台发出下面的请求，才能收下刚才的内容；守卫先拦住了。允许后会再试一次，并在这个网站上记住；除此以外的动作仍只能由您来按。",
    "To take what was just given, the page wants to send the requests below; the guard held them back. If you allow them, it is tried once more and remembered for this host; anything else stays yours to press.",
)
TAKEN_OVER = Text("您已接手，工具到此为止；其余由您填写。", "You took over: the tool ends here; the rest is yours.")
SAVED_BY_HAND = Text("您保存时发出", "sent when you saved")


def list_of(title: str) -> Text:
    """What is said above the list of a page."""
    where = f"「{title}」" if title else "这一页"
    there = f"“{title}”" if title else "This page"
    return Text(
        f"{where}是工具第一次见到。勾选的栏目与资料对得上；没有勾选的请看清再决定。按「按勾选填写」后才会写入，写完读回给您核对。",
        f"{there} is new to the tool. What is ticked agrees with the profile; look at the rest before you tick it. Nothing is written before you press “Fill what is ticked”; afterwards it is read back for you to check.",
    )


def table_of(columns: Sequence[str], proposed: bool) -> Text:
    """What is said of a table that no known word speaks of."""
    asks = f"各列：{'、'.join(columns)}。" if columns else ""
    columns_en = f"Columns: {', '.join(columns)}. " if columns else ""
    if proposed:
        return Text(
            f"表名不认得，{asks}各列像是这张表，请看清再勾选",
            f"An unknown title. {columns_en}They look like this list: look before you tick it",
        )
    return Text(
        f"工具不认得这张表。{asks}请用「这是…」指明是资料中的哪张表，或由您逐行填写",
        f"The tool does not know this table. {columns_en}Say which list it is with “this is …”, or enter its rows yourself",
    )


def row_of(title: str) -> Text:
    """What is said above the boxes of a list's first row."""
    return Text(
        f"「{title}」第一行的各栏。按「按勾选填写」后，工具照这样逐行添加；看得清再按。",
        f"The boxes of the first row of “{title}”. After “Fill what is ticked” all rows are added in this way.",
    )


def is_it_new(plan: Plan) -> Text:
    """Asked where a form names nobody."""
    name = number = ""
    for step in plan.identity:
        if isinstance(step.mark.source, FromPath) and step.mark.source.path == "passport.number":
            number = mask(step.value)
        else:
            name = name or step.value
    return Text(
        f"这张表是空白的，没有写明是谁的。是 {name}（护照 {number}）的新表吗？",
        f"This form is blank and says nobody's name. Is it a new form of {name} (passport {number})?",
    )


def another_persons(label: str) -> Text:
    """The page shows somebody else."""
    return Text(
        f"页面上的「{label}」不是这位申请人的，因此没有写入。请打开这位申请人的申请表，再按「继续」。",
        f"“{label}” on the page is not this applicant's, so nothing was written. Open this applicant's form, then press “Go on”.",
    )
