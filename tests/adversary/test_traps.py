"""The traps that were found before a line was written, each a promise. Where a room of its own tests one in depth, this
file names the place and keeps the shortest proof."""

import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import BrowserContext, Page

from assistant import write_label
from assistant.errors import PackError
from assistant.page.browser.launch import FoundBrowser, open_browser
from assistant.page.form_page import FormPage, Order
from assistant.page.guard.guard import Guard, wait_for_person
from assistant.portal.model import Allowed
from assistant.store.documents import read_yaml
from assistant.store.locations import ROOT, SELECTORS
from fixtures.libraries import ensure_libraries
from fixtures.server import MockPortal


def test_trap_1_selectors_hold_data_only_and_never_shadow_the_standard_library():
    assert not list(SELECTORS.rglob("*.py"))
    code = "import selectors, subprocess, asyncio; assert hasattr(selectors, 'DefaultSelector')"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_trap_2_yaml_does_not_corrupt_an_applicant(tmp_path: Path):
    """More in test_strict_yaml.py."""
    file = tmp_path / "a.yaml"
    file.write_text("number: 0123456\ncountry: NO\nhour: 12:30\n", encoding="utf-8")
    assert read_yaml(file, PackError).data == {"number": "0123456", "country": "NO", "hour": "12:30"}
    file.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(PackError):
        read_yaml(file, PackError)


def test_trap_3_a_message_of_the_browsers_never_gets_out(page: Page):
    """What Playwright says about a failed write holds the value; the outcome holds only a reason."""
    page.set_content('<label>姓名 <input maxlength="4"></label>')
    outcome = write_label(page, "姓名", "SECRET-VALUE")
    assert (outcome.status, outcome.reason) == ("refused", "too-long")
    assert "SECRET" not in repr(outcome) and "SECRET" not in repr(FormPage(page).look())
    assert page.locator("input").input_value() == ""


def test_trap_4_a_label_is_not_a_part_of_another(page: Page):
    page.set_content(
        "<h3>申请人</h3><div><span>姓名：</span><input id=a></div><div><span>* 姓名拼音</span><input id=b></div>"
        "<h3>配偶</h3><div><span>姓名：</span><input id=c></div>"
    )
    assert write_label(page, "姓名", "李").reason == "ambiguous"
    assert write_label(page, "姓名", "李", within="配偶").status == "verified"
    assert write_label(page, "姓名拼音", "LI").status == "verified"
    assert [page.locator(f"#{one}").input_value() for one in "abc"] == ["", "LI", "李"]


@pytest.mark.parametrize(
    ("trouble", "listener"),
    [
        (
            "a mask that reformats",
            "input.addEventListener('input', () => { input.value = input.value.slice(0, 3) + '-' + input.value.slice(3); })",
        ),
        ("a framework that puts the old value back", "input.addEventListener('change', () => { input.value = ''; })"),
        ("a page that empties it on leaving", "input.addEventListener('blur', () => { input.value = ''; })"),
    ],
)
def test_trap_5_a_write_that_succeeds_and_is_wrong_is_said(page: Page, trouble: str, listener: str):
    """Later changes (300 ms, save, reload) are in run/test_filler.py."""
    page.set_content(
        f"<label>电话 <input></label><script>const input = document.querySelector('input'); {listener}</script>"
    )
    outcome = write_label(page, "电话", "13800000011")
    assert (outcome.status, outcome.reason) == ("mismatched", "not-taken"), trouble


def test_trap_6_no_writer_submits_a_form(page: Page):
    """Neither the page's own pass nor the text entry that tries again presses Enter."""
    page.set_content(
        "<form onsubmit='window.submits = (window.submits || 0) + 1; return false'>"
        "<label>姓名 <input id=a></label><label>年薪 <input type=number></label><label>日期 <input type=date></label>"
        "<label>国籍 <select><option><option>中国</select></label><button>提交</button></form>"
    )
    for label, value in (("姓名", "LEE"), ("年薪", "420000"), ("日期", "2026-05-17"), ("国籍", "中国")):
        assert write_label(page, label, value).status == "verified"
    form = FormPage(page)
    form.insert_text(form.look().controls[0], "KIM")
    assert page.evaluate("window.submits || 0") == 0


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("中国", ["中国香港", "中国台湾"]),
        ("刚果（金）", ["刚果（布）"]),
        ("法国", ["法国（本土）"]),
        ("MI", ["MICHIGAN", "MINNESOTA"]),
    ],
)
def test_trap_7_an_option_is_matched_whole_or_not_at_all(page: Page, wanted: str, offered: list[str]):
    def offer(options: list[str]) -> None:
        items = "".join(f"<option>{one}</option>" for one in options)
        page.set_content(f"<label>国籍 <select><option value=''></option>{items}</select></label>")

    offer(offered)
    assert write_label(page, "国籍", wanted).reason == "no-such-option"
    assert page.locator("select").input_value() == ""
    offer([*offered, wanted])
    assert write_label(page, "国籍", wanted).status == "verified"


def test_trap_8_an_option_is_never_taken_from_the_list_that_is_still_closing(page: Page):
    """Two lists of the same texts, one fading out while the other opens. Every library's: test_widget_traps.py."""
    page.set_content(
        "<div id=app><el-form label-width='80px'><el-form-item v-for='label in labels' :key='label' :label='label'>"
        "<el-select v-model='held[label]'><el-option v-for='one in options' :key='one' :value='one'></el-option></el-select>"
        "</el-form-item></el-form></div>"
    )
    libraries = ensure_libraries()
    page.add_style_tag(path=libraries / "element-ui/lib/theme-chalk/index.css")
    for script in ("vue/dist/vue.js", "element-ui/lib/index.js"):
        page.add_script_tag(path=libraries / script)
    labels, options = ["国籍", "国家", "出生国"], ["中国", "中国香港", "韩国"]
    page.evaluate(
        """([labels, options]) => { window.app = new Vue({ el: "#app", data: { labels, options,
             held: Object.fromEntries(labels.map((one) => [one, ""])) } }); }""",
        [labels, options],
    )
    form = FormPage(page)
    controls = {one.label: one for one in form.look().controls}
    wanted = dict(zip(labels, reversed(options), strict=True))
    form.write([Order(controls[label], text, (text,)) for label, text in wanted.items()])
    assert page.evaluate("app.held") == wanted


def held_by(context: BrowserContext, mock: MockPortal) -> tuple[Page, Guard]:
    """The mock portal's first page, the tool holding the pen."""
    allowed = [Allowed(method="POST", path="/api/dictionaries/query", purpose="options")]
    guard = Guard(context, origins=[mock.url], allowed=allowed, forbidden_words=[], forbidden_paths=[])
    guard.install()
    page = context.new_page()
    page.goto(mock.url)
    guard.take_pen()
    return page, guard


def test_trap_9_beacons_and_scripted_requests_are_held_by_the_network_not_by_the_page(
    context: BrowserContext, mock: MockPortal
):
    """No submit event, no click: only the network layer sees these. The whole matrix: guard/test_guard_layers.py."""
    leak = """() => { const xhr = new XMLHttpRequest();
      xhr.open("POST", "/api/applications/1/submit"); xhr.send();
      return navigator.sendBeacon("/api/applications/2/submit", "x"); }"""
    page, guard = held_by(context, mock)
    assert page.evaluate(leak)
    wait_for_person(page, lambda: guard.receipt().submit_attempts >= 2)
    assert (mock.state()["submits"], guard.receipt().submitted) == (0, 0)
    guard.hand_over()
    page.evaluate(leak)
    wait_for_person(page, lambda: mock.state()["submits"] == 2)


def test_trap_10_the_page_lives_on_while_the_run_waits_for_the_person(context: BrowserContext, mock: MockPortal):
    """Blocking Python freezes what the guard has to answer; the run's own way of waiting does not."""
    page, _ = held_by(context, mock)
    before = len(mock.state()["requests"])
    page.evaluate("() => { setTimeout(() => fetch('/api/dictionaries/query', { method: 'POST' }), 50) }")
    time.sleep(0.5)
    assert len(mock.state()["requests"]) == before, "nothing answers while Python is blocked"
    wait_for_person(page, lambda: len(mock.state()["requests"]) > before)


def test_trap_11_the_browser_that_is_here_is_used_in_a_folder_of_its_own_without_a_port(tmp_path: Path):
    """In which order browsers are looked for: tests/page/browser/test_discovery.py."""

    class Context:
        def close(self) -> None: ...

    class Chromium:
        def launch_persistent_context(self, folder: Path, **asked: object) -> Context:
            self.folder, self.asked = folder, asked
            return Context()

    driver = SimpleNamespace(chromium=Chromium())
    installed = FoundBrowser("Edge", tmp_path / "msedge")
    with open_browser(headless=True, found=installed, driver=driver):
        asked = driver.chromium.asked
        assert asked["executable_path"] == installed.path
        assert not any("debugging" in one or "user-data-dir" in one for one in asked["args"])
        # Of this run alone: nobody's daily profile lies in it, and it goes with the run.
        assert [one.name for one in driver.chromium.folder.iterdir()] == ["Default"]
        assert [one.name for one in (driver.chromium.folder / "Default").iterdir()] == ["Preferences"]
    assert not driver.chromium.folder.exists()


def test_trap_12_a_hidden_field_receives_nothing_and_neither_does_its_neighbour(page: Page):
    page.set_content("<label>姓名 <input id=a></label><div style='display:none'><label>电话 <input id=b></label></div>")
    page.locator("#a").focus()
    assert write_label(page, "电话", "13800000011").reason == "hidden"
    assert page.locator("#a").input_value() == "" and page.locator("#b").input_value() == ""
