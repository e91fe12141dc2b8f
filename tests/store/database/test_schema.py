"""The tables come from migrations that travel with the package, and an older tool never writes to a newer one's."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant.errors import SetupError
from assistant.store.database import schema
from assistant.store.database.connection import connect, reading, writing
from assistant.store.database.store import DatabaseStore
from assistant.store.database.tables import metadata


def test_the_migrations_lead_to_the_tables_that_the_code_knows(database: DatabaseStore) -> None:
    with reading(database.engine) as look:
        context = MigrationContext.configure(look, opts={"compare_server_default": False})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]
    assert schema.known_revisions()[-1] == schema.HEAD


def test_tables_of_a_newer_version_are_left_alone(database: DatabaseStore, database_url: str) -> None:
    with writing(database.engine) as change:
        change.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for go in (schema.check, schema.bring_up_to_date):
        with pytest.raises(SetupError) as refused:
            go(database.engine)
        assert "newer version" in refused.value.what.en


def test_a_database_without_tables_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as refused:
        schema.check(connect(f"sqlite:///{tmp_path / 'new.db'}"))
    assert "assistant team init" in refused.value.what.en


def test_two_who_make_the_tables_at_once_make_them_once(tmp_path: Path) -> None:
    wrong: list[BaseException] = []

    def make() -> None:
        try:
            schema.bring_up_to_date(connect(f"sqlite:///{tmp_path / 'new.db'}"))
        except BaseException as error:
            wrong.append(error)

    makers = [threading.Thread(target=make) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert wrong == []
    schema.check(connect(f"sqlite:///{tmp_path / 'new.db'}"))
