"""Names, numbers and codes of a person or company: cleaned of typing noise, then checked as their standards say.

Each function takes what was written and gives back the value to use, or raises `Unfit` with a sentence that says what
to do and never repeats the value. Sources: ICAO Doc 9303 part 3 (names), GB 32100
(unified social credit code, by python-stdnum), ISO 3166-1 (by pycountry), RFC 5321/5322 (by email-validator).
"""

import re
import unicodedata
from functools import cache

from assistant.errors import Unfit
from assistant.normalize import half_width

# ---- names ---------------------------------------------------------------------------------------------------------

# ICAO 9303-3, section 6.A: where the recommended letters differ from a plain loss of the accent.
_ICAO_LETTERS = str.maketrans(
    {"Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "ẞ": "SS", "ß": "SS", "Þ": "TH"}
    | {"Ð": "D", "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "Ł": "L", "Ŋ": "N", "Ŧ": "T", "ĸ": "Q", "ı": "I"}
)
_DROPPED = re.compile(r"['’‘ʼ`´.,]")  # 9303-3 4.6: apostrophes and points vanish, a hyphen becomes a gap
_NOT_LATIN = re.compile(r"[^A-Z ]+")


def transliterate(name: str) -> str:
    """The name in A–Z as ICAO 9303 writes it in the machine readable zone; other scripts letter by letter.

    A proposal to be confirmed against the passport, never used unasked.

    >>> transliterate("Müller-Ångström"), transliterate("O'Neill")
    ('MUELLER AANGSTROEM', 'ONEILL')
    """
    from anyascii import anyascii

    capitals = unicodedata.normalize("NFC", half_width(name)).replace("ß", "SS").upper().translate(_ICAO_LETTERS)
    capitals = _DROPPED.sub("", re.sub(r"[-‐‑–]", " ", capitals))
    return half_width(_NOT_LATIN.sub("", anyascii(capitals).upper()))


def latin_name(text: str) -> str:
    """A passport name in capitals A–Z and single spaces, as the portals take it since February 2026."""
    name = half_width(text).upper()
    if odd := [place for place, letter in enumerate(name, 1) if not ("A" <= letter <= "Z" or letter == " ")]:
        places = ", ".join(map(str, odd))
        raise Unfit(
            f"姓名只能用字母 A–Z 和空格，第 {places} 个字符不是；请按护照底部机读码的拼写填写（机读码把「<」当作空格）",
            f"only letters A–Z and spaces: character {places} is neither; write the name as in the passport's "
            "machine readable zone (its `<` is a space)",
        )
    return name


# ---- passports -----------------------------------------------------------------------------------------------------


def passport_number(text: str) -> str:
    """Capital letters and digits. ICAO 9303 has at most 9; other travel documents up to 20 (checked with the kind)."""
    number = half_width(text).upper().replace(" ", "")
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise Unfit(
            "护照号码应为 5–9 位字母和数字（其他旅行证件最多 20 位），不含符号；请对照护照",
            "a passport number is 5–9 letters and digits (other travel documents up to 20), no signs; see the passport",
        )
    return number


# ---- countries ------------------------------------------------------------------------------------------------------


@cache
def _countries() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_3 for country in pycountry.countries)


# Nationalities of passports that are no ISO country (ICAO 9303-3, section 5): the British others, Kosovo, the European
# Union, the United Nations and other organizations, the Order of Malta, stateless persons, refugees, unspecified.
_OTHER_NATIONALITIES = frozenset(
    [
        "GBD",
        "GBN",
        "GBO",
        "GBP",
        "GBS",
        "RKS",
        "EUE",
        "UNO",
        "UNA",
        "UNK",
        "XBA",
        "XIM",
        "XCC",
        "XCE",
        "XCO",
        "XEC",
        "XPO",
        "XES",
        "XMP",
        "XOM",
        "XDC",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
    ]
)


def nationality(text: str) -> str:
    """An ISO 3166-1 alpha-3 code, or one of ICAO's own for those who have no such country; Germany's D is DEU.

    >>> nationality("d"), nationality("xxb"), nationality("RKS")
    ('DEU', 'XXB', 'RKS')
    """
    code = half_width(text).upper().rstrip("<")
    return "DEU" if code == "D" else code if code in _OTHER_NATIONALITIES else country(code)


def is_no_country(code: str) -> bool:
    """Whether a nationality is one of ICAO's own codes, which lists of countries do not have."""
    return code in _OTHER_NATIONALITIES


def country(text: str) -> str:
    """An ISO 3166-1 alpha-3 code."""
    code = half_width(text).upper()
    if code not in _countries():
        raise Unfit(
            "国家/地区应为三位字母代码（ISO 3166，例如美国 USA、挪威 NOR、英国 GBR）",
            "write the country as its three-letter code (ISO 3166: the United States USA, Norway NOR, Britain GBR)",
        )
    return code


# ---- companies, phones, e-mail -------------------------------------------------------------------------------------


def credit_code(text: str) -> str:
    """A unified social credit code (GB 32100) with a right check character."""
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, ValidationError

    code = half_width(text).upper().replace(" ", "")
    try:
        return str(uscc.validate(code))
    except InvalidChecksum:
        raise Unfit(
            "统一社会信用代码的校验位不对；请对照营业执照逐位核对（代码中没有字母 I、O、S、V、Z）",
            "the credit code's check character is wrong; compare it with the business licence (it never has I, O, S, V, Z)",
        ) from None
    except ValidationError:
        raise Unfit(
            "统一社会信用代码应为 18 位数字和大写字母（没有 I、O、S、V、Z）；请对照营业执照",
            "a unified social credit code is 18 digits and capitals (never I, O, S, V, Z); see the business licence",
        ) from None


def _dialled(text: str) -> str:
    digits = re.sub(r"[\s()\-.–]", "", half_width(text))
    return re.sub(r"^(\+86|0086)", "", digits)


def mobile(text: str) -> str:
    """A Chinese mobile number as 11 digits; `+86`, spaces and hyphens are noise."""
    digits = _dialled(text)
    if not re.fullmatch(r"1[3-9][0-9]{9}", digits):
        raise Unfit(
            "手机号应为 11 位数字，以 13–19 开头；请核对位数",
            "a Chinese mobile is 11 digits starting with 13–19; count them",
        )
    return digits


def landline(text: str) -> str:
    """A Chinese landline with its area code (`0755-12345678`, an extension after another hyphen), or 无 for none."""
    number = re.sub(r"^(\+86|0086)[\s-]*0?", "0", half_width(text).replace("(", "").replace(")", "-"))
    if number == "无":
        return number
    if not (
        parts := re.fullmatch(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))[\s-]*([0-9][0-9 ]{6,8})(?:[\s-]+([0-9]{1,6}))?", number)
    ):
        raise Unfit(
            "座机应写区号和号码，例如 0755-12345678；没有座机请写「无」",
            "write the landline with its area code, like 0755-12345678; without one write 无",
        )
    return "-".join(part.replace(" ", "") for part in parts.groups() if part)


def phone(text: str) -> str:
    """A number in China (mobile, or landline with area code) or abroad with `+` and its country code."""
    if re.fullmatch(r"\+(?!86)[0-9]{7,15}", digits := _dialled(text)):
        return digits
    for kind in (mobile, landline):
        try:
            if (number := kind(text)) != "无":
                return number
        except Unfit:
            continue
    raise Unfit(
        "电话应为 11 位手机号、带区号的座机（0755-12345678），或以「+」和国家代码开头的国外号码",
        "write an 11-digit mobile, a landline with area code (0755-12345678), or a foreign number starting with `+`",
    )


def email(text: str) -> str:
    """An e-mail address of valid form; whether it exists is not asked of any server."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(half_width(text), check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        raise Unfit(
            "电子邮箱格式不对；应为「名称@域名」，例如 name@example.com", "not an e-mail address; like name@example.com"
        ) from None
