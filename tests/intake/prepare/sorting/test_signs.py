"""A headline is a title and nothing else; page marks and clauses say which page follows which."""

import pytest

from assistant.intake.pages.lines import Line
from assistant.intake.prepare.sorting.signs import (
    PageMark,
    clauses_on,
    headlines,
    holds_words,
    is_title,
    mark_on,
    passport_numbers,
)


def line(text: str, top: float, *, left: float = 0.1, height: float = 0.012, width: float | None = None) -> Line:
    return Line(text, left, top, left + (width or 0.012 * len(text)), top + height)


def centred(text: str, top: float, height: float = 0.025) -> Line:
    wide = 0.02 * len(text)
    return Line(text, 0.5 - wide / 2, top, 0.5 + wide / 2, top + height)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("劳动合同书", "劳动合同"),
        ("样例科技有限公司收入证明", "收入证明"),
        ("劳动合同（复印件）", "劳动合同"),
        ("外国人来华工作许可延期申请表", "外国人来华工作许可延期申请表"),
        ("外国人来华工作许可延期申请丧", "外国人来华工作许可延期申请表"),
        ("EMPLOYMENT  CONTRACT", "Employment Contract"),
        ("外国人签证证件申请表 VISA, STAY/RESIDENCE PERMIT APPLICATION FORM", "外国人签证证件申请表"),
        ("样例银行深圳分行 账户明细", "账户明细"),
    ],
)
def test_an_issuer_a_note_and_one_misread_sign_leave_a_title_one(text: str, title: str) -> None:
    assert is_title(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("解除劳动合同证明", "劳动合同"),
        ("劳动合同补充协议", "劳动合同"),
        ("外国人来华工作许可变更申请表", "外国人来华工作许可延期申请表"),
        ("根据劳动合同第三条", "劳动合同"),
        ("薪资承诺书", "薪资证明"),
        ("聘用合同 Amendment Agreement", "聘用合同"),
        ("聘用合同 终止 Termination of the Contract", "聘用合同"),
        ("1. 劳动合同 Employment Contract", "劳动合同"),
    ],
)
def test_another_paper_that_shares_words_has_another_title(text: str, title: str) -> None:
    assert not is_title(text, title)


def test_a_title_within_a_list_of_papers_is_no_headline() -> None:
    listed = [
        centred("申请材料清单", 0.06),
        *(line(f"{n}. {name}", 0.1 + n * 0.03) for n, name in enumerate(("劳动合同", "护照", "薪资证明"), 1)),
    ]
    more = [line("以上材料均为彩色扫描件，请按顺序放好。", 0.3 + n * 0.03) for n in range(8)]
    assert headlines([*listed, *more])[0] == "申请材料清单"
    assert "劳动合同" not in [text.partition(". ")[2] for text in headlines([*listed, *more])[1:2]]


def test_a_title_over_two_rows_is_one_headline() -> None:
    body = [line("姓名 性别 国籍", 0.3 + n * 0.03) for n in range(6)]
    assert "外国人来华工作许可延期申请表" in headlines(
        [centred("外国人来华工作许可", 0.06), centred("延期申请表", 0.095), *body]
    )


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("第 2 页，共 3 页", PageMark(2, 3)),
        ("共5页 第4页", PageMark(4, 5)),
        ("Page 1 of 2", PageMark(1, 2)),
        ("3 / 7", PageMark(3, 7)),
        ("- 2 -", PageMark(2)),
    ],
)
def test_a_page_mark_at_the_edge_is_read_in_every_form(text: str, mark: PageMark) -> None:
    assert mark_on([centred(text, 0.96, 0.01)]) == mark
    assert mark_on([centred(text, 0.5, 0.01)]) is None


def test_clauses_are_the_first_and_the_last_that_begin_on_the_page() -> None:
    lines = [line("第六条 工作内容", 0.1), line("按第十二条执行", 0.2), line("第十条 生效", 0.5)]
    assert clauses_on(lines) == (6, 10)
    assert clauses_on([line("Article 3 Wages", 0.1), line("Article 4 Leave", 0.3)]) == (3, 4)
    assert clauses_on([line("没有条款", 0.1)]) is None


def test_a_passport_number_counts_behind_its_label_only() -> None:
    assert list(passport_numbers(["护照号码：M98765432", "订单号 X12345678"])) == ["M98765432"]
    assert list(passport_numbers(["Passport No.", "M 9", "A01234567"])) == ["A01234567"]


def test_a_longer_name_is_another_name() -> None:
    assert holds_words("兹证明 MINJUN LEE 系我单位员工", ["LEE", "MINJUN"])
    assert holds_words("LEEMINJUN", ["LEE", "MINJUN"])
    assert not holds_words("LEE MINJUNG", ["LEE", "MINJUN"])
