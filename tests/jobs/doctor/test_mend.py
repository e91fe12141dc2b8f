"""What the doctor can mend, and what it leaves to others."""

import subprocess

from assistant.jobs.doctor import mend
from assistant.jobs.doctor.mend import MENDS, can_mend, main


def test_an_unknown_word_installs_nothing(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_how: 1 / 0)
    assert main([]) == main(["everything"]) == 1
    assert not can_mend("everything")


def test_a_font_is_offered_only_where_this_user_may_install_one(monkeypatch):
    monkeypatch.setattr(mend, "apt_commands", lambda *_names: [])
    assert not can_mend("font") and MENDS["font"][1]() is False
    monkeypatch.setattr(mend, "apt_commands", lambda *_names: [["true"], ["true"]])
    assert can_mend("font") and MENDS["font"][1]() is True
    monkeypatch.setattr(mend, "apt_commands", lambda *_names: [["true"], ["false"]])
    assert MENDS["font"][1]() is False


def test_a_browser_that_is_there_is_not_installed_again(monkeypatch):
    monkeypatch.setattr("assistant.page.browser.launch.install_browser", lambda *_words: 1 / 0)
    assert main(["browser"]) == 0


def test_the_reader_of_scans_comes_by_the_installer_of_this_python(monkeypatch):
    asked = []
    monkeypatch.setattr(mend, "_succeeds", lambda command: asked.append(command) or True)
    monkeypatch.setattr(mend, "has_module", lambda _name: True)
    assert main(["ocr"]) == 0
    assert asked[0][0].endswith(("python", "python3", "python.exe")) or "python" in asked[0][0]
    assert asked[0][-1] == "assistant[ocr]" and "install" in asked[0]
