"""`write_label`: one value into the one control of that name, proved, and nothing else."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant import write_label
from assistant.page.form_page import FormPage
from assistant.run import write_label as room

FORM = """<form onsubmit="window.sent = true; return false"><h3>甲</h3>
<p><label>姓名 <input name=a value=旧></label></p> <p><label>年龄 <input name=n type=number></label></p>
<p><label>国籍 <select name=c><option value="">请选择</option><option>中国</option><option>中国香港</option></select></label></p>
<p><label>密语 <input name=m maxlength=3></label></p> <p><label>附件 <input type=file name=f></label></p>
<p style="display:none"><label>藏 <input></label></p> <p><label>定 <input readonly value=定></label></p>
<h3>乙</h3><p><label>电话 <input name=p1></label></p><h3>丙</h3><p><label>电话 <input name=p2></label></p><button>提交</button></form>"""


@pytest.fixture
def form(page: Page) -> Page:
    page.set_content(FORM)
    return page


def held(page: Page, name: str) -> str:
    return str(page.evaluate("name => document.querySelector(`[name=${name}]`).value", name))


def test_a_written_value_is_verified_and_a_second_time_already_there(form: Page) -> None:
    assert write_label(form, "姓名", "新").status == "verified"
    assert held(form, "a") == "新"
    assert write_label(form, "姓名", "新").status == "already"


@pytest.mark.parametrize(
    ("label", "value", "within", "reason"),
    [
        ("性别", "女", None, "not-found"),
        ("姓", "欧", None, "not-found"),
        ("电话", "1", None, "ambiguous"),
        ("电话", "1", "丁", "not-found"),
        ("藏", "x", None, "hidden"),
        ("定", "x", None, "read-only"),
        ("国籍", "香港", None, "no-such-option"),
        ("密语", "四个字的", None, "too-long"),
        ("密语", "一二𠮷", None, "too-long"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    form: Page, label: str, value: str, within: str | None, reason: str
) -> None:
    before = [one.value for one in FormPage(form).look().controls]
    outcome = write_label(form, label, value, within)
    assert (outcome.status, outcome.reason) == ("refused", reason)
    assert [one.value for one in FormPage(form).look().controls] == before


def test_the_heading_tells_equal_labels_apart(form: Page) -> None:
    assert write_label(form, "电话", "0755", within="丙").status == "verified"
    assert (held(form, "p1"), held(form, "p2")) == ("", "0755")


def test_the_full_option_is_chosen_not_one_that_begins_alike(form: Page) -> None:
    assert write_label(form, "国籍", "中国").status == "verified"
    assert held(form, "c") == "中国"


def test_a_file_is_attached(form: Page, tmp_path: Path) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(b"%PDF-1.4")
    assert write_label(form, "附件", str(file)).status == "verified"


def test_a_page_that_changes_the_value_later_is_not_verified(form: Page) -> None:
    form.evaluate(
        "document.querySelector('[name=a]').addEventListener('change', (e) => setTimeout(() => { e.target.value = '改' }, 30))"
    )
    outcome = write_label(form, "姓名", "新")
    assert (outcome.status, outcome.reason) == ("mismatched", "not-taken")


def test_nothing_is_submitted_whatever_is_written(form: Page) -> None:
    for label, value in (("姓名", "甲\n"), ("年龄", "30"), ("国籍", "中国香港")):
        write_label(form, label, value)
    assert form.evaluate("window.sent === undefined")


def test_a_page_is_listened_to_once_however_many_fields_are_written_and_is_let_go_when_it_closes(form: Page) -> None:
    sessions: list[object] = []
    open_session = form.context.new_cdp_session
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form.context, "new_cdp_session", lambda page: sessions.append(page) or open_session(page))
        for label in ("姓名", "年龄", "姓名"):
            assert write_label(form, label, "1").calm
    assert len(sessions) == 1
    form.close()
    assert form not in room._FORMS
