"""No call to a browser waits for ever: it is ended, and what the person has in hand is spared."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import BrowserContext, Playwright

from assistant.errors import SessionLost
from assistant.page.browser import launch
from assistant.page.browser.launch import FoundBrowser, find_browser, open_browser
from assistant.page.browser.watchdog import watchdog_of
from assistant.page.engine import client
from assistant.page.form_page import FormPage
from assistant.page.guard import guard as guard_module
from assistant.page.guard.guard import Guard, wait_for_person
from assistant.store.journal import journal_file
from fixtures.server import MockPortal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops processes by signals, which Windows lacks")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of some seconds, so that a busy machine passes them: what is shown is that they hold, not how long they are."""
    for module in (client, guard_module):
        monkeypatch.setattr(module, "LOOK", 5.0)
    monkeypatch.setattr(client, "WRITE", 5.0)
    monkeypatch.setattr(guard_module, "CLOSE", 1.5)
    monkeypatch.setattr(launch, "CLOSE", 1.5)


@pytest.fixture
def context(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser as the product opens it."""
    with opened(playwright, tmp_path) as browser_context:
        yield browser_context


def opened(playwright: Playwright, folder: Path) -> AbstractContextManager[BrowserContext]:
    return open_browser(
        headless=True, user_data=folder, found=find_browser(), driver=playwright, announce=lambda _: None
    )


def processes(folder: Path) -> list[psutil.Process]:
    ours = psutil.Process().children(recursive=True)
    return [one for one in ours if one.is_running() and any(str(folder) in word for word in one.cmdline())]


def stop(folder: Path) -> None:
    """The browser stands still, as on a machine that is out of memory."""
    for one in processes(folder):
        os.kill(one.pid, signal.SIGSTOP)


def guarded(context: BrowserContext) -> Guard:
    guard = Guard(context, origins=["http://127.0.0.1"], allowed=(), forbidden_words=("提交",), forbidden_paths=())
    guard.install()
    return guard


def test_a_browser_that_stands_still_is_ended_and_the_run_says_so(context: BrowserContext, tmp_path: Path) -> None:
    page = FormPage(context.pages[0])
    page.look()
    stop(tmp_path)
    began = time.monotonic()
    with pytest.raises(SessionLost) as caught:
        page.look()
    assert time.monotonic() - began < 40
    assert "did not respond" in caught.value.what.en
    assert '"browser-ended"' in journal_file().read_text(encoding="utf-8")
    assert processes(tmp_path) == []


def test_a_page_whose_script_loops_is_ended(context: BrowserContext) -> None:
    page = FormPage(context.pages[0])
    page.look()
    context.pages[0].evaluate("() => { setTimeout(() => { for (;;); }); }")
    with pytest.raises(SessionLost):
        page.look()
    assert watchdog_of(context).ended


def test_what_the_person_has_in_hand_is_spared_until_their_browser_is_gone(
    context: BrowserContext, tmp_path: Path
) -> None:
    guard = guarded(context)
    guard.take_pen()
    guard.hand_over()
    stop(tmp_path)
    seen_alive = []

    def closed_by_the_person() -> None:
        time.sleep(9)
        seen_alive.append(len(processes(tmp_path)))
        for one in processes(tmp_path):
            one.kill()

    person = threading.Thread(target=closed_by_the_person)
    person.start()
    wait_for_person(context.pages[0], lambda: False)
    person.join()
    assert seen_alive[0] > 0, "the watchdog ended a browser that the person was working in"


@pytest.mark.parametrize(
    "script",
    [
        "() => { addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = ''; }); }",
        "() => { fetch('/__mock__/state?held', { keepalive: true }); }",
        "() => { setInterval(() => { location.href = '/?' + Math.random(); }, 1); }",
    ],
    ids=["asks before it is left", "sends on its way out", "leaves by itself"],
)
def test_a_close_comes_back_whatever_the_page_does(
    script: str, mock: MockPortal, playwright: Playwright, tmp_path: Path
) -> None:
    began = time.monotonic()
    with opened(playwright, tmp_path) as context:
        context.pages[0].goto(mock.url)
        context.pages[0].evaluate(script)
    assert time.monotonic() - began < 60
    assert processes(tmp_path) == []


def test_a_browser_that_stands_still_at_its_end_is_ended(playwright: Playwright, tmp_path: Path) -> None:
    with opened(playwright, tmp_path):
        stop(tmp_path)
    assert processes(tmp_path) == []


def test_a_page_of_somebody_elses_browser_is_never_ended(playwright: Playwright, tmp_path: Path) -> None:
    found: FoundBrowser = find_browser()
    shared = playwright.chromium.launch(executable_path=found.path)
    try:
        context = shared.new_context()
        with watchdog_of(context).within(0.1):
            time.sleep(1)
        assert context.new_page().evaluate("1 + 1") == 2
    finally:
        shared.close()
