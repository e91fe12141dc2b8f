"""The machine-readable zones of ICAO Doc 9303 in all their forms, found among rows of text that were read on a page.

Parts 4 (TD3, passports), 5 (TD1, cards), 6 (TD2, cards) and 7 (MRV-A and MRV-B, visas). Promises: a field is taken as read; letters
where only digits may stand (or digits where only letters may) are put back; any other correction is made only where the check digit
confirms exactly one reading, and is told. Miscounted fillers are mended only inside a run of fillers, where no other sign can be lost.
What a zone says of itself (`sound`) is all that is judged here; whom it names is for the caller. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.normalize import mrz_row
from assistant.profile.mrz import check_digit

FormName = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]

TO_DIGIT = str.maketrans("OQDILZSGBT", "0001125687")
TO_LETTER = str.maketrans("012568", "OIZSGB")
BLIND = frozenset("6G1L")
"""Signs of a number whose usual confusions (6/G, 1/L) no check digit can see, their values being ten or twenty apart."""
_ALIKE = ("0OQD", "1IL", "2Z", "5S", "6G", "7T", "8B")


@dataclass(frozen=True, repr=False)
class Part:
    """A field with a check digit: its text, whether the digit agrees, and whether that took a correction."""

    text: str
    holds: bool
    corrected: bool = False


@dataclass(frozen=True, repr=False)
class Zone:
    """One zone. `rows` are the places of its lines among the rows given; dates are YYMMDD, fillers where digits are left open."""

    form: FormName
    code: str
    issuer: str
    names: str
    number: Part
    nation: str
    birth: Part
    sex: str
    expiry: Part
    whole: bool
    """The digit over the whole holds too; in a visa's forms, which have none, it says so of the three others."""
    rows: tuple[int, ...]

    @property
    def sound(self) -> bool:
        """Every check digit holds, nothing was corrected."""
        parts = (self.number, self.birth, self.expiry)
        return self.whole and all(part.holds and not part.corrected for part in parts)


# ---- finding ---------------------------------------------------------------------------------------------------------

_DIGIT, _SIGN = "[0-9OQDILZSGBT]", "[A-Z0-9<]"
_SEX = "[MFXHN<]"
_TWO_LINES = re.compile(
    rf"(?P<number>{_SIGN}{{9}})(?P<c1>[0-9OQDILZSGBT<])(?P<nation>{_SIGN}{{3}})"
    rf"(?P<birth>[0-9OQDILZSGBT<]{{6}})(?P<c2>[0-9OQDILZSGBT<])(?P<sex>{_SEX})(?P<expiry>{_DIGIT}{{6}})(?P<c3>{_DIGIT})(?P<rest>{_SIGN}*)"
)
_CARD_MIDDLE = re.compile(
    rf"(?P<birth>[0-9OQDILZSGBT<]{{6}})(?P<c2>[0-9OQDILZSGBT<])(?P<sex>{_SEX})(?P<expiry>{_DIGIT}{{6}})(?P<c3>{_DIGIT})"
    rf"(?P<nation>{_SIGN}{{3}})(?P<rest>{_SIGN}*)"
)
_CARD_TOP = re.compile(
    rf"(?P<code>[ACI1]{_SIGN})(?P<issuer>{_SIGN}{{3}})(?P<number>{_SIGN}{{9}})(?P<c1>{_SIGN})(?P<rest>{_SIGN}*)"
)
_LENGTH: dict[FormName, int] = {"TD1": 30, "TD2": 36, "TD3": 44, "MRV-A": 44, "MRV-B": 36}
_SLACK = 4
"""Signs that a line may have too many or too few and still be one of its form."""


def zones_of(rows: Sequence[str]) -> Iterator[Zone]:
    """The zones among rows of text from top to bottom."""
    plain = [mrz_row(row) for row in rows]
    for place in range(len(plain)):
        zone = _two_lines(plain, place) or _card(plain, place)
        if zone is not None:
            yield zone


def _two_lines(rows: Sequence[str], place: int) -> Zone | None:
    """A zone whose second line stands at this place; its first line is the nearest one of three above."""
    for start in range(3):  # a smudge may be read before the line's first sign
        found = _TWO_LINES.match(rows[place][start:])
        if found is None or len(rows[place]) < 28:
            continue
        for above in range(place - 1, max(-1, place - 4), -1):
            if is_first_line(rows[above]):
                tried = [
                    _zone_of(form, rows[above], found, (above, place)) for form in _forms_of(rows[above], rows[place])
                ]
                return max(tried, key=lambda zone: (zone.whole, zone.sound), default=None)
    return None


def is_first_line(row: str) -> bool:
    """Whether a row can be the line of a zone that begins with the document's code and holds the names."""
    return len(row) >= 26 and row[0] in "PVIAC" and row.count("<") >= 2 and sum(map(str.isdigit, row)) <= 6


def _forms_of(first: str, second: str) -> list[FormName]:
    """The forms that these two lines may be of, the likelier first."""
    long: FormName = "MRV-A" if first[0] == "V" else "TD3"
    short: FormName = "MRV-B" if first[0] == "V" else "TD2"
    forms = [long] if first[0] == "P" else [long, short] if first[0] == "V" else [short]
    near = [form for form in forms if abs(len(second) - _LENGTH[form]) <= _SLACK + 2]
    return sorted(
        near or forms[:1], key=lambda form: abs(len(second) - _LENGTH[form]) + abs(len(first) - _LENGTH[form])
    )


def _zone_of(form: FormName, first: str, found: "re.Match[str]", rows: tuple[int, int]) -> Zone:
    part = found.groupdict()
    rest = fitted(part["rest"], _LENGTH[form] - 28)
    number = _number(part["number"], part["c1"], rest if form == "TD2" else "")
    birth, expiry = _day(part["birth"], part["c2"]), _day(part["expiry"], part["c3"])
    whole = number.holds and birth.holds and expiry.holds
    if form in ("TD3", "TD2"):
        closing = rest[-1:].translate(TO_DIGIT)
        line = (
            _numbered(number, part["c1"])
            + birth.text
            + _digit(part["c2"])
            + expiry.text
            + _digit(part["c3"])
            + rest[:-1]
        )
        whole = whole and len(rest) == _LENGTH[form] - 28 and check_digit(line) == closing
    nation = _letters(part["nation"])
    return Zone(
        form, first[:2], _letters(first[2:5]), tidy_names(first[5:]), number, nation, birth, _sex(part["sex"]), expiry, whole, rows
    )  # fmt: skip


def _card(rows: Sequence[str], place: int) -> Zone | None:
    """A card's three lines (TD1), whose middle one stands at this place."""
    middle = _CARD_MIDDLE.match(rows[place]) if 28 <= len(rows[place]) <= 30 + _SLACK else None
    if middle is None or not 0 < place < len(rows) - 1:
        return None
    top, names = _CARD_TOP.match(rows[place - 1]), rows[place + 1]
    if (
        top is None
        or abs(len(rows[place - 1]) - 30) > _SLACK
        or not re.match(r"[A-Z]{2}.*<<", names.translate(TO_LETTER))
    ):
        return None
    upper, lower = fitted(top["rest"], 15), fitted(middle["rest"], 12)
    number = _number(top["number"], top["c1"], upper)
    birth, expiry = _day(middle["birth"], middle["c2"]), _day(middle["expiry"], middle["c3"])
    line = (
        _numbered(number, top["c1"])
        + upper
        + birth.text
        + _digit(middle["c2"])
        + expiry.text
        + _digit(middle["c3"])
        + lower[:-1]
    )
    whole = number.holds and birth.holds and expiry.holds and len(upper) == 15 and len(lower) == 12
    whole = whole and check_digit(line) == lower[-1:].translate(TO_DIGIT)
    code = top["code"].replace("1", "I", 1)
    return Zone(
        "TD1", code, _letters(top["issuer"]), tidy_names(names), number, _letters(middle["nation"]), birth, _sex(middle["sex"]),
        expiry, whole, (place - 1, place, place + 1),
    )  # fmt: skip


def fitted(text: str, length: int) -> str:
    """The text made that long by fillers put into, or taken out of, its longest run of fillers; as it is where there is none.

    >>> fitted("ZE184226B<<<<10", 16), fitted("ZE184226B<<<<<<<10", 16), fitted("12345678901234", 16)
    ('ZE184226B<<<<<10', 'ZE184226B<<<<<10', '12345678901234')
    """
    runs = sorted(re.finditer(r"<{2,}", text), key=lambda run: run.end() - run.start())
    off = length - len(text)
    if off == 0 or not runs or runs[-1].end() - runs[-1].start() + off < 1:
        return text
    start, end = runs[-1].span()
    return text[:start] + "<" * (end - start + off) + text[end:]


# ---- fields ------------------------------------------------------------------------------------------------------------


def _number(read: str, check: str, optional: str) -> Part:
    """The document's number; one of more than nine signs goes on in the optional data, up to its own check digit (9303-5 4.2.2)."""
    if check == "<" and (longer := re.match(r"([A-Z0-9]+)([0-9OQDILZSGBT])<", optional)):
        text = read + longer[1]
        return Part(text, check_digit(text) == longer[2].translate(TO_DIGIT))
    digit = _digit(check)
    if check_digit(read) == digit:
        return Part(read.rstrip("<"), True)
    confirmed = [text for text in _readings(read) if check_digit(text) == digit]
    if len(confirmed) == 1:
        return Part(confirmed[0].rstrip("<"), True, corrected=True)
    return Part(read.rstrip("<"), False)


def _readings(read: str) -> Iterator[str]:
    """What else the text may be, one of its signs having been taken for one that looks alike."""
    for place, was in enumerate(read):
        for sign in sorted({sign for group in _ALIKE if was in group for sign in group} - {was}):
            yield read[:place] + sign + read[place + 1 :]


def _numbered(number: Part, check: str) -> str:
    """The number's ten places as the digit over the whole counts them."""
    return number.text[:9].ljust(9, "<") + (check if check == "<" else _digit(check))


def _day(read: str, check: str) -> Part:
    text = read.translate(TO_DIGIT)
    return Part(text, check_digit(text) == _digit(check))


def _digit(read: str) -> str:
    return read.translate(TO_DIGIT) if read != "<" else "0"


def _letters(read: str) -> str:
    return read.translate(TO_LETTER)


def _sex(read: str) -> str:
    """M, F, X or a filler; H and N are how a blurred M is read, which is told by another letter."""
    return read if read in "MFX<" else "?"


def tidy_names(field: str) -> str:
    """The name field in letters, its closing fillers gone; a K among those is a filler that was misread.

    >>> tidy_names("ER1KSSON<<ANNA<MARIA<<<<K<<KK<"), tidy_names("NOVAK<<MAREK<<<<<")
    ('ERIKSSON<<ANNA<MARIA', 'NOVAK<<MAREK')
    """
    return re.sub(r"<[<K]*$", "", field.translate(TO_LETTER))
