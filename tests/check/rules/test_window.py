"""The filing window at its boundaries, leap years included."""

from datetime import date, timedelta

import pytest

from assistant.check.city.loading import load_city
from assistant.check.rules import check_rules

EXPIRY = date(2027, 2, 10)


def codes(changed, city: str, on: date, expiry: date = EXPIRY) -> set[str]:
    far = {"work_permit.expires_on": expiry, "residence_permit.expires_on": expiry + timedelta(days=400)}
    findings = check_rules(changed("okafor", far), load_city(city), on)
    return {finding.code for finding in findings if finding.code.startswith("window.")}


@pytest.mark.parametrize(
    ("city", "days_left", "expected"),
    [
        ("beijing", 121, {"window.too-early"}),
        ("beijing", 120, {"window.opens-unclear"}),
        ("beijing", 91, {"window.opens-unclear"}),
        ("beijing", 90, set()),
        ("beijing", 89, set()),
        ("beijing", 31, {"window.tight"}),
        ("beijing", 30, {"window.tight"}),
        ("beijing", 29, {"window.too-late"}),
        ("beijing", 0, {"window.too-late"}),
        ("beijing", -1, {"window.expired"}),
        ("shenzhen", 91, {"window.too-early"}),
        ("shenzhen", 90, set()),
        ("shenzhen", 89, set()),
        ("shenzhen", 31, {"window.tight"}),
        ("shenzhen", 30, {"window.tight"}),
        ("shenzhen", 29, {"window.late-unknown"}),
        ("shenzhen", 0, {"window.late-unknown"}),
        ("shenzhen", -1, {"window.expired"}),
    ],
)
def test_each_day_of_the_window_has_one_answer(changed, city, days_left, expected):
    assert codes(changed, city, EXPIRY - timedelta(days=days_left)) == expected


@pytest.mark.parametrize("expiry", [date(2028, 2, 29), date(2028, 3, 31), date(2100, 3, 1), date(2027, 3, 1)])
def test_leap_days_are_counted_as_days(changed, expiry):
    assert codes(changed, "beijing", expiry - timedelta(days=90), expiry) == set()
    assert codes(changed, "beijing", expiry - timedelta(days=91), expiry) == {"window.opens-unclear"}
    assert codes(changed, "beijing", expiry - timedelta(days=121), expiry) == {"window.too-early"}
    assert codes(changed, "beijing", expiry - timedelta(days=29), expiry) == {"window.too-late"}


def test_what_is_not_published_warns_and_never_refuses(changed):
    findings = check_rules(changed("okafor"), load_city("shenzhen"), EXPIRY - timedelta(days=10))
    assert [(one.code, one.severity) for one in findings if one.code != "rules.old"] == [
        ("window.late-unknown", "warning")
    ]


def test_between_two_openings_both_sources_are_named(changed):
    found = check_rules(changed("okafor"), load_city("beijing"), EXPIRY - timedelta(days=100))
    (one,) = (one for one in found if one.code == "window.opens-unclear")
    assert one.severity == "warning"
    assert one.source.count("(checked ") == 2 and "workpermitextension" in one.source
    assert "120" in one.message.en and "90" in one.message.en
