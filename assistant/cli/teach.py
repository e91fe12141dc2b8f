"""`assistant teach`: mends a mapping by pointing at the page, learns what saves a draft, proposes a mapping for a new form;
exports and imports what was learned."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.arguments import ResultFile, add_where, applicant_if_named, target_of
from assistant.messages import Text
from assistant.review.console import Console

if TYPE_CHECKING:
    from assistant.jobs.new_portal import ProposedPortal

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    add_where(parser)
    parser.add_argument("--new", metavar="NAME", help="为没有资料包的网页提出草稿 / propose a mapping for a new form")
    parser.add_argument(
        "--learn-save", action="store_true", help="您手工暂存一次，记下哪些请求是保存 / learn what saving sends"
    )
    parser.add_argument(
        "--export", metavar="F.yaml", action=ResultFile, help="导出学到的对应关系 / export what was learned"
    )
    parser.add_argument(
        "--import", dest="import_", metavar="F.yaml", type=Path, help="导入同事的对应关系 / import a colleague's"
    )
    parser.add_argument(
        "--out", metavar="F.yaml", action=ResultFile, help="--new 的草稿写到哪里 / where --new writes its draft"
    )
    parser.add_argument("--by", metavar="NAME", help="记在文件里的姓名 / the name to sign with")
    parser.add_argument(
        "--no-panel",
        action="store_true",
        help="在终端中问答，网页中不显示面板 / ask in the terminal, without the panel",
    )
    parser.add_argument("--yes", action="store_true", help="看过差异，直接采用 / accept the diff without asking")


def run(args: Namespace) -> int:
    """Exit 0 when everything is mapped or was accepted, 1 when something is left or was declined."""
    if args.new:
        return _new(args)
    if args.export:
        return _export(args)
    if args.import_:
        return _import(args)
    return _teach(args)


def _teach(args: Namespace) -> int:
    from assistant.jobs.teach import TeachJob, teach
    from assistant.review.probe_report import show

    job = TeachJob(
        city=args.city or "",
        applicant=applicant_if_named(args),
        target=target_of(args),
        headless=args.headless,
        panel=not args.no_panel,
        learn_save=args.learn_save,
        by=args.by or "",
        agreed=args.yes,
    )
    taught = teach(job, args.console)
    if taught.verdict is not None:
        show(args.console, taught.sections, taught.entry, taught.verdict)
    return taught.exit_code


def _export(args: Namespace) -> int:
    from assistant.jobs.outputs import Results
    from assistant.jobs.overlays import OverlayJob, exported

    results = Results(args.console)
    if results.file(args.export, exported(OverlayJob(args.city or "", applicant_if_named(args)))):
        args.console.line(Text(f"已导出：{args.export}", f"exported: {args.export}"), style="good")
    results.settle()
    return 0


def _import(args: Namespace) -> int:
    from assistant.jobs.overlays import OverlayJob, import_overlay

    job = OverlayJob(args.city or "", applicant_if_named(args))
    return 0 if import_overlay(job, args.import_, args.console, agreed=args.yes) else 1


def _new(args: Namespace) -> int:
    """Exit 0 when every question was proposed for sure, 1 when something is left to the person."""
    from assistant.jobs.new_portal import NewPortalJob, propose_portal

    proposed = propose_portal(NewPortalJob(args.new, args.url or "", args.headless, args.out), args.console)
    _show_draft(args.console, proposed)
    proposed.results.settle()
    return 0 if proposed.is_sure else 1


def _show_draft(console: Console, proposed: "ProposedPortal") -> None:
    headers = (
        Text("页面栏目", "on the page"),
        Text("资料路径", "profile path"),
        Text("把握", "confidence"),
        Text("依据", "why"),
    )
    console.table(Text("提出的对应关系", "Proposed"), headers, proposed.rows, styles=proposed.styles)
    if proposed.unknown:
        listed = "、".join(proposed.unknown)
        console.line(Text(f"不认识：{listed}", f"not known: {listed}"), style="warning")
    for name in proposed.tables:
        console.line(Text(f"表格，需由人添加：{name}", f"a table, for a person to add: {name}"), style="warning")
    count = len(proposed.rows) + len(proposed.unknown)
    console.line(
        Text(
            f"共 {count} 项，提出 {proposed.share:.0%}。草稿：{proposed.path}。核对之前不会用来填写。",
            f"{count} questions, {proposed.share:.0%} proposed. Draft: {proposed.path}. Nothing is filled from it before it is reviewed.",
        ),
        style="title",
    )
