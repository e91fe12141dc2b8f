"""Claims: who holds a case while it is edited or filled. One conditional statement with a lease on the database's clock.

Promises: of two who claim a case at once, one gets it; a holder that was killed holds it no longer than its lease; whoever
lost the lease writes nothing any more, whatever its own clock says; a case that is taken from its holder by force is so on
the trail.
"""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from sqlalchemy import ColumnElement, Connection, Engine, and_, or_, select, update
from sqlalchemy.sql.dml import Update

from assistant.errors import AssistantError, InputError, InUse
from assistant.messages import Text
from assistant.store.database.connection import Clock, reading, writing
from assistant.store.database.tables import case
from assistant.store.team import trail
from assistant.store.team.members import Team

LEASE_SECONDS = 90.0


@dataclass(frozen=True)
class CaseHolder:
    """Who holds a case, and for how many more seconds unless the holder prolongs it."""

    name: str
    claim: str
    seconds: float


def is_free() -> ColumnElement[bool]:
    """Whether nobody holds the case now."""
    return or_(case.c.claim.is_(None), case.c.lease_until < Clock())


def may_write(claim: str | None) -> ColumnElement[bool]:
    """Whether a case may be written with this claim, or without any."""
    return is_free() if claim is None else and_(case.c.claim == claim, case.c.lease_until >= Clock())


class Claims:
    """The claims of one database, made by one member."""

    def __init__(self, engine: Engine, team: Team) -> None:
        self._engine, self._team = engine, team

    def holder(self, case_id: str) -> CaseHolder | None:
        """Who holds the case now."""
        with reading(self._engine) as look:
            return held_by(look, case_id)

    def holders(self) -> dict[str, CaseHolder]:
        """Every case that somebody holds now."""
        wanted = select(case.c.id, case.c.holder, case.c.claim, case.c.lease_until - Clock()).where(~is_free())
        with reading(self._engine) as look:
            return {row[0]: CaseHolder(*row[1:]) for row in look.execute(wanted)}

    def claim(self, case_id: str, *, seconds: float = LEASE_SECONDS) -> "Claim":
        """Raises InUse, naming the holder, where somebody has it; InputError where there is no such case."""
        token = uuid.uuid4().hex
        with writing(self._engine) as change:
            keys = self._team.keys(change)
            who = self._team.name(keys)
            while change.execute(_taken(case_id, token, who, seconds).where(is_free())).rowcount != 1:
                # Unless it was released between the two statements, which then is one more try.
                self._refuse(change, case_id)
            trail.add(change, keys, who, case_id, [trail.TrailEvent("claimed")])
        return Claim(self._engine, case_id, token, seconds, self._note_release)

    def take_over(self, case_id: str, seen: CaseHolder, *, seconds: float = LEASE_SECONDS) -> "Claim":
        """The case, taken from the holder that was seen; raises InUse where that is another by now. It is on the trail."""
        token = uuid.uuid4().hex
        with writing(self._engine) as change:
            keys = self._team.keys(change)
            who = self._team.name(keys)
            same = or_(case.c.claim == seen.claim, is_free())
            if change.execute(_taken(case_id, token, who, seconds).where(same)).rowcount != 1:
                self._refuse(change, case_id)
                raise _try_again(case_id)
            from_whom = trail.TrailEvent("taken-over", before=keys.digest("holder", case_id, seen.name))
            trail.add(change, keys, who, case_id, [from_whom])
        return Claim(self._engine, case_id, token, seconds, self._note_release)

    def _note_release(self, change: Connection, case_id: str) -> None:
        keys = self._team.keys(change)
        trail.add(change, keys, self._team.name(keys), case_id, [trail.TrailEvent("released")])

    @staticmethod
    def _refuse(look: Connection, case_id: str) -> None:
        """Raises what keeps the case from being claimed; nothing where it is free by now."""
        holder = held_by(look, case_id)
        if holder is not None:
            raise in_use(case_id, holder)
        if look.execute(select(case.c.id).where(case.c.id == case_id)).scalar() is None:
            raise InputError(Text("没有这位申请人", "there is no such applicant"), where=case_id)


class Claim:
    """A case that is held: prolonged in the background until it is released, or lost."""

    def __init__(
        self,
        engine: Engine,
        case_id: str,
        token: str,
        seconds: float,
        note_release: Callable[[Connection, str], None],
    ) -> None:
        self.case_id, self.token = case_id, token
        self._engine, self._seconds, self._note_release = engine, seconds, note_release
        self._over = threading.Event()
        self._lost = False
        self._heart = threading.Thread(target=self._beat, name="claim", daemon=True)

    @property
    def lost(self) -> bool:
        """Whether the database said that it is held no more. Each write asks the database itself."""
        return self._lost

    def prolong(self) -> bool:
        """One more lease from now on; False where the case is lost."""
        mine = and_(case.c.id == self.case_id, may_write(self.token))
        with writing(self._engine) as change:
            until = Clock() + self._seconds
            self._lost = change.execute(update(case).where(mine).values(lease_until=until)).rowcount != 1
        return not self._lost

    def release(self) -> None:
        """The case is free again; nothing happens where it was lost."""
        self._over.set()
        if self._heart.is_alive():
            self._heart.join(timeout=5)
        mine = and_(case.c.id == self.case_id, case.c.claim == self.token)
        with writing(self._engine) as change:
            free = update(case).where(mine).values(holder=None, claim=None, lease_until=None)
            if change.execute(free).rowcount == 1:
                self._note_release(change, self.case_id)

    def __enter__(self) -> "Claim":
        self._heart.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.release()
        except AssistantError:
            # A database that is gone frees it by itself when the lease ends; what went wrong before counts more.
            if error is None:
                raise

    def _beat(self) -> None:
        while not self._over.wait(self._seconds / 3):
            try:
                if not self.prolong():
                    return
            except AssistantError:
                # Not reached this time: the lease has room for one more try.
                continue


def held_by(look: Connection, case_id: str) -> CaseHolder | None:
    """Who holds a case now."""
    wanted = select(case.c.holder, case.c.claim, case.c.lease_until - Clock()).where(case.c.id == case_id, ~is_free())
    row = look.execute(wanted).one_or_none()
    return None if row is None else CaseHolder(*row)


def in_use(case_id: str, holder: CaseHolder) -> InUse:
    """What to say to whoever wants a case that another holds."""
    return InUse(
        Text(
            f"{holder.name} 正在处理这个案件（再无动静约 {max(1, round(holder.seconds))} 秒后释放）。请稍后再试，或与对方商量后接管："
            "assistant store take",
            f"{holder.name} has this case (free in about {max(1, round(holder.seconds))} s if nothing is heard of them). Try "
            "again later, or agree with them and take it: assistant store take",
        ),
        where=case_id,
    )


def _try_again(case_id: str) -> InUse:
    return InUse(
        Text("占用者刚刚变了；请再看一眼再接管。", "The holder has just changed; look again before you take it."),
        where=case_id,
    )


def lost(case_id: str) -> InUse:
    """What to say to a holder that holds the case no more."""
    return InUse(
        Text(
            "您对这个案件的占用已经失效（断网过久，或已被接管）；没有写入，您的版本已另存，可并排比较。",
            "You hold this case no longer (offline for too long, or it was taken over); nothing was written, and your version "
            "is kept aside to be compared.",
        ),
        where=case_id,
    )


def _taken(case_id: str, token: str, who: str, seconds: float) -> Update:
    return update(case).where(case.c.id == case_id).values(holder=who, claim=token, lease_until=Clock() + seconds)
