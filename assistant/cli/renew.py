"""`assistant renew`: this year's profile from last year's, what must change first."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import add_on, add_store, applicant_of, day_of, store_of
from assistant.errors import InputError
from assistant.intake.renewal import Fate
from assistant.jobs.outputs import Results
from assistant.jobs.renew import Renewal, RenewJob, renew
from assistant.messages import Text
from assistant.review.console import Console
from assistant.store import sealing
from assistant.store.folders import FolderStore

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
        help="申请人文件夹所在的文件夹，新的资料建在其中 / the folder of applicants that gets the new one",
    )
    add_store(parser)
    add_on(parser)


def run(args: Namespace) -> int:
    """Makes the new profile; 1, since something of it must always be filled anew."""
    console: Console = args.console
    store = store_of(args)
    if args.into is None and store is None:
        raise InputError(
            Text("请用 --into 指明申请人的文件夹。", "Name the applicants' folder with --into."), where="--into"
        )
    into = store if args.into is None else FolderStore(args.into)
    assert into is not None
    done = renew(RenewJob(applicant_of(args), into, day_of(args)))
    if args.into is not None and store is None and sealing.is_sealed(args.profile):
        # Who was sealed stays so.
        sealing.seal(args.into / done.applicant, sealing.kept_key())
    results = Results(console)
    results.json(args.json, done.as_json(args.lang))
    if args.json != "-" or not results.complete:
        _show(console, done, into.shared.where(done.applicant), args.into)
    results.settle()
    return 1 if done.missing else 0


def _show(console: Console, done: Renewal, made: str, folder: Path | None) -> None:
    into = f"--into {folder}" if folder else "--store …"
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
            f"已建立 {made}，沿用 {kept} 项。把新证件读进来：assistant intake 文件… {into}",
            f"{made} is made; {kept} values are kept. Read the new papers: assistant intake FILE… {into}",
        ),
        style="good",
    )
    if done.missing:
        listed = ", ".join(done.missing)
        console.line(Text(f"还缺：{listed}", f"missing: {listed}"), style="quiet")
