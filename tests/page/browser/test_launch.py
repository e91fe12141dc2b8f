"""Opening the browser."""

import json
import os
import re
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import playwright
import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Playwright

from assistant.errors import RunStopped, SetupError
from assistant.messages import Text
from assistant.page.browser import launch as room
from assistant.page.browser.launch import (
    FoundBrowser,
    find_browser,
    has_display,
    open_browser,
)
from assistant.store import credentials, scratch, sealing
from assistant.store.folders import FolderAt
from fixtures.server import MockPortal


@pytest.fixture
def found() -> FoundBrowser:
    return find_browser()


def program(path: Path) -> Path:
    """Something that starts and is no browser."""
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")


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
    monkeypatch.setattr(scratch, "on_memory_disk", lambda: False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with open_browser(headless=True, found=found, driver=playwright):
        (folder,) = tmp_path.iterdir()
        assert os.name != "posix" or folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_that_cannot_be_written_is_said_in_plain_words(
    playwright: Playwright, found: FoundBrowser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "on_memory_disk", lambda: False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(SetupError, match="temporary"), open_browser(headless=True, found=found, driver=playwright):
        pass


def test_a_kept_folder_keeps_cookies_and_nothing_that_a_page_showed(
    playwright: Playwright, found: FoundBrowser, tmp_path: Path, mock: MockPortal
) -> None:
    cookie = {"name": "session", "value": "kept", "url": mock.url, "expires": time.time() + 9999}
    with open_browser(headless=True, user_data=tmp_path / "s", found=found, driver=playwright) as context:
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.pages[0]
        page.goto(f"{mock.url}/api/session?x=1")
        page.set_content("<input id=number>")
        page.fill("#number", "canary-number")
        page.evaluate("() => { sessionStorage.setItem('draft', 'canary-number'); }")
    kept = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    assert {path.parent.name for path in kept} & set(room.PAGE_TRACES) == set()
    assert [path.name for path in kept if b"canary-number" in path.read_bytes()] == []
    with open_browser(headless=True, user_data=tmp_path / "s", found=found, driver=playwright) as context:
        assert [one["value"] for one in context.cookies() if one["name"] == "session"] == ["kept"]


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
        page.evaluate("() => { navigator.serviceWorker.register('/worker.js').catch(() => {}) }")
        page.evaluate(
            """() => document.head.append(Object.assign(document.createElement('script'), {type: 'speculationrules',
                 textContent: JSON.stringify({prefetch: [{urls: ['/ahead'], eagerness: 'immediate'}],
                                              prerender: [{urls: ['/ahead?2'], eagerness: 'immediate'}]})}))"""
        )
        page.wait_for_timeout(500)
    server.shutdown()
    server.server_close()
    assert "/page" in Counting.asked
    assert not [path for path in Counting.asked if "ahead" in path or "worker" in path]


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


def download_form(page: Page) -> None:
    with page.expect_download():
        page.set_content("<a download='form.txt' href='data:text/plain,hello'>x</a>")
        page.click("a")
    page.wait_for_timeout(200)


def test_the_persons_downloads_stay_sealed_where_the_folder_is(
    playwright: Playwright, found: FoundBrowser, tmp_path: Path, memory_keyring
) -> None:
    """And where the key is gone meanwhile, nothing is left plain: that is said, and the run goes on."""
    (tmp_path / "profile.yaml").write_bytes(b"p: 1")
    key, said = sealing.new_key(), []
    credentials.keep_seal_key(key)
    sealing.seal(tmp_path, key)
    with open_browser(
        headless=True, downloads=FolderAt(tmp_path), found=found, driver=playwright, announce=said.append
    ) as context:
        download_form(context.pages[0])
        download_form(context.pages[0])
        memory_keyring.passwords.clear()
        assert said == []
        download_form(context.pages[0])
    assert [path.name for path in tmp_path.iterdir()] == [sealing.SEALED]
    held = sealing.read_archive(tmp_path / sealing.SEALED, key)
    assert held == {"profile.yaml": b"p: 1", "form.txt": b"hello", "form (1).txt": b"hello"}
    (what,) = said
    assert "not kept" in what.en and "没有保留" in what.zh


def test_the_persons_downloads_stay(playwright: Playwright, found: FoundBrowser, tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    with open_browser(headless=True, downloads=FolderAt(downloads), found=found, driver=playwright) as context:
        page = context.pages[0]
        for _ in range(2):
            download_form(page)
    assert sorted(file.name for file in downloads.iterdir()) == ["form (1).txt", "form.txt"]
    assert (downloads / "form.txt").read_text(encoding="utf-8") == "hello"


def test_what_playwright_turns_off_in_the_browser_stays_off():
    """Of several lists of features the browser takes the last one, ours."""
    driver = Path(playwright.__file__).parent / "driver" / "package" / "lib"
    lists = [
        found.group(1)
        for script in driver.rglob("*.js")
        if (found := re.search(r"disabledFeatures = \[(.*?)\]", script.read_text(encoding="utf-8"), re.DOTALL))
    ]
    (turned_off,) = {tuple(re.findall(r'^\s*"(\w+)"', one, re.MULTILINE)) for one in lists}
    assert len(turned_off) > 10
    assert turned_off == room._OFF_BY_PLAYWRIGHT


def test_nothing_as_large_as_a_page_is_kept_ready_beside_the_page(playwright: Playwright, found: FoundBrowser):
    with open_browser(headless=True, found=found, driver=playwright) as context:
        context.pages[0].set_content("<p>form</p>")
        context.pages[0].wait_for_timeout(1000)
        assert context.browser is not None
        told = context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    assert [one["type"] for one in told["processInfo"]].count("renderer") == 1
