"""What a person reads: one language, no markup interpreted, JSON never mixed in, private files private."""

import io
import json
import os
import stat

import pytest

from assistant.errors import Problem, ProfileError
from assistant.messages import Text
from assistant.review.console import Console, write_json, write_private


@pytest.mark.parametrize(("language", "shown", "hidden"), [("zh", "护照", "passport"), ("en", "passport", "护照")])
def test_a_text_is_shown_in_one_language(capsys, language, shown, hidden):
    Console(language).line(Text("护照", "passport"))
    out = capsys.readouterr().out
    assert shown in out and hidden not in out


def test_square_brackets_of_a_label_are_not_markup(capsys):
    console = Console("en")
    console.line("[bold]姓名[/bold] [1]")
    console.table(None, ("field",), [("[2] 学校名称",)])
    out = capsys.readouterr().out
    assert "[bold]姓名[/bold] [1]" in out and "[2] 学校名称" in out


def test_every_problem_is_told_not_just_the_first(capsys):
    problems = [
        Problem("profile.yaml:3", "applicant.surname", Text("缺", "missing")),
        Problem("profile.yaml:9", "passport", Text("错", "wrong")),
    ]
    Console("en").problem(ProfileError(Text("资料有误", "the profile can't be used"), problems=problems))
    err = capsys.readouterr().err
    assert "profile.yaml:3" in err and "profile.yaml:9" in err


def test_with_json_on_standard_output_people_are_told_on_standard_error(capsys):
    Console("en", json_to_stdout=True).line("hello")
    write_json("-", {"schema": 1, "label": "姓名"})
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"schema": 1, "label": "姓名"} and "hello" in shown.err


@pytest.mark.skipif(
    os.name != "posix", reason="file modes are POSIX's; Windows keeps a user's folders private by itself"
)
def test_a_written_file_is_its_owners_alone_even_over_an_open_one(tmp_path):
    file = tmp_path / "deep" / "report.html"
    file.parent.mkdir()
    file.write_text("old")
    file.chmod(0o644)
    write_private(file, "new")
    assert file.read_text() == "new" and stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("typed", "agreed"), [("y\n", True), ("是\n", True), ("\n", False), ("no\n", False), ("", False)]
)
def test_only_a_yes_counts_as_yes(monkeypatch: pytest.MonkeyPatch, typed: str, agreed: bool) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert Console("en").agrees(Text("可以吗？", "may it?")) is agreed
