"""`assistant fill`: fills, verifies, reports and hands over. It never submits."""

from argparse import ArgumentParser, Namespace

from assistant.cli.arguments import add_headless, add_outputs, add_profile, applicant_of, outputs_of, target_of

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    add_profile(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    where.add_argument("--dry-run", action="store_true", help="在模拟平台上演练 / rehearse on the mock portal")
    add_headless(parser)
    parser.add_argument(
        "--overwrite", action="store_true", help="覆盖页面上已有的不同值 / overwrite values that differ"
    )
    parser.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="KEY",
        help="只填这一段，可重复 / only this section; repeatable",
    )
    parser.add_argument(
        "--pause", choices=("end", "section"), default="end", help="在哪里停下等您 / where to wait for you"
    )
    parser.add_argument(
        "--no-panel", action="store_true", help="网页中不显示核对面板 / without the review panel in the page"
    )
    add_outputs(parser)


def run(args: Namespace) -> int:
    """Exit 0 when everything is calm, 1 when something needs the person, 2 when the input can't be used."""
    from assistant.jobs.fill import FillJob, fill

    job = FillJob(
        applicant=applicant_of(args),
        city=args.city or "",
        target=target_of(args),
        sections=tuple(args.section),
        overwrite=args.overwrite,
        pause=args.pause,
        headless=args.headless,
        panel=not args.no_panel,
        outputs=outputs_of(args),
    )
    report = fill(job, args.console)
    args.counts = report.counts
    return report.exit_code
