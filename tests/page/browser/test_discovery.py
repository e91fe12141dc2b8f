"""Finding and installing the browser."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import BrowserMissing
from assistant.messages import Text
from assistant.page.browser import discovery as room
from assistant.page.browser.discovery import FoundBrowser, find_browser, find_or_install_browser, install_browser


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser; answers with the folder that its PATH names."""
    monkeypatch.delenv(room.OWN_CHOICE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    candidates = room._candidates
    monkeypatch.setattr(room, "_candidates", lambda: (one for one in candidates() if one[1].is_relative_to(tmp_path)))
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


linux = pytest.mark.skipif(sys.platform != "linux", reason="the paths of Linux")


@linux
def test_edge_comes_before_chrome_before_chromium_before_playwrights_own(bare_machine: Path, tmp_path: Path) -> None:
    own = program(tmp_path / "own" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert find_browser() == FoundBrowser("Chromium", own)
    for name, file in (("Chromium", "chromium"), ("Chrome", "google-chrome"), ("Edge", "microsoft-edge-stable")):
        path = program(bare_machine / file)
        assert find_browser() == FoundBrowser(name, path)


@linux
def test_the_newest_of_playwrights_own_is_taken(bare_machine: Path, tmp_path: Path) -> None:
    for revision in ("999", "1200", "1187"):
        program(tmp_path / "own" / f"chromium-{revision}" / "chrome-linux64" / "chrome")
    assert "chromium-1200" in find_browser().path.parts


def test_the_persons_choice_comes_before_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chosen = program(tmp_path / "my browser")
    monkeypatch.setenv(room.OWN_CHOICE, str(chosen))
    assert find_browser().path == chosen


def test_a_wrong_choice_is_said_and_nothing_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(room.OWN_CHOICE, str(tmp_path / "none"))
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_more: pytest.fail("nothing may be run"))
    with pytest.raises(BrowserMissing, match=room.OWN_CHOICE):
        find_or_install_browser()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_paths_are_looked_at(platform: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path / "x86"))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path / "x64"))
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "x64"))
    places = [(name, path.as_posix()) for name, path in room._candidates()]
    names = list(dict.fromkeys(name.removeprefix("Microsoft ").removeprefix("Google ") for name, _path in places))
    assert names[:3] == ["Edge", "Chrome", "Chromium"]
    expected = (
        "x86/Microsoft/Edge/Application/msedge.exe" if platform == "win32" else "/Applications/Microsoft Edge.app"
    )
    assert any(expected in path for _name, path in places)


def test_without_a_browser_one_is_installed_and_the_command_is_said(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Text] = []
    run: list[list[str]] = []

    def install(command: list[str], **_more: object) -> "subprocess.CompletedProcess[bytes]":
        run.append(command)
        program(bare_machine / "chromium")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", install)
    monkeypatch.setattr(room, "_install_commands", lambda: [["installer", "get", "chromium"]])
    assert find_or_install_browser(said.append).path == bare_machine / "chromium"
    assert run == [["installer", "get", "chromium"]]
    assert len(said) == 1
    assert "installer get chromium" in said[0].zh
    assert "installer get chromium" in said[0].en


@linux
def test_debians_root_installs_with_apt_and_a_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(room, "_is_ubuntu", lambda: False)
    update, install = room._install_commands()
    assert update == ["/usr/bin/apt-get", "update"]
    assert "--no-install-recommends" in install
    assert {"chromium", "fonts-noto-cjk"} < set(install)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert room._install_commands() == [[sys.executable, "-m", "playwright", "install", "chromium"]]


@pytest.mark.parametrize("outcome", [1, OSError("canary"), subprocess.TimeoutExpired("canary", 1)])
def test_a_failed_installation_says_what_to_do(
    outcome: object, bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], **_more: object) -> "subprocess.CompletedProcess[bytes]":
        if isinstance(outcome, Exception):
            raise outcome
        return subprocess.CompletedProcess(command, 1, b"canary", b"canary")

    monkeypatch.setattr(subprocess, "run", fail)
    monkeypatch.setattr(room, "_install_commands", lambda: [["installer"]])
    with pytest.raises(BrowserMissing) as caught:
        install_browser(lambda _text: None)
    assert "Edge" in caught.value.what.zh
    assert "canary" not in str(caught.value)
    assert caught.value.exit_code == 2
