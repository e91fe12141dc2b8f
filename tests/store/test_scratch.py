"""What must not outlive a process is deleted by the next one, and nothing else is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.store import scratch


@pytest.mark.skipif(os.name != "posix", reason="asks the system for a process")
def test_what_a_killed_process_left_is_deleted_by_the_next(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for number in (ended.pid, os.getpid()):
        (tmp_path / f"assistant-sealed-{number}-x").mkdir()
    (tmp_path / f"assistant-browser-{ended.pid}-x" / "profile").mkdir(parents=True)
    (tmp_path / "assistant-sealed-other").mkdir()
    scratch.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"assistant-sealed-{os.getpid()}-x",
        "assistant-sealed-other",
    ]
