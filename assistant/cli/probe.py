"""`assistant probe`: does the page still match the pack? Looks only; the first thing to run after a portal's update."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from assistant.jobs.probe_session import add_where, opened, portal_of
from assistant.review.console import write_json, write_private

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    add_where(parser)
    parser.add_argument(
        "--report", metavar="F.html", type=Path, help="另存带截图和编号的 HTML / also write HTML with numbered pictures"
    )


def run(args: Namespace) -> int:
    """Exit 0 for `go`, 1 for `go-with-list` and `stop`, 2 when the input can't be used."""
    from assistant.drift.baseline import keep
    from assistant.review.probe_report import probe_page, show

    city, profile, portal = portal_of(args)
    with opened(args, city, profile, portal) as here:
        result = here.prober.probe(pictures=bool(args.report))
        if result.verdict == "go":
            keep(here.prober.fingerprint(result, date.today()))
    if args.json:
        write_json(args.json, result.as_json(city))
    if args.report:
        pictures = {key: (look.picture, look.boxes) for key, look in result.looks.items()}
        page = probe_page(result.sections, result.entry, result.verdict, pictures, portal.name, args.lang)
        write_private(args.report, page)
    if args.json != "-":
        show(args.console, result.sections, result.entry, result.verdict)
    if result.stopped is not None:
        args.console.problem(result.stopped)
    return result.exit_code
