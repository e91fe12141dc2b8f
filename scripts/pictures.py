"""Takes the pictures of docs/pictures anew, from a real run over a sample applicant on the mock portal.

    uv run python -m scripts.pictures
"""

import io
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page
from rich.console import Console
from rich.text import Text as RichText

from assistant.browser import find_or_install_browser, open_browser
from assistant.city import load_city
from assistant.filler import Filler, Options
from assistant.form_page import FormPage
from assistant.locations import PROFILES
from assistant.messages import Text
from assistant.plan import make_plan
from assistant.portal import load_portal
from assistant.profile import load_profile
from assistant.report import SectionReport
from assistant.run import guarded_page
from fixtures.server import MockPortal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
# A section whose filling says most in one look: texts, choices, dates and an address of several levels.
SHOWN = "personal"
COLUMNS = 100


class Photographer:
    """A companion that takes a picture when the shown section is filled."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def tell(self, what: Text) -> None: ...

    def section(self, title: str, number: int, total: int) -> None: ...

    def finished(self, section: SectionReport) -> None:
        if section.key == SHOWN:
            self._page.screenshot(path=PICTURES / "section.png")

    def ask(self, what: Text, page: FormPage) -> bool:
        return False


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    take_section()
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.html"
        spoken = run_demo(report)
        with open_browser(headless=True, found=find_or_install_browser()) as context:
            page = context.pages[0]
            take_terminal(page, spoken)
            take_report(page, report)
    for picture in sorted(PICTURES.glob("*.png")):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1024} KB\n")
    return 0


def take_section() -> None:
    """The mock portal's form just after a section was filled and proved."""
    profile = load_profile(PROFILES / "sample-lee")
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


def take_terminal(page: Page, spoken: str) -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(RichText("$ assistant demo --lang zh", style="bold"))
    console.print(RichText.from_ansi(spoken))
    page.set_content(f'<body style="margin:0;width:1240px">{console.export_svg(title="assistant demo")}</body>')
    page.locator("svg").first.screenshot(path=PICTURES / "terminal.png")


def take_report(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    page.screenshot(path=PICTURES / "report.png")


if __name__ == "__main__":
    sys.exit(main())
