"""Reading and writing a case's versions: one conditional statement decides who of two writers comes first.

Promises: a version is whole or not there; who writes over a version that is no longer the newest, or without the case being
theirs, changes nothing; each change is on the trail in the same transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select, update

from assistant.store.base import PROFILE, version_of
from assistant.store.database.connection import Clock, reading, writing
from assistant.store.database.contents import (
    COURSE,
    LARGEST_SMALL,
    Contents,
    Held,
    SealedPaper,
    Small,
    city_and_day,
    events_of,
    opened_contents,
    opened_paper,
    paper_digest,
    sealed_contents,
    stage_of,
)
from assistant.store.database.tables import case, paper, version
from assistant.store.team import trail
from assistant.store.team.claims import held_by, in_use, lost, may_write
from assistant.store.team.keys import Keys
from assistant.store.team.members import Team

KEPT_VERSIONS = 10
REMOVED = "removed"


@dataclass(frozen=True)
class CaseVersion:
    """One version of a case, opened. Number 0 holds nothing."""

    number: int
    contents: Contents


@dataclass(frozen=True)
class CaseEdit:
    """What one write does to the files of a case: contents to be put, names to be taken away."""

    put: Mapping[str, bytes]
    remove: Iterable[str] = ()


class Cases:
    """The cases of one database, read and written by one member."""

    def __init__(self, engine: Engine, team: Team) -> None:
        self._engine, self._team = engine, team

    def number(self, case_id: str) -> int | None:
        """The number of the newest version; None where there is no such case."""
        with reading(self._engine) as look:
            return _number(look, case_id)

    def newest(self, case_id: str, known: CaseVersion | None = None) -> CaseVersion | None:
        """The newest version, opened; the known one itself where that is the newest."""
        with reading(self._engine) as look:
            number = _number(look, case_id)
            if number is None or (known is not None and known.number == number):
                return None if number is None else known
            return self._opened(look, self._team.keys(look), case_id, number)

    def earlier(self, case_id: str) -> Iterable[CaseVersion]:
        """The versions that are still kept, the newest first."""
        with reading(self._engine) as look:
            keys = self._team.keys(look)
            numbers = select(version.c.number).where(version.c.case_id == case_id).order_by(version.c.number.desc())
            return [self._opened(look, keys, case_id, number) for number in look.execute(numbers).scalars().all()]

    def content(self, case_id: str, held: Held) -> bytes:
        """A file's content. Raises SealError where what lies there is another."""
        if isinstance(held, Small):
            return held.content
        with reading(self._engine) as look:
            return self._paper(look, self._team.keys(look), case_id, held)

    def write(self, case_id: str, before: CaseVersion, change: CaseEdit, claim: str | None) -> CaseVersion | None:
        """The version that takes the place of `before`; None where that is no longer the newest. Raises InUse where the
        case is somebody else's."""
        number = before.number + 1
        with writing(self._engine) as connection:
            keys = self._team.keys(connection)
            values = {"version": number, **_columns(change)}
            where = (case.c.id == case_id, case.c.version == before.number, may_write(claim))
            if connection.execute(update(case).where(*where).values(values)).rowcount != 1:
                return self._refused(connection, case_id, before, claim)
            after = self._after(connection, keys, case_id, before, change)
            return self._keep(connection, keys, case_id, before.contents, CaseVersion(number, after))

    def begin(self, case_id: str, change: CaseEdit) -> CaseVersion | None:
        """The first version of a new case; None where there is one of this name."""
        with writing(self._engine) as connection:
            keys = self._team.keys(connection)
            known = connection.execute(select(case.c.version, case.c.stage).where(case.c.id == case_id)).one_or_none()
            if known is not None and known.stage != REMOVED:
                return None
            number = 1 if known is None else known.version + 1
            values = {"stage": "", **_columns(change), "id": case_id, "version": number}
            if known is None:
                connection.execute(insert(case).values(values))
            else:
                connection.execute(update(case).where(case.c.id == case_id).values(values))
            after = self._after(connection, keys, case_id, CaseVersion(0, {}), change)
            return self._keep(connection, keys, case_id, {}, CaseVersion(number, after))

    # -- within --------------------------------------------------------------------------------------------------------

    @staticmethod
    def _refused(look: Connection, case_id: str, before: CaseVersion, claim: str | None) -> None:
        if _number(look, case_id) != before.number:
            return
        holder = held_by(look, case_id)
        raise lost(case_id) if claim is not None or holder is None else in_use(case_id, holder)

    def _after(
        self, change: Connection, keys: Keys, case_id: str, before: CaseVersion, wanted: CaseEdit
    ) -> dict[str, Held]:
        """The files after a change. Papers that an earlier epoch sealed are sealed anew: nobody who left opens this version."""
        gone = {*wanted.remove, *wanted.put}
        after: dict[str, Held] = {}
        for name, held in before.contents.items():
            if name in gone:
                continue
            if isinstance(held, SealedPaper) and held.epoch < keys.epoch:
                held = self._laid(change, keys, case_id, self._paper(change, keys, case_id, held))
            after[name] = held
        for name, content in wanted.put.items():
            small = len(content) <= LARGEST_SMALL
            after[name] = Small(content) if small else self._laid(change, keys, case_id, content)
        return after

    @staticmethod
    def _laid(change: Connection, keys: Keys, case_id: str, content: bytes) -> SealedPaper:
        digest = paper_digest(keys, keys.epoch, case_id, content)
        there = select(paper.c.digest).where(paper.c.case_id == case_id, paper.c.digest == digest)
        if change.execute(there).scalar() is None:
            change.execute(
                insert(paper).values(case_id=case_id, digest=digest, epoch=keys.epoch, sealed=keys.sealed(content))
            )
        return SealedPaper(version_of(content), keys.epoch, digest)

    def _keep(self, change: Connection, keys: Keys, case_id: str, before: Contents, after: CaseVersion) -> CaseVersion:
        who = self._team.name(keys)
        papers = "\n".join(sorted({held.digest for held in after.contents.values() if isinstance(held, SealedPaper)}))
        change.execute(
            insert(version).values(
                case_id=case_id,
                number=after.number,
                epoch=keys.epoch,
                papers=papers,
                sealed=sealed_contents(keys, case_id, after.number, after.contents),
                by=who,
                at=Clock(),
            )
        )
        trail.add(change, keys, who, case_id, list(events_of(keys, case_id, before, after.contents)))
        _drop_old(change, case_id, after.number - KEPT_VERSIONS)
        return after

    @staticmethod
    def _opened(look: Connection, keys: Keys, case_id: str, number: int) -> CaseVersion:
        wanted = select(version.c.epoch, version.c.sealed).where(
            version.c.case_id == case_id, version.c.number == number
        )
        row = look.execute(wanted).one_or_none()
        if row is None:
            return CaseVersion(number, {})
        return CaseVersion(number, opened_contents(keys, row.epoch, case_id, number, row.sealed))

    @staticmethod
    def _paper(look: Connection, keys: Keys, case_id: str, held: SealedPaper) -> bytes:
        wanted = select(paper.c.sealed).where(paper.c.case_id == case_id, paper.c.digest == held.digest)
        return opened_paper(keys, case_id, held, look.execute(wanted).scalar() or b"")


def _number(look: Connection, case_id: str) -> int | None:
    wanted = select(case.c.version).where(case.c.id == case_id, case.c.stage != REMOVED)
    number: int | None = look.execute(wanted).scalar()
    return number


def _columns(change: CaseEdit) -> dict[str, str | None]:
    """What may stand in columns of a change, where it touches that."""
    if PROFILE in change.remove:
        return {"city": "", "expires_on": None, "stage": REMOVED}
    found: dict[str, str | None] = {}
    if PROFILE in change.put:
        found["city"], found["expires_on"] = city_and_day(change.put[PROFILE])
    if COURSE in change.put:
        found["stage"] = stage_of(change.put[COURSE])
    return found


def _drop_old(change: Connection, case_id: str, last: int) -> None:
    """Versions up to the last one that is not kept, and the papers of no other."""
    if last < 1:
        return
    old = delete(version).where(version.c.case_id == case_id, version.c.number <= last)
    if change.execute(old).rowcount:
        kept = change.execute(select(version.c.papers).where(version.c.case_id == case_id)).scalars()
        used = {digest for papers in kept for digest in papers.splitlines()}
        there = change.execute(select(paper.c.digest).where(paper.c.case_id == case_id)).scalars().all()
        for digest in set(there) - used:
            change.execute(delete(paper).where(paper.c.case_id == case_id, paper.c.digest == digest))
