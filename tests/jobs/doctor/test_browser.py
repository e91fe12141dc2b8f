"""A browser that is missing, does not start or shows no Chinese is found; so is a missing display."""

import sys
from contextlib import contextmanager

import pytest
from playwright.sync_api import Playwright

from assistant.errors import BrowserMissing, SetupError
from assistant.jobs.doctor import browser
from assistant.messages import Text
from assistant.page.browser import launch
from assistant.page.browser.launch import open_browser
from tests.support.doctor import state_of


@pytest.fixture(autouse=True)
def one_driver(playwright: Playwright, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two Playwrights cannot run in one thread: the doctor uses the tests' own."""
    monkeypatch.setattr(launch, "open_browser", lambda **options: open_browser(**options, driver=playwright))


@pytest.mark.parametrize("error", [BrowserMissing(Text("去安装", "install it")), SetupError(Text("重装", "reinstall"))])
def test_a_browser_that_is_missing_or_does_not_start_is_bad(error: SetupError, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(launch, "find_browser", fail)
    (check,) = browser.check_browser()
    assert state_of([check], "browser") == "bad"
    assert check.remedy == error.what


def test_a_browser_that_breaks_later_is_bad_and_its_own_text_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def break_down(**_options: object):  # type: ignore[no-untyped-def]
        raise RuntimeError("canary")
        yield

    monkeypatch.setattr(launch, "open_browser", break_down)
    (check,) = browser.check_browser()
    assert state_of([check], "browser") == "bad"
    assert "canary" not in check.message.zh + check.remedy.zh


def test_characters_that_all_look_alike_mean_no_chinese_font(
    playwright: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Characters that no font has are one empty box after another; those of this machine's fonts are not."""
    unassigned = "['\\u{0378}', '\\u{0379}', '\\u{0380}', '\\u{0381}']"
    assert state_of(browser.check_browser(), "font") in ("ok", "warning")
    looks = browser.HAS_CHINESE_FONT
    monkeypatch.setattr(browser, "HAS_CHINESE_FONT", looks.replace("['中', '国', '签', '证']", unassigned))
    assert looks != browser.HAS_CHINESE_FONT
    assert state_of(browser.check_browser(), "font") == "warning"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is one")
def test_a_missing_display_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_of(browser.check_display(), "display") == "warning"
    monkeypatch.setenv("DISPLAY", ":1")
    assert state_of(browser.check_display(), "display") == "ok"
