"""Databases of cases for tests: on SQLite and on PostgreSQL, with a team of one whose key this test's keyring keeps."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.store.base import ApplicantRef
from assistant.store.database.connection import connect, writing
from assistant.store.database.schema import bring_up_to_date
from assistant.store.database.store import DatabaseStore
from tests.support.postgres import PostgreSQL


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    bring_up_to_date(connect(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(postgres: PostgreSQL) -> str:
    """The same as a database of the tests' server."""
    engine = connect(postgres.create("with_tables"))
    bring_up_to_date(engine)
    engine.dispose()
    return "with_tables"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with tables and nothing in them, on each of the two."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "team.db")
        return f"sqlite:///{tmp_path / 'team.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def postgres_url(postgres: PostgreSQL, postgres_with_tables: str) -> str:
    """The same on PostgreSQL alone."""
    return postgres.create(f"t{uuid.uuid4().hex}", postgres_with_tables)


@pytest.fixture
def team_begun() -> Iterator[Callable[[str], DatabaseStore]]:
    """Begins a team at an address."""
    made: list[DatabaseStore] = []

    def begin(url: str) -> DatabaseStore:
        store = DatabaseStore.to_begin_at(url)
        store.team.begin("lin")
        made.append(store)
        return store

    yield begin
    for store in made:
        store.close()


@pytest.fixture
def database(database_url: str, team_begun: Callable[[str], DatabaseStore]) -> DatabaseStore:
    """A team's database without a case."""
    return team_begun(database_url)


def put_case(store: DatabaseStore, case_id: str, files: dict[str, bytes]) -> None:
    """One more case."""
    with store.new(ApplicantRef(case_id)) as applicant:
        for name, content in files.items():
            applicant.write(name, content, expected=None)


def allow_changes(store: DatabaseStore) -> None:
    """What only an administrator can."""
    with writing(store.engine) as change:
        if store.engine.dialect.name == "sqlite":
            for action in ("UPDATE", "DELETE"):
                change.execute(text(f"DROP TRIGGER event_no_{action}"))
        else:
            change.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
