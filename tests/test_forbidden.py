"""Promises of assistant/forbidden.py."""

import doctest
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import forbidden
from assistant.forbidden import (
    PATHS,
    WORDS,
    forbidden_path,
    forbidden_word_in,
    is_forbidden,
    path_matches,
    patterns_overlap,
)


def test_the_examples_hold() -> None:
    result = doctest.testmod(forbidden)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    "text",
    [
        "提交",
        "提 交",
        "提\u00a0交",
        "提\u200b交",
        "　提交　",
        "ＳＵＢＭＩＴ",
        "Submit",
        "預約",
        "繳費",
        "支付",
        "报送",
        "確認申報",
    ],
)
def test_a_word_is_forbidden_however_the_page_writes_it(text: str) -> None:
    assert is_forbidden(text)


@pytest.mark.parametrize(
    "text",
    ["提交日期", "暂存", "下一步", "确定", "保存", "立即办理业务", "跳过指引,直接办理", "添加工作经历", "编辑", ""],
)
def test_other_buttons_and_labels_are_not(text: str) -> None:
    assert not is_forbidden(text)


@pytest.mark.parametrize(
    "text",
    ["保存并提交", "提交申请", "去支付", "查询与预约", "Save and Submit", "saveAndSubmit", "Pay now", "我要预约"],
)
def test_something_to_press_may_not_even_contain_one(text: str) -> None:
    assert forbidden_word_in(text) is not None


@pytest.mark.parametrize("text", ["Company", "Display", "Notebook", "Payload", "保存并进入下一步"])
def test_a_latin_word_counts_only_as_a_whole(text: str) -> None:
    assert forbidden_word_in(text) is None


def test_a_portals_own_words_count_too() -> None:
    assert forbidden_word_in("送出申请", ["送出"]) == "送出"
    assert is_forbidden("送 出", ["送出"])
    assert not is_forbidden("送 出")


@settings(deadline=None)
@given(st.sampled_from(WORDS), st.text(alphabet=" \u3000\u200b\u00a0\t", max_size=3))
def test_spaces_between_the_characters_hide_no_word(word: str, gap: str) -> None:
    assert is_forbidden(gap.join(word) if not word.isascii() else gap + word.upper() + gap)


@pytest.mark.parametrize(
    "path",
    [
        "/api/applications/17/submit",
        "/x/applySubmit.do",
        "/user/doPay.do",
        "/crj/crjmsjw/wsyy/ajax/a.html",
        "/a/yuyue",
        "/a.do?method=submit",
    ],
)
def test_an_address_that_submits_books_or_pays_is_recognised(path: str) -> None:
    assert forbidden_path(path) is not None


@pytest.mark.parametrize(
    "path", ["/api/applications/17/sections/personal", "/img/display.png", "/company/save.do", "/notebook"]
)
def test_an_innocent_address_is_not(path: str) -> None:
    assert forbidden_path(path) is None


@pytest.mark.parametrize(
    "path", ["/api/applications/17/submit", "/submit", "/x/submit.do", "/x/dosubmit.action", "/a/wsyy/b", "/x/pay"]
)
def test_the_patterns_for_every_portal_catch_a_submission(path: str) -> None:
    assert any(path_matches(pattern, path) for pattern in PATHS)


@pytest.mark.parametrize(
    "path", ["/api/applications/1/sections/business", "/static/display.js", "/static/payslip.js", "/"]
)
def test_the_patterns_for_every_portal_leave_the_rest(path: str) -> None:
    assert not any(path_matches(pattern, path) for pattern in PATHS)


def test_a_star_never_crosses_a_slash() -> None:
    assert path_matches("/a/*", "/a/b")
    assert not path_matches("/a/*", "/a/b/submit")
    assert not path_matches("/a/*", "/a/b\n/c")


def _words(letters: str, longest: int) -> list[str]:
    return ["".join(word) for size in range(longest + 1) for word in itertools.product(letters, repeat=size)]


def test_patterns_overlap_exactly_when_some_path_fits_both() -> None:
    """Every pair of short patterns, compared with all short paths that fit them."""
    paths = _words("/ab", 4)
    fitting = {pattern: {path for path in paths if path_matches(pattern, path)} for pattern in _words("/a*", 3)}
    for one, other in itertools.product(fitting, repeat=2):
        assert patterns_overlap(one, other) == bool(fitting[one] & fitting[other]), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/*", "/a/*/submit"),
        ("/a/*/save", "/a/*/submit"),
        ("/a*b", "/a*c"),
        ("/a/b", "/a"),
        ("/x?do=save*", "/x?do=submit"),
    ],
)
def test_patterns_that_share_no_path_do_not_overlap(one: str, other: str) -> None:
    assert not patterns_overlap(one, other)
    assert not patterns_overlap(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("/a/*", "/a/submit"), ("/a/*/c", "/a/b/*"), ("/A", "/a"), ("/a/**", "/a/b/c"), ("/x?do=s*", "/x")],
)
def test_patterns_that_share_a_path_overlap(one: str, other: str) -> None:
    assert patterns_overlap(one, other)
    assert patterns_overlap(other, one)
