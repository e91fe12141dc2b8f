"""What a batch has done so far, so that one that was stopped goes on where it stopped. Ids, digests and words; no value.

A case counts as done while it is the case that was filled: once its data change, it is filled again.
"""

import hashlib
import json
from contextlib import suppress
from datetime import date
from pathlib import Path

from assistant.store.base import Store
from assistant.store.files import write_private
from assistant.store.locations import private_data

KEPT_DAYS = 7


class FilledBefore:
    """The record of one store and one destination, of the last days."""

    def __init__(self, store: Store, destination: str, on: date) -> None:
        name = hashlib.sha256(f"{store.shared.where('')}\0{destination}".encode()).hexdigest()[:32]
        self._path: Path = private_data() / "batches" / f"{name}.json"
        self._on = on
        self._done = self._read()

    def is_done(self, case: str, state: str) -> bool:
        """Whether this case, as it is now, was filled already."""
        return self._done.get(case, ("", ""))[0] == state

    def done(self, case: str, state: str) -> None:
        """This case was filled, as it is now."""
        self._done[case] = (state, self._on.isoformat())
        write_private(self._path, json.dumps(self._done))

    def forget(self) -> None:
        """Everybody is filled again."""
        self._done = {}
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, tuple[str, str]]:
        with suppress(OSError, ValueError, TypeError):
            read = json.loads(self._path.read_text(encoding="utf-8"))
            return {
                case: (state, day)
                for case, (state, day) in read.items()
                if abs((self._on - date.fromisoformat(day)).days) <= KEPT_DAYS
            }
        return {}
