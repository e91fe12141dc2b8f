"""Promises of assistant/run/contact/lists/unknown.py: no table of rows is left without a word, and none is taken for granted."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from assistant.drift.meaning.judge import PageJudge
from assistant.drift.vocabulary import every_word
from assistant.page.form_page import Button, FormPage
from assistant.portal.contact.learned import Learned, LearnedPage
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile
from assistant.run.contact.offer import OfferReply
from assistant.run.contact.part import MetPage, PageReader
from assistant.run.plan import load_known

TABLE = "<h3>{}</h3><button type=button>{}</button><table><tr>{}</tr></table>"
COLUMNS = ("社团", "何时加入", "会员号")
STUDIES = ("起始年月", "结束年月", "学校名称", "专业", "学位")


def met(page: Page, lee: Profile, markup: str, lists: Mapping[str, str] | None = None) -> MetPage:
    portal, known = load_portal("shenzhen"), load_known(lee)
    learned = Learned(pages=(LearnedPage(title="三、经历", lists=dict(lists or {})),))
    reader = PageReader(PageJudge(every_word(), portal.tables, known.look), portal, known, learned)
    page.set_content(f"<body>{markup}</body>")
    form = FormPage(page)
    return reader.part(form.look(all_names=True), form.buttons(), form.address, frozenset())


def table(title: str, columns: tuple[str, ...], add: str = "添加") -> str:
    return TABLE.format(title, add, "".join(f"<th>{one}</th>" for one in columns))


def test_a_table_that_no_word_fits_is_listed_by_its_title_with_its_columns(page: Page, lee: Profile) -> None:
    part = met(page, lee, table("社会活动", COLUMNS))
    (entry,) = part.entries()
    assert (entry.label, entry.state, entry.sort, entry.ticked) == ("社会活动", "unknown", "rows", False)
    assert all(column in entry.why.zh and column in entry.why.en for column in COLUMNS)
    assert part.unread and part.worth_listing and not part.fresh


def test_it_is_the_list_that_the_person_says_and_named_in_the_report_where_they_say_nothing(
    page: Page, lee: Profile
) -> None:
    part = met(page, lee, table("社会活动", COLUMNS))
    said = OfferReply("fill", named={part.entries()[0].id: "list:work_history"})
    assert [one.each for one in part.chosen_lists(said)] == ["work_history"]
    judge = PageJudge(every_word(), {}, load_known(lee).look)
    (left,) = part.plan("page-1", {}, (), judge).skipped
    assert (left.label, left.status, left.reason, left.control) == ("社会活动", "by-hand", "not-known", "table")
    assert not part.plan("page-1", {}, part.chosen_lists(said), judge).skipped
    offered = {one.key: one.sort for one in part.data(judge)}
    assert offered["list:work_history"] == "rows" and offered["documents.contract"] == "paper"


def test_a_table_of_unknown_title_with_a_lists_columns_is_proposed_and_not_ticked(page: Page, lee: Profile) -> None:
    part = met(page, lee, table("成长足迹", STUDIES))
    (entry,) = part.entries()
    assert (entry.state, entry.ticked) == ("likely", False) and "2" in entry.value
    ticked = OfferReply("fill", frozenset({entry.id}))
    assert [one.each for one in part.chosen_lists(ticked)] == ["education"]
    assert part.chosen_lists(OfferReply("fill")) == ()


def test_what_was_said_of_a_table_holds_for_the_next_applicant(page: Page, lee: Profile) -> None:
    part = met(page, lee, table("社会活动", COLUMNS), {"社会活动": "work_history"})
    assert [one.each for one in part.open_lists] == ["work_history"] and not part.open_strange


@pytest.mark.parametrize("markup", [table("附件", (), "添加附件"), "<button type=button>新建申请</button>", ""])
def test_what_adds_no_row_is_no_table(page: Page, lee: Profile, markup: str) -> None:
    assert not met(page, lee, markup).strange


def test_two_buttons_for_one_list_are_both_named_and_neither_is_pressed(page: Page, lee: Profile) -> None:
    part = met(page, lee, table("工作经历", STUDIES[:2]) + table("其他工作经历", COLUMNS))
    assert not part.lists and [one.title for one in part.strange] == ["工作经历", "其他工作经历"]


def test_a_place_for_a_document_of_unknown_name_is_listed_bindable_and_reported(page: Page, lee: Profile) -> None:
    row = "<tr><td>{}</td><td><button type=button>选择文件</button><input type=file style='display:none'></td></tr>"
    part = met(page, lee, f"<table>{row.format('聘用合同')}{row.format('海员手册')}</table>")
    entry = next(one for one in part.entries() if one.label == "海员手册")
    assert (entry.state, entry.sort) == ("unknown", "paper")
    judge = PageJudge(every_word(), {}, load_known(lee).look)
    said = OfferReply("fill", named={entry.id: "documents.visa_form"})
    (chosen,) = part.chosen(said, judge).values()
    assert (chosen.key, chosen.control.label) == ("documents.visa_form", "海员手册")
    assert [one.label for one in part.plan("page-1", part.ticked, (), judge).skipped] == ["海员手册"]


def test_a_part_of_the_form_whose_questions_are_all_unknown_is_no_page_without_questions(
    page: Page, lee: Profile
) -> None:
    asked = "<div><label for={0}>{0}</label><input id={0}></div>"
    part = met(page, lee, "<h3>爱好</h3>" + asked.format("喜欢的球队") + asked.format("乐器"))
    assert part.unread and not part.fresh
    entrance = asked.format("用户代号") + asked.format("机构") + "<input type=password>"
    assert not met(page, lee, entrance).unread


def test_an_add_button_under_a_heading_of_nothing_known_is_called_by_the_words_before_it(
    page: Page, lee: Profile
) -> None:
    part = met(page, lee, "<div>获奖情况 <a href='#'>加行</a></div>")
    assert [one.title for one in part.strange] == ["获奖情况"]
    assert part.strange[0].button == Button(0, part.strange[0].button.id, "加行", (), "获奖情况")
