"""`assistant demo`: the whole job on a sample applicant and the mock portal, with nothing to set up."""

from argparse import ArgumentParser, Namespace

from assistant.cli.arguments import add_headless, add_outputs, outputs_of
from assistant.store.locations import PROFILES

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", default="shenzhen", metavar="C", help="城市 / city (shenzhen)")
    parser.add_argument(
        "--sample", default="sample-lee", metavar="NAME", help="示例申请人 / sample applicant (sample-lee)"
    )
    add_headless(parser)
    parser.add_argument(
        "--no-panel", action="store_true", help="网页中不显示核对面板 / without the review panel in the page"
    )
    add_outputs(parser)


def run(args: Namespace) -> int:
    """Exit 0 when every planned value was verified."""
    from assistant.jobs.fill import FillJob, fill
    from assistant.jobs.target import MOCK
    from assistant.store.folders import FolderAt

    job = FillJob(
        applicant=FolderAt(PROFILES / args.sample),
        city=args.city,
        target=MOCK,
        headless=args.headless,
        panel=not args.no_panel,
        outputs=outputs_of(args),
        overlay=False,
        command="demo",
    )
    report = fill(job, args.console)
    args.counts = report.counts
    return report.exit_code
