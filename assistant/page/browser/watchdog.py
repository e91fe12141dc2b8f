"""Ends a browser that does not answer any more, so that no call to it waits for ever.

Playwright bounds some of its calls; scripts in the page, sessions and closing have no limit, and a page that loops, a stopped
process or a lost answer would keep the run for good. Promises: a call made `within` a limit comes back at most some
seconds after it, with Playwright's own error; only processes of this browser (and, if that does not help, of its driver) are
ended; what the person has in hand is spared as long as their browser runs; each browser ended is a line in the journal.

The limit is counted in ticks of a thread, not by a clock: a computer that slept in between has lost no time.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakKeyDictionary

import psutil
from playwright.sync_api import BrowserContext

from assistant.store import journal

# Seconds. A look takes milliseconds, a section's writing at most about a minute where every list comes empty.
LOOK, WRITE, CLOSE = 90.0, 300.0, 20.0
_TICK = 0.25
# How long a call may still take after the browser was ended, before its driver is ended too.
_GRACE = 5.0


class Watchdog:
    """Watches the calls to one browser, known by the folder of its profile."""

    def __init__(self, profile: Path) -> None:
        self._profile = str(profile)
        self.ended = False
        """Whether the browser was ended because it did not answer."""
        self.spares_person = False
        """Whether the person holds the pen: then their browser is left alone as long as it runs, and only the wait for one
        that is gone is cut short."""
        self._left: float | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What is called inside comes back in about `seconds`. Limits may be nested; the inner one counts."""
        before, self._left = self._left, seconds
        try:
            yield
        finally:
            self._left = before

    def stop(self) -> None:
        """The browser is closed: nothing is watched any more."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(_TICK):
            left = self._left
            if left is None:
                continue
            self._left = left - _TICK
            if left > 0 or (self.spares_person and self._processes()):
                continue
            self._end()

    def _end(self) -> None:
        """The browser first; its driver, without which no call can wait, only if the same call still has not come back."""
        if not self.ended:
            self.ended = True
            journal.remark("browser-ended")
            _kill(self._processes())
            self._left = _GRACE
        else:
            _kill(_drivers())
            self._left = None

    def _processes(self) -> list[psutil.Process]:
        """The processes of this browser that still run, helpers included."""
        found: list[psutil.Process] = []
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                if any(self._profile in word for word in process.cmdline()):
                    found += [process, *process.children(recursive=True)]
        return found


class _Unwatched(Watchdog):
    """For a page that somebody else opened: its calls are theirs to bound, and its browser is never ended."""

    def __init__(self) -> None:
        self.ended = self.spares_person = False

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        yield


_UNWATCHED = _Unwatched()
_watching: WeakKeyDictionary[BrowserContext, Watchdog] = WeakKeyDictionary()


@contextmanager
def watched(context: BrowserContext, profile: Path) -> Iterator[None]:
    """Watches the calls to a browser that the product itself has opened, until it is closed."""
    watchdog = _watching[context] = Watchdog(profile)
    try:
        yield
    finally:
        watchdog.stop()


def watchdog_of(context: BrowserContext) -> Watchdog:
    return _watching.get(context, _UNWATCHED)


def _drivers() -> list[psutil.Process]:
    """Playwright's own processes of this program: children that are none of a browser."""
    found = []
    for process in psutil.Process().children():
        with suppress(psutil.Error):
            if "run-driver" in process.cmdline():
                found.append(process)
    return found


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        if process.pid != os.getpid():
            with suppress(psutil.Error):
                process.kill()
