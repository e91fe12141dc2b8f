"""Is this case eligible, now, in this city? Every rule of the city's file held against the profile.

Promises: pure, no file is opened; each finding carries its rule's source; a rule nobody states or publishes warns, it
never refuses. A new rule is one function in a module here; a new module is one line in `MODULES`.
"""

from collections.abc import Iterable
from datetime import date

from assistant.check.city.loading import City
from assistant.check.finding_kinds import Kind
from assistant.check.rules import employment, freshness, papers, passport, person, term, validity, window
from assistant.check.rules.case import Case
from assistant.outcome import Finding
from assistant.profile.loading import Profile

MODULES = (window, person, passport, validity, term, employment, papers, freshness)
KINDS: tuple[Kind, ...] = tuple(kind for module in MODULES for kind in module.KINDS)
_WORST_FIRST = ("error", "warning", "info")


def check_rules(profile: Profile, city: City, on: date) -> list[Finding]:
    """What stands against filing this case in this city on this day, worst first."""
    case = Case(profile, city, on)
    return list(worst_first(finding for module in MODULES for finding in module.check(case)))


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors, then warnings, then infos; otherwise in the order found."""
    return tuple(sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.severity)))
