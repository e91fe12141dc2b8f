"""Shapes: one value laid over a page's boxes in another form than the profile has it.

    {shape: ten-thousands, of: employment.annual_salary}    yuan written in 万元
    {shape: yyyy/mm/dd, of: passport.issued_on}             a date as a text box wants it
    {shape: area-code, of: employer.landline}               the first of a telephone's two boxes

Promises: a shape is a name of this closed list; it is exact, or there is no value: nothing is rounded, cut or guessed; each
states the unit or the part that it gives. Pure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.portal.sources import Look, Source, Transformed, as_text, is_missing
from assistant.values import Value

_DATE = re.compile(r"(?P<yyyy>\d{4})-(?P<mm>\d{2})(?:-(?P<dd>\d{2}))?", re.ASCII)
_TOKENS = re.compile(r"yyyy|mm|dd")
# A pattern of a date: its parts, each at most once, with separators that pages use.
PATTERN = re.compile(r"(?:yyyy|mm|dd)(?:[-/.年月日 ]?(?:yyyy|mm|dd)){1,2}日?月?")
_LANDLINE = re.compile(r"(?P<area>0\d{2,3})[- ]?(?P<number>\d{7,8}(?:-\d+)?)", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86[- ]?)?(?P<number>1\d{10})", re.ASCII)


def _part(name: str) -> Callable[[str], str | None]:
    def part(text: str) -> str | None:
        found = _DATE.fullmatch(text)
        return found[name] if found else None

    return part


def _in_units_of(size: int) -> Callable[[str], str | None]:
    """An amount of yuan in a larger unit, exact."""

    def amount(text: str) -> str | None:
        try:
            there = Decimal(text) / size
        except InvalidOperation:
            return None
        return as_text(there)

    return amount


def _phone(pattern: re.Pattern[str], part: str) -> Callable[[str], str | None]:
    def of(text: str) -> str | None:
        found = pattern.fullmatch(text)
        return found[part] if found else None

    return of


# Calling codes of one digit, of two, and of three: none begins another.
_CALLING = re.compile(r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[1-9]\d\d", re.ASCII)


def _called(text: str) -> tuple[str, str] | None:
    """A number's calling code and the rest; None for one that states no country and is no mobile of the mainland.

    >>> _called("13800000011"), _called("+234 8000000001"), _called("0755-86000000")
    (('86', '13800000011'), ('234', '8000000001'), None)
    """
    if mobile := _MOBILE.fullmatch(text):
        return "86", mobile["number"]
    if not re.fullmatch(r"\+[\d -]{7,18}", text, re.ASCII) or not (code := _CALLING.match(text, 1)):
        return None
    return code[0], text[code.end() :].strip(" -")


def _of_call(part: int, before: str = "") -> Callable[[str], str | None]:
    def of(text: str) -> str | None:
        found = _called(text)
        return f"{before}{found[part]}" if found else None

    return of


def _with_code(text: str) -> str | None:
    found = _MOBILE.fullmatch(text)
    return f"+86{found['number']}" if found else None


SHAPES: Mapping[str, Callable[[str], str | None]] = {
    "year": _part("yyyy"),
    "month": _part("mm"),
    "day": _part("dd"),
    "thousands": _in_units_of(1000),
    "ten-thousands": _in_units_of(10_000),
    "area-code": _phone(_LANDLINE, "area"),
    "local-number": _phone(_LANDLINE, "number"),
    "country-code": _of_call(0),
    "plus-country-code": _of_call(0, "+"),
    "national-number": _of_call(1),
    "with-country-code": _with_code,
}


@dataclass(frozen=True)
class Shaped(Source):
    """One profile value in a shape."""

    shape: str
    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def value(self, look: Look) -> Value | None:
        found = look(self.path)
        if is_missing(found) or isinstance(found, bool | tuple | list):
            return None
        text = as_text(found)
        return SHAPES[self.shape](text) if self.shape in SHAPES else written(text, self.shape)

    def transformed(self, look: Look) -> Transformed | None:
        return "date" if PATTERN.fullmatch(self.shape) else "joined"


def is_shape(name: object) -> bool:
    """Whether a pack may name this shape."""
    return isinstance(name, str) and (name in SHAPES or bool(PATTERN.fullmatch(name)))


def written(text: str, pattern: str) -> str | None:
    """A date or month in a pattern; None where the pattern asks for a day that the value lacks, or leaves one out.

    >>> written("2031-05-09", "yyyy/mm/dd"), written("2019-09", "yyyymm"), written("2019-09", "yyyy-mm-dd")
    ('2031/05/09', '201909', None)
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part}
    asked = _TOKENS.findall(pattern)
    if sorted(asked) != sorted(parts):
        return None
    return _TOKENS.sub(lambda token: parts[token[0]], pattern)
