"""Which workers are alive: a lease each on the database's clock, and one who looks after the dead at a time."""

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.store.database.connection import Clock, reading, writing
from assistant.store.database.tables import worker

LEASE_SECONDS = 20.0
_CARETAKER = "*caretaker"


class Presence:
    """The workers of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def here(self, name: str, seconds: float = LEASE_SECONDS) -> None:
        """This worker is alive for so long from now on."""
        until = Clock() + seconds
        with writing(self._engine) as change:
            if change.execute(update(worker).where(worker.c.id == name).values(lease_until=until)).rowcount != 1:
                change.execute(insert(worker).values(id=name, lease_until=until))

    def gone(self, name: str) -> None:
        """This worker has ended."""
        with writing(self._engine) as change:
            change.execute(delete(worker).where(worker.c.id == name))

    def alive(self) -> set[str]:
        """Who has said so lately."""
        with reading(self._engine) as look:
            wanted = select(worker.c.id).where(worker.c.lease_until >= Clock(), worker.c.id != _CARETAKER)
            return set(look.execute(wanted).scalars())

    def takes_care(self, seconds: float) -> bool:
        """Whether the caller is the one who looks after the dead now, for so long."""
        until = Clock() + seconds
        free = (worker.c.id == _CARETAKER, worker.c.lease_until < Clock())
        try:
            with writing(self._engine) as change:
                change.execute(delete(worker).where(worker.c.id != _CARETAKER, worker.c.lease_until < Clock() - 3600.0))
                if change.execute(update(worker).where(*free).values(lease_until=until)).rowcount == 1:
                    return True
                if change.execute(select(worker.c.id).where(worker.c.id == _CARETAKER)).scalar() is None:
                    change.execute(insert(worker).values(id=_CARETAKER, lease_until=until))
                    return True
        except IntegrityError:
            return False
        return False
