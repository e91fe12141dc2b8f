"""Dates as papers print them, with the month in figures or in the words of passports' languages. Pure."""

import re
import unicodedata
from datetime import date

_MONTHS = (
    ("JAN", "JANV", "ENE", "GEN"),
    ("FEB", "FEV", "FEVR"),
    ("MAR", "MARS", "MARZ", "MRZ", "MRT"),
    ("APR", "AVR", "ABR", "AVRIL"),
    ("MAY", "MAI", "MAG", "MAIO", "MEI"),
    ("JUN", "JUIN", "GIU", "JUNI"),
    ("JUL", "JUIL", "LUG", "JULI"),
    ("AUG", "AOUT", "AOU", "AGO", "AGOSTO"),
    ("SEP", "SEPT", "SET", "SEPTEMBER"),
    ("OCT", "OKT", "OTT", "OUT"),
    ("NOV",),
    ("DEC", "DEZ", "DIC", "DECEMBER"),
)
_BY_WORD = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_ENGLISH = (
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
)
_BY_WORD |= {word: number for number, word in enumerate(_ENGLISH, 1)}
_WORDED = re.compile(r"(?<!\d)(\d{1,2})[ ./-]*([A-Z]{3,9})\.?(?:[ /]+[A-Z0-9]{2,9}\.?){0,2}[ ./-]*(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(?: ?年 ?| ?[-./] ?)(\d{1,2})(?: ?月 ?| ?[-./] ?)(\d{1,2})(?: ?[日号])?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([ ./-])(\d{1,2})\2(\d{4})(?!\d)")


def days_in(text: str) -> list[str]:
    """Every full date in a text, as ISO, in its order. One of figures alone whose day and month can't be told apart is none of them.

    >>> days_in("12 JAN/JANV 2020"), days_in("2025年01月16日至2027年1月15日"), days_in("03/04/2026"), days_in("25.12.2030")
    (['2020-01-12'], ['2025-01-16', '2027-01-15'], [], ['2030-12-25'])
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.upper()) if not unicodedata.combining(sign))
    found = []
    for match in _WORDED.finditer(plain):
        if match[2] in _BY_WORD:
            found.append((match.start(), match[3], str(_BY_WORD[match[2]]), match[1]))
    found += [(match.start(), match[1], match[2], match[3]) for match in _YEAR_FIRST.finditer(plain)]
    for match in _DAY_FIRST.finditer(plain):
        first, second = int(match[1]), int(match[3])
        # A point or a blank parts the day from the month everywhere; a slash or a dash does either way round.
        if first > 12 or first == second or match[2] in ". ":
            found.append((match.start(), match[4], match[3], match[1]))
        elif second > 12:
            found.append((match.start(), match[4], match[1], match[3]))
    return [day for _, *parts in sorted(found) if (day := _day(*parts))]


def day_in(text: str) -> str | None:
    """The one full date in a text, None where there is none or more than one."""
    days = dict.fromkeys(days_in(text))
    return next(iter(days)) if len(days) == 1 else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
