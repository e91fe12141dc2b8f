"""Flat paths and nested data are the same data."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ProfileError
from assistant.intake.trees import flat, nested, ordered, without_rows
from assistant.store.locations import PROFILES
from assistant.strict_yaml import parse


def test_a_whole_profile_goes_there_and_back() -> None:
    text = (PROFILES / "sample-delacruz" / "profile.yaml").read_text(encoding="utf-8")
    data = parse(text, Path("profile.yaml"), ProfileError).data
    values = dict(flat(data))
    assert len(values) > 90
    assert dict(flat(nested(dict(values)))) == values


@given(
    st.dictionaries(
        st.sampled_from(["a", "b.c", "b.d", "rows.0.x", "rows.0.y", "rows.1.x"]), st.text("xyz", min_size=1)
    )
)
def test_any_values_go_there_and_back(values: dict[str, str]) -> None:
    if "rows.1.x" in values and not any(path.startswith("rows.0") for path in values):
        return
    assert dict(flat(nested(dict(values)))) == values


def test_data_are_ordered_as_a_profile_is_written() -> None:
    found = ordered(
        {"passport": {"number": "M1", "kind": "ordinary"}, "applicant": {"sex": "male", "surname": "LEE"}, "city": "x"}
    )
    assert list(found) == ["city", "applicant", "passport"]
    assert list(found["passport"]) == ["kind", "number"]
    assert list(found["applicant"]) == ["surname", "sex"]


def test_a_row_s_number_is_no_part_of_the_model() -> None:
    assert without_rows("work_history.12.from") == "work_history.from"
