"""A few child processes that look at files and make copies side by side, each task with its own clock.

Promises: a child that crashes, runs out of memory or takes too long costs its own task only, which gets a sentence; the others go on.
"""

import contextlib
import json
import queue
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.check.documents.checks import KIND_BY_CODE
from assistant.check.documents.worker_pool import CRASHES, PATIENCE, SLOW, WINDOWS_PATIENCE, start_child
from assistant.check.finding_kinds import Found, finding_of
from assistant.messages import Text

MODULE = "assistant.intake.prepare.child"
MOST_CHILDREN = 2
"""Each holds the models for reading, about half a gigabyte."""

ChildTask = Mapping[str, Any]
Answer = Mapping[str, Any]
"""What the child found out; `{"trouble": code, "facts": …}` where the file can't be used."""


def sentence_of(answer: Answer) -> Text:
    """What is wrong with a file, and what to do, in the words of the document checks."""
    found = Found(str(answer["trouble"]), {str(key): str(value) for key, value in answer.get("facts", {}).items()})
    return finding_of(KIND_BY_CODE[found.code], found, where="", slot="").message


def answers_to(tasks: Sequence[ChildTask], done: Callable[[int], None], children: int = MOST_CHILDREN) -> list[Answer]:
    """The answers in the tasks' order. `done` is called in this thread with the number of finished tasks."""
    waiting: queue.SimpleQueue[tuple[int, ChildTask]] = queue.SimpleQueue()
    for numbered in enumerate(tasks):
        waiting.put(numbered)
    finished: queue.SimpleQueue[tuple[int, Answer | BaseException]] = queue.SimpleQueue()
    members = [
        threading.Thread(target=_work, args=(waiting, finished), daemon=True)
        for _ in range(max(1, min(children, len(tasks))))
    ]
    for member in members:
        member.start()
    answers: dict[int, Answer] = {}
    try:
        for count in range(1, len(tasks) + 1):
            place, answer = finished.get()
            if isinstance(answer, BaseException):
                raise answer
            answers[place] = answer
            done(count)
    except BaseException:
        # Nobody waits for the rest any more.
        with contextlib.suppress(queue.Empty):
            while True:
                waiting.get_nowait()
        raise
    for member in members:
        member.join()
    return [answers[place] for place in range(len(tasks))]


def _work(
    waiting: "queue.SimpleQueue[tuple[int, ChildTask]]",
    finished: "queue.SimpleQueue[tuple[int, Answer | BaseException]]",
) -> None:
    child: _OneChild | None = None
    try:
        while True:
            try:
                place, task = waiting.get_nowait()
            except queue.Empty:
                return
            child = child if child is not None and child.alive else _OneChild()
            finished.put((place, child.answer(task)))
    except BaseException as error:  # a bug here must reach the caller, who would else wait for ever
        finished.put((-1, error))
    finally:
        if child is not None:
            child.end()


class _OneChild:
    """One process and the clock of its present task."""

    def __init__(self) -> None:
        self._process = start_child(MODULE)
        self._late = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def answer(self, task: ChildTask) -> Answer:
        """What the child answers, or why it could not. After a failure the process is gone."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
        except OSError:
            return self._lost()
        while True:
            clock = threading.Timer(WINDOWS_PATIENCE if sys.platform == "win32" else PATIENCE, self._too_late)
            clock.daemon = True
            clock.start()
            line = self._process.stdout.readline()
            clock.cancel()
            if not line.endswith("\n"):
                return self._lost()
            said = json.loads(line)
            if "stage" not in said:
                answer: Answer = said
                return answer

    def end(self) -> None:
        """Lets the process go: it ends when its input does."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            self._process.wait(timeout=5)
        except Exception:
            self._process.kill()
            self._process.wait()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _lost(self) -> Answer:
        self._process.kill()
        self.end()
        slow = self._late or (sys.platform != "win32" and self._process.returncode == -signal.SIGXCPU)
        return {"trouble": (SLOW if slow else CRASHES).code, "facts": {}}
