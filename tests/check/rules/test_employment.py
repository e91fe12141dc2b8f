"""The pay is held against the floor of the place of work."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.check.city.loading import load_city
from assistant.check.rules import check_rules

ON = date(2026, 11, 22)


def salary(changed, monthly: Decimal, workplace: str, category: str = "A3", city: str = "shenzhen") -> set[str]:
    values = {
        "employment.annual_salary": 12 * monthly,
        "employment.currency": "CNY",
        "employment.workplace.province": workplace,
        "employment.workplace.city": workplace,
        "work_permit.category": category,
    }
    found = check_rules(changed("delacruz", values), load_city(city), ON)
    return {one.code for one in found if one.code.startswith("salary.")}


@pytest.mark.parametrize(
    ("workplace", "category", "floor"),
    [("上海市", "A3", 74604), ("上海市", "B4", 49736), ("北京市", "A3", 71622), ("北京市", "B4", 47748)],
)
@pytest.mark.parametrize("city", ["shenzhen", "beijing"])
def test_the_floor_of_the_place_of_work_counts(changed, city, workplace, category, floor):
    assert salary(changed, Decimal(floor), workplace, category, city) == set()
    assert salary(changed, Decimal(floor) - 1, workplace, category, city) == {"salary.below-floor"}


def test_where_nothing_is_published_for_the_place_the_filing_city_s_rule_counts(changed):
    assert salary(changed, Decimal(90000), "深圳市") == {"salary.floor-unknown"}
