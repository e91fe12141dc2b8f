"""Finding, installing and opening the browser."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright

from assistant import browser as room
from assistant.browser import (
    FoundBrowser,
    find_browser,
    find_or_install_browser,
    has_display,
    install_browser,
    open_browser,
)
from assistant.errors import BrowserMissing, RunStopped, SetupError
from assistant.messages import Text


@pytest.fixture
def found() -> FoundBrowser:
    return find_browser()


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


@linux
def test_a_display_is_seen_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":99")
    assert has_display()


@linux
def test_without_a_display_it_runs_unseen_and_says_so(playwright: Playwright, found: FoundBrowser) -> None:
    said: list[Text] = []
    with open_browser(found=found, driver=playwright, announce=said.append) as context:
        assert context.pages[0].evaluate("navigator.language") == "zh-CN"
    assert "没有可用的图形界面" in said[0].zh


@linux
def test_a_window_that_nobody_could_see_is_refused(playwright: Playwright, found: FoundBrowser) -> None:
    with (
        pytest.raises(SetupError, match="--headless"),
        open_browser(headless=False, found=found, driver=playwright),
    ):
        pytest.fail("it opened")


def test_a_browser_that_does_not_start_is_said_in_plain_words(playwright: Playwright, tmp_path: Path) -> None:
    broken = FoundBrowser("chosen", program(tmp_path / "broken"))
    with (
        pytest.raises(SetupError) as caught,
        open_browser(headless=True, found=broken, driver=playwright, announce=lambda _text: None),
    ):
        pytest.fail("it opened")
    assert "BrowserType" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_nothing_is_left_behind_without_a_folder_of_the_persons(
    playwright: Playwright, found: FoundBrowser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.TemporaryDirectory, "__init__", _in(tmp_path, room.TemporaryDirectory.__init__))
    with open_browser(headless=True, found=found, driver=playwright):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def _in(folder: Path, original: object) -> object:
    def made(self: object, **options: object) -> None:
        original(self, dir=folder, **options)  # type: ignore[operator]

    return made


def test_a_kept_folder_is_private_and_keeps_no_passwords(
    playwright: Playwright, found: FoundBrowser, tmp_path: Path
) -> None:
    folder = tmp_path / "session"
    with open_browser(headless=True, user_data=folder, found=found, driver=playwright) as context:
        context.pages[0].goto("data:text/html,x")
    preferences = json.loads((folder / "Default" / "Preferences").read_text(encoding="utf-8"))
    assert preferences["credentials_enable_service"] is False
    assert preferences["profile"]["password_manager_enabled"] is False
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


class Counting(BaseHTTPRequestHandler):
    """Remembers what it was asked for."""

    asked: ClassVar[list[str]] = []

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>x</title>")


def test_our_browser_has_no_way_out_beside_the_guard(playwright: Playwright, found: FoundBrowser) -> None:
    """Shared workers, deferred requests and pages loaded ahead go where the guard does not see all of them."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open_browser(headless=True, found=found, driver=playwright) as context:
        page = context.pages[0]
        page.goto(f"http://127.0.0.1:{server.server_port}/page")
        assert page.evaluate("[typeof SharedWorker, typeof fetchLater]") == ["undefined"] * 2
        page.evaluate(
            """() => document.head.append(Object.assign(document.createElement('script'), {type: 'speculationrules',
                 textContent: JSON.stringify({prefetch: [{urls: ['/ahead'], eagerness: 'immediate'}],
                                              prerender: [{urls: ['/ahead?2'], eagerness: 'immediate'}]})}))"""
        )
        page.wait_for_timeout(500)
    server.shutdown()
    server.server_close()
    assert "/page" in Counting.asked
    assert not [path for path in Counting.asked if "ahead" in path]


def test_a_closed_browser_ends_the_run_in_plain_words(playwright: Playwright, found: FoundBrowser) -> None:
    with (
        pytest.raises(RunStopped) as caught,
        open_browser(headless=True, found=found, driver=playwright) as context,
    ):
        page = context.pages[0]
        context.close()
        page.title()
    assert "Page.title" not in str(caught.value)


def test_other_troubles_of_a_run_pass_through_unchanged(playwright: Playwright, found: FoundBrowser) -> None:
    with (
        pytest.raises(PlaywrightError, match="boom"),
        open_browser(headless=True, found=found, driver=playwright) as context,
    ):
        context.pages[0].evaluate("() => { throw new Error('boom') }")


def test_the_persons_downloads_stay(playwright: Playwright, found: FoundBrowser, tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    with open_browser(headless=True, downloads=downloads, found=found, driver=playwright) as context:
        page = context.pages[0]
        for _ in range(2):
            with page.expect_download():
                page.set_content("<a download='form.txt' href='data:text/plain,hello'>x</a>")
                page.click("a")
            page.wait_for_timeout(200)
    assert sorted(file.name for file in downloads.iterdir()) == ["form (1).txt", "form.txt"]
    assert (downloads / "form.txt").read_text(encoding="utf-8") == "hello"
