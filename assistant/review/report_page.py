"""The HTML report: one self-contained file that shows what was filled, every value masked, and the guard's receipt.

It loads nothing from anywhere and runs no script (its own content policy forbids both). Only where it is made for
encryption (`held`) does it show the values themselves: the profile's, and what the page held at the last look.
"""

from collections.abc import Callable, Iterable, Sequence

from assistant.check.deadlines.dates import now
from assistant.messages import Language, Text
from assistant.outcome import MISSING_SLOTS, STATUS_WORDS, UNREAD_SECTIONS, UNSEEN_SLOTS, Outcome, why
from assistant.review.templates import render
from assistant.run.fill.read_back import ReadBack, text_of
from assistant.run.plan import Plan
from assistant.run.report import Report, SectionReport
from assistant.values import mask

_TITLE = Text("填写报告", "What was filled")
_WORDS = {
    "applicant": Text("申请人文件夹", "applicant's folder"),
    "calm": Text("项就绪", "settled"),
    "person": Text("项需要您看", "for you"),
    "submitted": Text("本工具提交次数", "submitted by this tool"),
    "attempts": Text("拦下的提交企图", "submit attempts held back"),
    "seconds": Text("秒", "seconds"),
    "missing": MISSING_SLOTS,
    "unread": UNREAD_SECTIONS,
    "unseen": UNSEEN_SLOTS,
    "look": Text("请您逐项查看", "Please look at these"),
    "changes": Text("与资料包不同：", "not as the pack describes it:"),
    "section": Text("分段", "section"),
    "field": Text("栏目", "field"),
    "profile": Text("资料（已遮盖）", "profile (masked)"),
    "plain": Text("资料", "profile"),
    "on_page": Text("页面", "page"),
    "what": Text("情况", "what"),
    "why": Text("原因", "why"),
    "picture": Text("页面截图（填写内容已模糊）", "picture of the page (values blurred)"),
    "guard": Text("守卫记录", "The guard's receipt"),
    "method": Text("方法", "method"),
    "path": Text("路径", "path"),
    "count": Text("次数", "count"),
    "decision": Text("处理", "decision"),
    "blocked": Text("拦下", "blocked"),
    "allowed": Text("放行", "let through"),
    "versions": Text("版本", "versions"),
    "pack": Text("资料包", "pack"),
    "foot": Text("由您核对并提交；本报告不含填写内容。", "Review and submit are yours; this report holds no values."),
    "foot_plain": Text(
        "由您核对并提交；本报告含个人信息，看完请删除解密的文件。",
        "Review and submit are yours. This report holds personal data: delete the decrypted file when you are done.",
    ),
}


_Place = tuple[str, str, int | None]
"""Section, field and row."""


def report_page(
    report: Report, plan: Plan, language: Language, *, pack: str, held: Sequence[ReadBack] | None = None
) -> str:
    """The report as HTML in one language; `pack` is its pack's version. With `held`, what was read back, it shows values."""
    planned = _planned(plan, plain=held is not None)
    shown = _shown(held or ())

    def at(values: dict[_Place, str]) -> Callable[[SectionReport, Outcome], str]:
        return lambda section, one: values.get((section.key, one.field, one.row), "")

    return render(
        "report_page",
        language,
        report=report,
        title=_TITLE,
        words=_WORDS,
        statuses=STATUS_WORDS,
        why=why,
        label=lambda one: one.label if one.row is None else f"[{one.row + 1}] {one.label}",
        planned=at(planned),
        shown=at(shown),
        plain=held is not None,
        calm=sum(one.calm for one in report.outcomes),
        written=now().strftime("%Y-%m-%d %H:%M"),
        pack=pack,
    )


def _planned(plan: Plan, *, plain: bool) -> dict[_Place, str]:
    """Every planned value, masked unless it may be `plain`, by section, field and row."""
    texts: dict[_Place, str] = {}
    for section in plan.sections:
        rows = [(row.index, step) for table in section.tables for row in table.rows for step in row.steps]
        for index, step in [(None, step) for step in section.steps] + rows:
            values = step.value if isinstance(step.value, tuple) else (str(step.value),)
            texts[section.section.key, step.field.key, index] = "、".join(map(str if plain else mask, values))
        for upload in section.uploads:
            files = "、".join(file.name for file in upload.files) if plain else f"× {len(upload.files)}"
            texts[section.section.key, f"documents.{upload.upload.slot}", None] = files
    return texts


def _shown(held: Iterable[ReadBack]) -> dict[_Place, str]:
    """Every value read back, by section, field and row."""
    texts: dict[_Place, str] = {}
    for one in held:
        key = one.plan.section.key
        for field in one.fields:
            texts[key, field.field.key, None] = text_of(field.shown)
        for row in (row for table in one.tables for row in table.rows if row.index is not None):
            for field in row.fields:
                texts[key, field.field.key, row.index] = text_of(field.shown)
        for upload in one.uploads:
            texts[key, f"documents.{upload.upload.slot}", None] = "、".join(upload.files)
    return texts
