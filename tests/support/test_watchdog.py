"""A suite that stands still is ended, and says which test stood still and where every process was."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STANDING_STILL = """
import signal, subprocess, sys, time

def test_before(): pass

def test_that_waits_for_ever():
    # pytest-timeout's alarm does not get through.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    child = subprocess.Popen([sys.executable, "-c", "def in_the_child():\\n import time; time.sleep(600)\\nin_the_child()"])
    child.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes below are found in /proc")
@pytest.mark.parametrize("workers", ["0", "1"])
def test_what_stands_still_is_ended_with_the_name_of_the_test_and_all_stacks(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_still.py").write_text(STANDING_STILL, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\ntimeout = 2\nwatchdog_grace = 1\n", encoding="utf-8")
    words = ["-q", "-n", workers, "-p", "no:randomly", "-p", "tests.support.watchdog", "--max-worker-restart", "0"]
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=200,
    )
    assert time.monotonic() - begun < 150
    assert done.returncode != 0
    assert "test_that_waits_for_ever stands still" in done.stderr
    assert "in test_that_waits_for_ever" in done.stderr, "where the test was"
    assert "in in_the_child" in done.stderr, "where the process below it was"
    assert "test_before" not in done.stderr
