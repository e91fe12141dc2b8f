"""How long `check` takes the first time and again, and how much memory it needs at most.

Runs the real command twice on an invented sample with a cache of its own. The whole process is judged, start-up included;
how much of it is starting (the time of `--help`) is told beside it. Memory is the sum over the command and its children,
looked at every 20 ms (Linux only; elsewhere it is not measured). Targets, on an idle machine of two processors: the first
run in 4 s, the second in hardly more than it takes to start, and under 700 MiB.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.jobs.outputs import write_json
from assistant.store.locations import PROFILES, ROOT
from benchmarks._machine import Machine, add_force

FIRST_TARGET = 4.0
"""Seconds."""
AGAIN_TARGET = 0.25
"""Seconds beyond starting."""
MEMORY_TARGET = 700 * 1024**2


@dataclass(frozen=True)
class Run:
    """One run of the command: wall-clock seconds, peak bytes (None where it can't be measured), exit status."""

    seconds: float
    peak: int | None
    status: int


def run(arguments: Sequence[str]) -> int:
    """Prints times and memory; 1 when a target is missed, or when the command could not check at all."""
    parser = ArgumentParser(prog="python -m benchmarks check", description=__doc__)
    parser.add_argument("--profile", type=Path, default=PROFILES / "sample-lee")
    parser.add_argument("--on", default="2026-11-22")
    parser.add_argument("--json", metavar="FILE")
    add_force(parser)
    args = parser.parse_args(arguments)
    machine = Machine.met(force=args.force)
    if machine.refuses():
        return 2
    with tempfile.TemporaryDirectory() as name:
        cache = Path(name)
        assistant("check", "--help", cache=cache).wait()
        start_up = min(_seconds_to_start(cache) for _ in range(3))
        first, again = (check_once(args.profile, args.on, cache) for _ in range(2))
    if not {first.status, again.status} <= {0, 1}:
        print(f"the command could not check: exit status {first.status}")
        return 1
    beyond = max(0.0, again.seconds - start_up)
    print(f"first check {first.seconds:.2f} s (target {FIRST_TARGET:.1f})")
    print(f"again {again.seconds:.2f} s, {beyond:.2f} s beyond starting (target {AGAIN_TARGET:.2f})")
    print(f"of both, starting {start_up:.2f} s")
    print(f"peak memory {_mebibytes(first.peak)} (target {_mebibytes(MEMORY_TARGET)})")
    machine.finish()
    if args.json:
        numbers = {"first_seconds": first.seconds, "again_seconds": again.seconds, "start_up_seconds": start_up}
        measured = {**numbers, "peak_bytes": first.peak, "status": first.status, "machine": machine.as_json()}
        write_json(args.json, {"benchmark": "check", **measured})
    if not machine.comparable:
        return 2
    kept = first.seconds <= FIRST_TARGET and beyond <= AGAIN_TARGET and (first.peak or 0) < MEMORY_TARGET
    return 0 if kept else 1


def _seconds_to_start(cache: Path) -> float:
    start = time.perf_counter()
    assistant("check", "--help", cache=cache).wait()
    return time.perf_counter() - start


def check_once(profile: Path, on: str, cache: Path) -> Run:
    """Runs `assistant check` with its private folders in `cache`."""
    start = time.perf_counter()
    process = assistant("check", str(profile), "--on", on, "--json", "-", cache=cache)
    peak = Peak(process.pid)
    status = process.wait()
    return Run(time.perf_counter() - start, peak.stop(), status)


def assistant(*words: str, cache: Path) -> subprocess.Popen[bytes]:
    """Starts the command with its caches in a folder, compiled modules included: an installed tool has those already."""
    places = dict.fromkeys(
        ("XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "HOME", "PYTHONPYCACHEPREFIX"), str(cache)
    )
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | places
    command = [sys.executable, "-m", "assistant", *words]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL)


class Peak:
    """Watches the memory of a process and its descendants until stopped."""

    def __init__(self, pid: int, every: float = 0.02) -> None:
        """Looks `every` so many seconds. A look holds up the processes it counts: seldom where their time is measured."""
        self._pid, self._highest, self._every = pid, 0, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int | None:
        self._stop.set()
        self._thread.join()
        return self._highest or None

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            self._highest = max(self._highest, sum(map(_resident, _family(self._pid))))


def _family(pid: int) -> list[int]:
    """A process and its descendants."""
    try:
        text = "".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return [pid]
    return [pid, *(member for child in map(int, text.split()) for member in _family(child))]


def _resident(pid: int) -> int:
    """Resident bytes of one process that are its own (shared pages counted by share), 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _mebibytes(count: int | None) -> str:
    return "not measured here" if count is None else f"{count / 1024**2:.0f} MiB"
