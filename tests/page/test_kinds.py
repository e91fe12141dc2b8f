"""How a value is compared with what a page shows: never by a float, a prefix or a part."""

import doctest

import pytest

from assistant.page import kinds
from assistant.page.engine import KINDS


def holds(wanted: str, shown: str) -> bool:
    return KINDS["number"].holds(wanted, (), shown)


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(kinds).failed == 0


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("440300199001011234", "440300199001011234"),
        ("018956", "018956"),
        ("5000", "5,000"),
        ("5000", "5000.00"),
        ("12,000", "12000"),
        ("5000", "￥5,000.00"),
        ("30000", "30000 元"),
        ("-1.50", "-1.5"),
        ("0.5", "0.50"),
        ("0", "0"),
        ("３５", "35"),
    ],
)
def test_the_same_number_written_in_another_way_is_held(wanted: str, shown: str) -> None:
    assert holds(wanted, shown)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("440300199001011234", "440300199001011260"),
        ("440300199001011234", "440300199001011200"),
        ("6222021234567890123", "6222021234567890000"),
        ("6222021234567890123", "6.222021234567890e18"),
        ("018956", "18956"),
        ("18956", "018956"),
        ("0755", "755"),
        ("1.10", "1.1.0"),
        ("5", "5万元"),
        ("1234", "1,23,4"),
        ("1e3", "1000"),
        ("0.1", "0.10000000000000000555"),
        ("5000", ""),
        ("", ""),
        ("", "0"),
    ],
)
def test_a_number_that_the_page_made_another_one_is_not_held(wanted: str, shown: str) -> None:
    assert not holds(wanted, shown)
