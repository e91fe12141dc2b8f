"""Dates as papers print them; what can mean two days is none."""

import pytest

from assistant.intake.words.printed import day_in, days_in


@pytest.mark.parametrize(("text", "day"), [
    ("14 MAR 1988", "1988-03-14"),
    ("14 MAR/MARS 1988", "1988-03-14"),
    ("01 FÉV/FEB 2020", "2020-02-01"),
    ("25 DEZ/DEC 2030", "2030-12-25"),
    ("12AOÛT 2021", "2021-08-12"),
    ("3 January 2027", "2027-01-03"),
    ("25.12.2030", "2030-12-25"),
    ("04 05 2030", "2030-05-04"),
    ("2027年1月5日", "2027-01-05"),
    ("2027-01-15", "2027-01-15"),
    ("2027/1/5", "2027-01-05"),
    ("13/02/2027", "2027-02-13"),
    ("02/13/2027", "2027-02-13"),
    ("03/04/2026", None),
    ("2026-02-30", None),
    ("12 XYZ 2020", None),
    ("1 2027", None),
])  # fmt: skip
def test_a_day_is_read_however_it_is_printed(text: str, day: str | None) -> None:
    assert day_in(text) == day


def test_the_two_ends_of_a_term_are_both_read() -> None:
    assert days_in("2025年01月16日至2027年1月15日") == ["2025-01-16", "2027-01-15"]
    assert day_in("2025-01-16 / 2027-01-15") is None
