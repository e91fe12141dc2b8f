"""What is typed in the terminal: an answer to what was asked, whoever asks, and never to anything else."""

import ast
import io
from pathlib import Path

import pytest

from assistant.messages import Text
from assistant.review.console import Console
from assistant.review.prompter import Prompter, TypedLines

PACKAGE = Path(__file__).resolve().parents[2] / "assistant"
QUESTION = Text("可以吗？", "may it?")


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> Prompter:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return Prompter(Console("en"), TypedLines())


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y\n", True), ("是\n", True), ("\n", False), ("no\n", False), ("", False)]
)
def test_only_a_yes_counts_as_yes(monkeypatch: pytest.MonkeyPatch, answer: str, agreed: bool) -> None:
    assert typed(monkeypatch, answer).agrees(QUESTION) is agreed


def test_a_question_alone_reads_its_own_line_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes next is somebody else's: a password, another question."""
    prompter = typed(monkeypatch, "li.min\nsecret\n")
    assert prompter.text(Text("用户名：", "User name:")) == "li.min"
    import sys

    assert sys.stdin.readline() == "secret\n"
    assert prompter.text(QUESTION) == "", "nobody types any more"


def test_lines_that_are_read_beside_a_page_are_waited_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    prompter = typed(monkeypatch, "7\n2\n")
    prompter.listen()
    shown: list[str] = []
    monkeypatch.setattr(Console, "line", lambda _self, what="", **_: shown.append(str(what)))
    choice = prompter.choose(QUESTION, lambda line: line if line in ("1", "2") else None, "")
    assert choice.waited_for() == choice.word == "2"
    assert len(shown) == 3, "asked, told that it makes no sense, asked again"


def test_nothing_else_in_the_product_reads_what_is_typed() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "input")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdin.readline", "sys.stdin.read"))
    }
    # The others are processes of the tool's own: what they read, the tool wrote.
    assert readers <= {"review/prompter.py", "check/documents/worker.py", "intake/pages/child.py", "jobs/spoken.py"}
    assert "review/prompter.py" in readers
