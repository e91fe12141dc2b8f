"""When two spellings are the same value, and when they must never be; what a mask leaves."""

import doctest
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import values
from assistant.values import mask, same

SAME = [
    ("2031-05-09", "2031/5/9"),
    ("2031-05-09", "2031年5月9日"),
    ("2031-05-09", "2031年05月09日"),
    ("2031-05-09", "2031.05.09"),
    ("2031-05-09", "20310509"),
    ("2031-05-09", "2031-05-09 00:00:00"),
    ("2019-09", "2019年9月"),
    ("2019-09", "2019/09"),
    ("300000", "300,000.00"),
    ("1200000", "1,200,000"),
    ("0.5", "0.50"),
    ("广东省 / 深圳市 / 南山区", "广东省/深圳市/南山区"),
    ("广东省 / 深圳市 / 南山区", "广东省 > 深圳市 > 南山区"),
    ("刚果（金）", "刚果(金)"),
    ("ＬＥＥ", "LEE"),
    (" LEE  MINJUN ", "LEE MINJUN"),
    ("第一行\n第二行", "第一行\r\n第二行"),
    ("José", "Jose\u0301"),
    ("软件\u200b工程师", "软件工程师"),
]
DIFFERENT = [
    ("中国", "中国香港"),
    ("刚果（金）", "刚果（布）"),
    ("刚果（金）", "刚果"),
    ("韩国", "朝鲜"),
    ("0123456", "123456"),
    ("00123", "123"),
    ("+8613800138000", "8613800138000"),
    ("2031-05-09", "2031-09-05"),
    ("2031-05-09", "2031-05-08"),
    ("2031-05-09", "2031-05"),
    ("2031-05-09", "2031-05-09 08:00:00"),
    ("1990-02-31", "1990-03-03"),
    ("1990-02-31", "1990/2/31"),
    ("2019-09", "2019-10"),
    ("300000", "30000"),
    ("300000", "300001"),
    ("300000", "30,0000"),
    ("1.5", "15"),
    ("-5", "5"),
    ("m²", "m2"),
    ("①", "1"),
    ("½", "1/2"),
    ("广东省 / 深圳市", "广东省 / 深圳市 / 南山区"),
    ("广东省 / 深圳市", "广东省 深圳市"),
    ("3/4", "3>4"),
    ("男", "女"),
    ("LEE", "Lee"),
    ("LEE", ""),
    ("学士", "学士及以上"),
    ("工作", "工作 "[:1]),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_value_shown_otherwise_is_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_value_is_never_the_same(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@settings(deadline=None)
@given(st.text(), st.text())
def test_it_does_not_matter_which_side_is_which(one: str, other: str) -> None:
    assert same(one, one)
    assert same(one, other) == same(other, one)


@settings(deadline=None)
@given(st.text("0123456789", min_size=1), st.text("0123456789", min_size=1))
def test_two_plain_digit_strings_are_the_same_only_when_equal(one: str, other: str) -> None:
    assert same(one, other) == (one == other)


@settings(deadline=None)
@given(
    st.dates(), st.dates(), st.sampled_from(["{0:%Y}/{0.month}/{0.day}", "{0:%Y}年{0.month}月{0.day}日", "{0:%Y%m%d}"])
)
def test_dates_are_the_same_exactly_when_the_day_is(one: date, other: date, form: str) -> None:
    shown = form.format(other)
    if other.year >= 1000:
        assert same(one.isoformat(), shown) == (one == other)


@settings(deadline=None)
@given(st.text("中国香港澳门刚果金布（）() ", max_size=8), st.text("中国香港澳门刚果金布（）() ", max_size=8))
def test_longer_and_shorter_option_texts_are_never_confused(one: str, other: str) -> None:
    def bare(text: str) -> str:
        return " ".join(text.replace("（", "(").replace("）", ")").split())

    assert same(one, other) == (bare(one) == bare(other))


@settings(deadline=None)
@given(st.text(min_size=1))
def test_a_mask_never_holds_a_piece_of_the_value(value: str) -> None:
    masked = mask(value)
    assert len(masked) <= 10
    pieces = {value[start : start + 2] for start in range(len(value) - 1)}
    assert not any(piece in masked for piece in pieces if not set(piece) & set("*-"))


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("M98765432", "M***2"),
        ("13800138000", "1***0"),
        ("LEE", "***"),
        ("王小明", "***"),
        ("男", "***"),
        ("1990-02-28", "****-**-**"),
        ("1990年2月28日", "****-**-**"),
        ("2019-09", "****-**"),
        ("1,200,000.00", "***"),
        ("300000", "***"),
        ("   ", ""),
        ("", ""),
    ],
)
def test_masks(value: str, masked: str) -> None:
    assert mask(value) == masked


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(values).failed == 0
    assert doctest.testmod(values).attempted > 0
