"""The connection to a database, SQLite or PostgreSQL, and its clock.

Promises: a transaction that writes is one from its beginning on (SQLite: IMMEDIATE), so that none fails half-way for
another's; times are the database's own, whatever a desk's clock says; a database that does not answer is told in one
sentence, without a password or a value.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Double, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.expression import FunctionElement

from assistant.errors import InputError, SetupError
from assistant.messages import Text
from assistant.store.database.addresses import shown
from assistant.store.database.network_drives import is_far

_WAIT_SECONDS = 30


class Clock(FunctionElement[float]):
    """The database's time, in seconds since 1970."""

    type = Double()
    inherit_cache = True


@compiles(Clock, "sqlite")
def _sqlite_clock(_element: Clock, _compiler: Any, **_options: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(Clock, "postgresql")
def _postgresql_clock(_element: Clock, _compiler: Any, **_options: Any) -> str:
    return "extract(epoch from clock_timestamp())::float8"


def connect(address: str) -> Engine:
    """Raises InputError for an address that can't be used. Nothing is opened yet."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise InputError(Text("看不懂这个数据库地址", "not a database's address"), where="--store") from None
    if url.get_backend_name() == "sqlite":
        return _sqlite(url.database or "")
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 10},
    )


def _sqlite(name: str) -> Engine:
    if name in ("", ":memory:"):
        raise InputError(
            Text("请写出数据库文件的路径：sqlite:///文件", "write the file's path: sqlite:///PATH"), where="--store"
        )
    if is_far(Path(name)):
        raise InputError(
            Text(
                "SQLite 文件不能放在网络盘上：那里的文件锁不可靠，数据会损坏。请放在本机磁盘，或改用 PostgreSQL。",
                "A SQLite file can't be on a network drive: locks don't hold there and the data would be damaged. Keep it on "
                "this machine's disk, or use PostgreSQL.",
            ),
            where="--store",
        )
    # A connection costs a fraction of a millisecond here, and one that is kept would keep a lock.
    engine = create_engine(
        f"sqlite:///{name}", poolclass=NullPool, connect_args={"timeout": _WAIT_SECONDS}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin too late: at the first write.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One look at the database."""
    with _told(engine), engine.connect() as connection, connection.execution_options(reads=True).begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One change, whole or not at all."""
    with _told(engine), engine.begin() as connection:
        yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise _does_not_answer(engine, error) from None
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _does_not_answer(engine, error) from None
        raise


def _does_not_answer(engine: Engine, error: DBAPIError) -> SetupError:
    kind = type(error.orig).__name__
    return SetupError(
        Text(
            f"数据库没有应答（{kind}）。请检查网络、地址和数据库服务，然后再运行；没有写入一半的内容。",
            f"The database does not answer ({kind}). Check the network, the address and the server, then run it again; "
            "nothing was written by half.",
        ),
        where=shown(str(engine.url)),
    )
