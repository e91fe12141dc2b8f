"""Takes the pictures of the desk for docs/pictures anew: every page, over the invented samples, as a handler sees it.

uv run python -m scripts.pictures_desk              all pages, 1280 × 720
uv run python -m scripts.pictures_desk FOLDER [en]  the same and at 3840 × 2160, into a folder, to be looked at
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.store.locations import PROFILES
from scripts.pictures import PICTURES

CASE = "/cases/sample-lee"
PAGES = {
    "roster": "/",
    "intake": "/intake",
    "profile": f"{CASE}/profile",
    "documents": f"{CASE}/documents",
    "heap": f"{CASE}/documents#heap",
    "check": f"{CASE}/check",
    "fill": f"{CASE}/fill",
    "after": f"{CASE}/after",
    "employer": "/employer",
    "settings": "/settings",
}
ROSTER = "姓,名,性别,出生日期,国籍,护照号码,护照有效期至\nGARCIA,ANA,女,1990-05-06,西班牙,XDE765432,2031-02-03\nSMITH,JOHN,男,1985-13-01,美国,AB1234567,2030-01-01\n"
IN_VIEW = "(one) => one.getBoundingClientRect().top < innerHeight"
"""Further down they are drawn once the person comes there."""
SIZES = ((1280, 720, ""), (3840, 2160, "-4k"))


def main() -> int:
    looked_at = Path(sys.argv[1]) if sys.argv[1:] else None
    language = "en" if "en" in sys.argv[2:] else "zh"
    target, sizes = (looked_at, SIZES) if looked_at else (PICTURES, SIZES[:1])
    target.mkdir(parents=True, exist_ok=True)
    with (
        samples() as folder,
        desk_process(folder, language) as process,
        open_browser(headless=True, found=find_or_install_browser()) as context,
    ):
        page = context.pages[0]
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page.goto(address)
        read_a_roster(page, folder)
        own = address.partition("/start")[0]
        rehearse(page, own)
        for name, path in PAGES.items():
            for wide, high, ending in sizes:
                page.set_viewport_size({"width": wide, "height": high})
                if name == "heap" and not ending:
                    drop_a_heap(page, own)
                page.goto(own + path)
                page.wait_for_function(
                    "() => !document.body.dataset.refresh || document.body.dataset.refresh === '0'", timeout=240_000
                )
                if name == "heap":
                    page.locator("details.pair").first.evaluate("(one) => { one.open = true; }")
                page.wait_for_load_state("networkidle")
                # Each picture of a page is drawn when it is asked for.
                page.wait_for_function(f"() => [...document.images].filter({IN_VIEW}).every((one) => one.complete)")
                take(page, target / f"desk-{name}{ending}.png")
    return 0


def read_a_roster(page: Page, folder: Path) -> None:
    """So that the import has something to show."""
    roster = folder.parent / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    page.locator("form[action='/intake'] button").first.click()
    page.locator("input[name=files]").set_input_files(roster)
    page.locator("button[value=read]").click()
    page.locator("button[value=apply]").wait_for()


def rehearse(page: Page, own: str) -> None:
    """So that there is a result to show; unseen, since nobody closes a window here."""
    page.goto(f"{own}{CASE}/fill")
    page.locator("#rehearse").check()
    page.locator("summary").last.click()
    page.locator("#unseen").check()
    page.locator("form.card button.main").click()
    page.locator("[data-state=over]").wait_for(timeout=240_000)


def drop_a_heap(page: Page, own: str) -> None:
    """Two papers, as they come from a scanner."""
    page.goto(f"{own}{CASE}/documents")
    page.wait_for_function("() => !Number(document.body.dataset.refresh || 0)", timeout=240_000)
    papers = PROFILES / "sample-lee" / "documents"
    page.locator("#heap-files").set_input_files([papers / "contract.pdf", papers / "work_permit.pdf"])
    page.locator("button[value=sort]").click()
    page.locator("button[value=keep]").wait_for(timeout=240_000)


def take(page: Page, target: Path) -> None:
    """With few colours, so that it stays small."""
    page.screenshot(path=target)
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(64).save(target, optimize=True)


@contextmanager
def samples() -> Iterator[Path]:
    """A handler's folder with the invented applicants."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "续签"
        folder.mkdir()
        for source in PROFILES.glob("sample-*"):
            shutil.copytree(source, folder / source.name)
        shutil.copy(PROFILES / "employer.yaml", folder)
        yield folder


@contextmanager
def desk_process(folder: Path, language: str = "zh") -> Iterator["subprocess.Popen[str]"]:
    """A desk of its own over a folder; its first line is the start address."""
    command = [sys.executable, "-m", "assistant", "desk", str(folder), "--no-open", "--lang", language]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
