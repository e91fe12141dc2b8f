"""An address of a store leads to that store, or is refused with what to write instead."""

from pathlib import Path

import pytest

from assistant.errors import InputError, SetupError
from assistant.store.base import ApplicantRef
from assistant.store.database import addresses
from assistant.store.database.addresses import named_store, shown, store_at
from assistant.store.database.store import DatabaseStore
from tests.support.stores import put_case


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    (tmp_path / "lee").mkdir()
    (tmp_path / "lee" / "profile.yaml").write_bytes(b"city: beijing\n")
    assert store_at(f"folder:{tmp_path}").applicants() == (ApplicantRef("lee"),)


def test_a_database_is_a_store(database: DatabaseStore, database_url: str) -> None:
    put_case(database, "lee", {"profile.yaml": b"city: beijing\n"})
    assert store_at(database_url).applicants() == (ApplicantRef("lee"),)


@pytest.mark.parametrize("address", ["", "mysql://x", "/home/x", "sqlite://", "sqlite:///:memory:"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError) as refused:
        store_at(address)
    assert refused.value.where == "--store"


def test_the_option_counts_before_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", "sqlite:///theirs.db")
    assert named_store(None) == "sqlite:///theirs.db"
    assert named_store("folder:mine") == "folder:mine"
    monkeypatch.delenv("ASSISTANT_STORE")
    assert named_store(None) == ""


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(addresses, "find_spec", lambda name: None)
    with pytest.raises(SetupError) as missing:
        store_at(f"sqlite:///{tmp_path / 'team.db'}")
    assert 'pip install "assistant[team]"' in missing.value.what.en
    assert store_at(f"folder:{tmp_path}").applicants() == ()


def test_no_password_is_repeated() -> None:
    assert shown("postgresql://lin:s3cret@db.example/team") == "postgresql://lin@db.example/team"
    with pytest.raises(SetupError) as silent:
        store_at("postgresql://lin:s3cret@127.0.0.1:1/team").applicants()
    assert "s3cret" not in "".join(silent.value.lines("zh") + silent.value.lines("en"))
