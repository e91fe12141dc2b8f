"""Every name in the table of tiers is a test that is there, and docs/testing.md shows the table as it is."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.tiers import FAST, NIGHTLY, ROTATED, SLOW, TOGETHER, not_today, tier

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", [*SLOW, *FAST, *NIGHTLY, *ROTATED, *TOGETHER])
def test_a_name_in_the_table_is_one_of_a_test(name: str) -> None:
    path, _, test = name.partition("::")
    assert (ROOT / path).exists()
    assert not test or re.search(rf"^def {re.escape(test.partition('[')[0])}", (ROOT / path).read_text("utf-8"), re.M)


def test_a_test_of_no_line_is_fast_and_of_two_the_narrower_one_counts() -> None:
    assert tier("tests/run/test_plan.py::test_values_are_the_profiles_own") == "fast"
    assert tier("tests/journeys/test_whole_form.py::test_x[sample-lee]") == "slow"
    assert tier(next(iter(NIGHTLY))) == "nightly" and tier(FAST[0]) == "fast"


@pytest.mark.parametrize(("test", "every"), [(test, every) for test, (every, _) in ROTATED.items()])
def test_of_tests_that_take_turns_each_has_its_day_and_none_is_without_one(test: str, every: int) -> None:
    names = [f"{test}[{number:02}]" for number in range(3 * every)]
    days = [set(names) - not_today(names, date(2026, 12, 1) + timedelta(n)) for n in range(every)]
    assert all(len(day) == 3 for day in days) and set().union(*days) == set(names)


def test_the_document_shows_every_line_and_no_other() -> None:
    told = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(tests/[^`]+)` \| ([^|]+) \|$", told, re.M))
    seeds = {name: why for name, why in NIGHTLY.items() if not name.endswith(tuple(f"[{n}]" for n in range(2, 7)))}
    turns = {name: f"{why}; one in {every} a day" for name, (every, why) in ROTATED.items()}
    assert rows == {**SLOW, **seeds, **turns}
    assert all(f"`{name}`" in told for name in FAST)


def test_a_flaky_test_says_why() -> None:
    """Nothing is run twice but what is named here with a reason."""
    marks = re.compile(r"mark\.flaky\(([^)]*)\)", re.S)
    without = [
        path.name
        for path in (ROOT / "tests").rglob("*.py")
        for words in marks.findall(path.read_text(encoding="utf-8"))
        if "reason=" not in words and path.name != Path(__file__).name
    ]
    assert without == []
    assert "--reruns" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
