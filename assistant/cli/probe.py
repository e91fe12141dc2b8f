"""`assistant probe`: does the page still match the pack? Looks only; the first thing to run after a portal's update."""

from argparse import ArgumentParser, Namespace

from assistant.cli.arguments import ResultFile, add_where, applicant_if_named, target_of

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    add_where(parser)
    parser.add_argument(
        "--report",
        metavar="F.html",
        action=ResultFile,
        help="另存带截图和编号的 HTML / also write HTML with numbered pictures",
    )


def run(args: Namespace) -> int:
    """Exit 0 for `go`, 1 for `go-with-list` and `stop`, 2 when the input can't be used."""
    from assistant.jobs.outputs import Results
    from assistant.jobs.probe import ProbeJob, probe
    from assistant.review.probe_report import probe_page, show

    job = ProbeJob(
        args.city or "", applicant_if_named(args), target_of(args), args.headless, pictures=bool(args.report)
    )
    answer = probe(job, args.console)
    found = answer.found
    results = Results(args.console)
    results.json(args.json, found.as_json(answer.city))
    if args.report:
        pictures = {key: (look.picture, look.boxes) for key, look in found.looks.items()}
        page = probe_page(found.sections, found.entry, found.verdict, pictures, found.portal, args.lang)
        results.file(args.report, page)
    if args.json != "-" or not results.complete:
        show(args.console, found.sections, found.entry, found.verdict)
    if found.stopped is not None:
        args.console.problem(found.stopped)
    results.settle()
    return found.exit_code
