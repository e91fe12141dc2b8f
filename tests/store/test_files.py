"""A private file is written whole or not at all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from assistant.store import files
from assistant.store.files import try_writing, write_private

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def test_a_file_is_there_with_its_content_and_its_folder(tmp_path: Path) -> None:
    target = tmp_path / "reports" / "one.html"
    assert write_private(target, "报告").read_text(encoding="utf-8") == "报告"
    assert write_private(target, b"\x00new").read_bytes() == b"\x00new"
    assert [path.name for path in target.parent.iterdir()] == ["one.html"]


@posix
def test_only_its_owner_reads_it_also_where_an_older_one_was_open_to_all(tmp_path: Path) -> None:
    target = tmp_path / "one"
    target.write_text("old")
    target.chmod(0o644)
    before = os.umask(0)
    try:
        write_private(target, "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_what_can_not_be_written_leaves_the_older_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = write_private(tmp_path / "one", "old")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "fsync":
        monkeypatch.setattr(files.os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_private(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert target.read_text() == "old"


@posix
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real" / "file")
    write_private(link, "x")
    assert link.is_symlink()
    assert (tmp_path / "real" / "file").read_text() == "x"


@posix
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_private(Path(os.devnull), "x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@posix
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    try_writing(pipe)
    write_private(pipe, "told")
    reader.join(10)
    assert read == [b"told"]


def test_a_trial_tells_what_can_not_be_written_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "file" / "below"):
        with pytest.raises(OSError):
            try_writing(place)
    try_writing(tmp_path / "new folder" / "r.json")
    try_writing(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"
    assert list((tmp_path / "new folder").iterdir()) == []


def test_a_file_that_its_owner_made_read_only_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept.json"
    file.write_text("x")
    # Whoever tests as root may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, _: path != file)
    with pytest.raises(PermissionError):
        try_writing(file)
