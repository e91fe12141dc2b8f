"""One import while the person looks at it: files that came, what was read of them, what they decide, what was written.

Promises: the files lie in a private folder that goes with the desk or with the next import; reading runs beside the pages;
nothing is written before the person's press.
"""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.desk.runs.received import Received
from assistant.errors import AssistantError
from assistant.intake.merge import chosen
from assistant.jobs.intake import Decision, Intake, IntakeJob, apply, intake
from assistant.messages import Text
from assistant.store.base import Store


@dataclass
class Importing(Received):
    """`found` is what was read, None while it is being read; `fault` is why it could not be."""

    into: Store
    on: date
    city: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    found: Intake | None = None
    fault: Text | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self._reader: threading.Thread | None = None

    @property
    def reads(self) -> bool:
        return self._reader is not None and self._reader.is_alive()

    @property
    def written(self) -> bool:
        return self.found is not None and self.found.imported is not None

    def read(self, columns: Mapping[str, str] | None = None) -> None:
        """Reads the files, beside the pages; with `columns`, what the person said of a roster's heads."""
        self.columns = {**self.columns, **(columns or {})}
        self.found = self.fault = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait(self, seconds: float) -> None:
        """Gives reading a moment, since rosters take no longer."""
        if self._reader is not None:
            self._reader.join(seconds)

    def confirm(self, decisions: Sequence[Decision], left_out: Collection[str] = ()) -> None:
        """Writes what is sure or was decided, for everyone but those who are left out."""
        assert self.found is not None
        taken = {(one.applicant, one.path, one.source) for one in decisions}
        applicants = tuple(
            replace(one, values=chosen(one.values, {(path, source) for who, path, source in taken if who == one.id}))
            for one in self.found.applicants
            if one.id not in left_out
        )
        job = replace(self._job(), decisions=tuple(decisions))
        self.found = apply(job, replace(self.found, applicants=applicants))

    def crop(self, number: int) -> bytes | None:
        """The picture of this number (see `crops`)."""
        pictures = list(self.crops.values())
        return pictures[number].read_bytes() if 0 <= number < len(pictures) else None

    @property
    def crops(self) -> Mapping[tuple[str, str], Path]:
        """Applicant and place of a value → its picture."""
        applicants = self.found.applicants if self.found else ()
        return {(one.id, place): picture for one in applicants for place, picture in one.crops.items()}

    def _job(self) -> IntakeJob:
        crops = self.home / "crops"
        return IntakeJob(tuple(self.files), self.into, self.on, self.city, self.columns, (), crops)

    def _read(self) -> None:
        try:
            (self.home / "crops").mkdir(exist_ok=True, mode=0o700)
            self.found = intake(self._job())
        except AssistantError as error:
            self.fault = error.what
        except Exception as error:  # its own words could quote a file
            kind = type(error).__name__
            self.fault = Text(
                f"读取时出错（{kind}）；没有写入任何资料，请告诉开发者。",
                f"Reading failed ({kind}); nothing was written. Please tell the developers.",
            )
