"""Takes the pictures of docs/pictures anew, from a real run over a sample applicant on the mock portal.

uv run python -m scripts.pictures          all of them
uv run python -m scripts.pictures packs    only the pages to take along
"""

import hashlib
import html
import io
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text as RichText

from assistant.check.city.loading import cities, load_city
from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.review.onsite import onsite_pack, onsite_page
from assistant.review.proof_sheet import proof_sheet
from assistant.run.fill.filler import Filler
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.report import SectionReport
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.onlooker import Keeper, Onlooker
from fixtures.server import MockPortal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
# A section whose filling says most in one look: texts, choices, dates and an address of several levels.
SHOWN = "personal"
SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
COLUMNS = 84
TERMINAL = """
main { width: 84ch; padding: 16px 20px; background: #1f2430; color: #d8dee9; font: 15px/22px monospace; }
p { position: relative; height: 22px; margin: 0; }
i { position: absolute; font-style: normal; white-space: pre; }
"""
# Scrolls every scrolled part of the page to its top.
TO_TOP = "() => document.querySelectorAll('*').forEach((part) => { part.scrollTop = 0; })"


class Photographer(Onlooker):
    """An observer that takes a picture when the shown section is filled."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def finished(self, section: SectionReport) -> None:
        if section.key == SHOWN:
            self._page.evaluate(TO_TOP)
            # Until the notice "saved" is gone and the photo has stopped moving.
            self._page.wait_for_timeout(4000)
            self._page.screenshot(path=PICTURES / "section.png")


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:] == ["proof"]:
        take_proof_sheet()
        return 0
    if sys.argv[1:] == ["packs"]:
        with open_browser(headless=True, found=find_or_install_browser()) as context:
            take_packs(context.pages[0])
        return 0
    take_section()
    take_proof_sheet()
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.html"
        spoken = run_demo(report)
        with open_browser(headless=True, found=find_or_install_browser()) as context:
            page = context.pages[0]
            take_terminal(page, spoken)
            take_report(page, report)
            take_packs(page)
    for picture in sorted(PICTURES.glob("*.png")):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1024} KB\n")
    return 0


def take_section() -> None:
    """The mock portal's form just after a section was filled and proved."""
    profile = load_profile(PlainFolder(PROFILES / "sample-lee"))
    city = load_city(profile.city)
    portal = load_portal(city.portal)
    day = profile.work_permit.expires_on - timedelta(days=60)
    with (
        MockPortal(city=city.city, auto_login=True, on=day) as mock,
        open_browser(headless=True, found=find_or_install_browser()) as context,
    ):
        page, guard = guarded_page(context, portal, mock.url)
        options = Options(start_url=mock.url, sections=(SHOWN,), login_seconds=30)
        plan = make_plan(profile, portal)
        Filler(page, guard, portal, plan, options, Photographer(page.page)).run(command="demo", city=city.city)


def run_demo(report: Path) -> str:
    """What the demo says in a terminal, with its colours."""
    colours = {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "assistant", "demo", "--headless", "--lang", "zh", "--report", str(report)]
    done = subprocess.run(command, env={**os.environ, **colours}, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def take_proof_sheet() -> None:
    """The first page of a proof sheet, as it comes out of a printer, after a whole run."""
    profile = load_profile(PlainFolder(PROFILES / "sample-lee"))
    city = load_city(profile.city)
    portal = load_portal(city.portal)
    day = profile.work_permit.expires_on - timedelta(days=60)
    with (
        MockPortal(city=city.city, auto_login=True, on=day) as mock,
        open_browser(headless=True, found=find_or_install_browser()) as context,
    ):
        page, guard = guarded_page(context, portal, mock.url)
        options, keeper = Options(start_url=mock.url, login_seconds=30), Keeper()
        plan = make_plan(profile, portal)
        Filler(page, guard, portal, plan, options, keeper).run(command="fill", city=city.city)
    with open_browser(headless=True, found=find_or_install_browser()) as context:
        sheet = context.pages[0]
        sheet.set_content(proof_sheet(list(keeper.held.values()), plan, portal, "ko"))
        first = PdfDocument(sheet.pdf(prefer_css_page_size=True, print_background=True))[0]
        picture = first.render(scale=1.4).to_pil().quantize(32)
        picture.save(PICTURES / "proof-sheet-ko.png", optimize=True)


def take_terminal(page: Page, spoken: str) -> None:
    """Drawn as cells of one width: every character stands where a terminal would put it."""
    console = Console(width=COLUMNS, file=io.StringIO())
    rows = []
    for line in RichText.from_ansi(f"\033[1m$ assistant demo --lang zh\033[0m\n{spoken}").split():
        cells, column = [], 0
        for segment in console.render(line, console.options.update(no_wrap=True, overflow="ignore")):
            colour = segment.style.color if segment.style else None
            shade = colour.get_truecolor(SVG_EXPORT_THEME).hex if colour and not colour.is_default else "inherit"
            weight = "bold" if segment.style and segment.style.bold else "normal"
            for character in segment.text.rstrip("\n"):
                place = f"left:{column}ch;color:{shade};font-weight:{weight}"
                cells.append(f'<i style="{place}">{html.escape(character)}</i>')
                column += cell_len(character)
        rows.append(f"<p>{''.join(cells)}</p>")
    page.set_content(f"<style>{TERMINAL}</style><main>{''.join(rows)}</main>")
    page.locator("main").screenshot(path=PICTURES / "terminal.png")


def take_report(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    page.screenshot(path=PICTURES / "report.png")


def take_packs(page: Page) -> None:
    """The page to take along, as it comes out of a printer: every sample in every city."""
    for sample in SAMPLES:
        for city in cities():
            markup = pack_markup(sample, city)
            page.set_content(markup)
            (sheet,) = PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
            picture = sheet.render(scale=1.4).to_pil().quantize(32)
            shows = PngInfo()
            shows.add_text("shows", mark_of(markup))
            picture.save(pack_picture(sample, city), optimize=True, pnginfo=shows)


def pack_picture(sample: str, city: str) -> Path:
    return PICTURES / f"onsite-{city}-{sample.removeprefix('sample-')}.png"


def pack_markup(sample: str, city: str) -> str:
    """The page whose picture is taken."""
    return onsite_page(onsite_pack(load_profile(PlainFolder(PROFILES / sample)), load_city(city)), "zh")


def mark_of(markup: str) -> str:
    """What a picture says it shows, so that one of an older page is noticed; the release's number doesn't matter."""
    return hashlib.sha256(markup.replace(version("assistant"), "").encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
