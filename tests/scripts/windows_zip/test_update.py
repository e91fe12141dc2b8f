"""An update stands beside the old folder or nowhere."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.windows_zip import update
from scripts.windows_zip.archive import write_sums, write_zip


def newer(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "tree" / name).write_bytes(content)
    write_sums(folder / "tree")
    write_zip(folder / "tree", folder / "new.zip", "assistant-2")
    return folder / "new.zip"


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    (tmp_path / "programs/assistant-1").mkdir(parents=True)
    (tmp_path / "programs/assistant-1/old.txt").write_text("old", encoding="utf-8")
    return tmp_path / "programs"


def test_a_newer_version_is_put_beside_the_old_one(
    tmp_path: Path, beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = newer(tmp_path, {"启动.cmd": b"x", "lib/a.py": b"y"})
    assert update.unpack(file, beside) == 0
    assert (beside / "assistant-2/启动.cmd").read_bytes() == b"x"
    assert (beside / "assistant-1/old.txt").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in beside.iterdir()) == ["assistant-1", "assistant-2"]
    assert str(beside / "assistant-2") in capsys.readouterr().out
    (beside / "assistant-2/启动.cmd").write_bytes(b"the person's")
    assert update.unpack(file, beside) == 0
    assert (beside / "assistant-2/启动.cmd").read_bytes() == b"the person's"


SPOILED = ("a file changed", "a file added", "no sums", "not a zip", "another tool's", "reaching out")


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_not_whole_leaves_nothing_behind(
    what: str, tmp_path: Path, beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = newer(tmp_path, {"lib/a.py": b"y"})
    folder, inside = tmp_path / "tree", "assistant-2"
    if what == "a file changed":
        (folder / "lib/a.py").write_bytes(b"changed")
    if what == "a file added":
        (folder / "lib/b.py").write_bytes(b"added")
    if what == "no sums":
        (folder / "SHA256SUMS").unlink()
    if what == "another tool's":
        inside = "other-2"
    write_zip(folder, file, inside)
    if what == "not a zip":
        file.write_bytes(b"text")
    if what == "reaching out":
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("assistant-2/../../out.txt", b"canary")
    assert update.unpack(file, beside) == 1
    assert [path.name for path in beside.iterdir()] == ["assistant-1"]
    assert not (tmp_path / "out.txt").exists()
    assert "没有更新" in capsys.readouterr().out


def test_without_a_zip_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert update.main([""]) == 2 and update.main([]) == 2
    assert "拖到" in capsys.readouterr().out
