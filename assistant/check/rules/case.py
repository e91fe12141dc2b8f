"""What every rule looks at: one profile, one city, one day; and what rests on a rule."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.check.city.loading import City
from assistant.check.city.rule_types import Rule
from assistant.check.deadlines.filing_dates import FilingDates, filing_dates
from assistant.check.finding_kinds import Basis
from assistant.check.slots import Slot, slots_for
from assistant.profile.loading import Profile


@dataclass(frozen=True)
class Case:
    """One applicant's case in one city; `on` stands for today."""

    profile: Profile
    city: City
    on: date

    @cached_property
    def dates(self) -> FilingDates:
        return filing_dates(self.profile.work_permit.expires_on, self.category, self.city)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return slots_for(self.profile, self.city)

    @property
    def category(self) -> str:
        return self.profile.work_permit.category

    def by(self, rule: Rule, *others: Rule) -> Basis:
        """What rests on a rule: not sure where its source is weak, this project concluded it, or its value is unknown. All sources are named."""
        note = rule.note.text if rule.note is not None else None
        sources = " · ".join(map(self.city.source_of, (rule, *others)))
        return Basis(sources, note, sure=not rule.unknown and self.city.is_stated(rule))

    def certainly(self, rule: Rule) -> Basis:
        """What holds whatever value the rule gives: an expired permit has expired."""
        return replace(self.by(rule), sure=True)
