"""A database that fails is told in one sentence; what was team_begun is whole or not there."""

import signal
from pathlib import Path

import pytest
from sqlalchemy import select, text

from assistant.errors import SetupError
from assistant.store.base import ApplicantRef
from assistant.store.database.connection import Clock, connect, reading, writing
from assistant.store.database.store import DatabaseStore
from tests.support.postgres import PostgreSQL
from tests.support.stores import put_case


def test_the_clock_is_the_databases_own(database: DatabaseStore) -> None:
    native = "strftime('%s', 'now')" if database.engine.dialect.name == "sqlite" else "extract(epoch from now())"
    with reading(database.engine) as look:
        seconds, theirs = look.execute(select(Clock(), text(native))).one()
    assert abs(float(seconds) - float(theirs)) < 2


def test_a_change_that_fails_half_way_changes_nothing(database: DatabaseStore) -> None:
    with pytest.raises(RuntimeError), writing(database.engine) as change:
        change.execute(text("UPDATE case_file SET stage = 'x'"))
        raise RuntimeError
    with reading(database.engine) as look:
        assert look.execute(text("SELECT stage FROM case_file")).scalars().all() == [""]


def test_a_file_that_can_not_be_opened_is_told_and_not_shown_as_a_bug(tmp_path: Path) -> None:
    with pytest.raises(SetupError), reading(connect(f"sqlite:///{tmp_path}")):
        pass


def test_a_server_that_was_started_again_is_used_again(
    postgres: PostgreSQL, postgres_url: str, team_begun: "object"
) -> None:
    store = team_begun(postgres_url)  # type: ignore[operator]
    put_case(store, "lee", {"profile.yaml": b"city: a\n"})
    postgres.stop(signal.SIGQUIT)
    with pytest.raises(SetupError) as silent:
        store.applicants()
    assert "does not answer" in silent.value.what.en
    postgres.start()
    assert store.applicants() == (ApplicantRef("lee"),)
