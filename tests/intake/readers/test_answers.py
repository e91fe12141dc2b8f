"""Answers of a questionnaire as they may come: opened, judged, and never believed beyond what they may say."""

import base64
import json
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.intake.draft import Drafts, SourceFile
from assistant.intake.readers import read_source
from assistant.store import credentials, sealing


@pytest.fixture
def key() -> str:
    made = sealing.new_key()
    credentials.keep_seal_key(made)
    return made


def read(tmp_path: Path, key: str, answers: object) -> Drafts:
    text = answers if isinstance(answers, bytes) else json.dumps(answers).encode()
    (tmp_path / "answers.age").write_bytes(sealing.sealed_bytes(text, key))
    return read_source(SourceFile(tmp_path / "answers.age"), "", date(2026, 12, 1))


def test_an_answer_is_read_as_strictly_as_a_cell(tmp_path: Path, key: str) -> None:
    values = {
        "applicant.birth_place": " ＳＥＯＵＬ",
        "passport.expires_on": "03/04/2032",
        "work_history.0.to": "至今",
        "no.such": "x",
    }
    found = read(tmp_path, key, {"schema": 1, "applicant": "lee", "values": values})
    (draft,) = found.drafts
    assert draft.applicant == "lee"
    assert {one.path: (one.value, one.state) for one in draft.values} == {
        "applicant.birth_place": ("ＳＥＯＵＬ", "sure"),
        "passport.expires_on": (None, "error"),
    }
    assert [note.message.en for note in found.notes] == ["there is no such value; not used"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\scan.jpg", "scan.jpg"),
        ("护照 1.jpg", "护照 1.jpg"),
        ("..", "passport"),
        ("a\0b?.pdf", "ab.pdf"),
    ],
)
def test_a_papers_name_leads_nowhere(tmp_path: Path, key: str, name: str, safe: str) -> None:
    paper = {"slot": "passport", "name": name, "content": base64.b64encode(b"picture").decode()}
    (draft,) = read(tmp_path, key, {"schema": 1, "values": {}, "papers": [paper]}).drafts
    assert [(one.slot, one.name, one.content) for one in draft.papers] == [("passport", safe, b"picture")]


@pytest.mark.parametrize(
    "paper",
    [{}, "x", {"slot": "passport", "name": "a", "content": "***"}, {"slot": "../x", "name": "a", "content": ""}],
)
def test_a_paper_that_is_none_is_named_and_not_kept(tmp_path: Path, key: str, paper: object) -> None:
    found = read(tmp_path, key, {"schema": 1, "values": {}, "papers": [paper]})
    assert found.drafts[0].papers == () and len(found.notes) == 1


@pytest.mark.parametrize(
    "answers", [b"no json", b"[]", b'{"schema": 2, "values": {}}', b'{"schema": 1}', b"[" * 100_000]
)
def test_what_is_no_answer_is_refused(tmp_path: Path, key: str, answers: bytes) -> None:
    with pytest.raises(InputError):
        read(tmp_path, key, answers)


def test_an_applicants_seal_is_no_answer(tmp_path: Path, key: str) -> None:
    (tmp_path / "lee").mkdir()
    (tmp_path / "lee" / "profile.yaml").write_text("city: shenzhen\n", encoding="utf-8")
    sealing.seal(tmp_path / "lee", key)
    with pytest.raises(InputError):
        read_source(SourceFile(tmp_path / "lee" / sealing.SEALED), "", date(2026, 12, 1))
