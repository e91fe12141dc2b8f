"""A heap of scans of one applicant while the person looks at it: what came, how far the sorting is, what it came to, what was kept.

Promises: the files lie in a private folder that goes with the desk, with the next heap, or once the copies are kept; sorting
runs beside the pages, in processes of its own; nothing of the applicant's is written before the person's press; a heap that can't
be sorted yet, or not wholly, stays, so that nothing is dropped in twice.
"""

import threading
from collections import deque
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import date

from assistant.check.deadlines.dates import now
from assistant.desk.runs.received import Received
from assistant.errors import AssistantError
from assistant.intake.prepare.keep import keep
from assistant.intake.prepare.result import Prepared
from assistant.jobs.prepare import PrepareJob, preparing, straighten
from assistant.messages import Text
from assistant.store.base import ApplicantIn

NOTHING = Text("准备中", "getting ready")
AS_IT_WAS = Text(
    "没有裁：看不出四条直的纸边，或者裁了会丢字、丢印章；副本保持原样。",
    "Not cut: no four straight edges of a sheet are seen, or words or a seal would be lost; the copy stays as it was.",
)
STRAIGHTENED = Text("已按纸边裁切、拉正，请对照。", "Cut to the sheet's edge and straightened: compare it.")


@dataclass
class Preparing(Received):
    """`found` is what the heap came to, with its copies, until it is kept or dropped; `fault` is why it could not be sorted. With a
    `slot` no heap came: the files that the profile names for it are made to fit anew, photographed sheets straightened."""

    applicant: ApplicantIn
    on: date
    slot: str = ""
    found: Prepared | None = None
    fault: Text | None = None
    kept: str = ""
    """The run's name, once its copies are the applicant's."""
    said: Text | None = None
    """What became of the last press."""
    doing: tuple[Text, int, int] = (NOTHING, 0, 0)

    NAMELESS = "scan"

    def __post_init__(self) -> None:
        super().__init__()
        self._thread: threading.Thread | None = None
        self._told, self._asked = threading.Event(), threading.Condition()
        self._to_straighten: deque[int] = deque()
        self._ending, self._apply, self._works = False, False, False

    @property
    def runs(self) -> bool:
        """Whether it is being sorted, changed or kept."""
        alive = self._thread is not None and self._thread.is_alive()
        return alive and (self.found is None or self._ending or self._works or bool(self._to_straighten))

    @property
    def whole(self) -> bool:
        """Whether nothing of it was left open by the data: once more would come to the same."""
        return self.fault is None and self.found is not None and not self.found.unjudged

    def begin(self) -> None:
        """Sorts what came; where it could not be sorted before, or not wholly, once more."""
        if self.runs:
            return
        self._end(apply=False)
        self.fault, self.found, self.said = None, None, None
        self._told.clear()
        self._to_straighten.clear()
        self._ending = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        self._told.wait(seconds)

    def straighten(self, place: int) -> None:
        """The copy of one paper is made anew, its photographed sheets cut to their edge."""
        with self._asked:
            self._to_straighten.append(place)
            self._asked.notify_all()

    def apply(self) -> None:
        """The copies become the applicant's papers, and the profile names them."""
        self._end(apply=True)

    def close(self) -> None:
        """What is not kept goes."""
        self._end(apply=False)
        super().close()

    def _end(self, *, apply: bool) -> None:
        with self._asked:
            self._apply, self._ending = apply, True
            self._asked.notify_all()
        if self._thread is not None and self.found is not None:
            self._thread.join(60)

    def _run(self) -> None:
        job = PrepareJob(self.applicant, self.on, tuple(self.files), slot=self.slot, straighten=bool(self.slot))
        try:
            with preparing(job, self._progress) as prepared:
                self.found = prepared
                if self.slot:
                    self.said = (
                        STRAIGHTENED if any("straightened" in one.done for one in prepared.papers) else AS_IT_WAS
                    )
                self._told.set()
                self._while_looked_at()
                if self._apply:
                    with self.applicant.open() as kept:
                        self.kept = keep(kept, self.found.papers, now())
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

    def _while_looked_at(self) -> None:
        """The copies lie there as long as the person looks at them, and are changed as they ask."""
        while True:
            with self._asked:
                self._asked.wait_for(lambda: self._ending or self._to_straighten)
                if self._ending:
                    return
                place, self._works = self._to_straighten.popleft(), True
            try:
                before = self.found
                assert before is not None
                self.found = straighten(before, place, self._progress)
                self.said = AS_IT_WAS if self.found is before else STRAIGHTENED
            finally:
                self._works = False

    def _progress(self, what: Text, done: int, total: int) -> None:
        if self._ending:
            # The person wants it no more.
            raise CancelledError
        self.doing = what, done, total
