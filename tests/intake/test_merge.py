"""Merging: what agrees is taken, what differs is shown with both places, nothing held is overwritten."""

from dataclasses import replace

from assistant.intake.draft import ProfileDraft, ReadValue
from assistant.intake.merge import chosen, merge
from assistant.messages import Text

ROSTER = ReadValue("passport.number", "M98765432", "roster.xlsx#Sheet1!C4", "roster", "typed")
ZONE = ReadValue("passport.number", "M98765432", "passport.jpg#page=1", "passport", "mrz")
HELD = ReadValue("passport.number", "M98765432", "profile.yaml#passport.number", "profile", "kept")


def draft(*values: ReadValue) -> ProfileDraft:
    return ProfileDraft(values[0].source, values)


def states(*drafts: ProfileDraft, held: ProfileDraft | None = None) -> list[tuple[str, str, str]]:
    return [(one.path, one.source, one.state) for one in merge(drafts, held)]


def test_of_sources_that_agree_the_one_nearest_to_the_fact_is_named() -> None:
    assert states(draft(ROSTER), draft(ZONE)) == [("passport.number", "passport.jpg#page=1", "sure")]


def test_sources_that_differ_are_both_shown_with_both_places_and_none_is_taken() -> None:
    found = merge([draft(replace(ROSTER, value="M98765423")), draft(ZONE)])
    assert [(one.source, one.state) for one in found] == [
        ("passport.jpg#page=1", "conflict"),
        ("roster.xlsx#Sheet1!C4", "conflict"),
    ]
    for one in found:
        assert one.message is not None
        assert "roster.xlsx#Sheet1!C4" in one.message.en and "passport.jpg#page=1" in one.message.zh
        assert "M9876" not in str(one.message) + repr(one)


def test_what_the_profile_holds_is_not_overwritten_by_what_is_read() -> None:
    assert states(draft(ZONE), held=draft(replace(HELD, value="M11111111"))) == [
        ("passport.number", "passport.jpg#page=1", "conflict"),
        ("passport.number", "profile.yaml#passport.number", "conflict"),
    ]
    assert states(draft(ZONE), held=draft(HELD)) == [("passport.number", "profile.yaml#passport.number", "sure")]


def test_a_doubtful_value_becomes_sure_only_by_a_sure_one_that_agrees() -> None:
    doubtful = replace(ZONE, state="doubtful", how="ocr")
    assert states(draft(doubtful)) == [("passport.number", "passport.jpg#page=1", "doubtful")]
    assert states(draft(doubtful), draft(ROSTER)) == [("passport.number", "roster.xlsx#Sheet1!C4", "sure")]


def test_an_error_is_shown_beside_the_value_that_another_source_gives() -> None:
    error = replace(ROSTER, value=None, state="error", message=Text("数字已被改动", "the number was rounded"))
    assert states(draft(error), draft(ZONE)) == [
        ("passport.number", "passport.jpg#page=1", "sure"),
        ("passport.number", "roster.xlsx#Sheet1!C4", "error"),
    ]


def test_the_same_value_typed_differently_is_no_conflict() -> None:
    typed = ReadValue("applicant.birth_place", "Seoul", "a.xlsx#S!A1", "roster", "typed")
    assert len(merge([draft(typed), draft(replace(typed, value="ＳＥＯＵＬ", source="b.xlsx#S!A1"))])) == 1


def test_of_family_and_education_the_applicants_own_word_is_named_first() -> None:
    answers = ReadValue("applicant.email", "a@example.com", "answers.age#email", "answers", "typed")
    roster = ReadValue("applicant.email", "b@example.com", "roster.xlsx#S!D2", "roster", "typed")
    assert [one.kind for one in merge([draft(roster), draft(answers)])] == ["answers", "roster"]


def test_what_a_person_decides_is_sure_and_the_rest_of_its_path_is_gone() -> None:
    found = merge([draft(replace(ROSTER, value="M98765423")), draft(ZONE)])
    decided = chosen(found, {("passport.number", "passport.jpg#page=1")})
    assert [(one.source, one.state, one.message) for one in decided] == [("passport.jpg#page=1", "sure", None)]
    assert chosen(found, {("passport.number", "elsewhere")}) == found
