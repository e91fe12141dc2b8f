"""The schema, brought up to date by migrations (Alembic) that travel with the package.

Promises: a database that a newer version of this tool has changed is never written to by an older one; two who bring it up
to date at once do it once.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from assistant.errors import SetupError
from assistant.messages import Text
from assistant.store.database.connection import reading, writing

HEAD = "0001"
_MIGRATIONS = Path(__file__).with_name("migrations")
# Any number, as long as it is always the same: who migrates holds it.
_LOCK = 1_902_026


def bring_up_to_date(engine: Engine) -> None:
    """Makes the tables, or changes them to what this version needs. Raises SetupError for those of a newer one."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = _revision(connection)
        if found == HEAD:
            return
        if found is not None and found not in known_revisions():
            raise _newer()
        from alembic.command import upgrade
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        upgrade(config, "head")


def known_revisions() -> tuple[str, ...]:
    """What this version's migrations lead through."""
    return tuple(sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")))


def check(engine: Engine) -> None:
    """Raises SetupError where the tables are not those of this version."""
    with reading(engine) as connection:
        found = _revision(connection)
    if found == HEAD:
        return
    if found is not None and found not in known_revisions():
        raise _newer()
    raise SetupError(
        Text(
            "这个数据库还没有为本版本建好表。请由管理团队的人运行：assistant team init --store 地址",
            "This database has no tables of this version yet. Whoever looks after the team runs: assistant team init "
            "--store URL",
        ),
        where="--store",
    )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _newer() -> SetupError:
    return SetupError(
        Text(
            "这个数据库已由更新版本的本工具使用；请先更新这台电脑上的本工具。",
            "A newer version of this tool uses this database; update the tool on this machine first.",
        ),
        where="--store",
    )
