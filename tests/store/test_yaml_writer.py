"""What is written is read back the same, and what a person wrote beside it stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import PackError
from assistant.store.yaml_writer import written
from assistant.strict_yaml import parse

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff"), max_size=20)
KEYS = TEXTS.filter(lambda text: bool(text.strip()))
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3),
    max_leaves=8,
)


def read(text: str) -> object:
    document = parse(text, Path("x.yaml"), PackError)
    assert document.problems == ()
    return document.data


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4), st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_whatever_is_written_is_read_back_the_same_also_over_another(
    data: dict[str, object], other: dict[str, object]
) -> None:
    assert read(written(data)) == data
    assert read(written(other, written(data))) == other


@pytest.mark.parametrize(
    "text", ["0123456", "NO", "2026-11-22", "~", "null", "1e3", "true", "- x", "a: b", "#x", "[1", "12:30"]
)
def test_text_that_other_readers_take_for_something_else_stays_text(text: str) -> None:
    assert read(written({"a": text, "b": [text], "c": {"d": text}})) == {"a": text, "b": [text], "c": {"d": text}}


BEFORE = """# first line
overlay: shenzhen  # which portal
by: 王小明

# what the portal calls it since June
sections:
  personal:
    fields:
      # asked Ms. Chen, 11 June
      passport.number: {labels: [护照号]}  # twice on the page
      applicant.phone: {labels: [手机]}
"""


def test_comments_order_and_style_stay_where_nothing_changed() -> None:
    data = read(BEFORE)
    assert written(data, BEFORE) == BEFORE  # type: ignore[arg-type]


def test_what_changed_is_changed_in_its_place_and_nothing_else() -> None:
    data: dict = read(BEFORE)  # type: ignore[assignment,type-arg]
    data["by"] = "陈"
    data["sections"]["personal"]["fields"]["applicant.phone"]["labels"] = ["联系手机", "手机"]
    data["sections"]["work"] = {"title": "工作"}
    expected = BEFORE.replace("王小明", "陈").replace("[手机]", "[联系手机, 手机]") + "  work: {title: 工作}\n"
    assert written(data, BEFORE) == expected


def test_a_text_that_can_not_be_read_is_replaced() -> None:
    assert read(written({"a": "b"}, "a: [")) == {"a": "b"}
