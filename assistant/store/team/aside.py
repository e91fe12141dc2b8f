"""Edits that came second: kept aside with what they were made from, shown field by field, and settled by a person.

Promises: neither of two edits is lost or written over the other unseen; what is kept aside is sealed like everything else.
"""

import base64
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine, insert, select, update

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store import yaml_writer
from assistant.store.base import PROFILE, Version
from assistant.store.database.cases import Cases
from assistant.store.database.connection import Clock, reading, writing
from assistant.store.database.contents import Small, leaves, tree_of
from assistant.store.database.tables import aside
from assistant.store.team import trail
from assistant.store.team.members import Team
from assistant.strict_yaml import Tree, dotted

FieldPath = tuple[str | int, ...]


@dataclass(frozen=True)
class FieldDifference:
    """One field that two edits made different. Holds values: for the person who settles it alone. None: not there."""

    path: FieldPath
    base: str | None = field(repr=False)
    theirs: str | None = field(repr=False)
    mine: str | None = field(repr=False)

    @property
    def field(self) -> str:
        """As people read it: `education[1].from`."""
        return dotted(self.path)

    @property
    def clashes(self) -> bool:
        """Whether both edits changed it; else only one did, and nothing stands against that one."""
        return self.theirs != self.base and self.mine != self.base


@dataclass(frozen=True)
class Aside:
    """One edit that is kept aside. `content` is the whole profile as its writer wanted it."""

    id: str
    case: str
    by: str
    at: float
    base: bytes = field(repr=False)
    content: bytes = field(repr=False)

    def against(self, now: bytes) -> tuple[FieldDifference, ...]:
        """Field by field against the profile as it is now."""
        base, theirs, mine = (dict(leaves(tree_of(one))) for one in (self.base, now, self.content))
        paths = [path for path in {**theirs, **mine} if theirs.get(path) != mine.get(path)]
        return tuple(FieldDifference(path, base.get(path), theirs.get(path), mine.get(path)) for path in paths)

    def merged(self, now: bytes, take: Collection[FieldPath]) -> bytes:
        """The profile as it is now, with these fields of this edit."""
        tree: Tree = tree_of(now)
        for one in self.against(now):
            if one.path in take:
                tree = _with(tree, one.path, one.mine)
        assert isinstance(tree, dict)
        return yaml_writer.written(tree, now.decode()).encode()


class Asides:
    """What is kept aside in one database."""

    def __init__(self, engine: Engine, team: Team, cases: Cases) -> None:
        self._engine, self._team, self._cases = engine, team, cases

    def keep(self, case_id: str, name: str, expected: Version | None, content: bytes) -> None:
        """Keeps an edit with the version it was made from, where that is still known."""
        base = self._base(case_id, name, expected)
        written = {"base": base64.b64encode(base).decode(), "content": base64.b64encode(content).decode()}
        with writing(self._engine) as change:
            keys = self._team.keys(change)
            who = self._team.name(keys)
            change.execute(
                insert(aside).values(
                    id=uuid.uuid4().hex,
                    case_id=case_id,
                    epoch=keys.epoch,
                    sealed=keys.sealed(json.dumps({"case": case_id, **written}).encode()),
                    by=who,
                    at=Clock(),
                )
            )
            trail.lock(change, case_id)
            trail.add(change, keys, who, case_id, [trail.TrailEvent("laid-aside", name)])

    def of(self, case_id: str) -> Sequence[Aside]:
        """What waits to be settled, the oldest first."""
        wanted = select(aside).where(aside.c.case_id == case_id, aside.c.settled_at.is_(None)).order_by(aside.c.at)
        with reading(self._engine) as look:
            keys = self._team.keys(look)
            found = []
            for row in look.execute(wanted):
                read = json.loads(keys.opened(row.sealed, row.epoch, case_id))
                base, content = (base64.b64decode(read[part]) for part in ("base", "content"))
                found.append(Aside(row.id, case_id, row.by, row.at, base, content))
            return found

    def settle(self, one: Aside) -> None:
        """It waits no more; it stays where it is, sealed. Raises InputError where somebody else has settled it."""
        with writing(self._engine) as change:
            keys = self._team.keys(change)
            who = self._team.name(keys)
            waits = (aside.c.id == one.id, aside.c.settled_at.is_(None))
            done = change.execute(update(aside).where(*waits).values(settled_by=who, settled_at=Clock()))
            if done.rowcount != 1:
                raise InputError(Text("这处冲突已由别人处理。", "Somebody has settled this already."), where=one.case)
            trail.lock(change, one.case)
            trail.add(change, keys, who, one.case, [trail.TrailEvent("settled", PROFILE)])

    def _base(self, case_id: str, name: str, expected: Version | None) -> bytes:
        for earlier in self._cases.earlier(case_id):
            held = earlier.contents.get(name)
            if isinstance(held, Small) and held.version == expected:
                return held.content
        return b""


def _with(tree: Tree | None, path: FieldPath, value: str | None) -> Tree:
    """The tree with one text put or taken away. A row that is not there yet is added at the end."""
    if not path:
        return value or ""
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        rows = list(tree) if isinstance(tree, list) else []
        if value is None and not rest:
            return rows[:key] + rows[key + 1 :]
        inner = _with(rows[key] if key < len(rows) else None, rest, value)
        return [*rows[:key], inner, *rows[key + 1 :]]
    entries = dict(tree) if isinstance(tree, dict) else {}
    if value is None and not rest:
        return {one: inner for one, inner in entries.items() if one != key}
    return {**entries, key: _with(entries.get(key), rest, value)}
