"""`assistant renew`: this year's profile from last year's, what must change first."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import add_on, day_of
from assistant.intake.renewal import Fate
from assistant.jobs.outputs import Results
from assistant.jobs.renew import Renewal, RenewJob, renew
from assistant.messages import Text
from assistant.review.console import Console
from assistant.store import sealing
from assistant.store.folders import FolderAt, FolderStore

GIVES_JSON = True

_WORDS: dict[Fate, Text] = {
    "change": Text("须更新", "must change"),
    "look": Text("请核对", "look at it"),
    "kept": Text("沿用", "kept"),
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="去年的申请人文件夹 / last year's applicant's folder"
    )
    parser.add_argument(
        "--into",
        metavar="FOLDER",
        type=Path,
        required=True,
        help="申请人文件夹所在的文件夹，新的资料建在其中 / the folder of applicants that gets the new one",
    )
    add_on(parser)


def run(args: Namespace) -> int:
    """Makes the new profile; 1, since something of it must always be filled anew."""
    console: Console = args.console
    done = renew(RenewJob(FolderAt(args.profile), FolderStore(args.into), day_of(args)))
    if sealing.is_sealed(args.profile):
        # Who was sealed stays so.
        sealing.seal(args.into / done.applicant, sealing.kept_key())
    results = Results(console)
    results.json(args.json, done.as_json(args.lang))
    if args.json != "-" or not results.complete:
        _show(console, done, args.into)
    results.settle()
    return 1 if done.missing else 0


def _show(console: Console, done: Renewal, into: Path) -> None:
    for one in done.items:
        if one.fate != "kept":
            word, why = _WORDS[one.fate], one.message or Text("", "")
            console.line(
                Text(f"[{word.zh}] {one.path}：{why.zh}", f"[{word.en}] {one.path}: {why.en}"),
                style="warning" if one.fate == "change" else "",
            )
    kept = sum(one.fate == "kept" for one in done.items)
    console.line(
        Text(
            f"已建立 {into / done.applicant}，沿用 {kept} 项。把新证件读进来：assistant intake 文件… --into {into}",
            f"{into / done.applicant} is made; {kept} values are kept. Read the new papers: assistant intake FILE… --into {into}",
        ),
        style="good",
    )
    if done.missing:
        listed = ", ".join(done.missing)
        console.line(Text(f"还缺：{listed}", f"missing: {listed}"), style="quiet")
