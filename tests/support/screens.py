"""A display of this test process, and `assistant` typed in a terminal beside it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

import pytest


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual display of this test process; the tests that need one are skipped, with a reason, where Xvfb is absent."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("no Xvfb on this machine (Debian: apt-get install xvfb)")
    reading, writing = os.pipe()
    # It picks a free number itself and tells it when it is ready.
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "2000x1200x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as ready:
            number = ready.readline().strip()
        assert number, "Xvfb ended before it was ready"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def display(screen: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """This test has a display to show a browser on."""
    monkeypatch.setenv("DISPLAY", screen)
    return screen


class Terminal:
    """What a run says in its terminal."""

    def __init__(self, end: int, run: subprocess.Popen[bytes]) -> None:
        self._end, self.run, self.said = end, run, ""
        os.set_blocking(end, False)

    def says(self, words: str) -> bool:
        with suppress(BlockingIOError):
            while part := os.read(self._end, 4096):
                self.said += part.decode("utf-8", "replace")
        return words in " ".join(self.said.split())

    def wait_for(self, words: str, *, seconds: float = 200) -> None:
        end = time.monotonic() + seconds
        while not self.says(words):
            assert time.monotonic() < end, f"waited for {words!r}; so far: {self.said[-600:]}"
            time.sleep(0.05)


@pytest.fixture
def in_a_terminal(display: str) -> Callable[..., AbstractContextManager[Terminal]]:
    """`assistant` with these words, as it is typed in a terminal beside a screen; interrupted in the end."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")

    @contextmanager
    def typed(*words: str) -> Iterator[Terminal]:
        ours, theirs = pty.openpty()
        run = subprocess.Popen(
            [sys.executable, "-m", "assistant", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "DISPLAY": display, "COLUMNS": "200", "TERM": "xterm"},
        )
        os.close(theirs)
        try:
            yield Terminal(ours, run)
        finally:
            run.send_signal(2)
            try:
                run.wait(timeout=30)
            except subprocess.TimeoutExpired:
                # Where whoever started the tests ignores the interrupt (a shell's background), so does every process below.
                run.kill()
                run.wait()
            os.close(ours)

    return typed
