"""Takes the pictures of a first day on a portal nobody described anew: whose form a blank one is, a page's list, and what a
save sends. From a real run over a sample applicant on a form of fixtures/unseen.

uv run python -m scripts.pictures_contact
"""

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from benchmarks.contact.person import FILL, NEW_FORM, REMEMBER, Person, Seen
from benchmarks.contact.sitting import handler_home, sit
from fixtures.unseen.server import UnseenPortal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FORM = "folded"
COLOURS = 128
SIZE = (1366, 768)
# Before which press each picture is taken.
FIRST: Mapping[tuple[str, ...], str] = {
    NEW_FORM: "first-day-whose",
    FILL: "first-day-list",
    REMEMBER: "first-day-requests",
}


def main() -> int:
    with handler_home() as applicants, UnseenPortal(FORM) as portal:
        sit(portal, applicants / "sample-lee", prepare=camera(FIRST), parts=2)
    for picture in sorted(PICTURES.glob("first-day-*.png")):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1024} KB\n")
    return 0


def camera(moments: Mapping[tuple[str, ...], str]) -> Callable[[Person, UnseenPortal], None]:
    """Takes each picture once, just before the person presses."""
    left = dict(moments)

    def hang(person: Person, portal: UnseenPortal) -> None:
        person.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
        press = person.press

        def pressed(what: Seen) -> None:
            names = next((one for one in left if what.name in one), None)
            if names:
                _take(person.page, left.pop(names))
            press(what)

        person.press = pressed  # type: ignore[method-assign]

    return hang


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
