"""Two labels are the same to a reader, or they are not: never "nearly"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.labels import plain, same_label

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
        ("", ""),
        ("*", "："),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert not same_label(one, other)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_no_two_of_the_portals_names_are_ever_equated(one: str, other: str) -> None:
    assert same_label(f"* {one}：", other) == (one == other)


@given(
    st.text(st.characters(categories=("Lo", "Ll", "Nd")), min_size=1, max_size=12),
    st.text(st.characters(categories=("Lo", "Ll", "Nd")), min_size=1, max_size=4),
)
def test_a_longer_name_is_another_name(name: str, more: str) -> None:
    assert not same_label(name, name + more) or plain(more) == ""


@given(st.text(max_size=20), st.text(max_size=20))
def test_sameness_has_no_direction(one: str, other: str) -> None:
    assert same_label(one, other) == same_label(other, one)
