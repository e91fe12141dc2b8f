"""The same steps for Robot Framework Browser: writes a suite, lets `robot` run it. JOB.json URL BROWSER.

A Robot suite is a list of keywords without loops over JSON worth the name, so the suite is generated, one keyword a line,
as a person would have typed it. The time is the task's own, launching the browser excluded.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TEXT = ("text", "textarea", "number")


class Suite:
    def __init__(self, url: str, browser: str) -> None:
        self.lines = [
            "*** Settings ***",
            "Library    Browser    timeout=60s    retry_assertions_for=5s",
            "*** Tasks ***",
            "Fill",
        ]
        self.add("New Browser", "chromium", "headless=True", f"executablePath={browser}", "chromiumSandbox=False")
        self.add("New Context", "locale=zh-CN", "viewport={'width': 1366, 'height': 900}")
        self.add("New Page")
        self.lines.append("    ${start}=    Evaluate    time.perf_counter()    modules=time")
        self.add("Go To", url)

    def add(self, *words: str) -> None:
        self.lines.append("    " + "    ".join(word.replace("#", "\\#") for word in words))

    def click(self, selector: str) -> None:
        self.add("Click", selector)

    def whole(self, job: dict[str, Any]) -> None:
        self.click("text=/^工作许可$/ >> visible=true")
        self.click("li[role\\=menuitem]:text-is('工作许可延期')")
        self.click("button:has-text('跳过指引,直接办理')")
        self.click("label.el-checkbox:has-text('居留许可(延期)')")
        self.click("button:has-text('立即办理业务')")
        self.add("Fill Text", "[placeholder='请输入申请人护照号码']", job["passport"])
        self.click("button:has-text('下一步')")
        for section in job["pages"]:
            form = f"form.section-{section['key']}"
            self.click(f".el-tabs__item:has-text('{section['title']}')")
            self.add("Wait For Elements State", form, "visible")
            for one in section["fields"]:
                self.enter(form, one)
            for table in section["tables"]:
                for row in table["rows"]:
                    self.click(f"{form} >> button:has-text('{table['add']}')")
                    dialog = ".el-dialog:visible"
                    self.add("Wait For Elements State", f"{dialog} >> form", "visible")
                    for one in row:
                        self.enter(dialog, one)
                    self.click(f"{dialog} >> button:has-text('确定')")
                    self.add("Wait For Elements State", ".el-dialog:visible", "detached")
            for label, files in section["uploads"]:
                for path in files:
                    place = self.item(form, label)
                    self.add("Upload File By Selector", f"{place} >> input[type\\=file]", path)
                    self.add("Wait For Elements State", f"{place} >> .is-success", "visible")
            promise = "    ${saved}=    Promise To    Wait For Response    matcher=**/sections/*"
            self.lines.append(promise)
            self.click(f"{form} >> button:has-text('暂存')")
            self.add("Wait For", "${saved}")
            self.add("Wait For Elements State", f"{form} >> button:has-text('暂存')", "enabled")
        self.lines.append("    ${end}=    Evaluate    time.perf_counter()    modules=time")
        self.lines.append("    Log To Console    SECONDS ${{$end - $start}}")
        self.add("Close Browser")

    def item(self, form: str, label: str) -> str:
        name = f".el-form-item__label:is(:text-is('{label}'), :text-is('{label}：'))"
        return f"{form} >> .el-form-item:has(> {name})"

    def enter(self, form: str, one: dict[str, str]) -> None:
        place, kind, value = self.item(form, one["label"]), one["kind"], one["value"]
        if kind in TEXT:
            self.add("Fill Text", f"{place} >> css=input, textarea >> nth\\=0", value)
        elif kind in ("date", "month"):
            self.add("Fill Text", f"{place} >> input", value)
            self.add("Press Keys", f"{place} >> input", "Enter")
        elif kind == "radio":
            self.click(f"{place} >> .el-radio__label:text-is('{value}')")
        elif kind.startswith("cascader"):
            self.click(f"{place} >> input")
            for part in value.split(" / "):
                self.click(f".el-cascader__dropdown:visible >> .el-cascader-node__label:text-is('{part}')")
        else:
            self.click(f"{place} >> input")
            if kind == "remote":
                self.add("Fill Text", f"{place} >> input", value)
            popper = ".el-select-dropdown:visible:not(.el-zoom-in-top-leave-active)"
            self.click(f"{popper} >> li.el-select-dropdown__item span:text-is('{value}')")


def main() -> None:
    job_file, url, browser = sys.argv[1:4]
    suite = Suite(url, browser)
    suite.whole(json.loads(Path(job_file).read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fill.robot"
        path.write_text("\n".join(suite.lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "robot", "--outputdir", folder, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    seconds = re.findall(r"SECONDS (\S+)", done.stdout)
    if not seconds:
        sys.stderr.write(done.stdout[-1500:] + done.stderr[-500:])
        sys.exit(1)
    print(json.dumps({"seconds": float(seconds[0])}))


if __name__ == "__main__":
    main()
