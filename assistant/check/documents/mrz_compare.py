"""The machine-readable zone of passports (TD3) and visas and permits in a visa's form (MRV-A, MRV-B): finding it among
read lines, and comparing it with what a profile says it must hold.

A reading is compared, never repaired into the profile: a document number is taken as read or not at all. Where ICAO 9303
allows digits only (or letters only), the one digit that a misread letter stands for is put back; that can't change whom
the zone names, since the check digit must still agree.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.normalize import mrz_row
from assistant.profile.mrz import check_digit, date_agrees, name_field, names_agree, sex_sign, zone_codes
from assistant.profile.zones import TO_DIGIT, TO_LETTER

Alikeness = Literal["same", "alike", "other"]
FieldVerdict = Literal["same", "alike", "misread", "other"]
_BEST_FIRST: tuple[FieldVerdict, ...] = ("same", "alike", "misread", "other")

_FOLDED = str.maketrans("OQDILZSGBT", "0001125687")
_BLIND = frozenset("6G1LI<K")
"""Signs whose usual confusions (6/G, 1/L, </K) the check digit can't see, their values being ten or twenty apart."""

_SECOND = re.compile(
    r"(?P<number>[A-Z0-9<]{9})(?P<c1>[0-9OQDILZSGBT<])(?P<nation>[A-Z0-9<]{3})"
    r"(?P<birth>[0-9OQDILZSGBT<]{6})(?P<c2>[0-9OQDILZSGBT<])(?P<sex>[MFX<HN])"
    r"(?P<expiry>[0-9OQDILZSGBT]{6})(?P<c3>[0-9OQDILZSGBT])"
)


@dataclass(frozen=True)
class ReadZone:
    """Both lines as read, the second cut into its fields."""

    names: str
    number: str
    nation: str
    birth: str
    sex: str
    expiry: str
    checks: tuple[str, str, str]


@dataclass(frozen=True)
class ExpectedZone:
    """What the zone of this applicant's paper must hold; `numbers` are those that may stand in it."""

    surname: str
    given_names: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    numbers: tuple[str, ...]


def zones_in(rows: Iterable[str]) -> Iterator[ReadZone]:
    """The zones among rows of text from top to bottom: one for each second line that has its first line just above."""
    plain = [mrz_row(row) for row in rows]
    for place, row in enumerate(plain):
        second = _SECOND.match(row[_start_of_second(row) :]) if 28 <= len(row) <= 50 else None
        if second is None:
            continue
        first = next((line for line in reversed(plain[max(0, place - 3) : place]) if _is_first(line)), None)
        if first is not None:
            part = second.groupdict()
            checks = (part["c1"], part["c2"], part["c3"])
            yield ReadZone(first, part["number"], part["nation"], part["birth"], part["sex"], part["expiry"], checks)


def name_others(one: ReadZone, other: ReadZone) -> bool:
    """Whether two zones, however badly read, can't be the same one: number and names are far apart."""
    by_number = distance(folded(one.number), folded(other.number))
    by_name = distance(_squeezed(folded(one.names)), _squeezed(folded(other.names)))
    return by_number > 3 and by_name > 3


def looks_like_zone(row: str) -> bool:
    """Whether a row of text may be part of a zone, read well or badly."""
    plain = mrz_row(row)
    return len(plain) >= 26 and plain.count("<") >= 4


def soundness_of(row: str) -> int:
    """How far a row agrees with itself as a line of a zone, whoever it names: length, alphabet, check digits."""
    plain = mrz_row(row)
    points = 2 * (len(plain) in (44, 36)) + (row == plain)
    second = _SECOND.match(plain)
    if second is None:
        return points
    part = second.groupdict()
    digits = {name: part[name].translate(TO_DIGIT) for name in ("birth", "expiry", "c1", "c2", "c3")}
    held = ((part["number"], digits["c1"]), (digits["birth"], digits["c2"]), (digits["expiry"], digits["c3"]))
    return points + 3 * sum(check_digit(text) == check for text, check in held)


SOUND_SECOND = 12
"""`soundness_of` a second line that can't be read better."""


def compare(zone: ReadZone, wanted: ExpectedZone, printed: str) -> dict[str, FieldVerdict]:
    """Field by field; `printed` is all other text of the page, where the number must stand again if the check digit is blind. What
    is wanted of a field and not known agrees with nothing and contradicts nothing."""
    unknown: FieldVerdict = "misread"
    named = wanted.surname or wanted.given_names
    return {
        "number": _number(zone, wanted.numbers, printed),
        "name": _name(zone.names[5:], wanted) if named else unknown,
        "nationality": _nation(zone.nation, wanted.nationality) if wanted.nationality else unknown,
        "birth": _date(zone.birth, zone.checks[1], wanted.birth) if wanted.birth else unknown,
        "sex": _sex(zone.sex, wanted.sex) if wanted.sex else unknown,
        "expiry": _date(zone.expiry, zone.checks[2], wanted.expiry) if wanted.expiry else unknown,
    }


def likeness(read: str, expected: str) -> Alikeness:
    """Equal, equal but for signs that look alike, or another text."""
    if read == expected:
        return "same"
    return "alike" if read.translate(_FOLDED) == expected.translate(_FOLDED) else "other"


def folded(text: str) -> str:
    """The text with all signs that look alike made one."""
    return text.translate(_FOLDED)


def distance(one: str, other: str) -> int:
    """Levenshtein's."""
    previous = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (sign != against)))
        previous = current
    return previous[-1]


def _start_of_second(row: str) -> int:
    """Something read before the line's first sign (a smudge) may stand in front of it."""
    return next((start for start in range(3) if _SECOND.match(row[start:])), 0)


def _is_first(row: str) -> bool:
    return len(row) >= 26 and row[0] in "PVIAC" and row.count("<") >= 2 and sum(map(str.isdigit, row)) <= 6


def _number(zone: ReadZone, numbers: Sequence[str], printed: str) -> FieldVerdict:
    """The nearest of the numbers that may stand there."""
    verdicts = [_one_number(zone, number, printed) for number in numbers if number]
    return next((verdict for verdict in _BEST_FIRST if verdict in verdicts), "misread")


def _one_number(zone: ReadZone, number: str, printed: str) -> FieldVerdict:
    expected = number.upper()[:9].ljust(9, "<")
    holds = check_digit(zone.number) == zone.checks[0].translate(TO_DIGIT)
    like = likeness(zone.number, expected)
    if like == "same":
        seen_again = re.search(rf"(?<![A-Z0-9]){re.escape(number.upper())}(?![A-Z0-9])", printed) is not None
        sure = holds and (seen_again or not _BLIND & set(expected))
        return "same" if sure else "misread"
    if like == "alike":
        return "alike"
    # A reading that contradicts its own check digit and is nearly right says more about the reading than about the paper.
    return "misread" if not holds and distance(folded(zone.number), folded(expected)) <= 3 else "other"


def _date(read: str, check: str, expected: str) -> FieldVerdict:
    """`read` and `expected` are YYMMDD; only digits may stand here, so letters are put back to digits."""
    digits = read.translate(TO_DIGIT)
    holds = check_digit(digits) == check.translate(TO_DIGIT)
    if date_agrees(digits, expected):
        return "same" if holds else "misread"
    return "other" if holds or distance(digits, expected) > 2 else "misread"


def _nation(read: str, nationality: str) -> FieldVerdict:
    """The nearest of the codes that stand for it."""
    verdicts = [_letters(read, code) for code in zone_codes(nationality)]
    return next(verdict for verdict in _BEST_FIRST if verdict in verdicts)


def _letters(read: str, expected: str) -> FieldVerdict:
    if read.translate(TO_LETTER) == expected:
        return "same"
    if likeness(read, expected) == "alike":
        return "alike"
    return "misread" if distance(read, expected) == 1 else "other"


def _sex(read: str, expected: str) -> FieldVerdict:
    wanted = sex_sign(expected)
    if read in (wanted, "<", "X"):  # an unspecified sex contradicts nobody
        return "same"
    # H and N are how a blurred M is read.
    return "other" if {read, wanted} == {"M", "F"} else "misread"


def _name(read: str, wanted: ExpectedZone) -> FieldVerdict:
    """Names have no check digit: every letter must be read as expected; fillers may be miscounted, K is a misread filler."""
    length = 31 if len(read) <= 34 else 39  # a visa's short form (MRV-B), or any other
    full = name_field(wanted.surname, wanted.given_names)
    got, shown = read.translate(TO_LETTER), full[:length]
    if names_agree(got, wanted.surname, wanted.given_names, length):
        return "same"
    if likeness(_squeezed(got), _squeezed(shown)) != "other" or _unfilled(got) == _unfilled(shown):
        return "alike"
    off = distance(_squeezed(folded(got)), _squeezed(folded(shown)))
    # A line of another length than a zone's has lost or gained signs: it says nothing sure about anybody.
    whole = len(read) in (39, 31)
    return "other" if whole and off > max(1, len(_squeezed(full)) // 8) else "misread"


def _squeezed(field: str) -> str:
    return field.replace("<", "")


def _unfilled(field: str) -> str:
    return field.replace("K", "<").replace("<", "")
