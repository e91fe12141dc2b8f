"""Who talks with the person: the panel where there is a person and they want it, the terminal always."""

import io
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.cli.main import main
from assistant.jobs import fill
from assistant.jobs.target import Destination
from assistant.messages import Text
from assistant.review.console import Console
from assistant.review.terminal import Enters, PanelCompanion, TerminalCompanion
from assistant.run.options import Options


class Panel:
    """A panel that notes what it is told."""

    def __init__(self, *_: object, **__: object) -> None:
        self.noted: list[object] = []
        self.pause_wanted = self.over = False

    def __getattr__(self, name: str):
        return lambda *words, **more: self.noted.append((name, *words)) or True


@pytest.mark.parametrize(
    ("interactive", "panel", "expected"),
    [(True, True, PanelCompanion), (True, False, TerminalCompanion), (False, True, TerminalCompanion)],
)
def test_the_panel_is_there_for_a_person_who_wants_it_and_for_nobody_else(monkeypatch, interactive, panel, expected):
    page = SimpleNamespace(closed=False, wait_for_person=lambda _: True)
    met, reviewed = [], []

    class Filler:
        def __init__(self, *parts):
            met.append(parts[5])
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
    monkeypatch.setattr(fill, "is_watched", lambda *, headless: interactive)
    case = fill.FillCase(SimpleNamespace(folder=None), SimpleNamespace(city="x"), None, None)
    there = Destination("http://127.0.0.1")
    job = fill.FillJob(Path("nobody"), panel=panel)
    fill.fill_in_browser(job, case, there, Options(there.url), None, Console("en"), reviewed.append)
    assert [type(one) for one in met] == [expected] and len(reviewed) == 1
    assert [name for one in panels for name, *_ in one.noted] == (["review"] if expected is PanelCompanion else [])


@pytest.mark.parametrize("verb", ["fill", "demo"])
def test_both_verbs_can_do_without_the_panel(verb, capsys):
    with pytest.raises(SystemExit):
        main([verb, "--help"])
    assert "--no-panel" in capsys.readouterr().out


def test_the_panel_and_the_terminal_hear_the_same(capsys):
    panel = Panel()
    companion = PanelCompanion(Console("en"), panel)
    companion.tell(Text("请登录", "please log in"))
    companion.section("个人信息", 1, 7)
    assert panel.noted == [("say", Text("请登录", "please log in")), ("section", "个人信息", 1)]
    assert "please log in" in capsys.readouterr().out
    panel.pause_wanted = True
    assert companion.wants_pause() and not companion.taken_over()


def test_enter_in_the_terminal_counts_once_each_and_its_end_never(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n\n"))
    enters = Enters()
    assert enters.listen() in (0, 1, 2)
    enters._reader.join(5)
    assert enters.count == 2
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert enters.listen() == 2
    enters._reader.join(5)
    assert enters.count == 2
