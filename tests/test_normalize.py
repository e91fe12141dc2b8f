"""Two labels are the same to a reader, or they are not: never "nearly". Marks nobody sees and digits of other scripts."""

import doctest
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from assistant import normalize
from assistant.drift.vocabulary import vocabulary
from assistant.normalize import (
    ascii_digits,
    fold,
    fold_words,
    half_width,
    has_typing_noise,
    is_invisible,
    plain,
    plain_value,
    same_label,
    tidy,
    visible,
)
from assistant.portal.loading import load_portal
from scripts import traditional

NAMES = [
    "姓名",
    "姓名拼音",
    "护照号码",
    "护照签发日期",
    "出生日期",
    "国籍",
    "国籍/地区",
    "职业",
    "职务",
    "岗位",
    "电话",
    "联系电话",
    "单位名称",
    "单位地址",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("* 护照号码：", "护照号码"),
        ("＊护照号码:", "护照号码"),
        ("護照號碼", "护照号码"),
        ("姓 名", "姓名"),
        ("姓\u3000名：", "姓名"),
        ("备注（选填）", "备注"),
        ("联系电话（请填写手机号）", "联系电话"),
        ("E-Mail", "e-mail"),
        ("ＱＱ号", "QQ号"),
        ("* 姓名（必填，请与护照一致）：", "姓名"),
        ("工作内容（最多200字）", "工作内容"),
        ("出生日期（格式：YYYY-MM-DD）", "出生日期"),
        ("护照资料页（PDF格式）", "护照资料页"),
        ("邮箱（例如：a@example.com）", "邮箱"),
        ("单位名称（请填写单位全称）", "单位名称"),
        ("Remarks (optional)", "remarks"),
        ("備註（請填寫）", "备注"),
        ("工作許可證編號", "工作许可证编号"),
        ("婚姻狀況", "婚姻状况"),
        ("經辦人姓名", "经办人姓名"),
        ("漢語水平", "汉语水平"),
        ("工作崗位（職業）", "工作岗位（职业）"),
        ("隨行家屬", "随行家属"),
        ("緊急情況聯繫人", "紧急情况联系人"),
        ("緊急情況聯絡人", "紧急情况联络人"),
        ("教育背景記錄", "教育背景记录"),
    ],
)
def test_marks_spaces_width_script_and_hints_do_not_count(one: str, other: str) -> None:
    assert same_label(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("姓名", "姓名拼音"),
        ("中国", "中国香港"),
        ("合同期限(开始)", "合同期限(结束)"),
        ("单位（职业）", "单位"),
        ("姓名（申请人）", "姓名（邀请人）"),
        ("姓名（邀请人）", "姓名"),
        ("姓名（请填写邀请人姓名）", "姓名"),
        ("联系电话（如有配偶）", "联系电话"),
        ("学历（最高）", "学历（最多）"),
        ("停留时间（不超过90日）", "停留时间"),
        ("证件（文件格式）", "证件"),
        ("证明（请假条）", "证明"),
        ("Name (requester)", "Name (required)"),
        ("姓名（选填，邀请人）", "姓名（选填，申请人）"),
        ("", ""),
        ("*", "："),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert not same_label(one, other)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_no_two_of_the_portals_names_are_ever_equated(one: str, other: str) -> None:
    assert same_label(f"* {one}：", other) == (one == other)


ROLES = [
    "申请人",
    "邀请人",
    "受邀申请人",
    "被邀请人",
    "担保人",
    "配偶",
    "父亲",
    "最多的一方",
    "选填人",
    "格式审查员",
    "申请单位",
    "邀请单位",
    "applicant",
    "inviter",
]
HINTS = ["", "（必填）", "（选填，请与护照一致）", "（最多50字）", " (optional)", "【请如实填写】"]


@given(st.sampled_from(NAMES), st.sampled_from(ROLES), st.sampled_from(["", *ROLES]), st.sampled_from(HINTS))
def test_a_bracket_that_says_whose_it_is_always_counts(name: str, whose: str, others: str, hint: str) -> None:
    one, other = f"{name}（{whose}）{hint}", f"{name}（{others}）{hint}" if others else name + hint
    assert same_label(one, other) == (whose == others)
    assert same_label(one, f"{name}（{whose}）")
    # 单位名称（请填写申请单位的） says nothing new.
    if whose not in ("选填人", "格式审查员", "最多的一方") and not ("单位" in whose and "单位" in name):
        assert not same_label(f"{name}（请填写{whose}的）", name)


def test_every_label_that_is_looked_for_is_known_in_traditional_script_too() -> None:
    """A portal in traditional script is the same portal: no character of a label may be missing from the table."""
    assert traditional.PLACE.read_text(encoding="utf-8") == traditional.module(), "run: python -m scripts.traditional"
    converter = OpenCC("s2t")
    words = [word for entry in vocabulary().values() for word in (*entry.zh, *entry.bare)]
    for name in ("shenzhen", "national"):
        for section in load_portal(name).sections:
            words += [label for field in section.fields for label in field.labels]
            words += [label for table in section.tables for field in table.fields for label in field.labels]
    assert len(words) > 300
    assert [word for word in words if not same_label(converter.convert(word), word)] == []


@given(
    st.text(st.characters(categories=("Lo", "Ll", "Nd")), min_size=1, max_size=12),
    st.text(st.characters(categories=("Lo", "Ll", "Nd")), min_size=1, max_size=4),
)
def test_a_longer_name_is_another_name(name: str, more: str) -> None:
    assert not same_label(name, name + more) or plain(more) == ""


@given(st.text(max_size=20), st.text(max_size=20))
def test_sameness_has_no_direction(one: str, other: str) -> None:
    assert same_label(one, other) == same_label(other, one)


# ---- marks that nobody sees


def test_the_examples_hold() -> None:
    result = doctest.testmod(normalize)
    assert result.attempted > 10
    assert result.failed == 0


MARKS = {
    "zero width space": "\u200b",
    "left-to-right mark": "\u200e",
    "embedding": "\u202a",
    "override": "\u202d",
    "isolate": "\u2066",
    "isolate's end": "\u2069",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "invisible times": "\u2062",
    "Arabic letter mark": "\u061c",
    "variation selector": "\ufe0f",
    "ideographic variation": "\U000e0100",
    "tag": "\U000e0041",
    "joiner": "\u200d",
    "non-joiner": "\u200c",
    "Hangul filler": "\u3164",
    "grapheme joiner": "\u034f",
    "bell": "\x07",
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_a_mark_that_nobody_sees_changes_nothing_and_is_noticed(mark: str) -> None:
    for text in ("13800000011", "M98765432", "KIM SEOYEON", "样例路号"):
        dirty = f"{mark}{text[:3]}{mark}{text[3:]}{mark}"
        for folding in (visible, half_width, tidy, fold, fold_words, plain, plain_value):
            assert folding(dirty) == folding(text), folding
        assert has_typing_noise(dirty)
        assert not has_typing_noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian
        "ක්\u200dෂ",  # Sinhala
        "क्\u200dष",  # Devanagari
        "\u182d\u180b",  # Mongolian
    ],
)
def test_a_joiner_that_a_script_needs_stays_in_what_is_written_out(text: str) -> None:
    assert tidy(f"\u202b{text}\u202c") == text
    assert not has_typing_noise(text)


@pytest.mark.parametrize("text", ["LEE\u200dMIN", "李\u200c敏", "\u200cمی", "5\u200d5"])
def test_a_joiner_that_joins_nothing_goes(text: str) -> None:
    assert tidy(text) == text.replace("\u200c", "").replace("\u200d", "")
    assert has_typing_noise(text)


def test_no_format_character_of_unicode_is_forgotten() -> None:
    """The list is Unicode's own, so that a mark of the next version is known without an edit."""
    drawn = [
        sign
        for sign in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(sign) == "Cf" and not is_invisible(sign)
    ]
    assert len(drawn) == 13
    assert all("ARABIC" in name or "SYRIAC" in name or "KAITHI" in name for name in map(unicodedata.name, drawn))


# ---- digits of other scripts


@pytest.mark.parametrize("zero", "٠۰०০੦௦๐០༠၀᠐０𝟎𞥐")
def test_digits_of_every_script_become_ours_and_are_noticed(zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in "13800000012")
    assert ascii_digits(written) == half_width(written) == "13800000012"
    assert has_typing_noise(written)


def test_signs_that_are_no_digits_of_a_number_are_left_for_the_check_to_refuse() -> None:
    assert half_width("²①十") == "²①十"
