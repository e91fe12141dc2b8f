"""The trail: who did what to which case and which field, and when by the database's clock.

Promises: entries are only added (the database refuses anything else); values stand in them as keyed digests alone; each
entry of a case is chained to the one before it with a key that the server has not, so that one that was changed, moved or
taken out is found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from assistant.store.database.connection import Clock
from assistant.store.database.tables import case, event
from assistant.store.team.keys import Keys

What = Literal[
    "written",
    "added",
    "removed",
    "claimed",
    "released",
    "taken-over",
    "laid-aside",
    "settled",
    "copied",
    "team-began",
    "member-added",
    "member-removed",
    "two-eyes-on",
    "two-eyes-off",
    "filled",
    "reviewed",
    "review-refused",
]


@dataclass(frozen=True)
class TrailEvent:
    """One thing that happened. `before` and `after` are keyed digests, or empty."""

    what: What
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class TrailLine:
    """One line of the trail as it is exported; `sound` says that its proof holds."""

    number: int
    case: str
    at: float
    who: str
    what: str
    field: str
    before: str
    after: str
    sound: bool

    def as_json(self) -> dict[str, object]:
        at = datetime.fromtimestamp(self.at, UTC).isoformat(timespec="milliseconds")
        return {**vars(self), "at": at}


def lock(change: Connection, case_id: str) -> None:
    """Lets everybody else's entries of a case wait for the end of this transaction."""
    change.execute(update(case).where(case.c.id == case_id).values(version=case.c.version))


def add(change: Connection, keys: Keys, who: str, case_id: str, events: Sequence[TrailEvent]) -> None:
    """Adds entries of one case. Whoever calls has changed the case's row in this transaction, so that entries of one case
    come one after another."""
    last = change.execute(
        select(event.c.mac).where(event.c.case_id == case_id).order_by(event.c.number.desc()).limit(1)
    ).scalar()
    at = change.execute(select(Clock())).scalar_one()
    rows = []
    for one in events:
        last = _proof(keys, keys.epoch, last or "", case_id, at, who, one)
        rows.append({**vars(one), "case_id": case_id, "at": at, "who": who, "epoch": keys.epoch, "mac": last})
    if rows:
        change.execute(insert(event), rows)


def entries(look: Connection, keys: Keys, case_id: str | None = None) -> Iterator[TrailLine]:
    """The trail from its beginning, of one case or of all."""
    wanted = select(event).order_by(event.c.number)
    last: dict[str, str] = {}
    for row in look.execute(wanted if case_id is None else wanted.where(event.c.case_id == case_id)):
        one = TrailEvent(row.what, row.field, row.before, row.after)
        known = row.epoch in keys.identities
        sound = known and row.mac == _proof(
            keys, row.epoch, last.get(row.case_id, ""), row.case_id, row.at, row.who, one
        )
        last[row.case_id] = row.mac
        yield TrailLine(row.number, row.case_id, row.at, row.who, sound=sound, **vars(one))


def _proof(keys: Keys, epoch: int, before: str, case_id: str, at: float, who: str, one: TrailEvent) -> str:
    return keys.digest(
        "trail", before, case_id, f"{at:.6f}", who, one.what, one.field, one.before, one.after, epoch=epoch
    )
