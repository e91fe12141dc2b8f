"""What a person should see about a profile that loads: contradictions, gaps, doubts. No rule of a city stands here.

Each check looks at the values, answers with findings and never repeats a value. A new check is one function in a module
here; a new module is one line in `MODULES`.
"""

from datetime import date

from assistant.check.finding_kinds import Kind
from assistant.check.rules.profile import contacts, family, identity, plausible, spells, values
from assistant.outcome import Finding
from assistant.profile.loading import Profile

MODULES = (values, plausible, identity, contacts, spells, family)
KINDS: tuple[Kind, ...] = tuple(kind for module in MODULES for kind in module.KINDS)


def check_profile(profile: Profile, on: date) -> list[Finding]:
    """Every finding about the profile's own values, as of the day `on`."""
    return [finding for module in MODULES for finding in module.check(profile, on)]
