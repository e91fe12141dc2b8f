"""What a person reads: one language, no markup interpreted, JSON never mixed in, a closed pipe no end."""

import json

import pytest

from assistant.errors import Problem, ProfileError
from assistant.jobs.outputs import write_json
from assistant.messages import Text
from assistant.review.console import Console


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
