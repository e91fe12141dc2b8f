"""Promises of assistant/portal/contact/shapes.py: exact, with the unit or part it states, or no value at all."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import Unfit
from assistant.portal.contact.shapes import Shaped
from assistant.portal.sources import source_of


@pytest.mark.parametrize(
    ("shape", "value", "written"),
    [
        ("ten-thousands", Decimal("420000"), "42"),
        ("ten-thousands", Decimal("425500"), "42.55"),
        ("thousands", Decimal("300000"), "300"),
        ("yyyy/mm/dd", date(2031, 5, 9), "2031/05/09"),
        ("yyyy年mm月dd日", date(2031, 5, 9), "2031年05月09日"),
        ("yyyy-mm", date(2031, 5, 9), None),
        ("yyyymm", "2019-09", "201909"),
        ("yyyy-mm-dd", "2019-09", None),
        ("month", date(2031, 5, 9), "05"),
        ("area-code", "0755-86000000", "0755"),
        ("local-number", "0755-86000000", "86000000"),
        ("area-code", "13800000011", None),
        ("plus-country-code", "13800000011", "+86"),
        ("plus-country-code", "+234 8000000001", "+234"),
        ("national-number", "+234 8000000001", "8000000001"),
        ("country-code", "+34600000001", "34"),
        ("country-code", "+12025550100", "1"),
        ("country-code", "0755-86000000", None),
        ("thousands", None, None),
    ],
)
def test_a_shape_is_exact_or_has_no_value(shape: str, value: object, written: str | None) -> None:
    assert Shaped(shape, "a.path").value(lambda _: value) == written


def test_a_pack_names_a_shape_of_the_closed_list_and_no_other() -> None:
    assert source_of({"shape": "thousands", "of": "employment.annual_salary"}) == Shaped(
        "thousands", "employment.annual_salary"
    )
    with pytest.raises((ValueError, Unfit)):
        source_of({"shape": "millions", "of": "employment.annual_salary"})
