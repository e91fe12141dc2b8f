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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import assistant
from assistant.check.documents.result import FileResult, result_of_json
from assistant.check.finding_kinds import Found, Kind
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

ChildTask = Mapping[str, Any]
ChildAnswer = Mapping[str, Any]
Finished = queue.SimpleQueue[tuple[int, ChildAnswer | Found | BaseException]]


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
    looks: dict[int, FileResult] = {}

    def heard(place: int, answer: ChildAnswer | Found) -> None:
        looks[place] = FileResult((answer,)) if isinstance(answer, Found) else result_of_json(answer["look"])
        looked(place, looks[place])
        done(len(looks))

    reading, looking = (
        Pile(place for place, task in enumerate(tasks) if task.reads == reads) for reads in (True, False)
    )
    members = range(max(1, min(jobs, len(tasks))))
    shares = [(reading, looking) if number < _MOST_READING else (looking,) for number in members]
    ask_all("assistant.check.documents.worker", [task.request for task in tasks], shares, heard)
    return [looks[place] for place in range(len(tasks))]


class Pile:
    """Places of requests, taken from the top by several threads."""

    def __init__(self, places: Iterable[int]) -> None:
        self._places = list(places)[::-1]
        self._lock = threading.Lock()

    def take(self) -> int | None:
        with self._lock:
            return self._places.pop() if self._places else None

    def clear(self) -> None:
        with self._lock:
            self._places.clear()


def ask_all(
    module: str,
    requests: Sequence[ChildTask],
    shares: Sequence[Sequence[Pile]],
    heard: Callable[[int, ChildAnswer | Found], None],
) -> None:
    """Asks children of a module, one for each share, which take the piles of theirs in order. `heard` is called in this
    thread with the place of a request and its answer, or why there is none, as soon as it is there."""
    finished: Finished = queue.SimpleQueue()
    members = [
        threading.Thread(target=_work, args=(module, requests, share, finished), daemon=True) for share in shares
    ]
    for member in members:
        member.start()
    try:
        for _ in requests:
            place, answer = finished.get()
            if isinstance(answer, BaseException):
                raise answer
            heard(place, answer)
    except BaseException:
        # Nobody waits for the rest any more.
        for pile in {pile for share in shares for pile in share}:
            pile.clear()
        raise
    for member in members:
        member.join()


def _work(module: str, requests: Sequence[ChildTask], share: Sequence[Pile], finished: Finished) -> None:
    child: Child | None = None
    try:
        for pile in share:
            while (place := pile.take()) is not None:
                child = child if child is not None and child.alive else Child(module)
                finished.put((place, child.ask(requests[place])))
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


class Child:
    """One process that answers each line with one of its own, and the clock of its present request."""

    def __init__(self, module: str) -> None:
        self._process = start_child(module)
        self._late = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: ChildTask) -> ChildAnswer | Found:
        """What the child answers, or why it could not. After a failure the process is gone."""
        try:
            self.tell(request)
        except OSError:
            return self._lost()
        while True:
            answer = self.hear()
            if isinstance(answer, Found) or "stage" not in answer:
                return answer

    def tell(self, request: ChildTask) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def hear(self) -> ChildAnswer | Found:
        """The next line, a stage's too; each has the clock to itself."""
        assert self._process.stdout is not None
        clock = threading.Timer(WINDOWS_PATIENCE if sys.platform == "win32" else PATIENCE, self._too_late)
        clock.daemon = True
        clock.start()
        line = self._process.stdout.readline()
        clock.cancel()
        return json.loads(line) if line.endswith("\n") else self._lost()

    def end(self, *, at_once: bool = False) -> None:
        """Lets the process go: it ends when its input does, or `at_once`."""
        if at_once:
            self._process.kill()
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

    def _lost(self) -> Found:
        self._process.kill()
        self.end()
        slow = self._late or (sys.platform != "win32" and self._process.returncode == -signal.SIGXCPU)
        return (SLOW if slow else CRASHES).found()
