"""Promises of assistant/profile/paths.py."""

from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from assistant.profile.paths import Place, places_of, read


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Inner(BaseModel):
    from_: str = Field(alias="from")
    kind: Annotated[Literal["x", "y"] | None, "told"] = None


class Outer(BaseModel):
    name: str
    inner: Inner
    maybe: Inner | None = None
    rows: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()
    colour: Colour = Colour.RED
    files: dict[str, str] = {}


EXAMPLE = Outer.model_validate(
    {"name": "n", "inner": {"from": "a", "kind": "x"}, "rows": [{"from": "b"}], "files": {"k": "v"}}
)


def test_every_path_is_known_by_its_name_in_yaml() -> None:
    places = places_of(Outer)
    assert places["inner.from"] == Place("inner.from", "value")
    assert "inner.from_" not in places
    assert places["inner"].shape == "group"
    assert places["files"].shape == "mapping"
    assert places["words"].shape == "values"


def test_optional_and_annotated_types_are_seen_through() -> None:
    places = places_of(Outer)
    assert places["inner.kind"].codes == ("x", "y")
    assert places["maybe.kind"].codes == ("x", "y")
    assert places["colour"].codes == ("red", "blue")


def test_a_path_through_a_list_says_which() -> None:
    places = places_of(Outer)
    assert places["rows"] == Place("rows", "rows")
    assert places["rows.from"].each == "rows"
    assert places["inner.from"].each is None


def test_what_is_there_is_read() -> None:
    assert read(EXAMPLE, "inner.from") == "a"
    assert read(EXAMPLE, "files.k") == "v"
    assert read(EXAMPLE.rows[0], "from") == "b"


def test_below_something_missing_there_is_nothing() -> None:
    assert read(EXAMPLE, "maybe.from") is None
    assert read(EXAMPLE, "files.other") is None


@pytest.mark.parametrize("path", ["nome", "inner.from_", "name.more", "rows.from"])
def test_a_path_that_cannot_exist_is_a_mistake(path: str) -> None:
    with pytest.raises(KeyError):
        read(EXAMPLE, path)
