"""`assistant batch`: many applicants' forms one after another, rehearsed first; the person reviews and submits each."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.arguments import add_headless, add_on, add_store, day_of, store_of, target_of
from assistant.messages import Text
from assistant.review.console import Console
from assistant.store.folders import FolderStore

if TYPE_CHECKING:
    from assistant.jobs.batch.batch import BatchReport

GIVES_JSON = True

_WORDS = {
    "filled": Text("已填好", "filled"),
    "for-the-person": Text("已填，有事项待您处理", "filled, something is for you"),
    "stopped": Text("中途停止", "stopped early"),
    "fault": Text("出错", "failed"),
    "unusable": Text("资料无法使用", "the profile can't be used"),
    "done-before": Text("此前已填", "filled before"),
    "not-reached": Text("还没轮到", "not reached"),
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help="申请人文件夹所在的文件夹 / folder of applicants"
    )
    add_store(parser)
    parser.add_argument(
        "--due",
        type=int,
        metavar="DAYS",
        help="只填必须在这些天内申请的人 / only those who must file within so many days",
    )
    parser.add_argument("--city", metavar="C", help="只填这个城市的人 / only those of this city")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    where.add_argument("--dry-run", action="store_true", help="在模拟平台上演练 / rehearse on the mock portal")
    add_headless(parser)
    parser.add_argument("--no-rehearsal", action="store_true", help="不先演练 / without rehearsing each case first")
    parser.add_argument("--again", action="store_true", help="此前填过的也再填 / also those filled before")
    parser.add_argument(
        "--no-panel", action="store_true", help="网页中不显示核对面板 / without the review panel in the page"
    )
    parser.add_argument(
        "--cores", type=int, default=1, metavar="N", help="同时演练几人 / how many rehearsals at once (1)"
    )
    add_on(parser)


def run(args: Namespace) -> int:
    """Exit 0 when every form is calm, 1 when something needs the person."""
    from assistant.jobs.batch.batch import BatchJob, batch
    from assistant.jobs.outputs import Results

    console: Console = args.console
    job = BatchJob(
        store=store_of(args) or FolderStore.at(args.folder or Path()),
        on=day_of(args),
        due=args.due,
        city=args.city or "",
        target=target_of(args),
        headless=args.headless,
        panel=not args.no_panel,
        rehearse=not args.no_rehearsal,
        again=args.again,
        cores=args.cores,
    )
    report = batch(job, console)
    results = Results(console)
    results.json(args.json, report.as_json())
    if args.json != "-" or not results.complete:
        _show(console, report)
    results.settle()
    return 0 if report.calm else 1


def _show(console: Console, report: "BatchReport") -> None:
    console.table(
        Text("批量填写", "Batch"),
        (Text("申请人", "applicant"), Text("结果", "result"), Text("秒", "seconds"), Text("说明", "why")),
        [(one.applicant, _WORDS[one.ending], f"{one.seconds:.0f}", one.why or "") for one in report.lines],
        styles=["good" if one.ending in ("filled", "done-before") else "warning" for one in report.lines],
    )
