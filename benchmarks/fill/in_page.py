"""The lower bound: one pass within the page for each section (in_page.js), no safety at all. JOB.json URL BROWSER."""

import base64
import json
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from assistant.page.engine.scripts import page_script


def main() -> None:
    job_file, url, browser_path = sys.argv[1:4]
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    script = page_script(Path(__file__).with_suffix(".js"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 900})
        start = time.perf_counter()
        page.goto(url)
        page.evaluate(script, {"passport": job["passport"]})
        for section in job["pages"]:
            section["uploads"] = [
                (label, [_content(Path(path)) for path in files]) for label, files in section["uploads"]
            ]
            page.evaluate(script, {"section": section})
        print(json.dumps({"seconds": time.perf_counter() - start}))
        browser.close()


def _content(path: Path) -> dict[str, str]:
    return {"name": path.name, "content": base64.b64encode(path.read_bytes()).decode()}


if __name__ == "__main__":
    main()
