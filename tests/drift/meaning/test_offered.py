"""Promises of assistant/drift/meaning/offered.py: exactly one option, or none."""

import pytest

from assistant.drift.meaning.offered import option_for, real_options, yes_no_for


@pytest.mark.parametrize(
    ("accepted", "options", "found"),
    [
        (["男", "Male"], ["男 / Male", "女 / Female"], "男 / Male"),
        (["男", "Male"], ["Male 男", "Female 女"], "Male 男"),
        (["KOR", "韩国"], ["KOR 韩国", "PRK 朝鲜"], "KOR 韩国"),
        (["刚果（金）"], ["刚果（布）", "刚果（金）"], "刚果（金）"),
        (["刚果（金）"], ["刚果（布）", "刚果"], None),
        (["中国"], ["中国香港", "中国澳门"], None),
        (["制造业"], ["07 制造业", "制造业（其他）"], None),
    ],
)
def test_an_option_means_it_or_it_does_not(accepted: list[str], options: list[str], found: str | None) -> None:
    assert option_for(accepted, options) == found


def test_a_prompt_is_no_option() -> None:
    assert real_options(["请选择", "--省--", "Please select", "广东省"]) == ["广东省"]


def test_yes_and_no_in_the_pages_own_words() -> None:
    assert (yes_no_for(True, ["有", "无"]), yes_no_for(False, ["Yes", "No"]), yes_no_for(True, ["男", "女"])) == (
        "有",
        "No",
        None,
    )
