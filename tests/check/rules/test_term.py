"""How long an extension may be, at its boundaries."""

from datetime import date

import pytest

from assistant.check.city.loading import load_city
from assistant.check.rules import check_rules

ON = date(2026, 11, 22)


def codes(changed, city: str, end: date, **more: object) -> set[str]:
    values = {
        "employment.requested_to": end,
        "residence_request.until": end,
        "employment.contract_to": date(2035, 1, 1),
        "passport.expires_on": date(2036, 1, 1),
        **{path.replace("__", "."): value for path, value in more.items()},
    }
    found = check_rules(changed("okafor", values), load_city(city), ON)
    return {finding.code for finding in found if finding.code.startswith(("term.", "residence."))}


NEW = date(2023, 11, 23)  # one day short of three years
LONG = date(2023, 11, 22)  # three years to the day


@pytest.mark.parametrize(
    ("since", "end", "expected"),
    [
        (NEW, date(2028, 2, 10), set()),
        (NEW, date(2028, 2, 11), set()),
        (NEW, date(2028, 2, 12), {"term.too-long"}),
        (LONG, date(2028, 2, 12), set()),
        (LONG, date(2029, 2, 11), set()),
        (LONG, date(2029, 2, 12), {"term.too-long"}),
    ],
)
def test_shenzhen_extends_one_year_and_two_after_three_years_of_work(changed, since, end, expected):
    assert codes(changed, "shenzhen", end, employment__in_china_since=since) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2028, 2, 11), set()),
        (date(2028, 2, 12), {"term.length-unknown"}),
        (date(2029, 2, 11), {"term.length-unknown"}),
        (date(2029, 2, 12), {"term.over-category-cap"}),
    ],
)
def test_where_no_length_is_published_a_long_one_only_warns(changed, end, expected):
    assert codes(changed, "beijing", end) == expected


def test_class_c_stays_within_a_year_even_after_three_years_of_work(changed):
    long_ago = {"employment__in_china_since": date(2019, 1, 1)}
    found = codes(changed, "shenzhen", date(2028, 8, 11), work_permit__category="C1", **long_ago)
    assert found == {"term.over-category-cap"}


def test_a_residence_permit_runs_at_least_ninety_days(changed):
    assert codes(changed, "shenzhen", date(2027, 5, 11)) == set()
    assert codes(changed, "shenzhen", date(2027, 5, 10)) == {"residence.length"}
