"""Checks of cases that take long: one after another beside the pages, the answer kept until something it rests on changes.

Promises: a page never waits for the reading of scans, it is told how far it is; the files are opened in the checks' own
processes; of the answer only codes, places and states are kept, in memory.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from assistant.check.readiness import Readiness
from assistant.desk.cases import OpenCase
from assistant.errors import InputError
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.intake.sources import FILE as SOURCES
from assistant.jobs.check import Checked, CheckJob, check_quietly
from assistant.jobs.course import FILE as COURSE
from assistant.store.base import Files, content_of, version_of

CaseCheck = Callable[[CheckJob, Callable[[int, int], None]], Checked]
PATIENCE = 1.2
"""Seconds a page waits for an answer that may be there at once: files that were checked before are not read again."""


@dataclass
class RunningCheck:
    """One check: how far it is, and its answer."""

    state: object
    done: int = 0
    total: int = 0
    answer: Future[Readiness] = field(default_factory=Future)

    @property
    def readiness(self) -> Readiness | None:
        """The answer, None while there is none or where the profile can't be used."""
        return self.answer.result() if self.answer.done() and self.answer.exception() is None else None

    @property
    def fault(self) -> InputError | None:
        found = self.answer.exception() if self.answer.done() else None
        return found if isinstance(found, InputError) else None

    @property
    def failed(self) -> bool:
        """Whether it ended by a fault of ours, or of the machine."""
        return self.answer.done() and self.answer.exception() is not None and self.fault is None


class Checks:
    """The checks of one desk. `look` is what checks one case."""

    def __init__(self, look: CaseCheck = check_quietly) -> None:
        self._look = look
        self._known: dict[str, RunningCheck] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="check")
        self._lock = threading.Lock()

    def of(self, case: OpenCase, job: CheckJob, patience: float = PATIENCE) -> RunningCheck:
        """The check of a case as it is now: begun where there is none, waited for a moment."""
        state = (job.on, _state(case))
        with self._lock:
            running = self._known.get(case.id)
            if running is None or running.state != state or running.failed:
                running = self._known[case.id] = RunningCheck(state)
                self._pool.submit(_run, self._look, running, job)
        until = time.monotonic() + patience
        while not running.answer.done() and time.monotonic() < until:
            time.sleep(0.03)
        return running

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def job_for(case: OpenCase, on: date) -> CheckJob:
    return CheckJob(case.at, on)


def _run(look: CaseCheck, running: RunningCheck, job: CheckJob) -> None:
    def progress(done: int, total: int) -> None:
        running.done, running.total = done, total

    try:
        running.answer.set_result(look(job, progress).readiness)
    except BaseException as error:
        running.answer.set_exception(error)


_WITHOUT_EFFECT = (COURSE, SOURCES)
"""Of the applicant's files: what no check rests on."""


def _state(case: OpenCase) -> object:
    """What the answer rests on: the profile, the papers, what is shared."""
    names = [name for name in case.applicant.names() if name not in _WITHOUT_EFFECT and not name.startswith("results/")]
    own = tuple((name, _version(case.applicant, name)) for name in names)
    return own, _version(case.applicant.shared, EMPLOYER_FILE)


def _version(files: Files, name: str) -> object:
    content = content_of(files, name)
    return content and version_of(content)
