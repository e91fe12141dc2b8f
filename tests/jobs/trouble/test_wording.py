"""Texts lose what belongs to a person, however it is spelt, and keep what helps."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.jobs.trouble import wording
from assistant.jobs.trouble.wording import BLANK, LONGEST, Discreet, without_home

VALUES = ("LEE MINJUN", "李敏俊", "M98765432", "深圳市样例云帆科技有限公司", "minjun.lee@example.com")


@pytest.mark.parametrize(
    "spelt",
    [
        "LEE MINJUN",
        "lee minjun",
        "MinJun",
        "ＬＥＥ",
        "李 敏 俊",
        "m98765432",
        "M 9876 5432",
        "a.b+c@example.org",
        "13800000011",
        "1988-03-14",
    ],
)
def test_a_value_is_blanked_in_every_spelling(spelt: str) -> None:
    said = Discreet(VALUES).say(f"申请人 {spelt} 的护照")
    assert BLANK in said and spelt not in said
    assert said.startswith("申请人") and said.endswith("的护照")


@pytest.mark.parametrize(
    "label", ["护照号码", "Sleeve length", "有效期至（年/月/日）", "第 12 项", "2寸照片", "1. 姓 / Surname"]
)
def test_what_is_nobodys_stays(label: str) -> None:
    assert Discreet(VALUES).say(label) == label


def test_a_long_text_is_cut() -> None:
    assert len(Discreet().say("说" * 500)) == LONGEST + 1


@given(st.sampled_from(VALUES), st.text(max_size=20), st.text(max_size=20))
def test_no_value_stands_in_any_text(value: str, before: str, after: str) -> None:
    """Apart from letters run together with others, where it is another word."""
    assert value not in Discreet(VALUES).say(f"{before}·{value}·{after}")


def test_a_path_loses_the_users_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording.Path, "home", lambda: Path("/home/zhangsan"))
    assert without_home("/home/zhangsan/x, D:/zhangsan/y") == f"~/x, D:/{BLANK}/y"
