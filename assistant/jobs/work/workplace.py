"""Where background work finds its cases and keeps what it found: a team's database, or this machine's own folders."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.store import locations
from assistant.store.base import ApplicantRef, Store
from assistant.store.files import write_private

if TYPE_CHECKING:
    from assistant.store.database.store import DatabaseStore


class Workplace(Protocol):
    """A store, and what was found about its cases."""

    @property
    def store(self) -> Store: ...

    def state_of(self, ref: ApplicantRef) -> str:
        """A digest that is another once the case has changed; empty where there is no such case."""

    def recall(self, case: str, work: str, about: str, checker: str) -> bytes | None:
        """What was found about a content, None where nobody has looked."""

    def keep(self, case: str, work: str, about: str, checker: str, found: bytes) -> bool:
        """Keeps what was found; False where that was done already."""


@dataclass(frozen=True)
class TeamsPlace:
    """A team's database: what one machine found, none looks for again."""

    store: "DatabaseStore"

    def state_of(self, ref: ApplicantRef) -> str:
        return self.store.state_digest(ref)

    def recall(self, case: str, work: str, about: str, checker: str) -> bytes | None:
        return self.store.verdicts.recall(case, work, about, checker)

    def keep(self, case: str, work: str, about: str, checker: str, found: bytes) -> bool:
        return self.store.verdicts.keep(case, work, about, checker, found)

    @property
    def address(self) -> str:
        """The database's whole address, for the engine: it may hold a password, and is never shown."""
        return self.store.engine.url.render_as_string(hide_password=False)


@dataclass(frozen=True)
class OwnPlace:
    """Any store, with what was found in this machine's cache: codes and states by digest, no value."""

    store: Store

    def state_of(self, ref: ApplicantRef) -> str:
        state = self.store.states().get(ref)
        return "" if state is None else hashlib.sha256(repr(state).encode()).hexdigest()

    def recall(self, case: str, work: str, about: str, checker: str) -> bytes | None:
        try:
            return self._file(case, work, about, checker).read_bytes()
        except OSError:
            return None

    def keep(self, case: str, work: str, about: str, checker: str, found: bytes) -> bool:
        path = self._file(case, work, about, checker)
        if path.exists():
            return False
        write_private(path, found)
        return True

    def _file(self, case: str, work: str, about: str, checker: str) -> Path:
        name = hashlib.sha256("\0".join((self.store.shared.where(""), case, about, checker)).encode()).hexdigest()
        return locations.private_cache() / "work" / f"{work}-{name}.json"


def place_of(store: Store) -> Workplace:
    """Where the work on a store's cases is kept."""
    from assistant.store.folders import FolderStore

    if isinstance(store, FolderStore):
        return OwnPlace(store)
    from assistant.store.database.store import DatabaseStore

    return TeamsPlace(store) if isinstance(store, DatabaseStore) else OwnPlace(store)
