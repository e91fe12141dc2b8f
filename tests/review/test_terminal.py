"""Who talks with the person: the panel where there is a person and they want it, the terminal always."""

import io
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.cli.main import main
from assistant.jobs import fill
from assistant.jobs.target import Destination
from assistant.messages import Text
from assistant.review.console import Console
from assistant.review.prompter import TypedLines
from assistant.review.terminal import PanelObserver, TerminalObserver
from assistant.run.options import Options
from assistant.store.folders import FolderAt


class Panel:
    """A panel that notes what it is told."""

    def __init__(self, *_: object, **__: object) -> None:
        self.noted: list[object] = []
        self.pause_wanted = self.over = False

    def __getattr__(self, name: str):
        return lambda *words, **more: self.noted.append((name, *words)) or True


@pytest.mark.parametrize(
    ("interactive", "panel", "expected"),
    [(True, True, PanelObserver), (True, False, TerminalObserver), (False, True, TerminalObserver)],
)
def test_the_panel_is_there_for_a_person_who_wants_it_and_for_nobody_else(monkeypatch, interactive, panel, expected):
    page = SimpleNamespace(closed=False, wait_for_person=lambda _: True)
    met, reviewed, kept = [], [], []

    class Filler:
        learned = None

        def __init__(self, *parts):
            met.append(parts[5].observer)
            assert parts[5].is_there() is interactive

        def run(self, **_):
            return SimpleNamespace(sections=(), stopped=None)

    @contextmanager
    def browser(**_):
        yield None

    panels = []
    monkeypatch.setattr(fill, "ReviewPanel", lambda *a, **k: panels.append(Panel()) or panels[-1])
    monkeypatch.setattr(fill, "open_browser", browser)
    monkeypatch.setattr(fill, "guarded_page", lambda *_, **__: (page, None))
    monkeypatch.setattr(fill, "Filler", Filler)
    monkeypatch.setattr(fill, "is_watched", lambda _console, *, headless: interactive)
    monkeypatch.setattr(fill, "note_ending", lambda *_: None)
    log = SimpleNamespace(add=lambda *_, **__: None)
    case = fill.FillCase(SimpleNamespace(), SimpleNamespace(city="x"), SimpleNamespace(learned=None), None)
    there = Destination("http://127.0.0.1")
    job = fill.FillJob(FolderAt(Path("nobody")), panel=panel)
    fill.fill_in_browser(job, case, there, Options(there.url), None, Console("en"), reviewed.append, kept.append, log)
    assert [type(one) for one in met] == [expected] and len(reviewed) == 1
    assert [name for one in panels for name, *_ in one.noted] == (
        ["review", "close"] if expected is PanelObserver else []
    )


@pytest.mark.parametrize("verb", ["fill", "demo"])
def test_both_verbs_can_do_without_the_panel(verb, capsys):
    with pytest.raises(SystemExit):
        main([verb, "--help"])
    assert "--no-panel" in capsys.readouterr().out


def test_the_panel_and_the_terminal_hear_the_same(capsys):
    panel = Panel()
    observer = PanelObserver(Console("en"), panel)
    observer.tell(Text("请登录", "please log in"))
    observer.section("个人信息", 1, 7)
    assert panel.noted == [("say", Text("请登录", "please log in")), ("section", "个人信息", 1)]
    assert "please log in" in capsys.readouterr().out
    panel.pause_wanted = True
    assert observer.wants_pause() and not observer.taken_over()


def test_enter_in_the_terminal_is_a_word_once_each_and_its_end_never(monkeypatch):
    lines = TypedLines()
    monkeypatch.setattr("assistant.review.prompter.STANDARD_INPUT", lines)
    monkeypatch.setattr(sys, "stdin", io.StringIO("early\n"))
    lines.listen()
    lines._reader.join(5)
    observer = TerminalObserver(Console("en"), interactive=True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    first = observer.ask(Text("请登录", "please log in"))
    lines._reader.join(5)
    assert lines.ended and not first.given and first.word is False, "what was typed before is no answer"
    monkeypatch.setattr(sys, "stdin", SlowInput("\n"))
    second = observer.ask(Text("请登录", "please log in"))
    sys.stdin.go.set()
    lines._reader.join(5)
    assert second.given and second.word is True
    assert observer.ask(Text("请登录", "please log in")).given is False


class SlowInput(io.StringIO):
    """Lines that are typed only when somebody says go."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.go = threading.Event()

    def readline(self, *_: object) -> str:
        self.go.wait(5)
        return super().readline()


@pytest.mark.parametrize(
    ("typed", "agreed"), [("y\n", True), ("是\n", True), ("\n", False), ("no\n", False), ("", False)]
)
def test_a_question_of_yes_or_no_takes_nothing_but_a_yes_for_one(monkeypatch, typed, agreed):
    lines = TypedLines()
    monkeypatch.setattr("assistant.review.prompter.STANDARD_INPUT", lines)
    monkeypatch.setattr(sys, "stdin", SlowInput(typed))
    reply = TerminalObserver(Console("en"), interactive=True).agrees(Text("可以吗？", "may it?"))
    assert not reply.given
    sys.stdin.go.set()
    lines._reader.join(5)
    assert reply.given and reply.word is agreed


def test_nobody_at_the_terminal_answers_no_at_once():
    observer = TerminalObserver(Console("en"), interactive=False)
    for reply in (observer.ask(Text("一", "one")), observer.agrees(Text("一", "one"))):
        assert reply.given and reply.word is False
