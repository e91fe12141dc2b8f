"""`assistant after`: what follows submission — status, booking and printed form on the portal, and the page to take along."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from assistant.check.deadlines.dates import checked, today
from assistant.cli.arguments import ResultFile, add_headless, add_profile, applicant_of
from assistant.jobs.outputs import Results
from assistant.messages import Text
from assistant.review.console import Console

if TYPE_CHECKING:
    from assistant.jobs.follow_up import ByHand, FollowUpJob
    from assistant.run.follow_up import AfterReport

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    add_profile(parser)
    parser.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    add_headless(parser)
    parser.add_argument(
        "--pack",
        metavar="F.html",
        action=ResultFile,
        help="只写现场办理清单（一页 A4），不打开浏览器 / only write the on-site checklist, one A4 page; opens no browser",
    )


def run(args: Namespace) -> int:
    """Exit 0 when the pack is written, or the form is filed; 1 when something is still the person's. Raises InputError.

    Where the pack does not know the portal's pages after submission, no browser is opened: what is known is said.
    """
    from assistant.jobs.follow_up import ByHand, FollowUpJob, follow_up
    from assistant.jobs.target import Target

    job = FollowUpJob(applicant_of(args), args.city or "", Target.of(args.url), args.headless)
    if args.pack:
        return _write_pack(args, job)
    answer = follow_up(job, args.console)
    if isinstance(answer, ByHand):
        return _say_by_hand(args, answer)
    results = Results(args.console)
    results.json(args.json, answer.as_json())
    _show(args.console, answer)
    results.settle()
    return answer.exit_code


def _write_pack(args: Namespace, job: "FollowUpJob") -> int:
    from assistant.jobs.follow_up import onsite
    from assistant.review.onsite import onsite_page

    results = Results(args.console)
    if results.file(args.pack, onsite_page(onsite(job), args.lang)):
        args.console.line(
            Text(
                f"已写入现场办理清单：{args.pack}（可打印为一页 A4）", f"Written: {args.pack} (prints on one A4 page)"
            ),
            style="good",
        )
    results.settle()
    return 0


def _say_by_hand(args: Namespace, answer: "ByHand") -> int:
    """Where nothing public says how the portal's pages after submission look, what is known is said, with its source."""
    pack = answer.pack
    steps = (*pack.before, *(visit.what for visit in pack.visits), *pack.after, *pack.offices, *pack.hotlines)
    results = Results(args.console)
    if args.json:
        sources = {one.number: one for one in pack.sources}
        by_hand = [
            {
                "zh": step.text.zh,
                "en": step.text.en,
                "sources": [{"url": sources[n].url, "as_of": sources[n].as_of.isoformat()} for n in step.sources],
            }
            for step in steps
        ]
        results.json(
            args.json,
            {"schema": 1, "command": "after", "applicant": answer.applicant, "status": None, "by_hand": by_hand},
        )
    args.console.line(
        Text(
            "该平台提交之后的页面没有公开说明，本工具不猜测、不打开浏览器。请人工查询和办理；已知的如下（方括号为来源编号）：",
            "Nothing public says what this portal's pages look like after submission, so nothing is guessed and no browser "
            "opened. Look it up by hand; what is known (source in brackets):",
        ),
        style="warning",
    )
    rows = []
    for number, step in enumerate(steps, 1):
        where = "、".join(map(str, step.sources))
        zh = "；".join([step.text.zh, *(mark.zh for mark in step.marks)])
        en = "; ".join([step.text.en, *(mark.en for mark in step.marks)])
        rows.append((str(number), Text(f"{zh} [{where}]", f"{en} [{where}]")))
    args.console.table(Text("提交之后", "After submission"), (Text("序号", "no."), Text("事项", "what")), rows)
    used = {number for step in steps for number in step.sources}
    for one in (source for source in pack.sources if source.number in used):
        args.console.line(
            Text(
                f"[{one.number}] {one.title.zh} {one.url}（{checked(one.as_of, today()).zh}）",
                f"[{one.number}] {one.title.en} {one.url} ({checked(one.as_of, today()).en})",
            ),
            style="quiet",
        )
    results.settle()
    return 1


def _show(console: Console, report: "AfterReport") -> None:
    nothing = Text("没有查到", "not found")
    found = (
        (Text("审核状态", "status"), report.status or nothing),
        (Text("预约状态", "booking"), report.booking or nothing),
        (Text("申请表", "form"), report.form or Text("未归档", "not filed")),
    )
    console.table(Text("提交之后", "After submission"), (Text("项目", "what"), Text("结果", "found")), found)
    if report.trouble:
        console.line(report.trouble, style="bad")
    if report.stopped:
        console.problem(report.stopped)
