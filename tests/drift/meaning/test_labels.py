"""Promises of assistant/drift/meaning/labels.py: the page's dressing is forgiven, what tells two questions apart is not."""

import pytest

from assistant.drift.meaning.labels import readings


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("用人单位全称必填", "用人单位全称"),
        ("籍贯（地区）", "籍贯"),
        ("读者姓（照身份证）", "读者姓"),
        ("社会信用代码（18位）", "社会信用代码"),
        ("2、 借阅意向：", "借阅意向"),
        ("Family name (as in passport)", "familyname"),
    ],
)
def test_dressing_is_taken_off(label: str, word: str) -> None:
    assert (word,) in readings(label)


@pytest.mark.parametrize("label", ["姓名（配偶）", "电话（单位）", "有效期（起）", "Name (spouse)"])
def test_a_bracket_that_tells_questions_apart_stays(label: str) -> None:
    assert all("(" in part for reading in readings(label) if len(reading) == 1 for part in reading)
