"""Takes the pictures of the review panel anew, from real runs over a sample applicant on the mock portal.

uv run python -m scripts.pictures_panel
"""

import io
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from assistant.check.city.loading import load_city
from assistant.messages import Language
from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.review.panel.review import ReviewPanel
from assistant.review.terminal import PanelObserver
from assistant.run.fill.filler import Filler
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.server import MockPortal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SAMPLE = "sample-lee"
COLOURS = 128
Script = Callable[[Page], Iterator[None]]


def main() -> int:
    profile = load_profile(PlainFolder(PROFILES / SAMPLE))
    with MockPortal(city="shenzhen", auto_login=True, on=profile.work_permit.expires_on - timedelta(days=60)) as mock:
        # Last year's draft, so that there is something the tool does not overwrite.
        stale = profile.model_copy(
            update={"applicant": profile.applicant.model_copy(update={"email": "old@example.com"})}
        )
        review(mock, stale, "zh", (1366, 768), nothing, panel=False)
        review(mock, profile, "zh", (1366, 768), the_first_cards)
        review(mock, profile, "en", (1920, 1080), a_conflict)
        mock.reset()
        review(mock, profile, "zh", (1366, 768), one_by_hand, trouble=True)
    for picture in sorted(PICTURES.glob("panel-*.png")):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1024} KB\n")
    return 0


def review(
    mock: MockPortal,
    profile: Profile,
    language: Language,
    size: tuple[int, int],
    script: Script,
    *,
    panel: bool = True,
    trouble: bool = False,
) -> None:
    """A run over the first sections and the person's review of it, in which `script` takes its pictures."""
    portal = load_portal(load_city("shenzhen").portal)
    plan = make_plan(profile, portal)
    with open_browser(headless=True, found=find_or_install_browser()) as context:
        context.pages[0].set_viewport_size({"width": size[0], "height": size[1]})
        page, guard = guarded_page(context, portal, mock.url)
        shown = ReviewPanel(page, guard, plan, language, sections=("personal",))
        observer = Locking(Console(language), shown, page.page) if trouble else PanelObserver(Console(language), shown)
        chosen = Options(start_url=mock.url, sections=("personal",), login_seconds=30)
        report = Filler(page, guard, portal, plan, chosen, observer).run(command="fill", city="shenzhen")
        # Until the notice "saved" is gone.
        page.page.wait_for_timeout(4000)
        if panel:
            steps = script(page.page)
            shown.review(report.sections, until=lambda: next(steps, "end") == "end")


class Locking(PanelObserver):
    """A page that locks two empty fields while the tool writes: those are left to the person."""

    def __init__(self, console: Console, panel: ReviewPanel, page: Page) -> None:
        super().__init__(console, panel)
        self._locked = page

    def section(self, title: str, number: int, total: int) -> None:
        super().section(title, number, total)
        for label in ("在中国工作电话", "详细地址"):
            _field(self._locked, label).evaluate("(one) => { one.readOnly = true; }")


def nothing(page: Page) -> Iterator[None]:
    yield


def the_first_cards(page: Page) -> Iterator[None]:
    yield
    yield
    page.wait_for_timeout(300)
    _take(page, "panel-review")


def one_by_hand(page: Page) -> Iterator[None]:
    yield
    page.keyboard.press("F8")
    for _ in range(3):
        yield
    page.wait_for_timeout(300)
    _take(page, "panel-by-hand")


def a_conflict(page: Page) -> Iterator[None]:
    yield
    _field(page, "电子邮箱").scroll_into_view_if_needed()
    page.mouse.move(150, 600)
    page.mouse.wheel(0, 650)
    yield
    page.wait_for_timeout(500)
    _take(page, "panel-review-en")


def _field(page: Page, label: str):  # type: ignore[no-untyped-def]
    return page.locator(".el-form-item:visible", has_text=label).last.locator("input").first


def _take(page: Page, name: str) -> None:
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
