"""`assistant prepare`: exit status, words and JSON; what is done is tested in tests/jobs/test_prepare.py."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path

import pytest

from assistant.cli import prepare
from assistant.errors import InputError
from assistant.review.console import Console
from assistant.store.locations import PROFILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    (tmp_path / "lee").mkdir()
    shutil.copy(PROFILES / "sample-lee" / "profile.yaml", tmp_path / "lee")
    (tmp_path / "lee" / "documents").mkdir()
    return tmp_path / "lee"


def run(folder: Path, *words: str) -> int:
    parser = ArgumentParser()
    prepare.add_arguments(parser)
    args = parser.parse_args([str(folder), *words, "--on", "2026-11-22"])
    args.lang, args.json, args.console = "en", str(folder / "answer.json"), Console("en")
    return prepare.run(args)


def without_documents(folder: Path) -> None:
    text = (folder / "profile.yaml").read_text(encoding="utf-8")
    (folder / "profile.yaml").write_text(text[: text.index("\ndocuments:")] + "\n", encoding="utf-8")


def test_a_file_that_cannot_be_used_is_one_sentence_and_for_the_person(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_documents(folder)
    note = tmp_path / "note.jpg"
    note.write_bytes(b"this is no picture")
    assert run(folder, str(note)) == 1
    said = capsys.readouterr().out
    assert "note.jpg: neither a PDF nor a picture" in said and "Nothing is written yet" in said
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    assert answer["counts"]["unusable"] == 1 and answer["applied"] is False
    assert answer["listed"] == [
        {
            "file": "note.jpg",
            "page": None,
            "reason": "unusable",
            "slot": None,
            "message": answer["listed"][0]["message"],
        }
    ]


def test_nothing_to_take_back_is_said(folder: Path) -> None:
    without_documents(folder)
    with pytest.raises(InputError) as refused:
        run(folder, "--undo")
    assert "take back" in refused.value.what.en


def test_a_profile_without_files_asks_for_scans(folder: Path) -> None:
    without_documents(folder)
    with pytest.raises(InputError) as refused:
        run(folder)
    assert "scans" in refused.value.what.en
