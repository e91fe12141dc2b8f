"""A careful hand-written Selenium 4 script: the same steps as playwright_sync.py. JOB.json URL BROWSER CHROMEDRIVER."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException  # type: ignore[import-not-found]
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys  # type: ignore[import-not-found]
from selenium.webdriver.common.by import By  # type: ignore[import-not-found]
from selenium.webdriver.support.ui import WebDriverWait  # type: ignore[import-not-found]

TEXT = ("text", "textarea", "number")
POPPER = "const e = arguments[0]; return e.__vue__.$refs.popper.$el || e.__vue__.$refs.popper"


class Script:
    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.wait = WebDriverWait(driver, 60, poll_frequency=0.05)

    def see(self, xpath: str, root: Any = None) -> Any:
        """The first visible element, waited for."""

        def find(_: Any) -> Any:
            return next(
                (one for one in (root or self.driver).find_elements(By.XPATH, xpath) if one.is_displayed()), None
            )

        return self.wait.until(find)

    def press(self, xpath: str, root: Any = None) -> None:
        """Clicks as soon as nothing is in the way: animations move things and cover them, long lists must be scrolled."""

        def click(_: Any) -> bool:
            found = (root or self.driver).find_elements(By.XPATH, xpath)
            element = next((one for one in found if one.is_displayed()), found[0] if found else None)
            try:
                if element is not None:
                    element.click()
            except WebDriverException:
                return False
            return element is not None

        self.wait.until(click)

    def fill(self, url: str, job: dict[str, Any]) -> None:
        self.driver.get(url)
        self.press("//*[contains(@class,'el-submenu__title')][normalize-space(.)='工作许可']")
        self.press("//li[@role='menuitem'][normalize-space(.)='工作许可延期']")
        self.press("//button[normalize-space(.)='跳过指引,直接办理']")
        self.press("//label[contains(@class,'el-checkbox')][normalize-space(.)='居留许可(延期)']")
        self.press("//button[normalize-space(.)='立即办理业务']")
        self.see("//input[@placeholder='请输入申请人护照号码']").send_keys(job["passport"])
        self.press("//button[normalize-space(.)='下一步']")
        for section in job["pages"]:
            self.press(f"//*[@role='tab'][normalize-space(.)='{section['title']}']")
            form = self.see(f"//form[contains(@class,'section-{section['key']}')]")
            for one in section["fields"]:
                self.enter(form, one)
            for table in section["tables"]:
                for row in table["rows"]:
                    self.press(f".//button[normalize-space(.)='{table['add']}']", form)
                    dialog = self.see("//*[contains(concat(' ',@class,' '),' el-dialog ')][.//form]")
                    for one in row:
                        self.enter(dialog, one)
                    self.press(".//button[normalize-space(.)='确定']", dialog)
                    self.gone(dialog)
            for label, files in section["uploads"]:
                place = self.item(form, label)
                for count, path in enumerate(files, 1):
                    place.find_element(By.XPATH, ".//input[@type='file']").send_keys(path)
                    self.see(f"(.//li[contains(@class,'is-success')])[{count}]", place)
            save = self.see(".//button[normalize-space(.)='暂存']", form)
            self.save(save)

    def shown(self, popper: Any) -> bool:
        """Whether a list opens; a click during an animation may have gone to nobody."""
        try:
            WebDriverWait(self.driver, 2, poll_frequency=0.05).until(lambda _: popper.is_displayed())
        except WebDriverException:
            return False
        return True

    def gone(self, element: Any) -> None:
        """Hidden, or taken out of the page."""

        def is_gone(_: Any) -> bool:
            try:
                return not element.is_displayed()
            except StaleElementReferenceException:
                return True

        self.wait.until(is_gone)

    def save(self, button: Any) -> None:
        before = self.saves()
        button.click()
        self.wait.until(lambda _: self.saves() > before and button.is_enabled())

    def saves(self) -> Any:
        script = (
            "return performance.getEntriesByType('resource').filter((one) => one.name.includes('/sections/')).length"
        )
        return self.driver.execute_script(script)

    def item(self, form: Any, label: str) -> Any:
        name = f"[normalize-space(.)='{label}' or normalize-space(.)='{label}：']"
        return form.find_element(By.XPATH, f".//div[contains(concat(' ',@class,' '),' el-form-item ')][./label{name}]")

    def enter(self, form: Any, one: dict[str, str]) -> None:
        place, kind, value = self.item(form, one["label"]), one["kind"], one["value"]
        field = place.find_element(By.XPATH, ".//input | .//textarea")
        if kind in TEXT:
            field.clear()
            field.send_keys(value)
        elif kind in ("date", "month"):
            field.send_keys(value, Keys.ENTER)
        elif kind == "radio":
            self.press(f".//label[contains(@class,'el-radio')][normalize-space(.)='{value}']", place)
        elif kind.startswith("cascader"):
            self.press(".//input", place)
            popper = self.popper(place, ".el-cascader")
            for part in value.split(" / "):
                self.press(
                    f".//li[.//span[contains(@class,'el-cascader-node__label')][normalize-space(.)='{part}']]", popper
                )
            self.gone(popper)
        else:
            self.press(".//input", place)
            if kind == "remote":
                field.send_keys(value)
            popper = self.popper(place, ".el-select")
            if kind != "remote" and not self.shown(popper):
                self.press(".//input", place)
            self.press(f".//li[contains(@class,'el-select-dropdown__item')][normalize-space(.)='{value}']", popper)
            self.gone(popper)

    def popper(self, place: Any, selector: str) -> Any:
        return self.driver.execute_script(POPPER, place.find_element(By.CSS_SELECTOR, selector))


def main() -> None:
    job_file, url, browser, chromedriver = sys.argv[1:5]
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    options = ChromeOptions()
    options.binary_location = browser
    for word in ("--headless=new", "--no-sandbox", "--window-size=1366,900", "--lang=zh-CN"):
        options.add_argument(word)
    driver = Chrome(options=options, service=ChromeService(chromedriver))
    try:
        start = time.perf_counter()
        Script(driver).fill(url, job)
        print(json.dumps({"seconds": time.perf_counter() - start}))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
