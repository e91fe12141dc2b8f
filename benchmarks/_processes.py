"""The processes below one of this machine's processes, and what memory they hold: read from /proc, so on Linux only."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def below(pid: int) -> list[int]:
    """All processes that this one started, and those they started."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                # The command's name, in brackets, may hold blanks: what follows it counts.
                parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    return list(_all_below(pid, children))


def _all_below(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    for child in children.get(pid, ()):
        yield child
        yield from _all_below(child, children)


def browser_below(pid: int) -> int | None:
    """The browser's main process that this one started: the one that is no helper of another."""
    for one in below(pid):
        with suppress(OSError):
            words = (PROC / str(one) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            if "--remote-debugging-pipe" in words and not any(word.startswith("--type=") for word in words):
                return one
    return None


def megabytes_from(pid: int) -> float:
    """What this process and those below it hold of their own, memory they share counted once. Program files that are only
    mapped are left out: others who run the same programs beside them would change their part."""
    kilobytes = 0
    for one in (pid, *below(pid)):
        with suppress(OSError, ValueError):
            for line in (PROC / str(one) / "smaps_rollup").read_text(encoding="utf-8").splitlines():
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    kilobytes += int(line.split()[1])
    return kilobytes / 1024


def kill_below(pid: int) -> None:
    """kill -9 for all that a process started: a browser that outlives its script would share the processors with the next.
    Nothing where there is no /proc."""
    for one in below(pid) if PROC.is_dir() else ():
        kill(one)


def kill(pid: int) -> None:
    """kill -9; a process that has ended meanwhile is no trouble."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
