"""What was checked long ago says so."""

from datetime import date, timedelta

from assistant.check.city.loading import load_city, rules_in
from assistant.check.rules import check_rules
from assistant.check.rules.freshness import MOST_DAYS


def old(changed, city: str, on: date) -> list[tuple[str, str]]:
    return [
        (one.severity, one.source)
        for one in check_rules(changed("okafor"), load_city(city), on)
        if one.code == "rules.old"
    ]


def test_a_source_checked_over_180_days_ago_is_named_once(changed):
    city = load_city("shenzhen")
    named = old(changed, "shenzhen", date(2026, 11, 22))
    assert ("info", city.sources["guide"].url) in named
    assert len(named) == len(set(named))


def test_the_day_of_180_is_still_fresh(changed):
    city = load_city("shenzhen")
    newest = max(rule.as_of for rule in rules_in(city) if rule.source == "guide")
    url = city.sources["guide"].url
    assert all(source != url for _, source in old(changed, "shenzhen", newest + MOST_DAYS))
    assert any(source == url for _, source in old(changed, "shenzhen", newest + MOST_DAYS + timedelta(days=1)))
