"""Values as pages show them: whether two spellings mean the same, and how a value is shown when it must not be.

`same` forgives how a page formats (width, blanks, date and number format, the separator of a cascader) and nothing
else: what differs in meaning never counts as equal. `mask` leaves nothing that identifies a person. Both are pure.
"""

import re
from datetime import date
from decimal import Decimal

from assistant.normalize import plain_value

Value = str | bool | tuple[str, ...]
"""What a form may be given: a text, yes or no, several texts."""

MASK = "***"
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))",
    re.ASCII,
)
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2})|/(\d{1,2})|\.(\d{2})|年(\d{1,2})月)", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_LEVELS = re.compile(r" ?[/>›»→\\|] ?")


def same(expected: str, actual: str) -> bool:
    """Whether a page's text means the value that was wanted.

    >>> same("2031-05-09", "2031年5月9日"), same("300000", "300,000.00"), same("刚果（金）", "刚果(金)")
    (True, True, True)
    >>> same("中国", "中国香港"), same("0123456", "123456"), same("2031-05-09", "2031-09-05")
    (False, False, False)
    """
    wanted, shown = plain_value(expected), plain_value(actual)
    if wanted == shown:
        return True
    for read in (_as_date, _as_month, _as_number, _as_levels):
        meaning = read(wanted)
        if meaning is not None and meaning == read(shown):
            return True
    return False


def iso(text: str) -> str | None:
    """The ISO form of a date or month as pages show it, None when it is not one.

    >>> iso("2031/5/9"), iso("2031年05月09日"), iso("2031年 5月"), iso("20310509"), iso("09/05/2031"), iso("1990-02-31")
    ('2031-05-09', '2031-05-09', '2031-05', '2031-05-09', None, None)
    """
    plain = _MIDNIGHT.sub("", plain_value(text)).replace(" ", "")
    if day := _as_date(plain):
        return day.isoformat()
    month = _as_month(plain)
    return f"{month[0]:04}-{month[1]:02}" if month else None


def mask(value: str) -> str:
    """The value made unrecognisable: dates keep their shape, long values their first and last character.

    >>> mask("M98765432"), mask("王小明"), mask("1990-02-28"), mask("")
    ('M***2', '***', '****-**-**', '')
    """
    plain = plain_value(value)
    if not plain:
        return ""
    if _as_date(plain):
        return "****-**-**"
    if _as_month(plain):
        return "****-**"
    if len(plain) < 8 or (_as_number(plain) is not None and not (plain.isdigit() and len(plain) > 10)):
        return MASK
    return f"{plain[0]}{MASK}{plain[-1]}"


def _as_date(text: str) -> date | None:
    found = _DATE.fullmatch(_MIDNIGHT.sub("", text))
    if not found:
        return None
    year, month, day = (int(group) for group in found.groups() if group)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _as_month(text: str) -> tuple[int, int] | None:
    found = _MONTH.fullmatch(text)
    if not found:
        return None
    year, month = (int(group) for group in found.groups() if group)
    return (year, month) if 1 <= month <= 12 else None


def _as_number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _as_levels(text: str) -> list[str] | None:
    """The steps of a cascader; each must be a name, so that a fraction or a date is none."""
    levels = _LEVELS.split(text)
    named = len(levels) > 1 and all(any(letter.isalpha() for letter in level) for level in levels)
    return levels if named else None
