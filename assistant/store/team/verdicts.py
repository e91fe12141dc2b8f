"""What background work found, kept once for each content: whoever looks again at the same finds it here.

Promises: a verdict is there once, however often the work was done; it is sealed, and found by a keyed digest, so that the
server learns neither what was found nor in what.
"""

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.store.database.connection import Clock, reading, writing
from assistant.store.database.tables import verdict
from assistant.store.team.members import Team


class Verdicts:
    """The verdicts of one database."""

    def __init__(self, engine: Engine, team: Team) -> None:
        self._engine, self._team = engine, team

    def recall(self, case_id: str, work: str, about: str, checker: str) -> bytes | None:
        """What was found about a content (`about`: whatever the result depends on), None where nobody has looked."""
        with reading(self._engine) as look:
            keys = self._team.keys(look)
            where = (
                verdict.c.case_id == case_id,
                verdict.c.work == work,
                verdict.c.digest == keys.digest("verdict", case_id, work, about),
                verdict.c.checker == checker,
            )
            row = look.execute(select(verdict.c.sealed, verdict.c.epoch).where(*where)).one_or_none()
            return None if row is None else keys.opened(row.sealed, row.epoch, case_id)

    def keep(self, case_id: str, work: str, about: str, checker: str, found: bytes) -> bool:
        """Keeps what was found; False where somebody has kept it already, whose verdict then stays."""
        try:
            with writing(self._engine) as change:
                keys = self._team.keys(change)
                change.execute(
                    insert(verdict).values(
                        case_id=case_id,
                        work=work,
                        digest=keys.digest("verdict", case_id, work, about),
                        checker=checker,
                        epoch=keys.epoch,
                        sealed=keys.sealed(found),
                        by=self._team.name(keys),
                        at=Clock(),
                    )
                )
        except IntegrityError:
            return False
        return True

    def count(self, work: str) -> int:
        """How many there are of one kind of work."""
        with reading(self._engine) as look:
            wanted = select(func.count()).select_from(verdict).where(verdict.c.work == work)
            return look.execute(wanted).scalar_one()
