"""One frame of a page, for nothing but a login form in it: its two boxes, its declared texts.

Promises: a box is only taken where exactly one of its kind under these names can be seen and typed into; no message of the
browser's own leaves it, because those print what is typed.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator

from assistant.normalize import plain

_PATIENCE_MS = 2000
# What a field may be called: inside it, by its label, or in the cell or the element before it. Never what it holds.
_NAMES = """(field) => [
  field.placeholder, field.getAttribute('aria-label'), ...[...(field.labels || [])].map((label) => label.innerText),
  field.closest('td')?.previousElementSibling?.innerText, field.previousElementSibling?.innerText,
].filter(Boolean)"""


@dataclass(frozen=True)
class LoginBoxes:
    """The boxes of a user name and a password."""

    _user: Locator
    _password: Locator

    def fill(self, user: str, password: str) -> None:
        """Types both; where the page moves on meanwhile, the person sees it."""
        with suppress(PlaywrightError):
            self._user.fill(user, timeout=_PATIENCE_MS)
            self._password.fill(password, timeout=_PATIENCE_MS)


class LoginFrame:
    """One frame; what it can't answer because it moved on or closed, it answers with no."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    @property
    def address(self) -> str:
        """The frame's own, not the window's."""
        return self._frame.url

    def boxes(self, user: Sequence[str], password: Sequence[str]) -> LoginBoxes | None:
        """The boxes of these names, if each is there exactly once."""
        with suppress(PlaywrightError):
            users = self._one(user, "input:not([type=password]):not([type=hidden])")
            passwords = self._one(password, "input[type=password]")
            return LoginBoxes(users, passwords) if users and passwords else None
        return None

    def press(self, texts: Sequence[str]) -> bool:
        """Presses the first of these texts that can be seen exactly once."""
        with suppress(PlaywrightError):
            for text in texts:
                shown = [found for found in self._frame.get_by_text(text, exact=True).all() if found.is_visible()]
                if len(shown) == 1:
                    shown[0].click(timeout=_PATIENCE_MS)
                    return True
        return False

    def shows(self, texts: Sequence[str]) -> bool:
        """Whether any of these texts can be seen."""
        with suppress(PlaywrightError):
            return any(found.is_visible() for text in texts for found in self._frame.get_by_text(text).all())
        return False

    def _one(self, labels: Sequence[str], kind: str) -> Locator | None:
        wanted = {plain(label) for label in labels}
        seen = [box for box in self._frame.locator(kind).all() if box.is_visible() and box.is_editable()]
        found = [box for box in seen if wanted & {plain(name) for name in box.evaluate(_NAMES)}]
        return found[0] if len(found) == 1 else None
