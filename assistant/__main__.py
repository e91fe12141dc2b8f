"""What runs first, as `assistant` and as `python -m assistant`: Ctrl-C is answered before anything else is loaded.

Promises: Ctrl-C ends with one line and exit status 130 at any moment, also while the command line is still loading and
after it has ended; output that nobody takes any more ends with a sentence and 2, not with the interpreter's complaint.
"""

# `_signal` is what `signal` is made of, without the libraries that `signal` loads first: they take most of the start.
import _signal as signal  # type: ignore[import-not-found]
import os
import sys

# As typing's own, which takes too long to load here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

# Nothing is loaded yet that knows the person's language.
INTERRUPTED = "已中断，未提交任何内容。 / Interrupted; nothing was submitted.\n"
CUT_OFF = (
    "标准输出写不进去（管道已关闭或磁盘已满）。 / Standard output can't be written (a closed pipe or a full disk).\n"
)


def start() -> "NoReturn":
    """Runs one command and ends the process with its exit status."""
    # Whoever started this with Ctrl-C switched off keeps it off.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from assistant.cli.main import main

    try:
        sys.exit(main())
    finally:
        _flush()


def _end(_number: int, _frame: "FrameType | None") -> None:
    """While nothing runs there is nothing to put away: no exception that a library could lose on its way."""
    _tell(INTERRUPTED)
    os._exit(130)


def _flush() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        from assistant.review.console import silence_stdout

        silence_stdout()
        _tell(CUT_OFF)
        sys.exit(2)


def _tell(line: str) -> None:
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except (OSError, RuntimeError, AttributeError):
        pass  # standard error is closed, or was being written to


if __name__ == "__main__":
    start()
