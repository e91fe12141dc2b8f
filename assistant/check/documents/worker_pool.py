"""A few child processes that look at files side by side, each file with its own clock.

A child that crashes, runs out of memory or takes too long is ended and replaced: its file gets a finding, the others go
on. Files whose text may have to be read go to at most two children, so that all children together stay under 1 GiB.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import assistant
from assistant.check.documents.result import FileResult, result_of_json
from assistant.check.finding_kinds import Kind
from assistant.messages import Text
from assistant.store.locations import MODULE

PATIENCE = 240.0
"""Seconds by the wall clock for one stage of one file. Only a stuck child takes that long: work is bounded by processor
time in the child (see `worker`), which a busy machine doesn't use up."""
WINDOWS_PATIENCE = 90.0
_MOST_READING = 2
RUNS = MODULE
"""What a child is started with, before the name of its module."""

SLOW = Kind(
    "file.too-slow",
    "error",
    Text("文件在规定时间内没有处理完。", "the file could not be processed in its time."),
    Text("文件让处理程序陷入过长的运算。", "The file keeps the reader busy for too long."),
    Text(
        "结构异常的文件也会拖垮平台和审核人员的软件。",
        "A file this odd troubles the portal and the officer's software too.",
    ),
    Text("请打印成新的 PDF 或重新扫描。", "Print it to a new PDF or scan it again."),
    stops=True,
)
CRASHES = Kind(
    "file.crashes-reader",
    "error",
    Text("文件让处理程序崩溃或耗尽内存。", "the file made the reader crash or run out of memory."),
    Text("文件结构异常，处理程序无法承受。", "The file is built in a way that breaks its reader."),
    Text(
        "结构异常的文件也会拖垮平台和审核人员的软件。",
        "A file this odd troubles the portal and the officer's software too.",
    ),
    Text("请打印成新的 PDF 或重新扫描。", "Print it to a new PDF or scan it again."),
    stops=True,
)
KINDS = (SLOW, CRASHES)


@dataclass(frozen=True)
class Task:
    """One file to look at: the worker's request, and whether its text may have to be read."""

    request: Mapping[str, object]
    reads: bool


def look_at_all(
    tasks: Sequence[Task],
    jobs: int,
    done: Callable[[int], None],
    looked: Callable[[int, FileResult], None] = lambda place, look: None,
) -> list[FileResult]:
    """The looks in the tasks' order. Called in this thread: `done` with the number of finished files, `looked` with a task's
    place and its look as soon as there is one."""
    looks: list[FileResult | None] = [None] * len(tasks)
    finished: queue.Queue[tuple[int, FileResult | BaseException]] = queue.Queue()
    reading, looking = _Pile(tasks, reads=True), _Pile(tasks, reads=False)
    members = []
    for number in range(max(1, min(jobs, len(tasks)))):
        piles = (reading, looking) if number < _MOST_READING else (looking,)
        thread = threading.Thread(target=_work, args=(tasks, piles, finished), daemon=True)
        thread.start()
        members.append(thread)
    for count in range(1, len(tasks) + 1):
        place, look = finished.get()
        if isinstance(look, BaseException):
            raise look
        looks[place] = look
        looked(place, look)
        done(count)
    for thread in members:
        thread.join()
    return [look for look in looks if look is not None]


class _Pile:
    """Places of tasks, taken from the top by several threads."""

    def __init__(self, tasks: Sequence[Task], *, reads: bool) -> None:
        self._places = [place for place, task in enumerate(tasks) if task.reads == reads][::-1]
        self._lock = threading.Lock()

    def take(self) -> int | None:
        with self._lock:
            return self._places.pop() if self._places else None


def _work(
    tasks: Sequence[Task], piles: Sequence[_Pile], finished: "queue.Queue[tuple[int, FileResult | BaseException]]"
) -> None:
    child: _Child | None = None
    try:
        for pile in piles:
            while (place := pile.take()) is not None:
                child = child if child is not None and child.alive else _Child()
                finished.put((place, child.look(tasks[place].request)))
    except BaseException as error:  # a bug here must reach the caller, who would else wait for ever
        finished.put((-1, error))
    finally:
        if child is not None:
            child.end()


def start_child(module: str) -> "subprocess.Popen[str]":
    """A process of this package's own Python that takes lines on its standard input and answers on its standard output."""
    home = str(Path(assistant.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    # Few heaps and one thread a library: memory, not speed, is short when several children work.
    lean = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [*RUNS, module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | lean | {"PYTHONPATH": os.pathsep.join(paths)},
        encoding="utf-8",
    )


class _Child:
    """One worker process and its clock."""

    def __init__(self) -> None:
        self._process = start_child("assistant.check.documents.worker")
        self._late = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def look(self, request: Mapping[str, object]) -> FileResult:
        """What the worker saw, or why it could not. After a failure the process is gone."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError:
            return self._lost()
        seconds = WINDOWS_PATIENCE if sys.platform == "win32" else PATIENCE
        while True:
            clock = threading.Timer(seconds, self._too_late)
            clock.daemon = True
            clock.start()
            line = self._process.stdout.readline()
            clock.cancel()
            if not line.endswith("\n"):
                return self._lost()
            answer = json.loads(line)
            if "look" in answer:
                return result_of_json(answer["look"])

    def end(self) -> None:
        """Lets the process go: it ends when its input does."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _lost(self) -> FileResult:
        self._process.kill()
        self.end()
        slow = self._late or (sys.platform != "win32" and self._process.returncode == -signal.SIGXCPU)
        return FileResult(((SLOW if slow else CRASHES).found(),))
