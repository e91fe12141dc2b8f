"""The machine readable zone of a passport: checked by its own digits, read, and compared with a profile's values.

ICAO Doc 9303, parts 3 and 4, format TD3: two lines of 44 characters. A zone is compared, never repaired. Own code, since
the kept package for it is under the GPL.
"""

import re
from dataclasses import dataclass
from datetime import date

from assistant.messages import Text
from assistant.normalize import half_width
from assistant.profile.identifiers import Unfit


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

    def has_names(self, surname: str, given_names: str | None) -> bool:
        """Whether these names would be written so, cut-off names included."""
        return _names_agree(self.names, surname, given_names or "")

    def has_birth(self, day: date) -> bool:
        """The date, as far as the passport gives it."""
        return all(own in ("<", other) for own, other in zip(self.birth, f"{day:%y%m%d}", strict=True))

    def has_expiry(self, day: date) -> bool:
        return self.expiry == f"{day:%y%m%d}"

    def has_sex(self, sex: str) -> bool:
        return self.sex in ("<", sex[:1].upper())


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
        nationality=_iso_of_icao(second[10:13]),
        birth=second[13:19],
        sex=second[20],
        expiry=second[21:27],
    )


def _iso_of_icao(code: str) -> str:
    """ICAO's own codes (9303-3, section 5) that stand for an ISO country: Germany's single D, the British ones."""
    if code == "D<<":
        return "DEU"
    return "GBR" if code in ("GBD", "GBN", "GBO", "GBP", "GBS") else code


def mrz_names(surname: str, given_names: str = "") -> str:
    """The 39-character name field; too long names are cut at its end.

    >>> mrz_names("DE LA CRUZ", "MARIA JOSE")
    'DE<LA<CRUZ<<MARIA<JOSE<<<<<<<<<<<<<<<<<'
    """
    full = f"{surname}  {given_names}".rstrip().replace(" ", "<")
    return full[:39].ljust(39, "<")


def _names_agree(field: str, surname: str, given_names: str) -> bool:
    full = f"{surname}  {given_names}".rstrip().replace(" ", "<")
    if len(full) <= 39:
        return field == full.ljust(39, "<")
    # 9303-4 4.2.3: issuers may cut any part of a long name, but they fill the field (up to a cut at the `<<`).
    shown = field.rstrip("<")
    shown_surname, _, shown_given = shown.partition("<<")
    return (
        len(shown) >= 37
        and _begins_like(shown_surname.split("<"), surname.split())
        and _begins_like(shown_given.split("<") if shown_given else [], given_names.split())
    )


def _begins_like(shown: list[str], full: list[str]) -> bool:
    return len(shown) <= len(full) and all(
        part != "" and whole.startswith(part) for part, whole in zip(shown, full, strict=False)
    )
