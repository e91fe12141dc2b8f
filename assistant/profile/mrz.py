"""The machine readable zone of a passport: its check digits, fields, names and country codes.

ICAO Doc 9303, parts 3 and 4, format TD3: two lines of 44 characters. What is known of zones stands here; what was read on
a scan is compared in `check.documents.mrz_compare`. A zone is compared, never repaired. Own code, since the kept package
for it is under the GPL.
"""

import re
from dataclasses import dataclass
from datetime import date

from assistant.errors import Unfit
from assistant.messages import Text
from assistant.normalize import half_width


def check_digit(field: str) -> str:
    """ICAO 9303-3 4.9: weights 7, 3, 1; `<` is 0, A is 10 … Z is 35; modulo 10.

    >>> check_digit("L898902C3"), check_digit("740812")
    ('6', '2')
    """
    return str(sum((0 if c == "<" else int(c, 36)) * (7, 3, 1)[i % 3] for i, c in enumerate(field)) % 10)


@dataclass(frozen=True, repr=False)
class Mrz:
    """The machine readable zone of a passport (TD3); dates as YYMMDD, `<` where the passport leaves digits open."""

    names: str  # 39 characters
    number: str
    nationality: str  # ISO alpha-3 where ICAO's code stands for one
    birth: str
    sex: str
    expiry: str

    def has_names(self, surname: str | None, given_names: str | None) -> bool:
        """Whether these names would be written so, cut-off names included."""
        return names_agree(self.names, surname or "", given_names or "")

    def has_birth(self, day: date, known: str = "day") -> bool:
        """The date, as far as the passport gives it; `known` is how far the profile says it does (day, month, year)."""
        digits = {"year": 2, "month": 4}.get(known, 6)
        return date_agrees(self.birth[:digits].ljust(6, "<"), f"{day:%y%m%d}")

    def has_expiry(self, day: date) -> bool:
        return self.expiry == f"{day:%y%m%d}"

    def has_sex(self, sex: str) -> bool:
        """An unspecified sex (`<`; some states write X) contradicts nobody."""
        return self.sex in (sex_sign(sex), "<", "X")


_MRZ_PARTS = (
    (Text("护照号码", "the passport number"), 0, 9),
    (Text("出生日期", "the date of birth"), 13, 19),
    (Text("有效期", "the expiry date"), 21, 27),
)


def mrz_text(text: str) -> str:
    """The two lines of 44 characters, joined by a line break, all check digits right."""
    compact = "".join(half_width(text).upper().split())
    if len(compact) != 88 or not re.fullmatch(r"P[A-Z<][A-Z<]{42}[A-Z0-9<]{44}", compact):
        raise Unfit(
            "机读码应为两行，每行 44 个字符，只有 A–Z、0–9 和「<」，以 P 开头；请对照护照资料页底部重新录入",
            "the machine readable zone is two lines of 44 characters, only A–Z, 0–9 and `<`, beginning with P; "
            "copy it again from the foot of the passport's data page",
        )
    first, second = compact[:44], compact[44:]
    wrong = [name for name, start, end in _MRZ_PARTS if check_digit(second[start:end]) != second[end]]
    if not wrong and not _later_digits_right(second):
        wrong = [Text("整行", "the whole line")]
    if wrong:
        raise Unfit(
            f"机读码第二行{'、'.join(name.zh for name in wrong)}的校验位不对；请逐字核对（易混：O/0、I/1、B/8、S/5、Z/2）",
            f"check digit wrong in line 2 for {' and '.join(name.en for name in wrong)}; compare character by character "
            "(look-alikes: O/0, I/1, B/8, S/5, Z/2)",
        )
    return f"{first}\n{second}"


def _later_digits_right(second: str) -> bool:
    personal, own, composite = second[28:42], second[42], second[43]
    unused = not personal.strip("<") and own == "<"
    return (unused or check_digit(personal) == own) and (
        check_digit(second[0:10] + second[13:20] + second[21:43]) == composite
    )


def read_mrz(text: str) -> Mrz:
    """The parts of a valid zone; raises `Unfit` for one that is not."""
    first, second = mrz_text(text).split("\n")
    return Mrz(
        names=first[5:],
        number=second[:9].rstrip("<"),
        nationality=iso_of_icao(second[10:13]),
        birth=second[13:19],
        sex=second[20],
        expiry=second[21:27],
    )


# ---- countries, sexes and dates as a zone writes them ---------------------------------------------------------------

_ISO_OF_ICAO = {"D": "DEU", **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), "GBR")}
"""ICAO's own codes (9303-3, section 5) that stand for an ISO country: Germany's single D, the British ones."""


def iso_of_icao(code: str) -> str:
    """The country of a zone's code. Codes of no ISO country (RKS, XXA, XXB, XXC, UNO …) stand for themselves.

    >>> iso_of_icao("D<<"), iso_of_icao("GBS"), iso_of_icao("RKS")
    ('DEU', 'GBR', 'RKS')
    """
    plain = code.rstrip("<")
    return _ISO_OF_ICAO.get(plain, plain)


def zone_codes(nationality: str) -> tuple[str, ...]:
    """The three characters that may stand in a zone for this nationality; one that is no ISO country stands for itself.

    >>> zone_codes("DEU"), zone_codes("KOR"), zone_codes("GBR")[:2]
    (('DEU', 'D<<'), ('KOR',), ('GBR', 'GBD'))
    """
    icao = (code for code, iso in _ISO_OF_ICAO.items() if iso == nationality)
    return tuple(code.ljust(3, "<") for code in (nationality, *icao))


def sex_sign(sex: str) -> str:
    """M, F, or the filler for any other."""
    return {"male": "M", "female": "F"}.get(sex, "<")


def date_agrees(shown: str, day: str) -> bool:
    """Both YYMMDD; what the passport leaves open (`<`, or a month or day 00) agrees with every day."""
    pairs = [(shown[at : at + 2], day[at : at + 2]) for at in (0, 2, 4)]
    unknown = [own == "00" and at > 0 for at, (own, _) in enumerate(pairs)]
    return all(
        skip or all(sign in ("<", other) for sign, other in zip(own, whole, strict=True))
        for skip, (own, whole) in zip(unknown, pairs, strict=True)
    )


# ---- names ---------------------------------------------------------------------------------------------------------


def name_field(surname: str, given_names: str = "") -> str:
    """The name field before it is cut or filled up: `SURNAME<<GIVEN<NAMES`. A single name stands alone.

    >>> name_field("DE LA CRUZ", "MARIA JOSE"), name_field("RAJU"), name_field("O'NEILL-SMITH", "ANNA")
    ('DE<LA<CRUZ<<MARIA<JOSE', 'RAJU', 'ONEILL<SMITH<<ANNA')
    """
    primary, secondary = (
        re.sub(r"[^A-Z]+", "<", re.sub("['’]", "", part.upper())).strip("<") for part in (surname, given_names)
    )
    return f"{primary}<<{secondary}" if primary and secondary else primary or secondary


def name_words(field: str) -> list[list[str]]:
    """Primary and secondary names, each as its words. A single name is the primary one, wherever it is written
    (`RAJU<<<`, or as Indian passports have it, `<<RAJU<<<`)."""
    primary, _, secondary = field.strip("<").partition("<<")
    return [[word for word in part.split("<") if word] for part in (primary, secondary)]


def names_agree(field: str, surname: str, given_names: str, length: int = 39) -> bool:
    """Whether a name field of that length shows these names, whole or cut off."""
    full = name_field(surname, given_names)
    if name_words(field) == name_words(full[:length]):
        return True
    # 9303-4 4.2.3: issuers may cut any part of a long name, but they fill the field (up to a cut at the `<<`).
    if len(full) <= length or len(field.rstrip("<")) < length - 2:
        return False
    return all(map(_begins_like, name_words(field), name_words(full)))


def _begins_like(shown: list[str], full: list[str]) -> bool:
    return len(shown) <= len(full) and all(
        part != "" and whole.startswith(part) for part, whole in zip(shown, full, strict=False)
    )
