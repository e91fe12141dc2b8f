"""One desk: the folder it shows, who was let in, what it knows and what runs."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event

from assistant.check.deadlines.dates import today
from assistant.check.documents.page_pictures import PagePictures
from assistant.desk.admission import Admission
from assistant.desk.known_cases import KnownCases
from assistant.desk.runs.checks import Checks
from assistant.desk.runs.examination import Examination
from assistant.desk.runs.importing import Importing
from assistant.desk.runs.preparing import Preparing
from assistant.desk.runs.runs import Runs
from assistant.messages import Language
from assistant.store.base import Store
from assistant.store.folders import FolderStore


@dataclass
class Desk:
    """`folder` holds the applicants' folders and the employer's file."""

    folder: Path
    language: Language = "zh"
    on: Callable[[], date] = today
    """Which day it is."""
    admission: Admission = field(default_factory=Admission)
    ended: Event = field(default_factory=Event)
    """Set by the person's press on 退出; the server looks at it."""
    last_seen: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.store: Store = FolderStore(self.folder)
        self.known = KnownCases(self.store, self.on)
        self.checks = Checks()
        self.pictures = PagePictures()
        self.runs = Runs(self.store, lambda case: {"folder": str(self.folder / case)})
        self.examination = Examination()
        self.importing: Importing | None = None
        self.heaps: dict[str, Preparing] = {}
        """The heap of scans that is being sorted or looked at, by applicant."""

    def seen(self) -> None:
        """Somebody has asked for a page just now."""
        self.last_seen = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether something runs that the desk should stay for."""
        return bool(self.runs.active) or any(heap.runs for heap in self.heaps.values())

    def import_anew(self, importing: Importing | None) -> None:
        """Another import in the place of the last one, whose files go."""
        if self.importing is not None:
            self.importing.close()
        self.importing = importing

    def heap_anew(self, applicant: str, heap: Preparing | None) -> None:
        """Another heap in the place of this applicant's last one, whose files go."""
        before = self.heaps.pop(applicant, None)
        if before is not None and before is not heap:
            before.close()
        if heap is not None:
            self.heaps[applicant] = heap

    def close(self) -> None:
        """Ends what must not outlive the desk."""
        self.import_anew(None)
        for name in tuple(self.heaps):
            self.heap_anew(name, None)
        self.checks.close()
        self.runs.close()
        self.pictures.close()
