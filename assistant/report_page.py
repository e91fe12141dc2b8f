"""The HTML report: one self-contained file that shows what was filled, every value masked, and the guard's receipt.

It loads nothing from anywhere and runs no script (its own content policy forbids both).
"""

import base64
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from assistant.messages import Language, Text
from assistant.outcome import Outcome
from assistant.plan import Plan
from assistant.report import Report, SectionReport
from assistant.values import mask
from assistant.words import REASON_WORDS, STATUS_WORDS

_TITLE = Text("填写报告", "What was filled")
_WORDS = {
    "applicant": Text("申请人文件夹", "applicant's folder"),
    "calm": Text("项就绪", "settled"),
    "person": Text("项需要您看", "for you"),
    "submitted": Text("本工具提交次数", "submitted by this tool"),
    "attempts": Text("拦下的提交企图", "submit attempts held back"),
    "seconds": Text("秒", "seconds"),
    "missing": Text("附件尚缺：", "still without a file: "),
    "look": Text("请您逐项查看", "Please look at these"),
    "section": Text("分段", "section"),
    "field": Text("栏目", "field"),
    "profile": Text("资料（已遮盖）", "profile (masked)"),
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
    "foot": Text("由您核对并提交；本报告不含填写内容。", "Review and submit are yours; this report holds no values."),
}


def report_page(report: Report, plan: Plan, language: Language) -> str:
    """The report as HTML in one language."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["b64"] = lambda picture: base64.b64encode(picture).decode("ascii")
    template = environment.from_string(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
    masks = _masks(plan)

    def masked(section: SectionReport, one: Outcome) -> str:
        return masks.get((section.key, one.field, one.row), "")

    return template.render(
        report=report,
        language="zh-CN" if language == "zh" else "en",
        say=lambda text: text.say(language),
        title=_TITLE,
        words=_WORDS,
        statuses=STATUS_WORDS,
        reasons=REASON_WORDS,
        label=lambda one: one.label if one.row is None else f"[{one.row + 1}] {one.label}",
        masked=masked,
        calm=sum(one.calm for one in report.outcomes),
        written=datetime.now().strftime("%Y-%m-%d %H:%M"),
        version=version("assistant"),
    )


def _masks(plan: Plan) -> dict[tuple[str, str, int | None], str]:
    """Every planned value, masked, by section, field and row."""
    masks: dict[tuple[str, str, int | None], str] = {}
    for section in plan.sections:
        rows = [(row.index, step) for table in section.tables for row in table.rows for step in row.steps]
        for index, step in [(None, step) for step in section.steps] + rows:
            values = step.value if isinstance(step.value, tuple) else (str(step.value),)
            masks[section.section.key, step.field.key, index] = "、".join(mask(value) for value in values)
        for upload in section.uploads:
            masks[section.section.key, f"documents.{upload.upload.slot}", None] = f"× {len(upload.files)}"
    return masks
