"""The run's report in the terminal: a table by section, what the person must look at, and who holds the pen.

Promises: it shows labels, statuses and reasons, never a value.
"""

from assistant.messages import Text
from assistant.outcome import MISSING_SLOTS, STATUS_WORDS, UNREAD_SECTIONS, UNSEEN_SLOTS, why
from assistant.review.console import Console
from assistant.run.report import Report, SectionReport


def show_report(console: Console, report: Report) -> None:
    """Everything a run did, in the terminal."""
    _show_sections(console, report)
    if report.for_the_person:
        _show_what_is_left(console, report)
    for words, listed, style in (
        (MISSING_SLOTS, report.missing_slots, "bad"),
        (UNSEEN_SLOTS, report.unseen_slots, "warning"),
        (UNREAD_SECTIONS, report.unread_sections, "warning"),
    ):
        if listed:
            console.line(Text(words.zh + "、".join(listed), words.en + ", ".join(listed)), style=style)
    if report.stopped is not None:
        console.problem(report.stopped)
    submitted, attempts = report.guard["submitted"], report.guard["submit_attempts"]
    console.line(
        Text(
            f"共用 {report.seconds:.1f} 秒；本工具提交次数 {submitted}，拦下的提交企图 {attempts}。现在由您核对并提交。",
            f"{report.seconds:.1f} s in all; submitted by this tool: {submitted}, attempts held back: {attempts}. Review and submit are yours now.",
        ),
        style="title",
    )


def _show_sections(console: Console, report: Report) -> None:
    rows = [_row(section) for section in report.sections]
    headers = (
        Text("分段", "section"),
        STATUS_WORDS["verified"],
        STATUS_WORDS["already"],
        STATUS_WORDS["skipped"],
        Text("需要您看", "for you"),
        Text("秒", "seconds"),
    )
    console.table(
        Text("填写结果", "What was filled"), headers, rows, styles=["warning" if row[4] != "0" else "" for row in rows]
    )


def _row(section: SectionReport) -> tuple[str, ...]:
    statuses = [one.status for one in section.outcomes]
    settled = (str(statuses.count(status)) for status in ("verified", "already", "skipped"))
    left = sum(not one.calm for one in section.outcomes)
    return section.title, *settled, str(left), f"{section.seconds:.1f}"


def _show_what_is_left(console: Console, report: Report) -> None:
    console.table(
        Text("请您逐项查看", "Please look at these"),
        (Text("分段", "section"), Text("栏目", "field"), Text("情况", "what"), Text("原因", "why")),
        [
            (
                section.title,
                one.label if one.row is None else f"[{one.row + 1}] {one.label}",
                STATUS_WORDS[one.status],
                why(one) or "",
            )
            for section, one in report.for_the_person
        ],
    )
