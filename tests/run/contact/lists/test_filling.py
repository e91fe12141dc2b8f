"""Promises of assistant/run/contact/lists/filling.py: a button adds to the list that it, or the heading above it, speaks of."""

import pytest
from playwright.sync_api import Page

from assistant.drift.meaning.judge import PageJudge
from assistant.drift.vocabulary import every_word
from assistant.page.form_page import Button, FormPage
from assistant.page.guard.guard import Guard
from assistant.profile.loading import Profile
from assistant.run.contact.hand import Hand
from assistant.run.contact.lists.filling import Rows, lists_on
from assistant.run.plan import load_known


def button(text: str, *context: str) -> Button:
    return Button(frame=0, id=1, text=text, context=context)


@pytest.mark.parametrize(
    ("pressed", "each"),
    [
        (button("新增求学情况"), ["education"]),
        (button("加行 Add", "工作经历 Jobs"), ["work_history"]),
        (button("Add line", "Employment history"), ["work_history"]),
        (button("再加一位家属"), ["family"]),
        (Button(0, 1, "加行 Add", ("新档案",), before="学习经历 Studies"), ["education"]),
        (Button(0, 1, "Add line", before="Employment history"), ["work_history"]),
        (Button(0, 1, "添加一行", ("外国人事务",), before="学习简历"), ["education"]),
        (Button(0, 1, "添加一行", ("外国人事务",), before="工作简历"), ["work_history"]),
        (button("加行 Add", "往来信件 Letters"), []),
        (button("提交家属"), []),
    ],
)
def test_a_button_adds_to_the_one_list_it_speaks_of(lee: Profile, pressed: Button, each: list[str]) -> None:
    known = load_known(lee)
    judge = PageJudge(every_word(), {}, known.look)
    assert [one.each for one in lists_on([pressed], judge, known.rows, ())] == each


WINDOW = """<h3>工作经历</h3><button type=button onclick="document.getElementById('w').hidden = false">添加</button>
<div id=w role=dialog aria-label=添加工作经历 hidden>
  <button type=button aria-label=Close onclick="{cross}">×</button>
  <label for=a>单位名称</label><input id=a> <label for=b>兵役编号</label><input id=b required>
  <button type=button onclick="{cancel}">取 消</button><button type=button>确 定</button></div>"""
CLOSES = "document.getElementById('w').hidden = true"


def pressing(page: FormPage) -> Hand:
    context = page.page.context
    guard = Guard(context, origins=["http://x"], allowed=(), forbidden_words=(), forbidden_paths=())
    return Hand(page, guard, (), lambda url: False, lambda: False)


@pytest.mark.parametrize(
    ("cancel", "cross", "left_open"), [(CLOSES, CLOSES, False), ("", CLOSES, False), ("", "", True)]
)
def test_a_window_of_a_row_that_is_given_up_is_closed_or_named(
    page: Page, lee: Profile, cancel: str, cross: str, left_open: bool
) -> None:
    """Its own button and its cross both say that they close it; a required box that nobody knows gives the row up."""
    known = load_known(lee)
    judge = PageJudge(every_word(), {}, known.look)
    page.set_content(WINDOW.format(cancel=cancel, cross=cross))
    form = FormPage(page)
    (found,) = lists_on(form.buttons(), judge, known.rows, ())
    rows = Rows(form, judge, found, known.rows["work_history"], pressing(form), {})
    outcomes = rows.fill(lambda seen: None, lambda title, boxes, data: (boxes[:1], {}), "confirmed")
    assert page.locator("#w").is_visible() is left_open
    assert ("row-left-open" in {one.reason for one in outcomes}) is left_open
    assert {one.reason for one in outcomes} >= {"row-not-added", "not-planned"}


def test_a_column_that_the_person_named_is_filled_in_every_row(page: Page, lee: Profile) -> None:
    known = load_known(lee)
    judge = PageJudge(every_word(), {}, known.look)
    page.set_content(
        """<h3>工作经历</h3><button type=button onclick="document.getElementById('w').hidden = false">添加</button>
        <ul id=kept></ul><div id=w role=dialog hidden><label for=a>单位名称</label><input id=a>
        <label for=b>差事</label><input id=b><button type=button onclick="document.getElementById('kept').innerHTML +=
        `<li>${a.value} ${b.value}</li>`; a.value = b.value = ''; document.getElementById('w').hidden = true">确定</button></div>"""
    )
    form = FormPage(page)
    (found,) = lists_on(form.buttons(), judge, known.rows, ())
    rows = Rows(form, judge, found, known.rows["work_history"], pressing(form), {})
    outcomes = rows.fill(
        lambda seen: None,
        lambda title, boxes, data: ([one for one in boxes if one.state == "sure"], {"差事": "work_history.position"}),
        "confirmed",
    )
    held = page.locator("#kept li").all_text_contents()
    assert held == [f"{one.employer} {one.position}" for one in lee.work_history]
    assert {one.field for one in outcomes if one.label == "差事"} == {"work_history.position"}
