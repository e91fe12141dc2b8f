"""Real libraries for which the tool has no script of its own, and rarer parts of those it knows, on pages of another trade: what any person could choose is
chosen, the application itself holds it, a second writing changes nothing, and what isn't offered is refused."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from assistant import write_label

Line = tuple[str, str, object]
"""What the page calls the control, the name of its answer in the application, what is written."""

GEAR, GEARS, DAY = "刺网", ["拖网", "钓具"], "2021-11-23"
PAGES: dict[str, Sequence[Line]] = {
    "scripts": [
        ("主要渔具", "chosen", GEAR),
        ("全部渔具", "chosens", GEARS),
        ("备用渔具", "bootstrap", GEAR),
        ("禁用渔具", "bootstraps", GEARS),
        ("上年渔具", "tom", GEAR),
        ("历年渔具", "toms", GEARS),
        ("申请渔具", "choices", GEAR),
        ("备选渔具", "choicess", GEARS),
        ("检验渔具", "slim", GEAR),
        ("封存渔具", "slims", GEARS),
        ("下水日期", "ui", DAY),
        ("检验日期", "fixed", DAY),
        ("出港日期", "pikaday", DAY),
        ("回港日期", "air", DAY),
    ],
    "quasar": [
        ("主要渔具", "gear", GEAR),
        ("全部渔具", "gears", GEARS),
        ("备用渔具", "spare", GEARS),
        ("船名", "name", "浙渔一号"),
        ("船况", "state", "4"),
        ("装有电台", "radio", True),
        ("停泊地", "port", "台州"),
    ],
    "element_ui": [("出港时刻", "out", "09:30")],
    "ant_design": [
        ("船主", "owner", "张三"),
        ("船况", "state", "4"),
        ("出港时刻", "out", "09:30"),
    ],
    "vue_multiselect": [
        ("主要渔具", "gear", GEAR),
        ("全部渔具", "gears", GEARS),
    ],
    "primevue": [
        ("主要渔具", "gear", GEAR),
        ("全部渔具", "gears", GEARS),
        ("下水日期", "day", DAY),
        ("船名", "name", "浙渔一号"),
        ("船员人数", "crew", "12"),
        ("装有电台", "radio", True),
        ("船况", "state", "4"),
        ("停泊地", "port", "台州"),
    ],
    "mui": [
        ("主要渔具", "gear", GEAR),
        ("全部渔具", "gears", GEARS),
        ("备用渔具", "search", GEAR),
        ("船名", "name", "浙渔一号"),
        ("停泊地", "port", "台州"),
        ("装有电台", "radio", True),
    ],
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_person_could_fill_is_filled(page: Page, control_site: str, name: str) -> None:
    page.goto(f"{control_site}/controls/strange/{name}.html")
    for label, key, value in PAGES[name]:
        assert (label, write_label(page, label, value).status) == (label, "verified")
        assert (label, str(page.evaluate("(key) => held(key)", key))) == (label, str(value))
        assert (label, write_label(page, label, value).status) == (label, "already")


@pytest.mark.parametrize("name", PAGES)
def test_what_is_not_offered_is_refused_and_leaves_all_as_it_was(page: Page, control_site: str, name: str) -> None:
    page.goto(f"{control_site}/controls/strange/{name}.html")
    for label, key, value in PAGES[name]:
        if value in (GEAR, GEARS):
            before = page.evaluate("(key) => held(key)", key)
            outcome = write_label(page, label, "鱼叉" if value == GEAR else ["拖网", "鱼叉"])
            assert (label, outcome.status, outcome.reason) == (label, "refused", "no-such-option")
            assert (label, page.evaluate("(key) => held(key)", key)) == (label, before)


@pytest.mark.parametrize("name", PAGES)
def test_of_several_answers_those_no_longer_wanted_are_taken_off(page: Page, control_site: str, name: str) -> None:
    page.goto(f"{control_site}/controls/strange/{name}.html")
    for label, key, value in PAGES[name]:
        if value == GEARS:
            for wanted in (GEARS, ["围网"], ["刺网", "围网"]):
                assert (label, write_label(page, label, wanted).status) == (label, "verified")
                assert (label, sorted(page.evaluate("(key) => held(key)", key))) == (label, sorted(wanted))


@pytest.mark.parametrize("name", PAGES)
def test_a_drop_down_of_one_answer_is_never_given_two(page: Page, control_site: str, name: str) -> None:
    page.goto(f"{control_site}/controls/strange/{name}.html")
    for label, key, value in PAGES[name]:
        if value == GEAR:
            before = page.evaluate("(key) => held(key)", key)
            assert (label, write_label(page, label, GEARS).status) == (label, "refused")
            assert (label, page.evaluate("(key) => held(key)", key)) == (label, before)


def test_a_time_that_its_list_does_not_offer_is_refused_and_never_typed(page: Page, control_site: str) -> None:
    page.goto(f"{control_site}/controls/strange/element_ui.html")
    assert write_label(page, "出港时刻", "09:31").status == "refused"
    assert (page.evaluate("held('out')"), page.locator("input").input_value()) == ("", "")


def test_answers_that_only_an_open_list_tells_are_known_on_a_page_that_has_them_already(
    page: Page, control_site: str
) -> None:
    page.goto(f"{control_site}/controls/strange/quasar.html")
    page.evaluate("m.gears = ['钓具', '拖网']")
    assert write_label(page, "全部渔具", GEARS).status == "already"
    assert page.evaluate("held('gears')") == ["钓具", "拖网"]
