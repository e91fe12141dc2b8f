"""Passports, cards and visas: the zone, then what is printed beside it.

Promises: a field of the zone is sure only where all check digits hold as read, nothing was corrected, and what no check digit sees
(6/G, 1/L) stands printed on the page once more; a name is never sure unseen; a visa's number and expiry are not the passport's. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.intake.draft import ReadValue
from assistant.intake.pages.lines import Line
from assistant.intake.papers.answers import Answer, answers
from assistant.intake.papers.values import Where, century, fits, value_of
from assistant.intake.papers.words import book_of
from assistant.intake.words.meaning import meant
from assistant.messages import Text
from assistant.normalize import mrz_row
from assistant.profile.mrz import iso_of_icao, name_words
from assistant.profile.zones import BLIND, Zone, zones_of

SEEN = Text("姓名没有校验位；请对照护照", "names have no check digit; compare them with the passport")
UNPROVED = Text(
    "机读码的校验位没有全部对上，或有字符无法由校验位证实；请逐字对照",
    "not all check digits of the zone hold, or they can't prove every sign; compare sign by sign",
)
MENDED = Text(
    "按校验位改正了一个形近字符；请逐字对照", "one look-alike sign was mended by the check digit; compare sign by sign"
)
_KINDS = {"P<": "ordinary", "PP": "ordinary", "PD": "diplomatic", "PO": "official", "PS": "official"}
"""The zone's code (9303-4 4.2.2.3, and the second letters in force since 2026) and the kind of passport that it names for sure."""
NO_ZONE = Text(
    "没有读出机读码，只按印刷内容；请对照护照", "the zone could not be read, only what is printed; compare the passport"
)
PARTLY = Text("证件没有写明完整的出生日期；请核对", "the document does not give the whole date of birth; check it")


def zone_of(lines: Sequence[Line]) -> Zone | None:
    """The zone that these lines are."""
    return next(zones_of([line.text for line in lines]), None)


def printed_values(where: Where) -> Iterator[ReadValue]:
    """What a passport page whose zone could not be read prints by label: all of it for the person's eyes."""
    for answer in printed_answers(where):
        value = value_of(where, answer)
        if value and value.value and (answer.path != "applicant.birth_place" or _is_place(answer.text)):
            yield replace(value, state="doubtful", message=value.message or NO_ZONE)


def passport_values(where: Where, zone: Zone, lines: tuple[Line, ...], today: date) -> Iterator[ReadValue]:
    """All that the zone and the page say of a passport."""
    printed = printed_answers(where)
    told = _printed_words(where.page.lines)
    number = zone.number.text
    proved = zone.whole if number in told else zone.sound and not BLIND & set(number)
    if meant("passport.number", number).value:
        doubt = None if proved else MENDED if zone.number.corrected else UNPROVED
        yield where.value("passport.number", number, lines[-1:], "mrz", doubt)
    expires = century(zone.expiry.text, today, past=False) if zone.expiry.holds else None
    if expires:
        yield where.value("passport.expires_on", expires, lines[-1:], "mrz", None if zone.whole else UNPROVED)
    if kind := _KINDS.get(zone.code):
        yield where.value("passport.kind", kind, lines[:1], "mrz", None if zone.whole else UNPROVED)
    yield from person_values(where, zone, lines, today)
    born = century(zone.birth.text, today, past=True) if zone.birth.text.isdigit() else None
    for answer in printed:
        if answer.path == "passport.issued_on":
            value = value_of(where, answer)
            if value and value.value and _can_be_issued(value.value, born, expires, today):
                yield value
        elif answer.path == "applicant.birth_place" and _is_place(answer.text):
            value = value_of(where, answer)
            if value and value.value:
                yield value
    rows = "\n".join(mrz_row(line.text) for line in lines)
    if zone.sound and meant("passport.mrz", rows).value:
        yield where.value("passport.mrz", rows, lines, "mrz", SEEN)


def person_values(where: Where, zone: Zone, lines: tuple[Line, ...], today: date) -> Iterator[ReadValue]:
    """Who the zone names. `lines`: of a card its three, else two."""
    second = lines[1:2] if zone.form == "TD1" else lines[-1:]
    names = lines[-1:] if zone.form == "TD1" else lines[:1]
    primary, secondary = name_words(zone.names)
    for path, parts in (("applicant.surname", primary), ("applicant.given_names", secondary)):
        if parts and re.fullmatch("[A-Z ]+", " ".join(parts)):
            yield where.value(path, " ".join(parts), names, "mrz", SEEN)
    proof = None if zone.whole else UNPROVED
    if zone.sex in "MFX<":
        sex = {"M": "male", "F": "female"}.get(zone.sex, "unspecified")
        yield where.value("applicant.sex", sex, second, "mrz", proof if zone.sex in "MF" else UNPROVED)
    nation = iso_of_icao(zone.nation)
    if meant("applicant.nationality", nation).value:
        alone = zone.form[:3] != "MRV" and zone.nation != zone.issuer
        yield where.value(
            "applicant.nationality", nation, second, "mrz", UNPROVED if alone or zone.form[:3] == "MRV" else proof
        )
    if zone.birth.holds:
        yield from _birth(where, zone, second, today, proof)


def _birth(where: Where, zone: Zone, lines: tuple[Line, ...], today: date, proof: Text | None) -> Iterator[ReadValue]:
    """The day of birth; where the document leaves the day or the month open, the first one and how far it is known."""
    year, month, day = (zone.birth.text[at : at + 2] for at in (0, 2, 4))
    if not year.isdigit():
        return
    known = "year" if not month.isdigit() or month == "00" else "month" if not day.isdigit() or day == "00" else "day"
    digits = year + ("01" if known == "year" else month) + (day if known == "day" else "01")
    if born := century(digits, today, past=True):
        yield where.value("applicant.birth_date", born, lines, "mrz", proof if known == "day" else PARTLY)
        if known != "day":
            yield where.value("applicant.birth_date_known", known, lines, "mrz", PARTLY)


# ---- what is printed -------------------------------------------------------------------------------------------------


def printed_answers(where: Where) -> list[Answer]:
    """The labelled values of a passport page, zones left out."""
    lines = [line for line in where.page.lines if mrz_row(line.text).count("<") < 3]
    found = answers(lines, book_of("passport"), fits, "below")
    paths = [answer.path for answer in found]
    return [answer for answer in found if paths.count(answer.path) == 1]


def _printed_words(lines: Sequence[Line]) -> set[str]:
    """The words of the page, zones left out, as numbers are printed: with and without what stands before them."""
    words = set()
    for line in lines:
        plain = mrz_row(line.text)
        if plain.count("<") < 3:
            words |= {plain, *(mrz_row(part) for part in re.split(r"[\s:：./]+", line.text))}
    return words


def _can_be_issued(day: str, born: str | None, expires: str | None, today: date) -> bool:
    """Issued after the birth, not after today, and before it expires, by no more than the longest term."""
    if day > today.isoformat() or (born and day < born):
        return False
    return not expires or (day < expires and int(expires[:4]) - int(day[:4]) <= 15)


def _is_place(text: str) -> bool:
    return len(re.sub(r"[^A-Za-z\u2e80-\u9fff]", "", text)) >= 3 and not any(map(str.isdigit, text))
