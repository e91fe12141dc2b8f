"""The journal: a line for every command, added at the end, without a value."""

import json
import os
import shutil
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.profile.loading import load_profile
from assistant.store import journal
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(journal, "private_data", lambda: tmp_path)
    return tmp_path / "log.jsonl"


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_every_command_leaves_one_line_and_no_earlier_one_changes(empty: Path) -> None:
    assert main(["plan", str(PROFILES / "sample-lee"), "--lang", "en"]) in (0, 1)
    first = empty.read_bytes()
    assert main(["plan", str(PROFILES / "sample-okafor" / "profile.yaml")]) in (0, 1)
    assert main(["plan", str(PROFILES / "nobody")]) == 2
    assert empty.read_bytes().startswith(first)
    assert [(line["verb"], line["applicant"], line["exit"] == 2) for line in lines(empty)] == [
        ("plan", "sample-lee", False),
        ("plan", "sample-okafor", False),
        ("plan", "nobody", True),
    ]
    assert all(set(line) == {"time", "verb", "applicant", "counts", "seconds", "exit"} for line in lines(empty))


def test_no_value_of_the_person_is_in_it(empty: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PROFILES / "sample-lee", tmp_path / "a" / "case-1"))
    shutil.copy(PROFILES / "employer.yaml", folder.parent)
    main(["plan", str(folder)])
    profile = load_profile(PlainFolder(folder))
    written = empty.read_text(encoding="utf-8")
    for value in (profile.passport.number, profile.applicant.surname, profile.applicant.email, profile.employer.name):
        assert value not in written


@pytest.mark.skipif(os.name != "posix", reason="permissions are the folder's on Windows")
def test_it_is_its_owners_alone(empty: Path) -> None:
    before = os.umask(0)
    try:
        journal.note("fill", applicant="a", counts={"verified": 3}, seconds=1.25, exit_status=0)
    finally:
        os.umask(before)
    assert empty.stat().st_mode & 0o777 == 0o600
    assert lines(empty)[0]["counts"] == {"verified": 3}


def test_a_journal_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    assert main(["plan", str(PROFILES / "sample-lee")]) in (0, 1)


def test_a_home_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise PermissionError

    monkeypatch.setattr(journal, "private_data", fail)
    assert main(["plan", str(PROFILES / "sample-lee")]) in (0, 1)


def test_a_folder_s_odd_name_is_written_with_question_marks(empty: Path) -> None:
    name = b"\xc0\xee\xb5\x1b".decode("utf-8", "surrogateescape")
    journal.note("check", applicant=name, counts={}, seconds=0.1, exit_status=0)
    assert [line["applicant"] for line in lines(empty)] == ["????"]
