"""Rows that several sources list: the same row is found, another one is asked about."""

from assistant.intake.draft import ProfileDraft, ReadValue
from assistant.intake.merge import merge


def draft(source: str, *rows: tuple[str, str, str]) -> ProfileDraft:
    values = [
        ReadValue(f"education.{number}.{leaf}", value, f"{source}#{number}.{leaf}", "form", "text")
        for number, row in enumerate(rows)
        for leaf, value in zip(("from", "school", "major"), row, strict=True)
        if value
    ]
    return ProfileDraft(source, tuple(values))


SCHOOL = ("2004-03", "HANGANG HIGH SCHOOL", "general")
COLLEGE = ("2007-03", "HANGANG UNIVERSITY", "computing")


def test_rows_in_another_order_are_compared_with_their_own_kind() -> None:
    found = merge([draft("a.pdf", SCHOOL, COLLEGE), draft("b.pdf", COLLEGE, SCHOOL)])
    assert len(found) == 6
    assert {one.state for one in found} == {"sure"}


def test_a_value_that_differs_within_a_row_is_a_conflict_of_that_value_alone() -> None:
    found = merge(
        [draft("a.pdf", SCHOOL, COLLEGE), draft("b.pdf", ("2007-03", "HANGANG UNIVERSITY", "physics"), SCHOOL)]
    )
    assert [one.path for one in found if one.state == "conflict"] == ["education.1.major", "education.1.major"]


def test_a_row_that_only_one_of_several_sources_has_is_doubtful() -> None:
    found = merge([draft("a.pdf", SCHOOL, COLLEGE), draft("b.pdf", SCHOOL)])
    assert {one.path for one in found if one.state == "doubtful"} == {
        f"education.1.{x}" for x in ("from", "school", "major")
    }


def test_rows_of_one_source_alone_are_as_sure_as_it_is() -> None:
    assert {one.state for one in merge([draft("a.pdf", SCHOOL, COLLEGE)])} == {"sure"}


def test_two_rows_of_one_source_stay_two() -> None:
    twice = ("2004-03", "HANGANG HIGH SCHOOL", "evening classes")
    assert {one.path.split(".")[1] for one in merge([draft("a.pdf", SCHOOL, twice)])} == {"0", "1"}
