"""The lower bound: one pass within the page for each section (in_page.js and its national twin), no safety at all.

JOB.json URL BROWSER.
"""

import base64
import json
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page, sync_playwright

from assistant.page.engine.scripts import page_script

HERE = Path(__file__).parent


def main() -> None:
    job_file, url, browser_path = sys.argv[1:4]
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    fill = {"shenzhen": shenzhen, "beijing": national}[job["city"]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 900})
        start = time.perf_counter()
        page.goto(url)
        fill(page, job)
        print(json.dumps({"seconds": time.perf_counter() - start}))
        browser.close()


def shenzhen(page: Page, job: Mapping[str, Any]) -> None:
    script = _script("in_page.js")
    page.evaluate(script, {"passport": job["passport"]})
    for section in job["pages"]:
        page.evaluate(script, {"section": _with_files(section)})


def national(page: Page, job: Mapping[str, Any]) -> None:
    """Each step of the form is a document of its own, in a frame."""
    script = _script("in_page_national.js")
    page.locator(".accordion-header", has_text="工作许可业务").click(timeout=60000)
    page.locator(".west .tree-node", has_text="工作许可延期").click()
    form = _frame(page, "list.do")
    form.evaluate(script, {"passport": job["passport"]})
    form.wait_for_url(re.compile(r"form\.do"), wait_until="domcontentloaded")
    opened = form.url
    for section in job["pages"]:
        if f"step={section['key']}" not in form.url:
            form.goto(re.sub(r"step=\w+", f"step={section['key']}", opened), wait_until="domcontentloaded")
        form.evaluate(script, {"section": _with_files(section)})


def _script(name: str) -> str:
    return f"given => ({page_script(HERE / name)})(given, {page_script(HERE / 'until.js')})"


def _frame(page: Page, address: str) -> Frame:
    while True:
        found = [frame for frame in page.frames if address in frame.url]
        if found:
            found[0].wait_for_load_state("domcontentloaded")
            return found[0]
        page.wait_for_timeout(5)


def _with_files(section: Mapping[str, Any]) -> Mapping[str, Any]:
    uploads = [(label, [_content(Path(path)) for path in files]) for label, files in section["uploads"]]
    return {**section, "uploads": uploads}


def _content(path: Path) -> dict[str, str]:
    return {"name": path.name, "content": base64.b64encode(path.read_bytes()).decode()}


if __name__ == "__main__":
    main()
