"""The job of intake, with a reader made here: what it finds, what it names, and that it writes nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.intake.draft import Drafts, PageBox, ProfileDraft, ReadValue, SourceFile, SourceKind
from assistant.jobs.intake import Decision, Intake, IntakeJob, intake
from assistant.messages import Text
from assistant.store.folders import FolderStore

ON = date(2026, 11, 22)


class Lines:
    """Reads text files whose lines are `path=value`, with `?` behind the path of what is doubtful."""

    KINDS: tuple[SourceKind, ...] = ("other",)

    def recognises(self, file: SourceFile) -> bool:
        return file.content.startswith(b"lines")

    def read(self, file: SourceFile, city: str, today: date) -> Drafts:
        values = []
        for number, line in enumerate(file.content.decode().splitlines()[1:], 2):
            if line == "broken":
                raise InputError(Text("文件损坏", "the file is damaged"))
            path, _, value = line.partition("=")
            source = f"{file.name}#line={number}"
            box = PageBox(1, 0, 0, 1, 1)
            state = "doubtful" if path.endswith("?") else "sure"
            values.append(ReadValue(path.rstrip("?"), value, source, "other", "text", state, box=box))
        return Drafts((ProfileDraft(file.name, tuple(values)),))


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*texts: str, decisions: Sequence[Decision] = ()) -> Intake:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        paths = tuple(tmp_path / f"{number}.txt" for number in range(len(texts)))
        return intake(
            IntakeJob(paths, FolderStore(tmp_path / "into"), ON, "shenzhen", decisions=tuple(decisions)), [Lines()]
        )

    return run


def test_what_was_read_is_told_by_path_place_and_state_and_nothing_is_written(read, tmp_path: Path) -> None:
    found = read("lines\npassport.number=M1234567\napplicant.surname?=LEE")
    answer = found.as_json("en")
    assert answer["applied"] is False
    (applicant,) = answer["applicants"]
    assert (applicant["id"], applicant["new"]) == ("lee", True)
    assert [(one["path"], one["source"], one["state"]) for one in applicant["fields"]] == [
        ("city", "--city", "sure"),
        ("passport.number", "0.txt#line=2", "sure"),
        ("applicant.surname", "0.txt#line=3", "doubtful"),
    ]
    assert answer["counts"] == {"sure": 2, "doubtful": 1, "conflict": 0, "error": 0}
    assert "education" in applicant["missing"] and "passport.number" not in applicant["missing"]
    assert "M1234567" not in str(answer)
    assert not (tmp_path / "into").exists()
    assert not found.calm


def test_a_decision_settles_a_conflict(read) -> None:
    texts = (
        "lines\npassport.number=M1234567\napplicant.sex=male",
        "lines\npassport.number=M1234567\napplicant.sex=female",
    )
    assert read(*texts).counts["conflict"] == 2
    settled = read(*texts, decisions=[Decision("applicant", "applicant.sex", "1.txt#line=3")])
    assert [(one.path, one.value) for one in settled.applicants[0].values if "sex" in one.path] == [
        ("applicant.sex", "female")
    ]


def test_a_file_that_cannot_be_read_costs_no_other(read) -> None:
    found = read("lines\npassport.number=M1234567", "lines\nbroken", "what is this", "")
    assert len(found.applicants) == 1
    assert [note.source for note in found.notes] == ["1.txt", "2.txt", "3.txt"]
    assert "0 bytes" in found.notes[2].message.en


def test_nothing_given_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        intake(IntakeJob((), FolderStore(tmp_path), ON))


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, number in (("a", "M1234567"), ("b", "M7654321")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"lines\npassport.number={number}", encoding="utf-8")
    found = intake(IntakeJob((tmp_path / "a", tmp_path / "b"), FolderStore(tmp_path / "into"), ON), [Lines()])
    assert [one.values[0].source for one in found.applicants] == ["a/x.txt#line=2", "b/x.txt#line=2"]
    assert set(found.hashes) == {"a/x.txt", "b/x.txt"}
