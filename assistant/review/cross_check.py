"""A second, independent reading of what a page shows: does it say what the profile said?

The filler compares the page with its plan, so a plan that was wrong from the start (a slip in an option table, an alias that
means something else, a date off by a day) would be proven right. This reads the page's text back into the profile's own
words, with tables and rules of its own that share nothing with the option tables: countries by the Chinese names of the
iso-codes project, the small tables typed a second time from the standards they follow, dates by a reader of its own. What
it shares with the filler is how widths, blanks and amounts are forgiven.

Promises: it answers yes, no, or that it can't tell; it never says yes to what it can't read; a slip in the filler's reader of
dates does not slip past it. Pure.
"""

import gettext
import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from assistant.normalize import fold
from assistant.portal.sources import Constant, Levels, Present, Template
from assistant.run.plan import Step
from assistant.values import same

_YES, _NO = frozenset({"是", "有", "已有"}), frozenset({"否", "无", "没有"})
_NUMERALS = "一二三四五六七八九"
# How a profile says a day or a month.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")

# What each text says, by option table; typed from GB/T 2261, 4658, 4754, 6864, 12406 and the paper form, not copied.
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "sex": {"男": "male", "男性": "male", "女": "female", "女性": "female"},
    "marital_status": {
        "未婚": "single",
        "单身": "single",
        "已婚": "married",
        "离婚": "divorced",
        "离异": "divorced",
        "丧偶": "widowed",
    },
    "degree": {
        "博士": "doctor",
        "博士学位": "doctor",
        "硕士": "master",
        "硕士学位": "master",
        "学士": "bachelor",
        "学士学位": "bachelor",
        "无": "none",
        "无学位": "none",
    },
    "education_level": {
        "博士": "doctor",
        "博士研究生": "doctor",
        "硕士": "master",
        "硕士研究生": "master",
        "学士": "bachelor",
        "本科": "bachelor",
        "大学本科": "bachelor",
        "大专": "associate",
        "大学专科": "associate",
        "高中": "high_school",
        "普通高中": "high_school",
        "其他": "other",
    },
    "passport_kind": {
        "普通": "ordinary",
        "普通护照": "ordinary",
        "公务": "official",
        "公务护照": "official",
        "公务(官员)": "official",
        "外交": "diplomatic",
        "外交护照": "diplomatic",
        "其他": "other",
    },
    "currency": {
        "人民币": "CNY",
        "人民币元": "CNY",
        "美元": "USD",
        "欧元": "EUR",
        "日元": "JPY",
        "港元": "HKD",
        "港币": "HKD",
        "英镑": "GBP",
        "其他": "other",
    },
    "relation": {"配偶": "spouse", "子女": "child", "父母": "parent", "配偶父母": "spouse_parent", "其他": "other"},
    "residence_purpose": {
        "工作": "work",
        "工作类": "work",
        "学习": "study",
        "学习类": "study",
        "记者": "journalist",
        "记者类": "journalist",
        "团聚": "reunion",
        "团聚类": "reunion",
        "私人事务": "private",
        "私人事务类": "private",
    },
    "held_document": {
        "居留证件": "residence_permit",
        "居留许可": "residence_permit",
        "签证": "visa",
        "停留证件": "stay_permit",
        "免签": "visa_free",
    },
}

# A word that only one class of GB/T 4754 has in its name.
_INDUSTRIES: Mapping[str, str] = {
    "A": "农",
    "B": "采矿",
    "C": "制造",
    "D": "电力",
    "E": "建筑",
    "F": "批发",
    "G": "交通",
    "H": "住宿",
    "I": "信息传输",
    "J": "金融",
    "K": "房地产",
    "L": "租赁",
    "M": "科学研究",
    "N": "水利",
    "O": "居民服务",
    "P": "教育",
    "Q": "卫生",
    "R": "文化",
    "S": "公共管理",
    "T": "国际组织",
}


def says_the_same(step: Step, shown: str | bool | Sequence[str]) -> bool | None:
    """Whether a shown value says what the profile said; None where it can't be read a second time."""
    source = step.field.source
    if isinstance(source, Constant):
        return True
    if isinstance(source, Present):
        return _agrees(_yes_or_no(shown), bool(step.said)) if isinstance(shown, str) else None
    if isinstance(shown, bool):
        return shown == step.value
    texts = (shown,) if isinstance(shown, str) else tuple(shown)
    if step.field.options is not None:
        return _options_say(step.field.options, step.said, texts)
    if isinstance(source, Template | Levels):
        pattern = source.pattern if isinstance(source, Template) else ""
        return len(texts) == 1 and _is_joined_of(step.said, texts[0], pattern)
    return len(texts) == len(step.said) and all(map(_says, step.said, texts))


def readings(table: str, text: str) -> frozenset[str]:
    """The codes that a text names, by this module's own tables; several for a name that several share, none for unknown.

    >>> readings("country", "韩国"), readings("sex", "男"), readings("country", "某国")
    (frozenset({'KOR'}), frozenset({'male'}), frozenset())
    """
    plain = fold(text)
    if table in _RULES:
        code = _RULES[table](plain)
        return frozenset() if code is None else frozenset({code})
    if table == "country":
        return _countries().get(plain, frozenset())
    known = {fold(name): code for name, code in _TEXTS.get(table, {}).items()}
    return frozenset({known[plain]}) if plain in known else frozenset()


def _says(said: str, text: str) -> bool:
    if _ISO.fullmatch(said):
        return _calendar(said) == _calendar(text)
    return _lines(said) == _lines(text) or same(said, text)


def _calendar(text: str) -> tuple[int, ...] | None:
    """The numbers of a date or a month, year first as the forms write it; None for any other text.

    >>> _calendar("2031年5月9日"), _calendar("20310509"), _calendar("2031/05/09 00:00:00"), _calendar("2031.05")
    ((2031, 5, 9), (2031, 5, 9), (2031, 5, 9), (2031, 5))
    >>> _calendar("09/05/2031"), _calendar("2031-02-30"), _calendar("2031-05-09 08:00")
    (None, None, None)
    """
    day = re.sub(r"[ T]00:00(:00)?$", "", text.strip())
    if re.search(r"[^\d\s年月日./／．－-]", day):
        return None
    joined = re.fullmatch(r"\d{8}", day)
    year, *rest = (day[:4], day[4:6], day[6:]) if joined else re.findall(r"\d+", day) or [""]
    if len(year) != 4 or len(rest) not in (1, 2) or any(len(number) > 2 for number in rest):
        return None
    month, within = int(rest[0]), int(rest[-1]) if len(rest) == 2 else 1
    there = 1 <= month <= 12 and 1 <= within <= monthrange(int(year), month)[1]
    return (int(year), *map(int, rest)) if there else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _agrees(read: bool | None, said: bool) -> bool | None:
    return None if read is None else read == said


def _yes_or_no(text: str) -> bool | None:
    plain = fold(text)
    return True if plain in _YES else False if plain in _NO else None


def _options_say(table: str, said: Sequence[str], texts: Sequence[str]) -> bool | None:
    read = [readings(table, text) for text in texts]
    if any(not codes for codes in read):
        return None
    wanted = set(said)
    if any(not codes & wanted for codes in read) or len(texts) != len(wanted):
        return False
    return True if all(len(codes) == 1 for codes in read) else None


def _is_joined_of(said: Sequence[str], text: str, pattern: str) -> bool:
    """Whether a text is made of these words, each once and in order, with nothing between them but the pattern's own."""
    rest, at = "", 0
    for word in said:
        found = text.find(word, at)
        if found < 0:
            return False
        rest += text[at:found]
        at = found + len(word)
    own = re.sub(r"\{[^{}]*\}", "", pattern)
    return _letters(rest + text[at:]) == _letters(own)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _category(text: str) -> str | None:
    """`外国专业人才(B类)/(一)…` is B1."""
    found = re.match(r"[^()]*\(([ABC])类\)[/>]\(([一二三四五六])\)", text)
    return f"{found[1]}{_NUMERALS.index(found[2]) + 1}" if found else None


def _chinese_level(text: str) -> str | None:
    if text == "无":
        return "none"
    found = re.fullmatch(r"HSK([一二三四五六1-6])级(?:及以上)?", text)
    if not found:
        return None
    level = found[1]
    return f"hsk{level if level.isdigit() else _NUMERALS.index(level) + 1}"


def _industry(text: str) -> str | None:
    found = [letter for letter, word in _INDUSTRIES.items() if text.startswith(word)]
    return found[0] if len(found) == 1 else None


_RULES: Mapping[str, Callable[[str], str | None]] = {
    "category": _category,
    "chinese_level": _chinese_level,
    "industry": _industry,
}


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """Every Chinese name of a country in iso-codes, and the codes that bear it."""
    import pycountry

    chinese = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["zh_CN"])
    found: dict[str, set[str]] = {}
    for country in pycountry.countries:
        for form in ("name", "common_name", "official_name"):
            name = getattr(country, form, None)
            if name and (text := chinese.gettext(name)) != name:
                found.setdefault(fold(text), set()).add(country.alpha_3)
    return {name: frozenset(codes) for name, codes in found.items()}
