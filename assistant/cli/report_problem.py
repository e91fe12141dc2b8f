"""`assistant report-problem`: one file to send when something goes wrong, all of it shown first."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile
from assistant.messages import Text

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        metavar="F.html",
        action=ResultFile,
        help="写成一个文件；不给则只显示 / write it as one file; without it, it is only shown",
    )
    parser.add_argument(
        "--pictures-from",
        metavar="REPORT.html",
        type=Path,
        help="附上 fill --report 报告中的模糊图片 / with the blurred pictures of a report of `fill --report`",
    )


def run(args: Namespace) -> int:
    from assistant.cli.desk import default_folder
    from assistant.jobs.doctor import examine
    from assistant.jobs.outputs import Results
    from assistant.jobs.trouble.problem_report import make_report

    args.console.line(Text("正在检查本机环境，约十几秒……", "Looking at this machine; a few seconds…"), style="quiet")
    report = make_report(examine(default_folder()), args.lang, args.pictures_from)
    args.console.line(report.as_text())
    out: Path | None = args.out
    if out is None:
        args.console.line(
            Text(
                "加 --out 文件.html 可写成一个文件，由您发送。",
                "With --out F.html it becomes one file for you to send.",
            ),
            style="title",
        )
        return 0
    results = Results(args.console)
    if results.file(out, report.as_page()):
        args.console.line(
            Text(
                f"已写成 {out}（另有 {len(report.pictures)} 张模糊图片）。本工具不会发送它。",
                f"Written to {out}, with {len(report.pictures)} blurred pictures. This program sends nothing.",
            ),
            style="title",
        )
    results.settle()
    return 0
