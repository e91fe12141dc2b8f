"""Age limits on the birthday itself, and the residence permit held."""

from datetime import date

import pytest

from assistant.check.city.loading import load_city
from assistant.check.rules import check_rules

ON = date(2026, 11, 22)


def codes(changed, city: str, values: dict[str, object], on: date = ON) -> set[str]:
    return {finding.code for finding in check_rules(changed("okafor", values), load_city(city), on)}


@pytest.mark.parametrize(
    ("city", "birth", "expected"),
    [
        ("shenzhen", date(1966, 11, 22), "age.over-limit"),
        ("shenzhen", date(1966, 11, 23), "age.term-crosses-limit"),
        ("shenzhen", date(1968, 2, 10), "age.term-crosses-limit"),
        ("shenzhen", date(1968, 2, 11), None),
        ("beijing", date(1955, 11, 22), "age.over-limit"),
        ("beijing", date(1955, 11, 23), "age.at-limit"),
        ("beijing", date(1966, 11, 22), "age.at-limit"),
        ("beijing", date(1966, 11, 23), "age.term-crosses-limit"),
        ("beijing", date(1968, 2, 11), None),
    ],
)
def test_the_birthday_itself_decides(changed, city, birth, expected):
    found = {code for code in codes(changed, city, {"applicant.birth_date": birth}) if code.startswith("age.")}
    assert found == ({expected} if expected else set())


def test_who_is_born_on_29_february_ages_on_1_march_in_common_years(changed):
    born = {
        "applicant.birth_date": date(1968, 2, 29),
        "work_permit.expires_on": date(2028, 5, 1),
        "residence_permit.expires_on": date(2028, 5, 1),
    }
    assert "age.over-limit" not in codes(changed, "shenzhen", born, date(2028, 2, 28))
    assert "age.over-limit" in codes(changed, "shenzhen", born, date(2028, 2, 29))


@pytest.mark.parametrize("category", ["A1", "A3", "A6"])
def test_class_a_has_no_age_limit(changed, category):
    values = {"applicant.birth_date": date(1940, 1, 1), "work_permit.category": category}
    for city in ("shenzhen", "beijing"):
        assert not any(code.startswith("age.") for code in codes(changed, city, values))


def test_a_residence_permit_is_valid_through_its_last_day(changed):
    values = {"residence_permit.expires_on": ON}
    assert codes(changed, "shenzhen", values) - {"rules.old"} == {"residence.expires-first"}


def test_where_sources_contradict_each_other_age_only_warns(changed):
    values = {"applicant.birth_date": date(1950, 1, 1)}
    found = check_rules(changed("okafor", values), load_city("beijing"), ON)
    (age,) = (one for one in found if one.code.startswith("age."))
    assert age.severity == "warning" and "60" in age.message.en and "70" in age.message.en


@pytest.mark.parametrize(
    ("sex", "birth", "expected"),
    [
        ("female", date(1971, 11, 22), {"age.at-limit"}),
        ("female", date(1971, 11, 23), {"age.term-crosses-limit"}),
        ("female", date(1973, 2, 10), {"age.term-crosses-limit"}),
        ("female", date(1973, 2, 11), set()),
        ("male", date(1971, 11, 22), set()),
        ("unspecified", date(1971, 11, 22), set()),
    ],
)
def test_women_of_55_are_told_that_sources_differ(changed, sex, birth, expected):
    found = codes(changed, "shenzhen", {"applicant.birth_date": birth, "applicant.sex": sex})
    assert {code for code in found if code.startswith("age.")} == expected
