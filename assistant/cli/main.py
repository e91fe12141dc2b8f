"""The command line: reads the words, calls one verb, turns an expected error into a message and an exit status.

Exit status: 0 calm · 1 something needs the person · 2 unusable input · 3 a bug · 130 interrupted.
"""

import errno
import signal
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from assistant.cli import VERBS, load
from assistant.errors import AssistantError, ResultNotWritten, SetupError
from assistant.messages import Language, Text, default_language

DESCRIPTION = Text(
    "预填外国人工作许可与居留许可延期申请，逐项回读核对，停在提交之前：由您核对并提交。",
    "Pre-fills work- and residence-permit renewals, proves every value by reading it back, and stops before "
    "submission: you review and submit.",
)
EPILOG = Text(
    "退出码：0 一切正常；1 有事项需要您处理；2 输入有误；3 程序错误；130 已中断",
    "Exit status: 0 calm; 1 something needs you; 2 unusable input; 3 a bug; 130 interrupted",
)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}


def make_parser(language: Language, wanted: Collection[str] = tuple(VERBS)) -> ArgumentParser:
    """The command line, with help in one language. Only the verbs that are `wanted` are loaded and get their arguments."""
    parser = ArgumentParser(
        prog="assistant",
        description=DESCRIPTION.say(language),
        epilog=EPILOG.say(language),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("assistant"))
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, help_text in VERBS.items():
        sentence = help_text.say(language)
        verb_parser = verbs.add_parser(name, help=sentence, description=sentence)
        if name not in wanted:
            continue
        verb = load(name)
        verb.add_arguments(verb_parser)
        verb_parser.add_argument(
            "--lang",
            choices=getattr(verb, "LANGUAGES", ("zh", "en")),
            default=language,
            help=Text("界面语言（默认按系统）", "language of messages (default: the system's)").say(language),
        )
        if verb.GIVES_JSON:
            verb_parser.add_argument(
                "--json",
                metavar="FILE",
                help=Text("把结果写成 JSON（- 为标准输出）", "write the result as JSON (- is standard output)").say(
                    language
                ),
            )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers with its exit status; never shows a traceback for an expected error."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    args = make_parser(_language_of(words), words).parse_args(words)
    from assistant.review.console import Console

    spoken = args.lang if args.lang in ("zh", "en") else default_language()
    args.console = Console(spoken, json_to_stdout=getattr(args, "json", None) == "-")
    started, status = time.monotonic(), 3
    try:
        status = _run(args)
        if args.console.is_cut_off and status in (0, 1):
            status = _cut_off(args)
    finally:
        _note(args, time.monotonic() - started, status)
    return status


def _run(args: Namespace) -> int:
    interrupts: list[int] = []
    try:
        with _interruptible(interrupts):
            _ask_writable(args)
            return load(args.verb).run(args)
    except (Exception, KeyboardInterrupt) as error:
        # What Ctrl-C broke on its way (it ends the browser as well) is no trouble of its own.
        if interrupts or isinstance(error, KeyboardInterrupt):
            args.console.line(Text("已中断，未提交任何内容。", "Interrupted; nothing was submitted."), style="warning")
            return 130
        if isinstance(error, AssistantError):
            args.console.problem(error)
            return error.exit_code
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            args.console.problem(_no_room(error))
            return SetupError.exit_code
        return _report_bug(args, error)


def _no_room(error: OSError) -> SetupError:
    """A full disk or a folder that can't be written, wherever the work met it, is the machine's trouble and no bug."""
    return SetupError(
        Text(
            "磁盘已满，或这里不允许写入。未提交任何内容；请腾出空间或检查权限后再运行。",
            "The disk is full, or this may not be written. Nothing was submitted; make room or check the permissions, then "
            "run it again.",
        ),
        where=str(error.filename or ""),
    )


@contextmanager
def _interruptible(interrupts: list[int]) -> Iterator[None]:
    """Ctrl-C is an exception while a verb runs, which closes what was opened; before and after, it ends at once."""

    def interrupt(number: int, _frame: object) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    at_once = signal.getsignal(signal.SIGINT)
    if not callable(at_once) or at_once is signal.default_int_handler:
        yield
        return
    try:
        signal.signal(signal.SIGINT, interrupt)
        yield
    finally:
        signal.signal(signal.SIGINT, at_once)


def _ask_writable(args: Namespace) -> None:
    """Every file that the command is to write, before the work."""
    places = (*getattr(args, "results", ()), getattr(args, "json", None))
    if any(places):
        from assistant.jobs.outputs import ask_writable

        ask_writable(*places)


def _cut_off(args: Namespace) -> int:
    """What was for the person went to standard error instead: whoever reads the output knows that it isn't whole."""
    args.console.problem(
        ResultNotWritten(
            Text(
                "标准输出写不进去（管道已关闭或磁盘已满），其余内容已写到标准错误。",
                "Standard output can't be written (a closed pipe or a full disk); the rest went to standard error.",
            )
        )
    )
    return 2


def _note(args: Namespace, seconds: float, status: int) -> None:
    """One line in the journal: which applicant's folder, how many outcomes of which kind, never a value."""
    from assistant.store.journal import note

    given: Path | None = getattr(args, "profile", None) or getattr(args, "folder", None)
    folder = given.parent if given and given.suffix == ".yaml" else given
    applicant = folder.resolve().name if folder else ""
    counts, bug = getattr(args, "counts", {}), getattr(args, "bug", "")
    note(args.verb, applicant=applicant, counts=counts, seconds=seconds, exit_status=status, bug=bug)


def _report_bug(args: Namespace, error: Exception) -> int:
    """Says that it was our fault. Only the place in our code is shown: a raw message could hold a person's data."""
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [place for place in places if place.startswith(("assistant", "fixtures"))]
    args.bug = f"{type(error).__name__} {' '.join(ours[-3:])}"
    args.console.problem(
        AssistantError(
            Text(
                f"程序内部错误（{type(error).__name__}，位置 {' → '.join(ours[-3:])}）。未提交任何内容，请把这一行发给开发者。",
                f"A bug in this program ({type(error).__name__} at {' → '.join(ours[-3:])}). Nothing was submitted; "
                "please send this line to the developers.",
            )
        )
    )
    return 3


def _language_of(words: Sequence[str]) -> Language:
    """`--lang` is looked for before parsing, so that `--help` already speaks it."""
    for index, word in enumerate(words):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and index + 1 < len(words):
            value = words[index + 1]
        if value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return default_language()


def _speak_utf8() -> None:
    """Chinese text must not crash on a Windows console or a pipe with another code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
