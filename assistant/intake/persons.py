"""Which drafts speak of the same person, and which applicant of the folder that is.

Two drafts are of one person when they have the same passport number, or the same name and date of birth (a new passport has another
number). A draft that names a person without a date joins the only one of that name; one that names nobody joins the only person there
is. Nothing else is put together: a stranger's passport among the papers is a person of its own. Pure.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.intake.draft import ProfileDraft
from assistant.normalize import half_width
from assistant.profile.identifiers import transliterate


@dataclass(eq=False)
class Somebody:
    """One person: what is said of them, and the applicant they are (None: a new one)."""

    drafts: list[ProfileDraft] = field(default_factory=list)
    applicant: str | None = None
    held: ProfileDraft | None = None


class _Known:
    """The persons so far, by what they are known by."""

    def __init__(self, held: Mapping[str, ProfileDraft]) -> None:
        self.persons: list[Somebody] = []
        self._by_key: dict[str, Somebody] = {}
        self._by_name: dict[str, list[Somebody]] = {}
        for name, draft in held.items():
            self._learn(Somebody(applicant=name, held=draft), draft)

    def take(self, draft: ProfileDraft) -> None:
        """Puts a draft that is known by a number or by name and birth to its person."""
        meant = list(dict.fromkeys(self._by_key[key] for key in _keys(draft) if key in self._by_key))
        person = self._joined(meant) if meant else Somebody()
        person.drafts.append(draft)
        self._learn(person, draft)

    def take_by_id(self, draft: ProfileDraft) -> bool:
        """Puts a draft that says itself which applicant of the store it is about; False where there is none of that id."""
        person = next((one for one in self.persons if one.applicant == draft.applicant), None)
        if person is None:
            return False
        person.drafts.append(draft)
        return True

    def take_by_name(self, draft: ProfileDraft) -> bool:
        """Puts a draft without number or birth to the only person it can mean; a name that nobody bears is a new person."""
        name = name_of(draft)
        if name:
            meant = self._latest(self._by_name.get(name, []))
        else:
            spoken_of = [one for one in self.persons if one.drafts]
            meant = self._latest(spoken_of or self.persons)
        if len(meant) == 1:
            meant[0].drafts.append(draft)
        elif name and not meant:
            self._learn(Somebody([draft]), draft)
        return len(meant) == 1 or (bool(name) and not meant)

    def _latest(self, persons: Sequence[Somebody]) -> list[Somebody]:
        """The persons, of the same applicant's cases of several years the one that their number stands for now."""
        now = (
            next((self._by_key[key] for key in _keys(one.held)), one) if one.held is not None else one
            for one in persons
        )
        return list(dict.fromkeys(now))

    def _learn(self, person: Somebody, draft: ProfileDraft) -> None:
        if person not in self.persons:
            self.persons.append(person)
        for key in _keys(draft):
            self._by_key[key] = person
        alike = self._by_name.setdefault(name_of(draft), [])
        if person not in alike:
            alike.append(person)

    def _joined(self, meant: Sequence[Somebody]) -> Somebody:
        """Persons that a draft has shown to be one. Two applicants of the folder stay two: the first gets the draft."""
        first = next((one for one in meant if one.applicant), meant[0])
        for other in meant:
            if other is first or other.applicant:
                continue
            first.drafts += other.drafts
            self.persons.remove(other)
            for draft in other.drafts:
                self._learn(first, draft)
                self._by_name[name_of(draft)] = [one for one in self._by_name[name_of(draft)] if one is not other]
        return first


def sorted_by_person(
    drafts: Sequence[ProfileDraft], held: Mapping[str, ProfileDraft]
) -> tuple[list[Somebody], list[ProfileDraft]]:
    """The persons that the drafts speak of, in their order, and the drafts of which nobody can say whose they are. `held`:
    applicant's id → what their profile holds."""
    known = _Known(held)
    unsure = []
    for draft in drafts:
        if draft.applicant and known.take_by_id(draft):
            continue
        if any(_keys(draft)):
            known.take(draft)
        else:
            unsure.append(draft)
    unknown = [draft for draft in unsure if not known.take_by_name(draft)]
    return [one for one in known.persons if one.drafts], unknown


def applicants_meant(draft: ProfileDraft, held: Mapping[str, ProfileDraft]) -> frozenset[str]:
    """The applicants whose number, or whose name and birth, a draft bears; where it has neither, those of its name. More than
    one: it can't be said whose it is. A number that stands beside somebody else's name means both."""
    keys, name = set(_keys(draft)), name_of(draft)
    if not keys:
        return frozenset(one for one, own in held.items() if name and _same_name(name, name_of(own)))
    meant = {one for one, own in held.items() if keys & set(_keys(own))}
    if not all(_may_be_one_name(name, name_of(held[one])) for one in meant):
        return frozenset({*meant, ""})
    return frozenset(meant)


def _same_name(one: str, other: str) -> bool:
    """Whichever part of it comes first."""
    return sorted(one.split()) == sorted(other.split())


def _may_be_one_name(one: str, other: str) -> bool:
    """Whether one holds all that the other has: a surname alone, a middle name left out."""
    parts, others = set(one.split()), set(other.split())
    return parts <= others or others <= parts


def _keys(draft: ProfileDraft) -> Iterator[str]:
    if number := half_width(draft.value("passport.number") or "").upper():
        yield f"number {number}"
    name, birth = name_of(draft), draft.value("applicant.birth_date")
    if name and birth:
        yield f"{name} {birth}"


def name_of(draft: ProfileDraft) -> str:
    """Surname and given names as far as the draft has them, in capitals."""
    parts = (draft.value("applicant.surname"), draft.value("applicant.given_names"))
    return half_width(" ".join(filter(None, parts))).upper()


def folder_name(drafts: Iterable[ProfileDraft], taken: Collection[str]) -> str:
    """What a new applicant's folder is called: the name as the passport has it, with a number where that is taken.

    >>> folder_name([], {"applicant", "Applicant-2"})
    'applicant-3'
    """
    name = next((name for draft in drafts if (name := name_of(draft))), "")
    stem = re.sub(r"[^a-z0-9]+", "-", transliterate(name).lower()).strip("-") or "applicant"
    lower = {one.casefold() for one in taken}
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(lower) + 2))
    return next(free for free in numbered if free not in lower)
