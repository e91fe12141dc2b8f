"""Promises of assistant/portal/conditions.py."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from assistant.portal.conditions import ALWAYS, when_of

CODES = st.sampled_from(["A1", "A3", "B4", "B6", "C1"])


def holds(raw: object, **facts: object) -> bool:
    return when_of(raw).holds(facts.get)


@settings(deadline=None)
@given(CODES, st.lists(CODES, min_size=1))
def test_a_list_asks_for_one_of_its_values_exactly(code: str, wanted: list[str]) -> None:
    assert holds({"category": wanted}, category=code) == (code in wanted)


@settings(deadline=None)
@given(CODES, CODES)
def test_one_value_may_stand_alone(code: str, wanted: str) -> None:
    assert holds({"category": wanted}, category=code) == (code == wanted)


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1).filter(lambda values: all(values)))
def test_what_is_missing_equals_no_value(wanted: list[str]) -> None:
    assert not holds({"x": wanted if wanted not in (["present"], ["absent"]) else ["other"]})


@pytest.mark.parametrize(
    ("there", "present"),
    [("x", True), (("row",), True), (0, True), (False, True), ("", False), ((), False), (None, False)],
)
def test_presence_and_absence_are_opposites(there: object, present: bool) -> None:
    assert holds({"family": "present"}, family=there) is present
    assert holds({"family": "absent"}, family=there) is not present


@settings(deadline=None)
@given(st.booleans(), st.booleans())
def test_all_lines_must_hold(first: bool, second: bool) -> None:
    assert holds({"a": "1", "b": "present"}, a="1" if first else "2", b="x" if second else None) == (first and second)


def test_no_condition_always_holds() -> None:
    assert ALWAYS.holds(lambda path: None)


def test_a_prefix_of_a_value_is_not_the_value() -> None:
    assert not holds({"category": "A1"}, category="A")
    assert not holds({"category": "A"}, category="A1")


def test_a_condition_names_the_paths_it_reads() -> None:
    assert when_of({"work_permit.category": ["A3"], "family": "present"}).paths == ("work_permit.category", "family")


@pytest.mark.parametrize(
    "raw", ["x", {}, [], {"A.b": "x"}, {"a": []}, {"a": {"not": "x"}}, {"a": [["x"]]}, {"a": ""}, {"a > 3": "x"}]
)
def test_anything_else_is_refused(raw: object) -> None:
    with pytest.raises(PydanticCustomError):
        when_of(raw)
