"""A database keeps what every store promises, and its server sees no value."""

import pytest

from assistant.store.base import Store
from assistant.store.database.store import DatabaseStore
from tests.store.contract import FILES, StoreContract
from tests.support.stores import put_case


class TestDatabases(StoreContract):
    """On SQLite and on PostgreSQL."""

    @pytest.fixture
    def store(self, database: DatabaseStore) -> Store:
        put_case(database, "lee", FILES)
        put_case(database, "kim", {"profile.yaml": b"city: beijing\n"})
        return database


class TestDatabasesWithPapers(TestDatabases):
    """The same where every file lies by itself, as scans do."""

    @pytest.fixture(autouse=True)
    def all_are_papers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("assistant.store.database.cases.LARGEST_SMALL", -1)


def test_what_is_unpacked_is_gone_when_the_applicant_is_closed(database: DatabaseStore) -> None:
    put_case(database, "lee", FILES)
    with database.open(database.applicants()[0]) as lee:
        copy = lee.local_copy("documents/contract.pdf")
        assert copy.read_bytes() == FILES["documents/contract.pdf"]
    assert not copy.exists()
