"""One browser a test process, and windows of it that know nothing of each other: a launch takes a second, a context none.

What the launch itself promises is tested in `tests/page/browser/test_launch.py`, and whole runs in `tests/journeys` start the
browser that a person would get.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext

OpenContext = Callable[[], AbstractContextManager[BrowserContext]]


@pytest.fixture(scope="session")
def open_context(browser: Browser, browser_context_args: dict[str, object]) -> OpenContext:
    """A browser as new, with one empty page, as `open_browser` gives it."""

    @contextmanager
    def opened() -> Iterator[BrowserContext]:
        context = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
        context.new_page()
        try:
            yield context
        finally:
            context.close()

    return opened
