"""The files that the browser is given while the tool waits for one, in any window, whoever pressed for them.

Promises: their contents are answered once; none of them stays on the disk.
"""

from contextlib import suppress

from playwright.sync_api import Download, Page
from playwright.sync_api import Error as PlaywrightError


class Downloads:
    """What one browser is given from now on."""

    def __init__(self, page: Page) -> None:
        self._given: list[Download] = []
        for one in page.context.pages:
            self._watch(one)
        page.context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("download", lambda download: self._given.append(download))

    @property
    def waiting(self) -> int:
        """How many were given since they were last taken."""
        return len(self._given)

    def take(self) -> list[bytes]:
        """The contents of what was given since this was last asked."""
        given, self._given[:] = list(self._given), []
        contents = []
        for one in given:
            with suppress(PlaywrightError, OSError):
                contents.append(one.path().read_bytes())
            with suppress(PlaywrightError):
                one.delete()
        return contents
