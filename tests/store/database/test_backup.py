"""The drill of docs/team: a backup restored elsewhere opens with a recovery key, and with nothing else."""

import sqlite3
from pathlib import Path

import pytest

from assistant.errors import SealError
from assistant.jobs.sealing import recovery_text
from assistant.store import sealing
from assistant.store.base import ApplicantRef
from assistant.store.database.connection import connect
from assistant.store.database.store import DatabaseStore
from tests.support.postgres import PostgreSQL
from tests.support.stores import put_case

SCAN = bytes(range(256)) * 200
FILES = {"profile.yaml": b"city: beijing\npassport: {number: M12345678}\n", "documents/a.pdf": SCAN}


def restored(postgres: PostgreSQL, url: str, tmp_path: Path) -> str:
    """The database from its backup, in another place."""
    if url.startswith("sqlite"):
        copy = tmp_path / "copy.db"
        with sqlite3.connect(tmp_path / "team.db") as old, sqlite3.connect(copy) as new:
            old.backup(new)
        old.close()
        new.close()
        return f"sqlite:///{copy}"
    name = url.split("/")[3].partition("?")[0]
    dump = postgres.folder / f"{name}.dump"
    postgres.run("pg_dump", "-Fc", "-h", str(postgres.folder), "-U", "assistant", "-f", str(dump), name)
    address = postgres.create(f"{name}_back")
    postgres.run("pg_restore", "-h", str(postgres.folder), "-U", "assistant", "-d", f"{name}_back", str(dump))
    return address


def test_a_restored_backup_opens_with_a_recovery_key_and_with_nothing_else(
    database: DatabaseStore, database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    put_case(database, "lee", FILES)
    key = sealing.checked_key(recovery_text(tmp_path / "key.txt"))
    server = request.getfixturevalue("postgres") if database_url.startswith("postgresql") else None
    address = restored(server, database_url, tmp_path)
    back = DatabaseStore(connect(address), address, key)
    with back.open(ApplicantRef("lee")) as lee:
        assert {name: lee.read(name) for name in lee.names()} == FILES
    assert all(one.sound for one in back.trail())
    back.close()
    stranger = DatabaseStore(connect(address), address, sealing.new_key())
    with pytest.raises(SealError):
        stranger.team.keys()
    stranger.close()


def test_nothing_of_a_value_is_in_what_the_administrator_holds(
    database: DatabaseStore, database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    put_case(database, "lee", FILES)
    if database_url.startswith("sqlite"):
        held = b"".join(path.read_bytes() for path in tmp_path.glob("team.db*"))
    else:
        held = request.getfixturevalue("postgres").dump(database_url.split("/")[3].partition("?")[0])
    assert b"beijing" in held
    for canary in (b"M12345678", b"M12345678".hex().encode(), SCAN[:64], SCAN[:64].hex().encode(), b"a.pdf"):
        assert canary not in held
