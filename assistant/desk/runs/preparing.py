"""A heap of scans of one applicant while the person looks at it: what came, how far the sorting is, what it came to, what was kept.

Promises: the files lie in a private folder that goes with the desk, with the next heap, or once the copies are kept; sorting
runs beside the pages, in processes of its own; nothing of the applicant's is written before the person's press; a heap that can't
be sorted yet stays, so that nothing is dropped in twice.
"""

import threading
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import date

from assistant.check.deadlines.dates import now
from assistant.desk.runs.received import Received
from assistant.errors import AssistantError
from assistant.intake.prepare.keep import keep
from assistant.intake.prepare.result import Prepared
from assistant.jobs.prepare import PrepareJob, preparing
from assistant.messages import Text
from assistant.store.base import ApplicantIn

NOTHING = Text("准备中", "getting ready")


@dataclass
class Preparing(Received):
    """`found` is what the heap came to, with its copies, until it is kept or dropped; `fault` is why it could not be sorted."""

    applicant: ApplicantIn
    on: date
    found: Prepared | None = None
    fault: Text | None = None
    kept: str = ""
    """The run's name, once its copies are the applicant's."""
    doing: tuple[Text, int, int] = (NOTHING, 0, 0)

    NAMELESS = "scan"

    def __post_init__(self) -> None:
        super().__init__()
        self._thread: threading.Thread | None = None
        self._told, self._answered = threading.Event(), threading.Event()
        self._apply = False

    @property
    def runs(self) -> bool:
        """Whether it is being sorted, or being kept."""
        return self._thread is not None and self._thread.is_alive() and (self.found is None or self._answered.is_set())

    def begin(self) -> None:
        """Sorts what came; where it could not be sorted before, once more."""
        if self._thread is not None and self._thread.is_alive():
            return
        self.fault, self.found = None, None
        self._told.clear()
        self._answered.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        self._told.wait(seconds)

    def apply(self) -> None:
        """The copies become the applicant's papers, and the profile names them."""
        self._answer(True)

    def close(self) -> None:
        """What is not kept goes."""
        self._answer(False)
        super().close()

    def _answer(self, apply: bool) -> None:
        self._apply = apply
        self._answered.set()
        if self._thread is not None and self.found is not None:
            self._thread.join(60)

    def _run(self) -> None:
        try:
            with preparing(PrepareJob(self.applicant, self.on, tuple(self.files)), self._progress) as prepared:
                self.found = prepared
                self._told.set()
                # The copies lie there as long as the person looks at them.
                self._answered.wait()
                if self._apply:
                    with self.applicant.open() as kept:
                        self.kept = keep(kept, prepared.papers, now())
        except CancelledError:
            pass
        except AssistantError as error:
            self.fault, self.found = error.what, None
        except Exception as error:  # its own words could quote a file
            kind = type(error).__name__
            self.found, self.fault = (
                None,
                Text(
                    f"整理时出错（{kind}）；没有改动任何资料，收到的文件还在，请再按一次「整理扫描件」。",
                    f"Sorting failed ({kind}); nothing was changed and the files are still here: press “Sort the scans” once more.",
                ),
            )
        self._told.set()

    def _progress(self, what: Text, done: int, total: int) -> None:
        if self._answered.is_set():
            # The person wants it no more.
            raise CancelledError
        self.doing = what, done, total
