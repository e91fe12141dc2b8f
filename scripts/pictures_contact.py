"""Takes the pictures of a first day on a portal nobody described anew: whose form a blank one is, a page's list, what a save
sends, and what was learned. From a real run over a sample applicant on a form of fixtures/unseen.

uv run python -m scripts.pictures_contact
"""

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from rich.console import Console as Recorder

from assistant.jobs.overlays import OverlayJob, difference
from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.portal.overlay import overlays_for
from assistant.review.console import Console
from assistant.store.folders import FolderAt
from benchmarks.contact.person import FILL, NEW_FORM, REMEMBER, Person, Seen
from benchmarks.contact.sitting import handler_home, sit
from fixtures.unseen.server import UnseenPortal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FORM = "folded"
COLOURS = 128
SIZE = (1366, 768)
# Of what was learned so much is shown: the terminal has more.
COLUMNS, ROWS = 120, 28
# Before which press each picture is taken.
FIRST: Mapping[tuple[str, ...], str] = {
    NEW_FORM: "first-day-whose",
    FILL: "first-day-list",
    REMEMBER: "first-day-requests",
}


def main() -> int:
    with handler_home() as applicants, UnseenPortal(FORM) as portal:
        sit(portal, applicants / "sample-lee", prepare=camera(FIRST), parts=2)
        take_learned(applicants / "sample-lee")
    for picture in sorted(PICTURES.glob("first-day-*.png")):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1024} KB\n")
    return 0


def take_learned(applicant: Path) -> None:
    """The difference that what was learned makes, as the terminal shows it before a colleague takes it."""
    job = OverlayJob("", FolderAt(applicant))
    with job.place() as place:
        title, headers, rows = difference(overlays_for(*place)[0].overlay, place[0])
    console = Console("zh")
    console._rich = recorder = Recorder(width=COLUMNS, file=io.StringIO(), record=True)  # type: ignore[assignment]
    console.table(title, headers, rows[:ROWS])
    with open_browser(headless=True, found=find_or_install_browser()) as context:
        page = context.pages[0]
        page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
        page.set_content(recorder.export_html())
        # A Chinese letter is as wide as two others in a terminal.
        page.add_style_tag(content="pre, code { font: 15px/1.5 'Noto Sans Mono CJK SC', monospace !important }")
        _take(page, "first-day-learned")


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
