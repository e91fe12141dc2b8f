"""What stood in the way on pages nobody described, in words of another field: each is read as a person reads it."""

from calendar import month_abbr

import pytest
from playwright.sync_api import Page

from assistant.drift.meaning.judge import PageJudge, questions
from assistant.drift.vocabulary import every_word
from assistant.page.form_page import Button, FormPage
from assistant.page.snapshot import Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile
from assistant.review.cross_check import says_the_same
from assistant.run.contact.page_plan import impersonal, title_of
from assistant.run.contact.part import PageReader
from assistant.run.plan import load_known

ROW = "<div class=row><b>{}</b><input></div>"
BAR = "<style>.sub{{border-left:4px solid #06c;font-weight:600}}</style><form>{}</form>"


def seen(page: Page, markup: str) -> Snapshot:
    page.set_content(f"<body>{markup}</body>")
    return FormPage(page).look(all_names=True)


def test_a_step_that_only_a_class_marks_is_the_title(page: Page) -> None:
    steps = "<div><a class='step cur' href='#'>1、读者资料</a><a class=step href='#'>2、借阅意向</a><a class=step href='#'>3、押金</a></div>"
    found = seen(page, steps + ROW.format("读者姓名：") + ROW.format("常用邮箱："))
    assert title_of(found, found.controls) == "1、读者资料"


def test_an_entry_of_a_menu_whose_link_is_marked_is_the_title(page: Page) -> None:
    menu = "<ul><li><a href='#'>读者资料</a></li><li><a class=cur href='#'>借阅意向</a></li><li><a href='#'>押金</a></li></ul>"
    found = seen(page, menu + "<h2>市图书馆</h2>" + ROW.format("读者姓名：") + ROW.format("常用邮箱："))
    assert title_of(found, found.controls) == "借阅意向"


def test_the_portals_own_name_is_no_title_of_a_page_that_has_another(page: Page) -> None:
    blocks = "<h2>市图书馆</h2><h3>押金</h3>" + ROW.format("金额：") + ROW.format("收据号：")
    page.set_content(f"<head><title>市图书馆</title></head><body>{blocks}</body>")
    found = FormPage(page).look(all_names=True)
    assert title_of(found, found.controls) == "押金"


def test_a_part_that_unfolds_is_headed_by_its_own_summary_and_heads_nothing_behind_it(page: Page) -> None:
    part = "<details open><summary>{}</summary>{}</details>"
    rows = "<h4>借过的书</h4><div></div><p><button type=button>＋ 增加</button></p>"
    page.set_content(part.format("一、借阅", rows) + part.format("二、押金", ROW.format("金额：") + rows))
    form = FormPage(page)
    assert [one.context for one in form.look(all_names=True).controls] == [("二、押金",)]
    over = [one.context for one in form.buttons()]
    assert over == [("一、借阅", "借过的书"), ("二、押金", "借过的书")]


def test_a_later_look_is_narrowed_to_what_the_page_asked(page: Page, lee: Profile) -> None:
    portal, known = load_portal("shenzhen"), load_known(lee)
    reader = PageReader(PageJudge(every_word(), portal.tables, known.look), portal, known)
    part = "<details open><summary>{}</summary>{}</details>"
    first = part.format("一、借阅", ROW.format("书名："))
    page.set_content(first)
    form = FormPage(page)
    met = reader.part(form.look(all_names=True), form.buttons(), form.address, frozenset())
    page.set_content(first + part.format("二、押金", ROW.format("金额：")))
    assert [one.name for one in met.own(form.look(all_names=True)).controls] == ["书名"]


def test_a_card_of_two_questions_has_a_heading_as_its_like_have(page: Page) -> None:
    row = "<div class=f><div>{}</div><input></div>"
    cards = "".join(
        f"<div class=card><div class=t style='font-weight:600'>{title}</div><div class=grid>{''.join(map(row.format, asked))}</div></div>"
        for title, asked in (("读者证", ["编号", "有效期至"]), ("押金", ["金额", "收据号", "日期"]))
    )
    found = seen(page, cards)
    assert [one.context for one in found.controls] == [("读者证",)] * 2 + [("押金",)] * 3


def test_words_of_handing_in_are_no_name_of_a_file_box(page: Page) -> None:
    drop = "<div class=card><div>{}</div><div class=drop>{}<input type=file hidden></div></div>"
    said = ("Drop a file here or browse", "点击或将文件拖到此处上传")
    found = seen(page, drop.format("Library form", said[0]) + drop.format("押金收据", said[1]))
    assert [one.label for one in found.controls] == ["Library form", "押金收据"]


def test_a_sub_heading_that_is_a_div_stands_over_its_questions(page: Page) -> None:
    parts = "".join(
        f"<div class=sub>{title}</div>" + ROW.format("姓名：") + ROW.format("电话：") for title in ("读者", "担保读者")
    )
    found = seen(page, BAR.format(parts))
    assert [one.context for one in found.controls] == [("读者",), ("读者",), ("担保读者",), ("担保读者",)]


def test_bold_words_before_one_box_are_its_name_and_no_heading(page: Page) -> None:
    found = seen(
        page, "<form><div class=row><b>读者姓名</b><input></div><div class=row><b>常用邮箱</b><input></div></form>"
    )
    assert [(one.label, one.context) for one in found.controls] == [("读者姓名", ()), ("常用邮箱", ())]


def test_a_row_of_one_cell_heads_the_rows_below_it(page: Page) -> None:
    rows = "<tr><th colspan=2>{}</th></tr><tr><td>Number:</td><td><input></td></tr>"
    found = seen(page, f"<table>{rows.format('Reader card')}{rows.format('Deposit')}</table>")
    assert [(one.label, one.context) for one in found.controls] == [
        ("Number:", ("Reader card",)),
        ("Number:", ("Deposit",)),
    ]


def test_a_hidden_file_box_is_called_by_its_row(page: Page) -> None:
    row = "<tr><td>{0}</td><td>{1}</td><td>还没有</td><td><button type=button>选择文件</button><input type=file style='display:none'></td></tr>"
    found = seen(page, f"<table>{row.format(1, '入馆申请表')}{row.format(2, '押金收据')}</table>")
    assert [(one.kind, one.label) for one in found.controls] == [("upload", "入馆申请表"), ("upload", "押金收据")]


def test_a_file_box_is_called_by_the_words_before_its_button(page: Page) -> None:
    item = (
        "<div><span>{}</span><span>未上传</span><div><button type=button>选择文件</button><input type=file></div></div>"
    )
    found = seen(page, item.format("入馆申请表") + item.format("押金收据"))
    assert [one.label for one in found.controls] == ["入馆申请表", "押金收据"]


def test_a_hint_within_a_label_is_told_from_its_words(page: Page) -> None:
    found = seen(page, "<label for=a>读者证号<span style='font-size:10px'>必填</span></label><input id=a>")
    assert "读者证号" in found.controls[0].also


@pytest.mark.parametrize(
    ("boxes", "grouped"),
    [
        ("<td>借期：</td><td><input type=date> 至 <input type=date></td>", [2]),
        ("<td>住址：</td><td><select><option>--省--</select><select><option>--市--</select></td>", [2]),
        ("<td>读者：</td><td><input></td><td>卡号：</td><td><input></td>", [1, 1]),
    ],
)
def test_one_label_over_several_boxes_is_one_question(page: Page, boxes: str, grouped: list[int]) -> None:
    found = seen(page, f"<table><tr>{boxes}</tr></table>")
    assert [len(group) for group in questions(found.controls)] == grouped


def pressed(page: Page, markup: str) -> list[Button]:
    page.set_content(f"<body>{markup}</body>")
    return list(FormPage(page).buttons())


def test_a_button_that_only_says_add_knows_the_words_before_it(page: Page) -> None:
    (found,) = pressed(page, "<div>读书经历 <a href='#'>加行</a></div>")
    assert (found.text, found.before) == ("加行", "读书经历")


def test_a_button_says_where_it_would_post_its_form_and_for_which_file_box(page: Page) -> None:
    page.set_content(
        "<base href='http://x/'><form method=post action=scan.do><input type=hidden name=d><input type=file><input type=submit value=Send></form>"
    )
    met = FormPage(page)
    (box,), (send,) = met.look().controls, met.buttons()
    assert (send.posts, send.sends) == ("http://x/scan.do", box.id)
    (plain,) = pressed(page, "<form><input><button type=button>保存</button></form>")
    assert (plain.posts, plain.sends) == ("", 0)


def test_a_heading_that_says_whose_form_it_is_is_none_of_the_form(page: Page) -> None:
    found = seen(page, f"<h3>申请人：LEE MINJUN</h3><h2>读者资料</h2>{ROW.format('读者姓名：')}")
    kept = impersonal(found, ["LEE MINJUN"])
    assert kept.headings == ("读者资料",)
    assert "LEE" not in str(kept.controls[0].context)


def test_what_is_written_on_a_met_page_means_what_the_profile_says_by_the_second_reading_too(
    page: Page, lee: Profile
) -> None:
    """Without the profile's own words behind a step every value of an unknown form looked like another."""
    lists = {
        "Gender": ("Female", "Male"),
        "Citizenship": ("Japan", "Korea, Republic of"),
        "Civil status": ("Single", "Married"),
        "Category of talent": ("A (1)", "B (1)"),
    }
    days = "".join(f"<option>{day}</option>" for day in range(1, 32))
    months = "".join(f"<option>{name}</option>" for name in month_abbr[1:])
    years = "".join(f"<option>{year}</option>" for year in range(1940, 2010))
    row = "<tr><td>{}:</td><td>{}</td></tr>"
    rows = [row.format("Surname", "<input>"), row.format("E-mail of the applicant", "<input>")]
    rows += [
        row.format(name, f"<select><option></option>{''.join(f'<option>{one}</option>' for one in options)}</select>")
        for name, options in lists.items()
    ]
    rows.append(
        row.format(
            "Date of birth",
            "".join(
                f"<select><option>{head}</option>{of}</select>"
                for head, of in (("Day", days), ("Month", months), ("Year", years))
            ),
        )
    )
    rows.append(row.format("Annual salary (10,000 yuan)", "<input>"))
    portal, known = load_portal("shenzhen"), load_known(lee)
    judge = PageJudge(every_word(), portal.tables, known.look)
    page.set_content(f"<table>{''.join(rows)}</table>")
    form = FormPage(page)
    met = PageReader(judge, portal, known).part(form.look(all_names=True), form.buttons(), form.address, frozenset())
    steps = met.plan("page-1", met.ticked, (), judge).steps
    assert len(steps) == len(rows) + 2
    assert {step.field.key: says_the_same(step, step.value) for step in steps} == {
        step.field.key: True for step in steps
    }


@pytest.mark.parametrize(
    ("title", "employer", "otherwise"),
    [("", "", False), ("高级后端工程师", "", False), ("厨师长", "", True), ("", "另一家公司", False)],
)
def test_a_page_that_holds_anothers_answers_is_no_blank_form(
    page: Page, lee: Profile, title: str, employer: str, otherwise: bool
) -> None:
    """It may name nobody; what a portal knows of the employer it fills in by itself."""
    portal, known = load_portal("shenzhen"), load_known(lee)
    reader = PageReader(PageJudge(every_word(), portal.tables, known.look), portal, known)
    row = "<div><label for={0}>{0}</label><input id={0} value='{1}'></div>"
    page.set_content(row.format("拟任职务", title) + row.format("工作单位名称", employer))
    form = FormPage(page)
    met = reader.part(form.look(all_names=True), form.buttons(), form.address, frozenset())
    assert met.holds_otherwise is otherwise
