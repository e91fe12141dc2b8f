"""`assistant intake`: what is typed, what is written, what comes back as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.cli import intake
from assistant.errors import InputError
from assistant.review.console import Console


def run(tmp_path: Path, *words: str) -> tuple[int, dict]:  # type: ignore[type-arg]
    parser = ArgumentParser()
    intake.add_arguments(parser)
    args = parser.parse_args([*words, "--into", str(tmp_path / "into")])
    args.lang, args.json, args.console = "en", str(tmp_path / "answer.json"), Console("en")
    status = intake.run(args)
    return status, json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))


@pytest.fixture
def roster(tmp_path: Path) -> str:
    book = Workbook()
    for row in (
        ("姓", "名", "护照号码", "本本号"),
        ("LEE", "MINJUN", "M98765432", "EX1"),
        ("KIM", "SEOYEON", 987654321, "EX2"),
    ):
        book.active.append(list(row))
    book.save(tmp_path / "roster.xlsx")
    return str(tmp_path / "roster.xlsx")


def test_it_reads_and_writes_only_when_told_to(tmp_path: Path, roster: str) -> None:
    status, answer = run(tmp_path, roster)
    assert status == 1 and answer["applied"] is False
    assert [one["id"] for one in answer["applicants"]] == ["lee-minjun", "kim-seoyeon"]
    assert not (tmp_path / "into").exists()
    status, answer = run(tmp_path, roster, "--city", "shenzhen", "--apply")
    assert answer["applied"] is True
    assert "M98765432" in (tmp_path / "into" / "lee-minjun" / "profile.yaml").read_text(encoding="utf-8")
    assert "987654321" not in (tmp_path / "into" / "kim-seoyeon" / "profile.yaml").read_text(encoding="utf-8")
    assert "M98765432" not in json.dumps(answer)


def test_a_doubtful_value_is_written_once_a_person_takes_it(tmp_path: Path, roster: str) -> None:
    run(tmp_path, roster, "--apply", "--take", "kim-seoyeon:passport.number=roster.xlsx#Sheet!C3")
    assert "987654321" in (tmp_path / "into" / "kim-seoyeon" / "profile.yaml").read_text(encoding="utf-8")
    sources = (tmp_path / "into" / "kim-seoyeon" / "profile.sources.yaml").read_text(encoding="utf-8")
    assert "confirmed: person" in sources


def test_columns_are_proposed_in_a_file_confirmed_there_and_remembered(tmp_path: Path, roster: str) -> None:
    mapping = tmp_path / "columns.yaml"
    _, answer = run(tmp_path, roster, "--map", str(mapping))
    assert [one["path"] for one in answer["columns"] if one["head"] == "本本号"] == [None]
    text = mapping.read_text(encoding="utf-8")
    assert "护照号码: passport.number" in text
    mapping.write_text(text.replace('本本号: ""', "本本号: residence_permit.number"), encoding="utf-8")
    run(tmp_path, roster, "--map", str(mapping), "--apply")
    assert "EX1" in (tmp_path / "into" / "lee-minjun" / "profile.yaml").read_text(encoding="utf-8")
    _, again = run(tmp_path, roster)
    assert [one["state"] for one in again["columns"] if one["head"] == "本本号"] == ["confirmed"]


def test_an_import_is_taken_back_by_its_name(tmp_path: Path, roster: str) -> None:
    _, answer = run(tmp_path, roster, "--apply")
    status, undone = run(tmp_path, "--undo", answer["import"])
    assert (status, sorted(undone["removed"])) == (0, ["kim-seoyeon", "lee-minjun"])
    assert not (tmp_path / "into" / "lee-minjun").exists()


def test_the_template_and_the_marked_copy_are_workbooks(tmp_path: Path, roster: str) -> None:
    assert run(tmp_path, "--template", str(tmp_path / "empty.xlsx"))[0] == 0
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames[2] == "名册 Roster"
    run(tmp_path, roster, "--marked", str(tmp_path / "marked"))
    assert load_workbook(tmp_path / "marked" / "roster-marked.xlsx").active["C3"].comment is not None


@pytest.mark.parametrize("text", ["lee:passport.number", "passport.number=a#b", "=x"])
def test_a_decision_that_says_too_little_is_refused(tmp_path: Path, roster: str, text: str) -> None:
    with pytest.raises(InputError):
        run(tmp_path, roster, "--take", text)
