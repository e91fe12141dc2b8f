"""What every rule looks at: one profile, one city, one day; and how a rule speaks."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.check.city.loading import City
from assistant.check.city.rule_types import Rule
from assistant.check.deadlines.filing_dates import FilingDates, filing_dates
from assistant.check.slots import Slot, slots_for
from assistant.messages import Text
from assistant.outcome import Finding, Severity
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

    def finding(self, code: str, severity: Severity, where: str, rule: Rule, zh: str, en: str) -> Finding:
        """A finding that rests on a rule: it carries the rule's source and, where there is one, its note."""
        if rule.note is not None:
            zh, en = f"{zh}（{rule.note.zh}）", f"{en} ({rule.note.en})"
        return Finding(code, severity, where, Text(zh, en), self.city.source_of(rule))

    def stated(self, rule: Rule) -> Severity:
        """Error for a rule that somebody states; warning for one this project concluded or whose value is unknown."""
        return "warning" if rule.unknown or self.city.is_inferred(rule) else "error"
