"""Places in China as people write them: province, city, district, and what is left of an address.

Promises: only what names its own level (省, 市, 区 …) is taken for it; a municipality is its own province.
"""

import re
from dataclasses import dataclass, field

_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_TWICE = re.compile(rf"^({'|'.join(_MUNICIPALITIES)})(?:\1|市辖区)")
_PLACE = re.compile(
    r"^(?:中国|中华人民共和国)?"
    r"(?P<province>[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?P<city>[\u4e00-\u9fff]{1,9}?(?:市|自治州|地区|盟))?"
    r"(?P<district>[\u4e00-\u9fff]{1,9}?(?:新区|区|县|旗|市))?"
    r"(?P<detail>.*)$",
    re.DOTALL,
)


@dataclass(frozen=True)
class NamedPlace:
    """The levels of a place, "" where one is not named."""

    province: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    district: str = field(default="", repr=False)
    detail: str = field(default="", repr=False)


def place_of(text: str) -> NamedPlace:
    """The place that a text names, its levels run together or parted by slashes.

    >>> place = place_of("广东省 / 深圳市 / 南山区")
    >>> place.province, place.city, place.district, place.detail
    ('广东省', '深圳市', '南山区', '')
    >>> place = place_of("北京市朝阳区样例路 8 号")
    >>> place.province, place.city, place.district, place.detail
    ('北京市', '北京市', '朝阳区', '样例路 8 号')
    """
    plain = re.sub(r"\s*[/／>＞]\s*", "", text.strip())
    plain = _TWICE.sub(r"\1", plain)
    found = _PLACE.match(plain)
    assert found is not None, "every part may be missing"
    province, city, district, detail = (found[name] or "" for name in ("province", "city", "district", "detail"))
    if not city:
        # 区 of no city may be a part of any word.
        return NamedPlace(province, "", "", f"{district}{detail}".strip())
    return NamedPlace(province or (city if city in _MUNICIPALITIES else ""), city, district, detail.strip())
