"""Passports and permits: by the zone or the title, and by what the profile says of the applicant. Pure.

Own is only the very paper of the profile; an older one of the same person, a visa, and anybody else's are told apart and placed nowhere.
What the data do not tell yet agrees with nothing and contradicts nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.mrz_compare import ExpectedZone, FieldVerdict, ReadZone, compare, zones_in
from assistant.check.documents.text import printed_days, printed_name, printed_number
from assistant.check.slots import Slot
from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.papers.kinds import parts_of
from assistant.intake.prepare.heap import PageSeen
from assistant.normalize import mrz_row

WhoseDocument = Literal["own", "other", "stranger", "unsure"]

_FEW_LINES = 45
"""A card has fewer; an application form that names a permit has more."""


@dataclass(frozen=True)
class IdentityVerdict:
    """One identity paper on a page: for which slot, and whether it is the one in the profile (`own`), another of the same person
    (`other`), a stranger's, or not legible enough to say."""

    slot: Slot | None
    state: WhoseDocument


def papers_by_zone(page: PageSeen, slots: Sequence[Slot], facts: ApplicantFacts) -> list[IdentityVerdict]:
    """The identity papers on a page; none where it is another kind of paper."""
    kinds = {slot.rules.identity: slot for slot in slots if slot.rules.identity}
    found = []
    for part in parts_of([page.read]):
        if part.zone:
            found.append(_by_zone(part.kind, part.pages[0], part.zone, kinds, facts))  # type: ignore[arg-type]
        elif part.kind in ("work_permit", "residence_permit") and len(page.lines) < _FEW_LINES:
            found.append(IdentityVerdict(kinds.get(part.kind), _by_print(page.read, part.kind, facts)))
    return found


def _by_zone(
    kind: str | None, page: PageLines, zone: Sequence[Line], kinds: "dict[str | None, Slot]", facts: ApplicantFacts
) -> IdentityVerdict:
    printed = _printed(page.lines)
    permit = kind == "residence_permit"
    read = next(zones_in([line.text for line in zone]), None)
    if read is None:
        return IdentityVerdict(kinds.get(kind), "unsure")
    if kind not in ("passport", "residence_permit"):
        return IdentityVerdict(None, _of_person(read, facts))
    verdicts = compare(read, _expected(facts, permit=permit), printed)
    if permit and facts.residence_number:
        verdicts["number"] = _permit_number(verdicts["number"], printed, facts)
    return IdentityVerdict(kinds.get(kind), _state(verdicts, by_number=bool(_number_of(facts, permit=permit))))


def _number_of(facts: ApplicantFacts, *, permit: bool) -> str:
    return facts.residence_number if permit else facts.passport_number


def _state(verdicts: "dict[str, FieldVerdict]", *, by_number: bool) -> WhoseDocument:
    """Own where nothing speaks against it and name, birth and number are read as they must be, but for signs that look alike. Where
    no number is known (`by_number`), the day of expiry must tell it from an older paper."""
    person = [verdicts[part] for part in ("name", "birth")]
    if "other" in person:
        return "stranger" if verdicts["name"] == "other" or verdicts["number"] == "other" else "unsure"
    if verdicts["number"] == "other" or verdicts["expiry"] == "other":
        return "other"
    sure = verdicts["birth"] == "same" and "same" in (verdicts["number"], verdicts["name"])
    sure = sure and (by_number or verdicts["expiry"] == "same")
    return "own" if sure else "unsure"


def _permit_number(by_zone: FieldVerdict, printed: str, facts: ApplicantFacts) -> FieldVerdict:
    """A residence permit shows its own number beside the zone, which may hold the passport's."""
    by_print = printed_number(facts.residence_number, printed, facts)
    return (
        "other" if "other" in (by_zone, by_print) and by_print != "same" else by_print if by_zone == "same" else by_zone
    )


def _expected(facts: ApplicantFacts, *, permit: bool) -> ExpectedZone:
    expires = facts.residence_expires if permit else facts.passport_expires
    numbers = (facts.residence_number, facts.passport_number) if permit else (facts.passport_number,)
    return ExpectedZone(
        facts.surname,
        facts.given_names,
        facts.nationality,
        facts.birth_date.replace("-", "")[2:],
        facts.sex,
        expires.replace("-", "")[2:],
        numbers,
    )


def _of_person(read: ReadZone, facts: ApplicantFacts) -> WhoseDocument:
    """Another paper of the applicant's, or a stranger's."""
    verdicts = compare(read, _expected(facts, permit=False), "")
    if "other" in (verdicts["name"], verdicts["birth"]):
        return "stranger"
    told = facts.birth_date and (facts.surname or facts.given_names)
    return "other" if told else "unsure"


def _by_print(page: PageLines, kind: str, facts: ApplicantFacts) -> WhoseDocument:
    """A permit without a zone: its number, the name and the expiry as printed."""
    permit = kind == "residence_permit"
    printed = _printed(page.lines)
    held = facts.residence_number if permit else facts.work_permit_number
    number = printed_number(held, printed, facts) if held else "misread"
    name = printed_name(printed, facts) if facts.surname or facts.given_names else "misread"
    days = printed_days(printed)
    if number in ("same", "alike"):
        return "own" if name in ("same", "alike", "misread") else "unsure"
    if name == "other":
        return "stranger"
    if number == "other":
        return "other" if name == "same" else "unsure"
    expires = facts.residence_expires if permit else facts.work_permit_expires
    return "own" if name == "same" and expires in days else "unsure"


def _printed(lines: Sequence[Line]) -> str:
    return "\n".join(line.text.upper().replace(" ", "") for line in lines if mrz_row(line.text).count("<") < 3)
