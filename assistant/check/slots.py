"""Which documents a case needs: one `Slot` for each, decided by city, category and situation.

Promises: a slot says where its rule stands and as of when; what the city's source leaves open is `unsure`, with a note,
never silently required or dropped. Pure: no file is opened here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.check.city.loading import City
from assistant.check.city.rule_types import Alternative, Sector, Situation, SlotEntry, SlotNeed
from assistant.check.file_rules import FileRules
from assistant.messages import Text
from assistant.profile.loading import Profile

Need = Literal["required", "optional", "unsure", "when-asked"]


@dataclass(frozen=True)
class Slot:
    """One required (or possible) document of this case."""

    key: str
    label: str
    label_en: str
    required: Need
    source: str
    as_of: date
    rules: FileRules = field(default_factory=FileRules)
    rules_source: str = ""
    """Where what its files must be stands."""
    titles: tuple[str, ...] = ()
    """What such a paper calls itself."""
    heads: tuple[str, ...] = ()
    """What stands on its further pages."""
    whose: Literal["applicant", "employer"] = "applicant"
    """Whose name must stand on it."""
    several: bool = False
    """Whether different papers may stand in it side by side."""
    note: Text | None = None
    """Why the need is what it is, where that is not plain: what is unsure, who may use an alternative."""

    @property
    def name(self) -> Text:
        return Text(self.label, self.label_en)


def slots_for(profile: Profile, city: City) -> tuple[Slot, ...]:
    """The documents of this case, in the city's order."""
    situations = situations_of(profile, city)
    category = profile.work_permit.category
    return tuple(
        _slot(entry, need, city, profile)
        for entry in city.slots
        if (need := _first_that_fits(entry.needs, category, situations)) is not None
    )


def every_slot(profile: Profile, city: City) -> tuple[Slot, ...]:
    """All documents that the city knows, those included that this case does not need."""
    situations = situations_of(profile, city)
    category = profile.work_permit.category
    return tuple(
        _slot(entry, _first_that_fits(entry.needs, category, situations) or entry.needs[0], city, profile)
        for entry in city.slots
    )


def situations_of(profile: Profile, city: City) -> frozenset[Situation]:
    """What is special about this case, in the words the city's documents are listed by."""
    surely, perhaps = sectors_of(profile, city)
    facts: dict[Situation, bool] = {
        "salary-commitment": promises_salary(profile),
        "salary-path": rests_on_salary(profile, city),
        "change-within-entity": profile.employment.change == "within_entity",
        "sector": bool(surely),
        "sector-perhaps": bool(perhaps),
    }
    return frozenset(situation for situation, holds in facts.items() if holds)


def promises_salary(profile: Profile) -> bool:
    """Class A that rests on a salary commitment."""
    return profile.work_permit.category.startswith("A") and profile.employment.salary_commitment


def rests_on_salary(profile: Profile, city: City) -> bool:
    """Whether the city's salary floor counts for this case."""
    return promises_salary(profile) or city.salary_path.covers(profile.work_permit.category)


def sectors_of(profile: Profile, city: City) -> tuple[tuple[Sector, ...], tuple[Sector, ...]]:
    """The trades whose approval is needed: surely (the occupation ends in a listed name), and perhaps (a telling word)."""
    names = (profile.employment.occupation, profile.employment.position)
    surely = tuple(sector for sector in city.sectors if _is_one_of(names, sector.occupations))
    telling = (sector for sector in city.sectors if any(word in name for name in names for word in sector.perhaps))
    return surely, tuple(sector for sector in telling if sector not in surely)


def _is_one_of(names: Sequence[str], occupations: Sequence[str]) -> bool:
    return any(name.strip().endswith(occupation) for name in names for occupation in occupations)


def _first_that_fits(needs: Sequence[SlotNeed], category: str, situations: frozenset[Situation]) -> SlotNeed | None:
    return next(
        (need for need in needs if need.covers(category) and (need.situation is None or need.situation in situations)),
        None,
    )


def _slot(entry: SlotEntry, need: SlotNeed, city: City, profile: Profile) -> Slot:
    alternative = _alternative(entry, profile)
    words = need.note or (alternative.note if alternative else None)
    return Slot(
        entry.slot,
        entry.label,
        entry.label_en,
        need.need,
        source=city.source_of(need),
        as_of=need.as_of,
        rules=_file_rules(entry, city, contract=alternative is None),
        rules_source=city.source_of(entry.files or city.files),
        titles=_titles(entry, contract=alternative is None),
        heads=entry.heads,
        whose=entry.whose,
        several=entry.several,
        note=words.text if words else None,
    )


def _alternative(entry: SlotEntry, profile: Profile) -> Alternative | None:
    """The other paper that may stand in this slot for this applicant's occupation."""
    names = (profile.employment.occupation, profile.employment.position)
    other = entry.alternative
    return other if other is not None and _is_one_of(names, other.occupations) else None


def _titles(entry: SlotEntry, *, contract: bool) -> tuple[str, ...]:
    """The titles that count; that of the other paper only for those who may hand it in."""
    other = entry.alternative
    return entry.titles if contract or other is None else (*entry.titles, other.name.zh, other.name.en)


def _file_rules(entry: SlotEntry, city: City, *, contract: bool) -> FileRules:
    """The slot's file rules; a certificate in a contract's place has no contract essentials."""
    rules = city.files_of(entry)
    return rules if contract else rules.model_copy(update={"essentials": False})
