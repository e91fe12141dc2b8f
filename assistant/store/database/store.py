"""Applicants in a database (SQLite file or PostgreSQL), sealed for a team."""

import re
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, select

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store import sealing
from assistant.store.base import Applicant, ApplicantRef, Files
from assistant.store.database import schema
from assistant.store.database.addresses import shown
from assistant.store.database.applicant import CaseFiles, DatabaseApplicant, NewApplicant, SharedFiles
from assistant.store.database.cases import REMOVED, Cases
from assistant.store.database.connection import connect, reading
from assistant.store.database.tables import case
from assistant.store.team import trail
from assistant.store.team.aside import Asides
from assistant.store.team.claims import LEASE_SECONDS, Claim, Claims
from assistant.store.team.members import ALL_CASES, Team
from assistant.store.team.presence import Presence
from assistant.store.team.reviews import Reviews
from assistant.store.team.verdicts import Verdicts

_ID = re.compile(r"[^\x00-\x1f\x7f/\\:]{1,200}")


@dataclass(frozen=True)
class CaseLine:
    """One line of a roster: what stands in columns, and no more."""

    id: str
    city: str
    expires_on: str | None
    stage: str
    version: int


class DatabaseStore:
    """Every case of one database, as the member of its team whose key this machine keeps."""

    def __init__(self, engine: Engine, address: str, own_key: str) -> None:
        self.engine, self.address = engine, shown(address)
        self.team = Team(engine, own_key)
        self._cases = Cases(engine, self.team)
        self.claims = Claims(engine, self.team)
        self.asides = Asides(engine, self.team, self._cases)
        self.verdicts = Verdicts(engine, self.team)
        self.presence = Presence(engine)
        self.reviews = Reviews(engine, self.team)
        self._mine: dict[str, Claim] = {}
        weakref.finalize(self, engine.dispose)

    @classmethod
    def at(cls, address: str) -> "DatabaseStore":
        """The store of a database's address, with the key of this machine's keyring. Raises InputError, SetupError, SealError."""
        engine = connect(address)
        schema.check(engine)
        return cls(engine, address, sealing.kept_key())

    @classmethod
    def to_begin_at(cls, address: str) -> "DatabaseStore":
        """The same where there may be no tables, no team and no key yet: for whoever begins or joins a team."""
        return cls(connect(address), address, sealing.kept_or_new_key()[0])

    # -- what every store does -----------------------------------------------------------------------------------------

    @property
    def shared(self) -> Files:
        return self._shared()

    def shared_names(self) -> Sequence[str]:
        return self._shared().names()

    def applicants(self) -> Sequence[ApplicantRef]:
        wanted = select(case.c.id).where(case.c.id != ALL_CASES, case.c.stage != REMOVED)
        with reading(self.engine) as look:
            # Sorted here: databases differ in what comes first.
            return tuple(ApplicantRef(found) for found in sorted(look.execute(wanted).scalars()))

    def states(self) -> Mapping[ApplicantRef, object]:
        return self.states_of(None)

    def states_of(self, refs: Sequence[ApplicantRef] | None) -> Mapping[ApplicantRef, object]:
        """The states of some applicants, or of all."""
        wanted = select(case.c.id, case.c.version).where(case.c.stage != REMOVED)
        if refs is not None:
            wanted = wanted.where(case.c.id.in_([ALL_CASES, *(ref.id for ref in refs)]))
        with reading(self.engine) as look:
            numbers = {row.id: row.version for row in look.execute(wanted)}
        shared = numbers.pop(ALL_CASES, 0)
        return {ApplicantRef(found): (shared, numbers[found]) for found in sorted(numbers)}

    @contextmanager
    def open(self, ref: ApplicantRef) -> Iterator[Applicant]:
        self._check_there(ref.id)
        with self._opened(DatabaseApplicant, ref.id) as applicant:
            yield applicant

    @contextmanager
    def new(self, ref: ApplicantRef) -> Iterator[Applicant]:
        _check_id(ref.id)
        if self._cases.number(ref.id) is not None:
            raise InputError(Text("已有这个案件", "there is such a case already"), where=ref.id)
        with self._opened(NewApplicant, ref.id) as applicant:
            yield applicant

    # -- what several desks need ---------------------------------------------------------------------------------------

    @contextmanager
    def holding(self, ref: ApplicantRef, *, seconds: float = LEASE_SECONDS) -> Iterator[Claim]:
        """The case is this store's own until the end of the block; whoever opens it here writes with the claim. Raises InUse."""
        with self.claims.claim(ref.id, seconds=seconds) as claim, self.with_claim(claim):
            yield claim

    def note_filled(self, ref: ApplicantRef) -> None:
        self.reviews.note_filled(ref.id)

    @contextmanager
    def with_claim(self, claim: Claim) -> Iterator[None]:
        """What is written within the block is written with a claim that was made before."""
        self._mine[claim.case_id] = claim
        try:
            yield
        finally:
            del self._mine[claim.case_id]

    def roster(
        self, *, due_before: str | None = None, city: str = "", after: str = "", limit: int = 0
    ) -> list[CaseLine]:
        """Lines of the roster by expiry day, from the database's columns alone; nothing is unsealed."""
        wanted = select(case.c.id, case.c.city, case.c.expires_on, case.c.stage, case.c.version)
        wanted = wanted.where(case.c.id != ALL_CASES, case.c.stage != REMOVED)
        if due_before is not None:
            wanted = wanted.where(case.c.expires_on < due_before)
        if city:
            wanted = wanted.where(case.c.city == city)
        if after:
            wanted = wanted.where(case.c.expires_on > after)
        wanted = wanted.order_by(case.c.expires_on, case.c.id)
        with reading(self.engine) as look:
            return [CaseLine(*row) for row in look.execute(wanted.limit(limit) if limit else wanted)]

    def state_digest(self, ref: ApplicantRef) -> str:
        """A keyed digest that is another once the case, or what all cases share, has changed; empty where there is no case."""
        state = self.states_of([ref]).get(ref)
        return "" if state is None else self.team.keys().digest("state", ref.id, str(state))

    def state_digests(self) -> Mapping[ApplicantRef, str]:
        """Those of every case."""
        keys = self.team.keys()
        return {ref: keys.digest("state", ref.id, str(state)) for ref, state in self.states().items()}

    def trail(self, ref: ApplicantRef | None = None) -> list[trail.TrailLine]:
        """Who did what, from the beginning."""
        with reading(self.engine) as look:
            return list(trail.entries(look, self.team.keys(look), None if ref is None else ref.id))

    def close(self) -> None:
        """Gives back what the database lent."""
        self.engine.dispose()

    # -- within --------------------------------------------------------------------------------------------------------

    def _shared(self) -> CaseFiles:
        return SharedFiles(self._cases, ALL_CASES, self.address)

    @contextmanager
    def _opened(self, kind: type[DatabaseApplicant], case_id: str) -> Iterator[Applicant]:
        def claim() -> str | None:
            held = self._mine.get(case_id)
            return None if held is None else held.token

        applicant = kind(self._cases, case_id, f"{self.address}/{case_id}", self._shared(), self.asides.keep, claim)
        try:
            yield applicant
        finally:
            applicant.close()

    def _check_there(self, case_id: str) -> None:
        if case_id == ALL_CASES or self._cases.number(case_id) is None:
            raise InputError(Text("没有这位申请人", "there is no such applicant"), where=case_id)


def _check_id(case_id: str) -> None:
    if not _ID.fullmatch(case_id) or case_id in (".", ".."):
        raise InputError(Text("案件编号不可用", "not a usable name of a case"), where=case_id)
