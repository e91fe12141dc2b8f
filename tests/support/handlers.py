"""A handler at the desk who has never seen it: reads and presses by roles and names, in their own language; and their hands in
the window that a run has opened.
"""

import os
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from re import Pattern

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Playwright, expect

from assistant.desk.forms.shape import FormQuestion, employer_form
from assistant.errors import ProfileError
from assistant.intake.trees import flat
from assistant.messages import Language, Text
from assistant.store.locations import PROFILES
from assistant.strict_yaml import parse

Opened = Callable[[], AbstractContextManager[Page]]


class Handler:
    """Eyes and hands at one page of the desk. Every word is given in both languages; the person's is used."""

    def __init__(self, page: Page, language: Language) -> None:
        self.page, self.language = page, language

    def words(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def press(self, zh: str, en: str) -> None:
        self.activate(self.page.get_by_role("button", name=self.words(zh, en), exact=True))

    def follow(self, zh: str, en: str) -> None:
        self.activate(self.page.get_by_role("link", name=self.words(zh, en), exact=True))

    def activate(self, at: Locator) -> None:
        at.click()

    def write(self, at: Locator, text: str) -> None:
        at.fill(text)

    def choose(self, at: Locator, label: str) -> None:
        at.select_option(label=label)

    def tick(self, at: Locator) -> None:
        at.check()

    def give(self, at: Locator, *files: Path) -> None:
        with self.page.expect_file_chooser() as asked:
            self.activate(at)
        asked.value.set_files(files)

    def field(self, zh: str, en: str) -> Locator:
        return self.page.get_by_label(self.words(zh, en)).first

    def reads(self, zh: str, en: str, seconds: float = 15) -> None:
        expect(self.page.get_by_text(self.words(zh, en)).first).to_be_visible(timeout=seconds * 1000)

    def heading(self, zh: str, en: str, seconds: float = 15) -> None:
        expect(self.page.get_by_role("heading", name=self.words(zh, en)).first).to_be_visible(timeout=seconds * 1000)

    def region(self, zh: str, en: str) -> Locator:
        return self.page.get_by_role("region", name=self.words(zh, en), exact=True)

    def opens(self, zh: str, en: str) -> Page:
        """The page that a link opens beside this one."""
        with self.page.expect_popup() as opened:
            self.activate(self.page.get_by_role("link", name=self.words(zh, en)).first)
        return opened.value

    def say(self, text: Text) -> str:
        return text.say(self.language)


class KeyboardHandler(Handler):
    """The same person, with the keyboard alone: Tab until it has the focus, then Enter, the space bar, arrows and letters."""

    def reach(self, at: Locator) -> None:
        at.wait_for()
        for _ in range(400):
            if at.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key never comes to {at}")

    def activate(self, at: Locator) -> None:
        self.reach(at)
        self.page.keyboard.press("Enter")

    def write(self, at: Locator, text: str) -> None:
        self.reach(at)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, at: Locator, label: str) -> None:
        self.reach(at)
        for _ in range(60):
            if at.evaluate("(one) => one.selectedOptions[0]?.textContent") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} can't be chosen with the arrow keys")

    def tick(self, at: Locator) -> None:
        if at.get_attribute("type") == "radio":
            # One of a group has the focus; the arrows go on to the others.
            group = at.evaluate_handle("(one) => document.querySelector(`[name=${one.name}]:checked`)").as_element()
            assert group is not None
            for _ in range(400):
                if group.evaluate("(one) => one === document.activeElement"):
                    break
                self.page.keyboard.press("Tab")
            while not at.is_checked():
                self.page.keyboard.press("ArrowDown")
            return
        self.reach(at)
        self.page.keyboard.press("Space")


@pytest.fixture
def run_window(playwright: Playwright, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, display: str) -> Opened:
    """The window of the run that the desk has started, for the person's own hands in it.

    The run's browser is started by a script that opens a door for the test beside the tool's own pipe; the tool knows nothing
    of it, and what comes through it are trusted presses like a person's.
    """
    if sys.platform == "win32":
        pytest.skip("the browser is started by a shell's script")
    port, real = _free_port(), os.environ["ASSISTANT_BROWSER"]
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nexec "{real}" --remote-debugging-port={port} "$@"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("ASSISTANT_BROWSER", str(script))

    @contextmanager
    def opened() -> Iterator[Page]:
        browser = _connected(playwright, port)
        try:
            yield browser.contexts[0].pages[0]
        finally:
            browser.close()

    return opened


def closes_the_window(page: Page) -> None:
    """As a person closes a browser's window."""
    page.close(run_before_unload=False)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _connected(playwright: Playwright, port: int, seconds: float = 60) -> Browser:
    until = time.monotonic() + seconds
    while True:
        try:
            return playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}", no_defaults=True)
        except Error:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def has_text(page: Page, text: str | Pattern[str], seconds: float = 60) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)


def employer_values() -> list[tuple[FormQuestion, str]]:
    """Every question about the employer with the sample's answer, in the form's order."""
    file = PROFILES / "employer.yaml"
    data = parse(file.read_text(encoding="utf-8"), file, ProfileError).data
    held = dict(flat(data))
    asked = [question for part in employer_form() for question in part.every_question()]
    return [(question, held[question.path]) for question in asked if question.path in held]
