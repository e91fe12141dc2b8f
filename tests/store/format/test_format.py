"""An older program refuses a newer folder with a sentence, and touches nothing."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import InputError
from assistant.store.base import ApplicantRef
from assistant.store.folders import FolderStore
from assistant.store.format import FILE, FIRST, FORMAT, format_of, mark, refuse_newer
from assistant.store.locations import PROFILES


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """As the next program would leave it, with a key that this one does not know."""
    shutil.copytree(PROFILES / "sample-lee", tmp_path / "sample-lee")
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    (tmp_path / FILE).write_text(json.dumps({"format": FORMAT + 1, "program": "9.0"}), encoding="utf-8")
    return tmp_path


def test_a_folder_without_a_number_is_of_the_first_format(tmp_path: Path) -> None:
    assert format_of(tmp_path) == FIRST == refuse_newer(tmp_path)
    mark(tmp_path)
    assert format_of(tmp_path) == FORMAT


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "2"}', '{"format": 0}', '{"format": null}'])
def test_a_number_that_is_none_is_not_guessed(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="can't be read"):
        format_of(tmp_path)


@pytest.mark.parametrize("words", [["check"], ["plan"], ["fill", "--dry-run", "--headless"], ["seal"]])
def test_every_way_in_refuses_a_newer_folder(words: list[str], newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in newer.rglob("*") if path.is_file()}
    assert main([words[0], str(newer / "sample-lee"), *words[1:], "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "newer version (9.0)" in said and "update" in said
    assert {path: path.read_bytes() for path in newer.rglob("*") if path.is_file()} == before


def test_no_applicant_is_added_to_a_newer_folder(newer: Path) -> None:
    with pytest.raises(InputError), FolderStore(newer).new(ApplicantRef("more")):
        pass
    assert not (newer / "more").exists()


def test_the_desk_does_not_open_a_newer_folder(newer: Path) -> None:
    assert main(["desk", str(newer), "--no-open", "--lang", "en"]) == 2
