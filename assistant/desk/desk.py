"""One desk: the folder it shows, who was let in, what it knows and what runs."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from assistant.check.deadlines.dates import today
from assistant.check.documents.page_pictures import PagePictures
from assistant.desk.admission import Admission
from assistant.desk.known_cases import KnownCases
from assistant.desk.runs.binding import Binding
from assistant.desk.runs.checks import Checks
from assistant.desk.runs.examination import Examination
from assistant.desk.runs.importing import Importing
from assistant.desk.runs.preparing import Preparing
from assistant.desk.runs.runs import Runs
from assistant.messages import Language
from assistant.store.base import Store
from assistant.store.database.addresses import shown, store_at
from assistant.store.folders import FolderStore

if TYPE_CHECKING:
    from assistant.store.database.store import DatabaseStore


@dataclass
class Desk:
    """`folder` holds the applicants' folders and the employer's file; with the `address` of a store it holds nothing but what this
    machine needs of its own."""

    folder: Path
    language: Language = "zh"
    address: str = field(default="", repr=False)
    on: Callable[[], date] = today
    """Which day it is."""
    admission: Admission = field(default_factory=Admission)
    ended: Event = field(default_factory=Event)
    """Set by the person's press on 退出; the server looks at it."""
    last_seen: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.store: Store = store_at(self.address) if self.address else FolderStore(self.folder)
        self.known = KnownCases(self.store, self.on)
        self.checks = Checks()
        self.pictures = PagePictures()
        self.runs = Runs(self.store, self._where)
        self.examination = Examination()
        self.importing: Importing | None = None
        self.heaps: dict[str, Preparing] = {}
        """The heap of scans that is being sorted or looked at, by applicant."""
        self.bindings: dict[str, Binding] = {}
        """The case's papers in one file, being bound or waiting to be fetched, by applicant."""

    @property
    def place(self) -> str:
        """Where the cases are, as it can be told."""
        return shown(self.address) if self.address else str(self.folder)

    def holders(self) -> Mapping[str, str]:
        """Who has which case just now, at whichever desk; one desk alone has nobody beside it."""
        shared = self.shared
        return {case: holder.name for case, holder in shared.claims.holders().items()} if shared else {}

    @property
    def shared(self) -> "DatabaseStore | None":
        """The store as several desks have it; None for one desk alone."""
        if isinstance(self.store, FolderStore):
            return None
        from assistant.store.database.store import DatabaseStore

        assert isinstance(self.store, DatabaseStore)
        return self.store

    def _where(self, case: str) -> Mapping[str, str]:
        """Told to a process of its own, by its standard input: an address may hold a password."""
        return {"store": self.address, "case": case} if self.address else {"folder": str(self.folder / case)}

    def seen(self) -> None:
        """Somebody has asked for a page just now."""
        self.last_seen = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether something runs that the desk should stay for."""
        heaps, bindings = self.heaps.values(), self.bindings.values()
        return bool(self.runs.active) or any(one.runs for one in heaps) or any(one.runs for one in bindings)

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

    def bind_anew(self, applicant: str, binding: Binding | None) -> None:
        """Another binding in the place of this applicant's last one, whose file goes."""
        before = self.bindings.pop(applicant, None)
        if before is not None:
            before.close()
        if binding is not None:
            self.bindings[applicant] = binding

    def close(self) -> None:
        """Ends what must not outlive the desk."""
        self.import_anew(None)
        for name in tuple(self.bindings):
            self.bind_anew(name, None)
        for name in tuple(self.heaps):
            self.heap_anew(name, None)
        self.checks.close()
        self.runs.close()
        self.pictures.close()
