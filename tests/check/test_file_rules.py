"""One list of file rules: what a slot leaves out, the city says; what nobody says is the default."""

from assistant.check.city.loading import load_city
from assistant.check.city.rule_types import FileLimits
from assistant.check.file_rules import FileRules


def test_only_what_was_said_overrides_the_city():
    said = FileLimits.model_validate({"seal": True, "max_bytes": 5, "source": "guide", "as_of": "2026-01-01"}).said()
    assert said == {"seal": True, "max_bytes": 5}


def test_no_is_said_too():
    assert FileRules(colour=False).said() == {"colour": False}


def test_a_slot_takes_its_city_s_rules_and_its_own():
    city = load_city("shenzhen")
    entry = next(entry for entry in city.slots if entry.slot == "tax_certificate")
    rules = city.files_of(entry)
    assert (rules.colour, rules.max_age_days) == (False, 365)
    assert (rules.translation, rules.max_bytes) == (city.files.translation, city.files.max_bytes)
