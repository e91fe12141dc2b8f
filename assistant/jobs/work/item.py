"""One piece of background work, as plain ids and digests: fit for a table that others can read.

Promises: no value and no file name is in a task; a task of the same content has the same id, so that it is done once.
"""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal, get_args

from assistant.check.documents import cache

Work = Literal["documents", "rehearsal"]
WORK: tuple[Work, ...] = get_args(Work)
Ending = Literal["done", "already", "changed", "gone", "unusable", "failed"]
"""`changed`: the case is another by now, and has a task of its own; `unusable`: its profile can't be used, which the person is
told when they open it; `failed`: a fault of ours, on this content."""


@dataclass(frozen=True)
class WorkItem:
    """What to do with which case in which state, as of which day (ISO)."""

    work: Work
    case: str
    state: str
    on: str

    @property
    def id(self) -> str:
        return f"{self.work}:{self.case}:{self.state[:32]}:{self.on}:{checker()}"


def checker() -> str:
    """The version of what checks: a worker of another one does other work."""
    return f"{version('assistant')}-{cache.VERSION}"
