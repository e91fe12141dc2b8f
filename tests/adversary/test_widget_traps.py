"""What widget libraries do to the careless, each seen happen: the text on the screen is not the value, an impossible day
becomes another one, the wrong pop-up is open, a part of an option matches it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant import write_label
from assistant.page.form_page import FormPage, Order
from fixtures.control_pages import pages

DATED = [one.name for one in pages() if "date" not in one.absent]
# TDesign's calendar turns by single months: a second day decades away is refused there (never written wrong).
DATED_TWICE = [name for name in DATED if name != "tdesign"]
CHOOSING = [one.name for one in pages() if "select" not in one.absent]


def model(page: Page, key: str) -> object:
    return page.evaluate("key => recorder.model()[key]", key)


def go(page: Page, site: str, name: str) -> FormPage:
    page.goto(f"{site}/controls/{name}.html")
    page.wait_for_function("window.recorder && recorder.ready !== false")
    return FormPage(page)


@pytest.mark.parametrize("name", DATED)
def test_an_impossible_day_is_refused_not_rolled_over(page: Page, control_site: str, name: str) -> None:
    form = go(page, control_site, name)
    for day in ("1990-02-31", "17/05/1990", "1990-5-7", "1990-05"):
        outcome = write_label(page, "出生日期", day)
        assert (outcome.status, outcome.reason) == ("refused", "no-such-option"), day
    assert not model(page, "date")
    assert form.open_popups() == 0


@pytest.mark.parametrize("name", DATED_TWICE)
def test_a_second_date_replaces_the_first_and_never_becomes_today(page: Page, control_site: str, name: str) -> None:
    go(page, control_site, name)
    for day in ("1990-05-17", "2024-02-29"):
        assert write_label(page, "出生日期", day).status == "verified"
        assert model(page, "date") == day
    # A bad day over a good one is refused before anything is typed: libraries put the old day back without a word.
    assert write_label(page, "出生日期", "1990-02-31").reason == "no-such-option"
    assert model(page, "date") == "2024-02-29"
    assert write_label(page, "出生日期", "2024-02-29").status == "already"


@pytest.mark.parametrize("name", CHOOSING)
def test_an_option_is_never_chosen_by_a_part_of_it(page: Page, control_site: str, name: str) -> None:
    go(page, control_site, name)
    for text in ("刚果", "中国台湾省", "（金）", "国"):
        outcome = write_label(page, "国籍", text)
        assert (outcome.status, outcome.reason) == ("refused", "no-such-option"), text
    assert not model(page, "select")
    assert write_label(page, "国籍", "中国").status == "verified"
    assert model(page, "select") == "CHN"


@pytest.mark.parametrize("name", [one for one in CHOOSING if one not in ("native", "layui", "select2")])
def test_several_lists_in_one_pass_each_get_their_own_option(page: Page, control_site: str, name: str) -> None:
    """Two lists offer the same texts, and the first is still closing when the second opens."""
    form = go(page, control_site, name)
    seen = {one.label.strip("：*"): one for one in form.look().controls}
    wanted = (("国籍", "中国香港", "select", "HKG"), ("国家", "美国", "filterable-select", "USA"))
    assert form.write([Order(seen[label], text, (text,)) for label, text, _, _ in wanted]) == [None, None]
    form.settle()
    assert [model(page, key) for _, _, key, _ in wanted] == [code for _, _, _, code in wanted]


def test_a_list_that_is_still_fading_in_is_closed_again(page: Page, control_site: str) -> None:
    """On a slow machine all choices are made before the list has any size: it is no closed one for that."""
    form = go(page, control_site, "ant_design_react")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    assert write_label(page, "掌握语言", ["汉语", "法语"]).status == "verified"
    form.settle(quiet=400)
    assert (model(page, "multi-select"), form.open_popups()) == (["zh", "fr"], 0)


def test_text_shown_in_a_search_box_is_no_choice(page: Page, control_site: str) -> None:
    """Element UI shows what was typed into a filterable list while its model is empty."""
    form = go(page, control_site, "element_ui")
    page.evaluate(
        "() => { const box = document.querySelectorAll('.el-select input')[1]; box.removeAttribute('readonly'); box.value = '中国'; }"
    )
    seen = {one.label: one for one in form.look().controls}
    assert seen["国家"].value == ""
    assert write_label(page, "国家", "中国").status == "verified"
    assert model(page, "filterable-select") == "CHN"


def test_easyui_does_not_keep_a_refused_text_as_its_value(page: Page, control_site: str) -> None:
    go(page, control_site, "jquery_easyui")
    assert write_label(page, "国家", "不在列表").reason == "no-such-option"
    assert write_label(page, "工作岗位", "不在列表").reason == "no-such-option"
    assert (model(page, "filterable-select"), model(page, "remote-select")) == ("", "")


def test_a_hidden_tab_is_refused_and_no_other_field_gets_its_value(page: Page, control_site: str) -> None:
    go(page, control_site, "element_ui")
    page.evaluate("document.querySelector('.el-form-item input').closest('.el-form-item').style.display = 'none'")
    assert write_label(page, "姓名", "甲").reason == "hidden"
    assert model(page, "text") == ""
    assert model(page, "pinyin") == ""


def test_a_linked_list_of_layui_is_loaded_by_the_choice_before_it(page: Page, control_site: str) -> None:
    """Only a press on what layui draws tells the page; the list that hangs on it comes later, drawn anew."""
    go(page, control_site, "layui")
    page.evaluate(
        """() => {
        const next = document.querySelector("[name=filterable-select]");
        layui.form.on("select(select)", ({ value }) => setTimeout(() => {
            next.replaceChildren(new Option("请选择", ""), new Option("属于" + value, "of-" + value));
            layui.form.render("select");
        }, 200));
    }"""
    )
    assert write_label(page, "国籍", "美国").status == "verified"
    page.wait_for_function("document.querySelector('[name=filterable-select]').options.length === 2")
    assert write_label(page, "国家", "中国").reason == "no-such-option"
    assert write_label(page, "国家", "属于USA").status == "verified"
    assert model(page, "filterable-select") == "of-USA"


@pytest.mark.parametrize("delay", [0, 50, 200, 400])
def test_a_control_that_is_drawn_anew_after_its_choice_is_read_again_by_its_label(
    page: Page, control_site: str, delay: int
) -> None:
    go(page, control_site, "layui")
    page.evaluate(
        """delay => layui.form.on("select(select)", () => setTimeout(() => layui.form.render("select"), delay))""",
        delay,
    )
    assert write_label(page, "国籍", "美国").status == "verified"
    assert model(page, "select") == "USA"


def test_choices_that_element_ui_folds_away_are_read_all_the_same(page: Page, control_site: str) -> None:
    """With collapse-tags it shows the first choice and how many more there are."""
    page.goto(f"{control_site}/controls/element_ui.html?folded")
    wanted = ["汉语", "英语", "法语"]
    assert write_label(page, "掌握语言", wanted).status == "verified"
    assert page.locator(".el-select__tags").inner_text().split() == ["汉语", "+", "2"]
    assert write_label(page, "掌握语言", wanted).status == "already"
    assert write_label(page, "掌握语言", ["英语"]).status == "verified"
    assert model(page, "multi-select") == ["en"]


@pytest.mark.parametrize("name", ["element_ui", "jquery_easyui", "bootstrap_datepicker", "layui"])
def test_text_choices_and_days_are_written_without_enter(page: Page, control_site: str, name: str) -> None:
    """Enter submits a form, and in two libraries it turns what was typed into today."""
    form = go(page, control_site, name)
    page.evaluate(
        "window.enters = 0; addEventListener('keydown', (e) => { if (e.key === 'Enter' || e.keyCode === 13) enters++; }, true)"
    )
    written = {"姓名": "甲", "年薪": "480000", "国家": "中国", "出生日期": "1990-05-17", "签发日期": "2021-12-31"}
    shown = {one.label.strip("：* ") for one in form.look().controls}
    for label in shown & set(written):
        assert write_label(page, label, written[label]).status == "verified"
    assert page.evaluate("[enters, recorder.submits]") == [0, 0]


def test_the_limits_of_a_my97_box_hold(page: Page, control_site: str) -> None:
    """Its call says maxDate:'%y-%M-%d': nothing after today."""
    go(page, control_site, "my97")
    assert write_label(page, "签发日期", "2099-01-01").reason == "no-such-option"
    assert model(page, "fixed-date") is None
    assert write_label(page, "签发日期", "2021-12-31").status == "verified"


def test_what_hangs_on_a_searched_choice_is_written_after_it_all_the_same(page: Page, control_site: str) -> None:
    """While a server is asked, the fields behind it are written already; what its answer empties is written once more."""
    form = go(page, control_site, "element_ui")
    page.evaluate("app.$watch(() => app.m['remote-select'], () => { app.m.text = ''; })")
    controls = {one.label: one for one in form.look().controls}
    job, name = controls["工作岗位"], controls["姓名"]
    answers, seen = form.write_and_look([Order(job, "软件工程师", ("软件工程师",)), Order(name, "李敏", ("李敏",))])
    assert answers == [None, None]
    assert (model(page, "remote-select") != "", model(page, "text")) == (True, "李敏")
    assert {one.label: one.value for one in seen.controls}["工作岗位"] == "软件工程师"


def test_files_given_together_arrive_whole_each_in_its_own_box(page: Page, tmp_path: Path) -> None:
    page.set_content('<label>合同 <input type="file" id="a"></label><label>护照 <input type="file" id="b"></label>')
    form = FormPage(page)
    gifts = []
    for control, name in zip(form.look().controls, ("contract.pdf", "passport.jpg"), strict=True):
        (tmp_path / name).write_bytes(bytes(range(256)) * 40 + name.encode())
        gifts.append((control, tmp_path / name))
    assert form.attach_together(gifts) == [None, None]
    held = page.evaluate(
        """async () => Promise.all(["a", "b"].map(async (id) => {
          const [file] = document.getElementById(id).files;
          return [file.name, file.type, [...new Uint8Array(await file.arrayBuffer())]];
        }))"""
    )
    assert held == [
        ["contract.pdf", "application/pdf", list((tmp_path / "contract.pdf").read_bytes())],
        ["passport.jpg", "image/jpeg", list((tmp_path / "passport.jpg").read_bytes())],
    ]
