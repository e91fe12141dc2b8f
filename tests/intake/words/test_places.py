"""A place is divided by the words that name its levels; what names none stays whole."""

import pytest

from assistant.intake.words.places import NamedPlace, place_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("广东省深圳市南山区样例路 8 号", NamedPlace("广东省", "深圳市", "南山区", "样例路 8 号")),
        ("上海市上海市浦东新区样例路1号", NamedPlace("上海市", "上海市", "浦东新区", "样例路1号")),
        ("北京市市辖区海淀区", NamedPlace("北京市", "北京市", "海淀区", "")),
        ("新疆维吾尔自治区 / 乌鲁木齐市 / 天山区", NamedPlace("新疆维吾尔自治区", "乌鲁木齐市", "天山区", "")),
        ("吉林省延边朝鲜族自治州延吉市样例街", NamedPlace("吉林省", "延边朝鲜族自治州", "延吉市", "样例街")),
        ("深圳市", NamedPlace("", "深圳市", "", "")),
        ("小区花园 3 栋", NamedPlace("", "", "", "小区花园 3 栋")),
        ("Room 1201, 8 Sample Road", NamedPlace("", "", "", "Room 1201, 8 Sample Road")),
    ],
)
def test_the_levels_of_a_place(text: str, place: NamedPlace) -> None:
    assert place_of(text) == place
