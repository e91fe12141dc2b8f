"""A careful hand-written Playwright script, sync: opens the form, types every value, saves each section. It only fills.

Careful: labels are matched whole, an option is taken from the pop-up of its own drop-down (Element UI moves pop-ups to
the end of the page), each save is waited for. Nothing is read back. Run by the benchmark: JOB.json URL BROWSER.
"""

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page, sync_playwright

TEXT = ("text", "textarea", "number")
POPPER = "e => e.__vue__.$refs.popper.$el || e.__vue__.$refs.popper"


def main() -> None:
    job_file, url, browser_path = sys.argv[1:4]
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 900})
        start = time.perf_counter()
        fill(page, url, job)
        print(json.dumps({"seconds": time.perf_counter() - start}))
        browser.close()


def fill(page: Page, url: str, job: dict[str, Any]) -> None:
    page.goto(url)
    page.get_by_text("工作许可", exact=True).click(timeout=60000)
    page.get_by_role("menuitem", name="工作许可延期").click()
    page.get_by_role("button", name="跳过指引,直接办理").click()
    page.locator("label.el-checkbox", has_text="居留许可(延期)").click()
    page.get_by_role("button", name="立即办理业务").click()
    page.get_by_placeholder("请输入申请人护照号码").fill(job["passport"])
    page.get_by_role("button", name="下一步").click()
    for section in job["pages"]:
        page.get_by_role("tab", name=section["title"]).click()
        form = page.locator(f"form.section-{section['key']}")
        form.wait_for()
        for one in section["fields"]:
            enter(form, one)
        for table in section["tables"]:
            for row in table["rows"]:
                add_row(page, form, table, row)
        for label, files in section["uploads"]:
            for path in files:
                with page.expect_response(lambda answer: "/attachments" in answer.url):
                    item(form, label).locator("input[type=file]").set_input_files(path)
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            form.get_by_role("button", name="暂存").click()
        form.locator("button:enabled", has_text="暂存").wait_for()


def item(form: Locator, label: str) -> Locator:
    """The form item of exactly this label."""
    name = form.page.locator(".el-form-item__label", has_text=re.compile(f"^\\s*{re.escape(label)}：?\\s*$"))
    return form.locator(".el-form-item", has=name)


def enter(form: Locator, one: dict[str, Any]) -> None:
    place, kind, value = item(form, one["label"]), one["kind"], one["value"]
    if kind in TEXT:
        field = place.locator("input, textarea").first
        field.fill(value)
        field.blur()
    elif kind in ("date", "month"):
        field = place.locator("input")
        field.fill(value)
        field.press("Enter")
    elif kind == "radio":
        place.locator("label.el-radio", has_text=re.compile(f"^\\s*{re.escape(value)}\\s*$")).click()
    elif kind in ("cascader", "cascader-lazy"):
        place.locator("input").click()
        popper = popper_of(place.locator(".el-cascader"))
        for part in value.split(" / "):
            option = popper.wait_for_selector(
                f"xpath=.//span[contains(@class,'el-cascader-node__label')][normalize-space(.)='{part}']"
            )
            assert option is not None
            option.click()
    else:
        place.locator("input").click()
        if kind == "remote":
            place.locator("input").fill(value)
        popper = popper_of(place.locator(".el-select"))
        option = popper.wait_for_selector(
            f"xpath=.//li[contains(@class,'el-select-dropdown__item')][normalize-space(.)='{value}']"
        )
        assert option is not None
        option.click()


def popper_of(control: Locator) -> ElementHandle:
    element = control.evaluate_handle(POPPER).as_element()
    assert element is not None
    return element


def add_row(page: Page, form: Locator, table: dict[str, Any], row: list[dict[str, Any]]) -> None:
    form.get_by_role("button", name=table["add"]).click()
    dialog = page.locator(".el-dialog:visible")
    dialog.locator("form").wait_for()
    for one in row:
        enter(dialog, one)
    dialog.get_by_role("button", name="确定").click()
    dialog.wait_for(state="hidden")


if __name__ == "__main__":
    main()
