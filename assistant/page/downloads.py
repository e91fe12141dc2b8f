"""The files that the browser is given while the tool waits for one, in any window, whoever pressed for them.

Promises: their contents are answered once; none of them stays on the disk.
"""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Download, Page
from playwright.sync_api import Error as PlaywrightError


class Downloads:
    """What one browser is given from now on."""

    def __init__(self, page: Page, pause: Callable[[int], None]) -> None:
        """`pause` lets the page live on for so many milliseconds."""
        self._given: list[Download] = []
        self._pause = pause
        for one in page.context.pages:
            self._watch(one)
        page.context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("download", lambda download: self._given.append(download))

    def take(self, *, within: float = 0.0) -> list[bytes]:
        """The contents of what was given since this was last asked; waits `within` seconds for the first."""
        waited = 0.0
        while not self._given and waited < within:
            self._pause(100)
            waited += 0.1
        given, self._given[:] = list(self._given), []
        contents = []
        for one in given:
            with suppress(PlaywrightError, OSError):
                contents.append(one.path().read_bytes())
            with suppress(PlaywrightError):
                one.delete()
        return contents
