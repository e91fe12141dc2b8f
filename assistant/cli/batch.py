"""`assistant batch`: many applicants' forms one after another, rehearsed first; the person reviews and submits each."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.arguments import add_headless, add_on, add_store, day_of, store_of, target_of
from assistant.messages import Text
from assistant.review.console import Console
from assistant.store.base import Store
from assistant.store.folders import FolderStore

if TYPE_CHECKING:
    from assistant.jobs.batch.batch import BatchLine, BatchReport
    from assistant.jobs.batch.roster_copy import RosterCopy

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
    parser.add_argument(
        "--write-back",
        metavar="ROSTER",
        type=Path,
        help="把每人的结果和业务编号写进名册的副本（名册-results.xlsx），名册本身不变 / write what became of each row, and the portal's "
        "number, into a copy of the roster (ROSTER-results.xlsx)",
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
    results = Results(console)
    roster = _roster_of(args, job.store)
    said: dict[str, BatchLine] = {}

    def filled(line: "BatchLine") -> None:
        """After each form: a batch that is stopped has written what it knows."""
        said[line.applicant] = line
        if roster is not None:
            results.file(roster.target, _written_back(roster, said.values(), console))

    report = batch(job, console, filled)
    if roster is not None:
        results.file(roster.target, _written_back(roster, report.lines, console))
        console.line(
            Text(f"结果已写入名册的副本：{roster.target}", f"The results are in a copy of the roster: {roster.target}"),
            style="good",
        )
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


# ---- the roster's copy ---------------------------------------------------------------------------------------------


def _roster_of(args: Namespace, store: Store) -> "RosterCopy | None":
    """The roster that gets its results back; rows that nobody's results go to are named before the work."""
    if args.write_back is None:
        return None
    from assistant.jobs.batch.roster_copy import RosterCopy
    from assistant.jobs.outputs import ask_writable

    roster = RosterCopy(args.write_back, store, day_of(args))
    ask_writable(roster.target)
    for row in roster.unsure:
        args.console.line(
            Text(f"{row.place}：不写回，{row.why.zh}", f"{row.place}: nothing is written there, {row.why.en}"),
            style="warning",
        )
    return roster


def _written_back(roster: "RosterCopy", lines: "Iterable[BatchLine]", console: Console) -> bytes:
    from assistant.intake.sheets.results import RowResult

    kept = [one.applicant for one in lines if one.ending in ("done-before", "not-reached")]
    said = {
        one.applicant: RowResult(
            one.applicant, console.say(_WORDS[one.ending]), one.number, console.say(one.why) if one.why else ""
        )
        for one in lines
    }
    return roster.with_lines(said, kept)
