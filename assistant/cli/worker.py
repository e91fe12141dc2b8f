"""`assistant worker`: does the background work of a team's store, on any number of machines, until it is ended."""

import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace

from assistant.cli.arguments import add_store, database_of
from assistant.messages import Text

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    add_store(parser)
    parser.add_argument(
        "--cores",
        type=int,
        default=1,
        metavar="N",
        help="同时处理几项，一般不超过处理器数 / how many tasks at once, as many as there are cores at most (1)",
    )
    parser.add_argument("--until-done", action="store_true", help="没有待办时结束 / end once nothing is left to do")


def run(args: Namespace) -> int:
    """Works until Ctrl-C, which ends it calmly. Raises InputError, SealError, SetupError at once where it can't begin."""
    from assistant.check.deadlines.dates import today
    from assistant.jobs.work.durable import Worker, ask_for_engine, open_tasks
    from assistant.store.database.addresses import named_store

    ask_for_engine()
    store, address = database_of(args), named_store(args.store)
    store.team.keys()
    args.console.line(
        Text(
            f"后台工作已开始（{args.cores} 项并行）；按 Ctrl-C 结束。",
            f"Working, {args.cores} at once; Ctrl-C ends it.",
        )
    )
    others = [_another(address, args) for _ in range(args.cores - 1)]
    with Worker(store, address, checks_as_of=today).running(), _ended_with(others):
        try:
            while not (args.until_done and open_tasks(address) == 0):
                time.sleep(1)
        except KeyboardInterrupt:
            args.console.line(Text("正在收尾……", "Finishing what has begun…"))
    store.close()
    return 0


class _ended_with:
    """Ends other processes of this worker with it."""

    def __init__(self, others: "list[subprocess.Popen[bytes]]") -> None:
        self._others = others

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        for other in self._others:
            if other.poll() is None:
                other.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
        for other in self._others:
            other.wait()


def _another(address: str, args: Namespace) -> "subprocess.Popen[bytes]":
    """One more process of one task at a time: a process that is killed takes no other's work with it."""
    import os

    from assistant.store.locations import MODULE

    words = [*MODULE, "assistant", "worker", "--lang", args.lang, *(["--until-done"] if args.until_done else [])]
    # By the environment: an address may hold a password, and every program can read another's command line.
    return subprocess.Popen(words, env={**os.environ, "ASSISTANT_STORE": address}, stdout=subprocess.DEVNULL)
