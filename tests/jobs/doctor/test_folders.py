"""The tool's own folders: writable, with room, and told."""

from collections import namedtuple
from pathlib import Path

import pytest

from assistant.jobs.doctor import folders
from tests.support.doctor import state_of


def test_a_folder_that_cannot_be_written_is_bad(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert state_of(folders.check_folders(), "folders") in ("ok", "warning")
    monkeypatch.setattr(folders, "private_cache", lambda: tmp_path / "not there")
    assert state_of(folders.check_folders(), "folders") == "bad"


def test_a_nearly_full_disk_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda _path: usage(10, 9, 1))
    assert state_of(folders.check_folders(), "folders") == "warning"


def test_what_is_stored_is_told_with_how_to_delete_it() -> None:
    from assistant.store.locations import browser_folder, private_data

    browser_folder("beijing").mkdir(parents=True, exist_ok=True)
    (check,) = folders.check_stored()
    assert state_of([check], "stored") == "ok"
    for said in (check.message.zh, check.message.en):
        assert str(private_data()) in said
        assert "login forget --city beijing" in said
    browser_folder("beijing").rmdir()
    assert "beijing" not in folders.check_stored()[0].message.en


def test_whatever_lies_in_the_tools_own_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts of `teach --new`, the journal, and what a later version will write."""
    monkeypatch.setattr(folders, "private_data", lambda: tmp_path)
    for name in ("drafts", "overlays", "fingerprints", "of a later version"):
        (tmp_path / name).mkdir()
    (tmp_path / "log.jsonl").touch()
    (check,) = folders.check_stored()
    for said in (check.message.zh, check.message.en):
        assert all(str(path) in said for path in tmp_path.iterdir())


def test_where_nothing_can_be_written_nothing_is_said_to_be_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise PermissionError

    monkeypatch.setattr(folders, "private_data", fail)
    assert folders.check_stored() == []
    assert state_of(folders.check_folders(), "folders") == "bad"
