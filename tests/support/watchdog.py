"""Ends a test process that stands still, with the name of the test and the stacks of all its processes on standard error.

`pytest-timeout` fails a test that takes too long and goes on with the next; it raises in the test's own thread, which a
wait inside a browser's driver may swallow, and it counts nothing any more once a test is run again. This one is a thread
of its own: GRACE seconds after a test should have been ended it says what is going on everywhere, ends every process
below it and then its own. Under xdist the test is then told as failed and another process goes on with the rest; should
even this thread not get its turn, the interpreter's own timer ends the process BACKSTOP seconds later.
"""

import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest

GRACE, BACKSTOP = 60.0, 60.0
STATUS = 70
PROC = Path("/proc")
# Its own hold on the clock: a test may turn the one that it shows to the product.
_clock = time.monotonic


class Watchdog:
    """What is watched in this process, and where it is told."""

    def __init__(self, told: TextIO, grace: float) -> None:
        self._told, self._grace = told, grace
        self._name, self._end = "", float("inf")
        self._held = hasattr(signal, "SIGUSR2") and threading.current_thread() is threading.main_thread()
        if self._held:
            signal.signal(signal.SIGUSR2, lambda *_: time.sleep(3600))
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def begins(self, name: str, seconds: float) -> None:
        self._name, self._end = name, _clock() + seconds + self._grace
        faulthandler.dump_traceback_later(seconds + self._grace + BACKSTOP, exit=True, file=self._told)

    def ends(self) -> None:
        self._end = float("inf")
        faulthandler.cancel_dump_traceback_later()

    def _watch(self) -> None:
        while _clock() < self._end:
            time.sleep(min(1.0, self._grace / 4))
        self._say(f"\n+++ watchdog: {self._name} stands still; process {os.getpid()} is ended. Its stacks:")
        faulthandler.dump_traceback(file=self._told, all_threads=True)
        if self._held:
            # What the test waits for is ended next: it must not go on then, nor what is captured be thrown away.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR2)
        self._end_those_below()
        os._exit(STATUS)

    def _end_those_below(self) -> None:
        """Python processes (PYTHONFAULTHANDLER) tell their stacks when they are aborted; of the others their state is told."""
        below = list(descendants(os.getpid()))
        for number in below:
            self._say(f"+++ process {number}: {_described(number)}")
            with suppress(OSError):
                os.kill(number, signal.SIGABRT if _is_python(number) else signal.SIGKILL)
        end = _clock() + 10
        while _clock() < end and not all(map(_is_gone, below)):
            time.sleep(0.1)
        for number in below:
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)
        # They write where this process's standard error is led to while a test is captured.
        captured = PROC / "self" / "fd" / "2"
        with suppress(OSError):
            self._say(captured.read_text(encoding="utf-8", errors="replace")[-20000:] if captured.is_file() else "")

    def _say(self, text: str) -> None:
        print(text, file=self._told, flush=True)


def descendants(number: int) -> Iterator[int]:
    """All processes below this one, parents first. Linux only; elsewhere none is found."""
    for file in PROC.glob(f"{number}/task/*/children"):
        with suppress(OSError):
            for child in map(int, file.read_text().split()):
                yield child
                yield from descendants(child)


def _is_python(number: int) -> bool:
    with suppress(OSError):
        return "python" in (PROC / str(number) / "exe").resolve().name
    return False


def _is_gone(number: int) -> bool:
    return _described(number) == "gone" or _described(number).startswith("State:\tZ")


def _described(number: int) -> str:
    """Its command, shortened, and what it does: running, sleeping, stopped, and in which call of the kernel."""
    with suppress(OSError):
        home = PROC / str(number)
        command = (home / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        state = next(line for line in (home / "status").read_text().splitlines() if line.startswith("State"))
        return f"{state}, waits in {(home / 'wchan').read_text() or '?'}: {command[:200]}"
    return "gone"


WATCHDOG = pytest.StashKey[Watchdog]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("watchdog_grace", "seconds after a test's time-out at which its process is ended", default=str(GRACE))


def pytest_configure(config: pytest.Config) -> None:
    # Capturing is suspended now: this is where the person who runs the tests looks.
    told = os.fdopen(os.dup(sys.__stderr__.fileno() if sys.__stderr__ else 2), "w", encoding="utf-8")
    config.stash[WATCHDOG] = Watchdog(told, float(config.getini("watchdog_grace")))
    os.environ.setdefault("PYTHONFAULTHANDLER", "1")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Around the whole of it: fixtures, the test, and its being run again."""
    watchdog = item.config.stash[WATCHDOG]
    watchdog.begins(item.nodeid, seconds_of(item))
    try:
        return (yield)
    finally:
        watchdog.ends()


def seconds_of(item: pytest.Item) -> float:
    """How long this test may take: its mark, else what is asked for of all."""
    mark = item.get_closest_marker("timeout")
    if mark is not None and (mark.args or "timeout" in mark.kwargs):
        return float(mark.args[0] if mark.args else mark.kwargs["timeout"])
    asked = item.config.getoption("timeout", None)
    return float(asked if asked is not None else item.config.getini("timeout") or 300)
