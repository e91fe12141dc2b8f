"""A second, independent reading of what a page shows: does it say what the profile said?

The filler compares the page with its plan, so a plan that was wrong from the start (a slip in an option table, an alias that
means something else, a date off by a day) would be proven right. This reads the page's text back into the profile's own
words, with tables and rules of its own that share nothing with the option tables: countries by the Chinese
and English names of the iso-codes project, the small tables typed a second time from the standards they follow, dates by a
reader of its own. An option in two languages, or with a code or a bracket, is read by each of its parts. What it shares with the filler is how widths, blanks and amounts are forgiven.

Promises: it answers yes, no, or that it can't tell; it never says yes to what it can't read; a slip in the filler's reader of
dates does not slip past it. Pure.
"""

import gettext
import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache

from assistant.normalize import fold
from assistant.portal.contact.shapes import Shaped
from assistant.portal.sources import Constant, Levels, Present, Template
from assistant.run.plan import Step
from assistant.values import same

_YES, _NO = frozenset({"是", "有", "已有", "yes", "y"}), frozenset({"否", "无", "没有", "no", "n", "none"})
_NUMERALS = "一二三四五六七八九"
# How a profile says a day or a month.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")

# What each text says, by option table; typed from GB/T 2261, 4658, 4754, 6864, 12406 and the paper form, not copied.
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "sex": {"男": "male", "男性": "male", "女": "female", "女性": "female", "male": "male", "female": "female"},
    "marital_status": {
        "未婚": "single",
        "单身": "single",
        "已婚": "married",
        "离婚": "divorced",
        "离异": "divorced",
        "丧偶": "widowed",
        "single": "single",
        "never married": "single",
        "unmarried": "single",
        "married": "married",
        "divorced": "divorced",
        "widowed": "widowed",
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
        "doctor": "doctor",
        "master": "master",
        "bachelor": "bachelor",
        "none": "none",
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
        "doctor": "doctor",
        "doctorate": "doctor",
        "phd": "doctor",
        "master": "master",
        "master's degree": "master",
        "bachelor": "bachelor",
        "bachelor's degree": "bachelor",
        "high school": "high_school",
        "secondary school": "high_school",
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
        "ordinary": "ordinary",
        "service": "official",
        "official": "official",
        "diplomatic": "diplomatic",
        "other": "other",
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
        "renminbi": "CNY",
        "rmb": "CNY",
        "cny": "CNY",
        "us dollar": "USD",
        "usd": "USD",
        "euro": "EUR",
        "eur": "EUR",
    },
    "relation": {
        "配偶": "spouse",
        "子女": "child",
        "父母": "parent",
        "配偶父母": "spouse_parent",
        "其他": "other",
        "夫妻": "spouse",
        "spouse": "spouse",
        "child": "child",
        "parent": "parent",
    },
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
        "work": "work",
        "study": "study",
        "journalist": "journalist",
        "reunion": "reunion",
        "family reunion": "reunion",
        "private": "private",
        "private affairs": "private",
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
    if isinstance(source, Shaped):
        return _shape_says(source.shape, step.said, texts)
    if isinstance(source, Template | Levels):
        pattern = source.pattern if isinstance(source, Template) else ""
        return len(texts) == 1 and _is_joined_of(step.said, texts[0], pattern)
    return len(texts) == len(step.said) and all(map(_says, step.said, texts))


def readings(table: str, text: str) -> frozenset[str]:
    """The codes that a text names, by this module's own tables; several for a name that several share, none for unknown.

    >>> readings("country", "韩国"), readings("sex", "男"), readings("country", "某国")
    (frozenset({'KOR'}), frozenset({'male'}), frozenset())
    """
    whole = _read(table, text)
    return whole or frozenset(code for part in _parts(text, table) for code in _read(table, part))


def _read(table: str, text: str) -> frozenset[str]:
    plain = fold(text)
    if table in _RULES:
        code = _RULES[table](plain)
        return frozenset() if code is None else frozenset({code})
    plain = plain.casefold()
    if table == "country":
        return _countries().get(plain, frozenset())
    known = {fold(name).casefold(): code for name, code in _TEXTS.get(table, {}).items()}
    return frozenset({known[plain]}) if plain in known else frozenset()


def _parts(text: str, table: str = "") -> Iterator[str]:
    """What an option says besides its whole: without a code before it or a bracket behind it, in each of its languages.

    >>> list(_parts("男 Male")), list(_parts("KOR-韩国")), list(_parts("Single / never married"))
    (['男', 'Male'], ['韩国'], ['Single', 'never married'])
    """
    # What stands in a bracket behind a country tells it from another, but for its letters.
    behind = r"\s*[(（\[]([A-Z]{2,3})[)）\]]\s*$" if table == "country" else r"\s*[(（\[]([^()（）]*)[)）\]]\s*$"
    inside = re.findall(behind, text.strip())
    bare = re.sub(behind, "", re.sub(r"^[A-Z0-9]{1,4}\s*[-—.、:：|]\s*", "", text.strip()))
    languages = re.fullmatch(r"([\u3400-\u9fff（）()·、]+)\s*([A-Za-z].*)", bare)
    said = languages.groups() if languages else re.split(r"\s*[/／|｜]\s*", bare)
    yield from (part for part in (*said, *inside) if part and part != text)


def _says(said: str, text: str) -> bool:
    if _ISO.fullmatch(said):
        return _calendar(said) == _calendar(text)
    return _lines(said) == _lines(text) or same(said, text)


_UNITS = {"thousands": 1000, "ten-thousands": 10_000}


def _shape_says(shape: str, said: Sequence[str], texts: Sequence[str]) -> bool | None:
    """Whether one text says its share of the profile's word: a part of a date, an amount in a larger unit, a part of a
    number; None for a shape that can't be read back.

    >>> _shape_says("month", ["2031-05-09"], ["May"]), _shape_says("day", ["2031-05-09"], ["9"])
    (True, True)
    >>> _shape_says("ten-thousands", ["420000"], ["42"]), _shape_says("national-number", ["13800000011"], ["1380000001"])
    (True, False)
    """
    if len(said) != 1 or len(texts) != 1:
        return False
    whole, text = said[0], texts[0]
    if shape in ("year", "month", "day"):
        numbers = _calendar(whole) or ()
        at = ("year", "month", "day").index(shape)
        return at < len(numbers) and _number_of(text) == numbers[at]
    if shape in _UNITS:
        try:
            return Decimal(text) * _UNITS[shape] == Decimal(whole)
        except InvalidOperation:
            return False
    if shape in (
        "area-code",
        "local-number",
        "country-code",
        "plus-country-code",
        "national-number",
        "with-country-code",
    ):
        digits, given = re.sub(r"\D", "", whole), re.sub(r"\D", "", text)
        if shape == "with-country-code":
            return given.endswith(digits)
        if shape in ("local-number", "national-number"):
            return digits.endswith(given) and len(given) > len(digits) // 2 and len(digits) - len(given) <= 4
        return bool(given) and (digits.startswith(given) or given == "86")
    return _written(whole, text, shape)


def _number_of(text: str) -> int | None:
    """The number that a part of a date names: 05, 5月, May."""
    names = {name.casefold(): number for number, name in enumerate(month_name) if name}
    word = text.strip().casefold()
    named = next((number for name, number in names.items() if word in (name, name[:3])), None)
    found = re.fullmatch(r"(\d{1,4})[年月日]?", text.strip())
    return named or (int(found[1]) if found else None)


def _written(whole: str, text: str, pattern: str) -> bool:
    """Whether a text is a date in a pattern such as dd/mm/yyyy."""
    places = "".join(
        rf"(?P<{part}>\d+)" if part in ("yyyy", "mm", "dd") else re.escape(part)
        for part in re.split("(yyyy|mm|dd)", pattern)
    )
    found = re.fullmatch(places, text.strip())
    numbers = [int(found[part]) for part in ("yyyy", "mm", "dd") if found and f"(?P<{part}>" in places]
    return bool(found) and tuple(numbers) == _calendar(whole)


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
    plain = fold(text).casefold()
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
    """`外国专业人才(B类)/(一)…` is B1, and so are `B1`, `B (1)`, `B类(一)`."""
    found = re.match(r"[^()]*\(([ABC])类\)[/>]\(([一二三四五六])\)", text)
    found = found or re.fullmatch(r"([ABC])类?[ -]*\(?([一二三四五六1-6])\)?", text)
    if not found:
        return None
    number = found[2]
    return f"{found[1]}{number if number.isdigit() else _NUMERALS.index(number) + 1}"


def _chinese_level(text: str) -> str | None:
    if text.casefold() in ("无", "none", "无基础", "不会汉语"):
        return "none"
    found = re.fullmatch(r"HSK\s*(?:level)?\s*([一二三四五六1-6])\s*级?(?:及以上)?", text, re.IGNORECASE)
    if not found:
        return None
    level = found[1]
    return f"hsk{level if level.isdigit() else _NUMERALS.index(level) + 1}"


def _industry(text: str) -> str | None:
    coded = re.match(r"([A-T])\s*[- .、]?\s*(?=[\u3400-\u9fff])", text)
    found = [letter for letter, word in _INDUSTRIES.items() if text[coded.end() if coded else 0 :].startswith(word)]
    return found[0] if len(found) == 1 and (coded is None or coded[1] == found[0]) else None


_RULES: Mapping[str, Callable[[str], str | None]] = {
    "category": _category,
    "chinese_level": _chinese_level,
    "industry": _industry,
}


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """Every Chinese and English name of a country in iso-codes, its letters too, and the codes that bear them."""
    import pycountry

    chinese = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["zh_CN"])
    found: dict[str, set[str]] = {}
    for country in pycountry.countries:
        for form in ("name", "common_name", "official_name"):
            name = getattr(country, form, None)
            for text in {name, chinese.gettext(name)} if name else ():
                found.setdefault(fold(text).casefold(), set()).add(country.alpha_3)
        for letters in (country.alpha_2, country.alpha_3):
            found.setdefault(letters.casefold(), set()).add(country.alpha_3)
    return {name: frozenset(codes) for name, codes in found.items()}
