"""Promises of assistant/portal/sources.py."""

import doctest
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from assistant.portal import sources
from assistant.portal.sources import FromPath, as_text, source_of
from assistant.values import Value

WORDS = st.text(alphabet="AbC陈号 0.-", min_size=1).filter(str.strip)


def resolve(raw: object, facts: Mapping[str, object]) -> Value | None:
    return source_of(raw).value(facts.get)


def test_the_examples_hold() -> None:
    result = doctest.testmod(sources)
    assert result.attempted > 0
    assert result.failed == 0


@settings(deadline=None)
@given(WORDS)
def test_a_path_gives_the_profiles_own_value(value: str) -> None:
    assert resolve("passport.number", {"passport.number": value}) == value.strip()


@settings(deadline=None)
@given(WORDS, WORDS)
def test_a_template_joins_what_it_names(first: str, second: str) -> None:
    joined = resolve("{a.name}|{a.phone}", {"a.name": first, "a.phone": second})
    assert isinstance(joined, str)
    assert joined.split("|")[0].strip() == " ".join(part for part in first.strip().split(" ") if part)


@settings(deadline=None)
@given(st.sampled_from([None, "", "  "]), WORDS)
def test_a_template_with_a_missing_part_has_no_value_rather_than_half_of_one(missing: str | None, there: str) -> None:
    assert resolve("{a.name} {a.phone}", {"a.name": missing, "a.phone": there}) is None
    assert resolve("{a.name} {a.phone}", {"a.name": there, "a.phone": missing}) is None


def test_a_part_marked_so_may_be_missing() -> None:
    assert resolve("{a.surname} {a.given?}", {"a.surname": "LEE"}) == "LEE"
    assert resolve("{a.surname?} {a.given?}", {}) is None


def test_a_value_with_braces_is_not_expanded_again() -> None:
    assert resolve("{a.name} {a.phone}", {"a.name": "{a.phone}", "a.phone": "1"}) == "{a.phone} 1"


def test_values_take_the_form_a_page_wants() -> None:
    facts: dict[str, object] = {
        "day": date(2031, 5, 9),
        "pay": Decimal("300000.50"),
        "many": ("GBR", "USA"),
        "yes": True,
    }
    assert resolve("day", facts) == "2031-05-09"
    assert resolve("pay", facts) == "300000.5"
    assert resolve("many", facts) == ("GBR", "USA")
    assert resolve("yes", facts) is True
    assert source_of("day").transformed(facts.get) == "date"
    assert source_of("pay").transformed(facts.get) is None


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_is_written_in_plain_digits(amount: Decimal) -> None:
    text = as_text(amount)
    assert Decimal(text) == amount
    assert set(text) <= set("0123456789.")
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(("there", "shown"), [(("one",), "是"), ("text", "是"), ((), "否"), (None, "否"), ("", "否")])
def test_presence_is_answered_with_one_of_two_texts(there: object, shown: str) -> None:
    assert resolve({"present": "family", "then": "是", "else": "否"}, {"family": there}) == shown


def test_a_constant_is_always_the_same() -> None:
    assert resolve({"constant": "居留许可(延期)"}, {}) == "居留许可(延期)"
    assert source_of({"constant": "x"}).paths == ()


def test_the_levels_of_a_cascader_are_joined_only_when_all_are_there() -> None:
    raw = {"path": ["a.province", "a.city"]}
    assert resolve(raw, {"a.province": "广东省", "a.city": "深圳市"}) == "广东省 / 深圳市"
    assert resolve(raw, {"a.province": "广东省"}) is None


def test_a_range_needs_both_ends() -> None:
    raw = {"range": ["a", "b"]}
    assert resolve(raw, {"a": date(2026, 1, 2), "b": date(2027, 1, 1)}) == ("2026-01-02", "2027-01-01")
    assert resolve(raw, {"a": date(2026, 1, 2)}) is None


def test_several_values_stand_once_each_without_what_is_missing() -> None:
    raw = {"all": ["old", "now", "other"]}
    assert resolve(raw, {"old": ("GBR", "USA"), "now": "GBR"}) == ("GBR", "USA")
    assert resolve(raw, {}) is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("a", ("KOR",)),
        ("{a} {b?} {c?}", ("KOR", "2031-05-09")),
        ({"constant": "是"}, ()),
        ({"present": "none", "then": "是", "else": "否"}, ()),
        ({"present": "list", "then": "是", "else": "否"}, ("2",)),
        ({"path": ["a", "b"]}, ("KOR", "2031-05-09")),
        ({"all": ["list", "a"]}, ("x", "y", "KOR")),
    ],
)
def test_the_profiles_own_words_are_told_before_they_are_joined_or_looked_up(
    raw: object, said: tuple[str, ...]
) -> None:
    facts: Mapping[str, object] = {"a": "KOR", "b": date(2031, 5, 9), "c": None, "list": ("x", "y"), "none": ()}
    assert source_of(raw).said(facts.get) == said


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "Passport.Number",
        "passport number",
        "passport..number",
        "{}",
        "{a.b",
        "a.b}",
        "{a.b}{",
        "{__class__.__init__}",
        "{a!r}",
        "{a:>9}",
        ["a"],
        None,
        {},
        {"constant": ""},
        {"constant": ["x"]},
        {"present": "family", "then": "是"},
        {"path": []},
        {"path": "a.b"},
        {"range": ["a"]},
        {"range": ["a", "b", "c"]},
        {"click": "a"},
        {"constant": "x", "path": ["a"]},
        {"script": "alert(1)"},
    ],
)
def test_anything_outside_the_language_is_refused_in_both_languages(raw: object) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        source_of(raw)
    context = refused.value.context
    assert context
    assert context["zh"]
    assert context["en"]


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        ("a.b", ("a.b",)),
        ("{a} {b?}", ("a", "b")),
        ({"present": "a", "then": "x", "else": "y"}, ("a",)),
        ({"path": ["a", "b"]}, ("a", "b")),
        ({"range": ["a", "b"]}, ("a", "b")),
        ({"all": ["a", "b"]}, ("a", "b")),
    ],
)
def test_a_source_names_every_path_it_reads(raw: object, paths: tuple[str, ...]) -> None:
    source = source_of(raw)
    assert source.paths == paths
    asked: list[str] = []
    source.value(lambda path: asked.append(path) or "x")  # type: ignore[func-returns-value]
    assert set(asked) == set(paths)


def test_a_source_already_read_is_taken_as_it_is() -> None:
    source = FromPath("a.b")
    assert source_of(source) is source
