"""Residence permits (a sticker with a visa's zone) and work permits (a card, or the electronic form): what is printed by label.

Promises: a number must look like one and not be the passport's; a QR code is read and never opened, and can only confirm. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.intake.draft import ReadValue
from assistant.intake.pages.lines import Line
from assistant.intake.papers.answers import Answer, answers
from assistant.intake.papers.identity import UNPROVED, person_values
from assistant.intake.papers.values import Where, century, fits, understood, value_of
from assistant.intake.papers.words import book_of
from assistant.messages import Text
from assistant.normalize import mrz_row
from assistant.profile.zones import Zone

AGREES = Text(
    "有效期与机读码不一致；请对照原件", "the expiry printed and the one in the zone differ; compare the original"
)
_NUMBER = re.compile(r"(?=(?:.*\d){4})[A-Z0-9]{6,20}")


def residence_values(where: Where, zone: Zone | None, lines: tuple[Line, ...], today: date) -> Iterator[ReadValue]:
    """All that a residence permit says. Which number its zone bears, the passport's or its own, nobody publishes: it names none."""
    found = _printed(where, "residence_permit")
    passport = found.get("passport.number")
    for path, answer in found.items():
        value = value_of(where, answer)
        if value is None or not _is_own_number(value, passport):
            continue
        if path == "residence_permit.expires_on" and zone is not None and zone.expiry.holds:
            value = _with_zone(value, century(zone.expiry.text, today, past=False), zone)
        yield value
    expires = century(zone.expiry.text, today, past=False) if zone is not None and zone.expiry.holds else None
    if expires and "residence_permit.expires_on" not in found:
        yield where.value("residence_permit.expires_on", expires, lines[-1:], "mrz", UNPROVED)
    if zone is not None:
        yield from (one for one in person_values(where, zone, lines, today) if one.path not in found)


def work_permit_values(where: Where) -> Iterator[ReadValue]:
    """All that a work permit says."""
    found = _printed(where, "work_permit")
    passport = found.get("passport.number")
    coded = " ".join(line.text for line in where.page.codes).upper()
    for path, answer in found.items():
        if path == "work_permit.category" and understood(path, answer.text).value is None:
            continue  # cards print the class alone (A, B, C), which is no category yet
        value = value_of(where, answer)
        if value is None or not _is_own_number(value, passport):
            continue
        if (
            path == "work_permit.number"
            and value.value
            and re.search(rf"(?<![A-Z0-9]){value.value}(?![A-Z0-9])", coded)
        ):
            value = replace(value, state="sure", message=None)
        yield value


def _printed(where: Where, kind: str) -> dict[str, Answer]:
    """Path → its answer, of labels that stand on the page once. A number in a line of its own, as cards print it, must look like one."""
    lines = [line for line in where.page.lines if mrz_row(line.text).count("<") < 3]
    found = answers(lines, book_of(kind), _fits, "below")
    paths = [answer.path for answer in found]
    return {answer.path: _tidied(answer) for answer in found if paths.count(answer.path) == 1}


def _fits(path: str, text: str) -> bool:
    if path.endswith(".number"):
        return _NUMBER.fullmatch(_plain(text)) is not None
    return fits(path, text)


def _tidied(answer: Answer) -> Answer:
    return replace(answer, text=_plain(answer.text)) if answer.path.endswith(".number") else answer


def _plain(text: str) -> str:
    return re.sub(r"[\s:：]+", "", re.sub(r"^(?:NO|№)[.:： ]*", "", text.strip().upper()))


def _is_own_number(value: ReadValue, passport: Answer | None) -> bool:
    """A permit's number that looks like one, and is not the passport's that stands on it too."""
    if not value.path.endswith(".number") or value.value is None:
        return True
    own = value.path == "passport.number" or passport is None or value.value != passport.text
    return own and _NUMBER.fullmatch(value.value) is not None


def _with_zone(value: ReadValue, expires: str | None, zone: Zone) -> ReadValue:
    """The printed expiry beside the zone's: two readings that agree prove it, two that differ prove neither."""
    if value.value is None or expires is None:
        return value
    if value.value != expires:
        return replace(value, state="doubtful", message=AGREES)
    return replace(value, how="mrz", state="sure", message=None) if zone.whole else value
