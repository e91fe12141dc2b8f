"""The timeline of months: gaps, overlaps, open ends."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.check.rules.history import Span, gaps, is_recent, overlaps
from assistant.profile.loading import Month, Profile

ON = date(2026, 11, 22)


def with_rows(profile: Profile, *rows: tuple[str, str | None]) -> Profile:
    """The profile with one school row and the rest as jobs, each (from, to)."""
    school, job = profile.education[0], profile.work_history[0]

    def spell(row: Any, first: str, last: str | None) -> Any:
        return row.model_copy(update={"from_": Month.parse(first), "to": Month.parse(last) if last else None})

    return profile.model_copy(
        update={
            "education": tuple(spell(school, *row) for row in rows[:1]),
            "work_history": tuple(spell(job, *row) for row in rows[1:]),
        }
    )


@pytest.fixture
def sound(lee: Any) -> Profile:
    profile: Profile = lee.load()
    return profile


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([("2004-03", "2013-02"), ("2013-03", None)], []),
        ([("2004-03", "2013-02"), ("2013-02", None)], []),
        ([("2004-03", "2013-02"), ("2013-04", None)], ["2013-03"]),
        ([("2004-03", "2012-12"), ("2013-02", None)], ["2013-01"]),
        (
            [("2004-03", "2013-02"), ("2014-01", "2020-05"), ("2020-09", None)],
            ["2013-03 – 2013-12", "2020-06 – 2020-08"],
        ),
        ([("2004-03", "2013-02"), ("2013-03", "2026-10")], []),
        ([("2004-03", "2013-02"), ("2013-03", "2026-09")], ["2026-10"]),
        ([("2004-03", "2013-02"), ("2013-03", "2027-05")], []),
        ([("2004-03", "2013-02")], ["2013-03 – 2026-10"]),
        # A long row hides the short ones inside it, whatever the order they are listed in.
        ([("2004-03", "2022-02"), ("2010-01", "2010-02"), ("2022-03", None)], []),
        ([("2004-03", "2013-02"), ("2020-01", None), ("2013-03", "2019-12")], []),
        ([("2020-01", None)], []),
        ([("2027-01", None)], []),
    ],
)
def test_gaps(sound: Profile, rows: list[tuple[str, str | None]], missing: list[str]) -> None:
    assert [str(span) for span in gaps(with_rows(sound, *rows), ON)] == missing


def test_the_month_after_new_year_follows_december(sound: Profile) -> None:
    assert gaps(with_rows(sound, ("2004-03", "2012-12"), ("2013-01", None)), date(2026, 1, 15)) == ()
    assert [str(s) for s in gaps(with_rows(sound, ("2004-03", "2025-11")), date(2026, 1, 15))] == ["2025-12"]


def test_a_shared_month_is_no_overlap_and_two_are(sound: Profile) -> None:
    assert overlaps(with_rows(sound, ("2004-03", "2013-02"), ("2013-02", None)), ON) == ()
    (overlap,) = overlaps(with_rows(sound, ("2004-03", "2013-02"), ("2013-01", None)), ON)
    assert overlap.rows == ("education[1]", "work_history[1]")
    assert (str(overlap.span), overlap.span.months) == ("2013-01 – 2013-02", 2)


def test_a_gap_counts_as_recent_for_ten_years() -> None:
    def gap(last: Month) -> Span:
        return Span(Month(2010, 1), last)

    assert not is_recent(gap(Month(2016, 11)), ON)
    assert is_recent(gap(Month(2016, 12)), ON)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), min_size=1, max_size=8))
def test_gaps_are_exactly_the_months_that_nothing_covers(sound: Profile, rows: list[tuple[int, int]]) -> None:
    base = 2019 * 12
    spells = [(str(Month.of_count(base + start)), str(Month.of_count(base + start + length))) for start, length in rows]
    covered = {base + start + month for start, length in rows for month in range(length + 1)}
    wanted = set(range(min(covered), 2026 * 12 + 10)) - covered
    found = [
        month for span in gaps(with_rows(sound, *spells), ON) for month in range(span.first.count, span.last.count + 1)
    ]
    assert found == sorted(wanted)
