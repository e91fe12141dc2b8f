"""A careful hand-written Playwright script, async API: opens the form, types every value, saves each section. It only fills.

Careful: labels are matched whole, an option is taken from the pop-up of its own drop-down (Element UI moves pop-ups to
the end of the page), each save is waited for. Nothing is read back. Run by the benchmark: JOB.json URL BROWSER.
"""

import asyncio
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from playwright.async_api import ElementHandle, Locator, Page, async_playwright

TEXT = ("text", "textarea", "number")
POPPER = "e => e.__vue__.$refs.popper.$el || e.__vue__.$refs.popper"


async def main() -> None:
    job_file, url, browser_path = sys.argv[1:4]
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path)
        page = await browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 900})
        start = time.perf_counter()
        await fill(page, url, job)
        print(json.dumps({"seconds": time.perf_counter() - start}))
        await browser.close()


async def fill(page: Page, url: str, job: dict[str, Any]) -> None:
    await page.goto(url)
    await page.get_by_text("工作许可", exact=True).click(timeout=60000)
    await page.get_by_role("menuitem", name="工作许可延期").click()
    await page.get_by_role("button", name="跳过指引,直接办理").click()
    await page.locator("label.el-checkbox", has_text="居留许可(延期)").click()
    await page.get_by_role("button", name="立即办理业务").click()
    await page.get_by_placeholder("请输入申请人护照号码").fill(job["passport"])
    await page.get_by_role("button", name="下一步").click()
    for section in job["pages"]:
        await page.get_by_role("tab", name=section["title"]).click()
        form = page.locator(f"form.section-{section['key']}")
        await form.wait_for()
        for one in section["fields"]:
            await enter(form, one)
        for table in section["tables"]:
            for row in table["rows"]:
                await add_row(page, form, table, row)
        for label, files in section["uploads"]:
            for path in files:
                async with page.expect_response(lambda answer: "/attachments" in answer.url):
                    await item(form, label).locator("input[type=file]").set_input_files(path)
        async with page.expect_response(lambda answer: answer.request.method == "PUT"):
            await form.get_by_role("button", name="暂存").click()
        await form.locator("button:enabled", has_text="暂存").wait_for()


def item(form: Locator, label: str) -> Locator:
    """The form item of exactly this label."""
    name = form.page.locator(".el-form-item__label", has_text=re.compile(f"^\\s*{re.escape(label)}：?\\s*$"))
    return form.locator(".el-form-item", has=name)


async def enter(form: Locator, one: dict[str, Any]) -> None:
    place, kind, value = item(form, one["label"]), one["kind"], one["value"]
    if kind in TEXT:
        field = place.locator("input, textarea").first
        await field.fill(value)
        await field.blur()
    elif kind in ("date", "month"):
        field = place.locator("input")
        await field.fill(value)
        await field.press("Enter")
    elif kind == "radio":
        await place.locator("label.el-radio", has_text=re.compile(f"^\\s*{re.escape(value)}\\s*$")).click()
    elif kind in ("cascader", "cascader-lazy"):
        await place.locator("input").click()
        popper = await popper_of(place.locator(".el-cascader"))
        for part in value.split(" / "):
            option = await popper.wait_for_selector(
                f"xpath=.//span[contains(@class,'el-cascader-node__label')][normalize-space(.)='{part}']"
            )
            assert option is not None
            await option.click()
    else:
        await place.locator("input").click()
        if kind == "remote":
            await place.locator("input").fill(value)
        popper = await popper_of(place.locator(".el-select"))
        option = await popper.wait_for_selector(
            f"xpath=.//li[contains(@class,'el-select-dropdown__item')][normalize-space(.)='{value}']"
        )
        assert option is not None
        await option.click()


async def popper_of(control: Locator) -> ElementHandle:
    element = (await control.evaluate_handle(POPPER)).as_element()
    assert element is not None
    return element


async def add_row(page: Page, form: Locator, table: dict[str, Any], row: list[dict[str, Any]]) -> None:
    await form.get_by_role("button", name=table["add"]).click()
    dialog = page.locator(".el-dialog:visible")
    await dialog.locator("form").wait_for()
    for one in row:
        await enter(dialog, one)
    await dialog.get_by_role("button", name="确定").click()
    await dialog.wait_for(state="hidden")


if __name__ == "__main__":
    asyncio.run(main())
