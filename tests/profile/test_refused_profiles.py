"""What of a profile is refused, where each mistake is shown, and that no message repeats a value."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import ProfileError


@pytest.mark.parametrize(
    ("path", "wrong", "hint"),
    [
        ("applicant.birth_date", "1990-02-31", "no such day"),
        ("applicant.birth_date", "14/03/1988", "YYYY-MM-DD"),
        ("applicant.nationality", "NO", "three-letter"),
        ("applicant.sex", "m", "male, female"),
        ("applicant.surname", "Lée", "machine readable zone"),
        ("applicant.surname", "", "machine readable zone"),
        ("applicant.email", "lee.example.com", "e-mail"),
        ("applicant.phone", "1380000001", "mobile"),
        ("applicant.birth_place", "~", "empty"),
        ("applicant.marital_status", ["single"], "one of"),
        ("applicant.address", "Shenzhen", "key: value"),
        ("passport.number", "M9876-5432", "letters and digits"),
        ("passport.mrz", "P<KORLEE", "44"),
        ("passport.previous_nationalities", "KOR", "list"),
        ("work_permit.category", "D1", "A1"),
        ("employment.months_per_year", "13", "at most 12"),
        ("employment.months_per_year", "many", "whole number"),
        ("employment.annual_salary", "a lot", "number"),
        ("employment.annual_salary", "-5", "over 0"),
        ("employment.salary_commitment", "maybe", "true or false"),
        ("education.0.from", "2004-13", "no such month"),
        ("education.0.from", "2004", "YYYY-MM"),
        ("education", [], "at least one"),
        ("family.1.passport_number", "?", "letters and digits"),
        ("employer.uscc", "91440300MA5XAMPE41", "check character"),
        ("employer.industry", "Z", "one of"),
        ("employer.handler.mobile", "0755-86000000", "11 digits"),
        ("employer.landline", "none", "无"),
    ],
)
def test_a_wrong_value_is_refused_at_its_key_and_line(lee: Any, path: str, wrong: Any, hint: str) -> None:
    lee[path] = wrong
    refusal = lee.refusal()
    assert len(refusal.problems) == 1
    problem = refusal.problems[0]
    file = lee.employer_file if path.startswith("employer.") else lee.file
    shown = path.removeprefix("employer.").replace(".0.", "[1].").replace(".1.", "[2].")
    assert problem.key == shown
    assert hint in problem.what.en
    line = int(problem.where.removeprefix(f"{file}:"))
    assert shown.rpartition(".")[2] in file.read_text("utf-8").splitlines()[line - 1]


@pytest.mark.parametrize(
    "path", ["city", "applicant", "passport.number", "employment.duties", "work_history.0.country"]
)
def test_a_missing_key_is_named(lee: Any, path: str) -> None:
    del lee[path]
    assert lee.refusal().keys == [path.replace(".0.", "[1].")]


def test_an_unknown_key_is_refused_in_either_file(lee: Any) -> None:
    lee["passport.expires"] = "2032-05-10"
    lee["employer.usc"] = "x"
    refusal = lee.refusal()
    assert sorted(refusal.keys) == ["passport.expires", "usc"]
    assert "did you mean expires_on" in refusal.said
    assert "did you mean uscc" in refusal.said


def test_an_unknown_slot_is_refused_and_the_slots_are_listed(lee: Any) -> None:
    lee["documents.contrakt"] = "documents/contract.pdf"
    assert "guarantee_letter" in lee.refusal().said


def test_a_wrong_check_digit_in_the_zone_is_refused(lee: Any) -> None:
    lee["passport.mrz"] = lee["passport.mrz"].replace("M987654320", "M987654321")
    refusal = lee.refusal()
    assert refusal.keys == ["passport.mrz"]
    assert "passport number" in refusal.said


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("passport.number", "M98765433"),
        ("passport.expires_on", "2032-05-11"),
        ("applicant.nationality", "PRK"),
        ("applicant.birth_date", "1988-03-15"),
        ("applicant.sex", "female"),
        ("applicant.surname", "LI"),
        ("applicant.given_names", "MIN JUN"),
    ],
)
def test_what_differs_from_the_zone_is_refused(lee: Any, path: str, other: str) -> None:
    lee[path] = other
    refusal = lee.refusal()
    assert refusal.keys == ["applicant.surname" if path == "applicant.given_names" else path]
    assert "machine readable zone" in refusal.said


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("passport.issued_on", "1980-01-01", "passport.issued_on"),
        ("passport.issued_on", "2032-05-10", "passport.expires_on"),
        ("employment.contract_to", "2025-01-16", "employment.contract_to"),
        ("employment.requested_from", "2028-01-15", "employment.requested_to"),
        ("employment.in_china_since", "1980-01-01", "employment.in_china_since"),
        ("residence_request.entry_date", "1980-01-01", "residence_request.entry_date"),
        ("work_history.1.to", "2018-06", "work_history[2].to"),
        ("education.0.to", "2004-02", "education[1].to"),
    ],
)
def test_dates_in_the_wrong_order_are_refused(lee: Any, path: str, value: str, key: str) -> None:
    lee[path] = value
    assert lee.refusal().keys == [key]


def test_pay_is_asked_for_where_pay_decides(okafor: Any, lee: Any, delacruz: Any) -> None:
    for draft in (okafor, delacruz):
        for key in ("annual_salary", "currency", "months_per_year"):
            del draft.data["employment"][key]
        assert draft.refusal().keys == [f"employment.{key}" for key in ("annual_salary", "currency", "months_per_year")]
    del lee.data["employment"]["annual_salary"]
    assert lee.load().employment.annual_salary is None


def test_an_ordinary_passport_has_at_most_nine_characters(lee: Any) -> None:
    lee["passport.number"] = "M987654321"
    del lee["passport.mrz"]
    refusal = lee.refusal()
    assert refusal.keys == ["passport.number"]
    assert "at most 9" in refusal.said


def test_another_travel_document_may_have_a_longer_number(lee: Any) -> None:
    lee["passport.kind"] = "other"
    lee["passport.number"] = "TD1234567890"
    del lee["passport.mrz"]
    assert lee.load().passport.number == "TD1234567890"


def test_all_mistakes_of_both_files_are_told_at_once(lee: Any) -> None:
    lee["applicant.email"] = "nobody"
    lee["applicant.birth_date"] = "1988-03-15"
    lee["passport.issued_on"] = "2040-01-01"
    lee["work_history.0.to"] = "2013-01"
    lee["work_history.1.country"] = "NO"
    lee["documents.contract"] = "documents/none.pdf"
    lee["employer.uscc"] = "1"
    lee.data["surprise"] = "x"
    lee.write()
    lee.file.write_text(lee.file.read_text("utf-8") + "city: again\n", encoding="utf-8")
    assert sorted(lee.refusal(as_it_stands=True).keys) == sorted(
        [
            "applicant.email",
            "applicant.birth_date",
            "passport.expires_on",
            "work_history[1].to",
            "work_history[2].country",
            "documents.contract",
            "uscc",
            "surprise",
            "city",
        ]
    )


def test_a_wrong_value_is_not_told_again_by_a_rule_that_needs_it(okafor: Any) -> None:
    okafor["employment.annual_salary"] = "plenty"
    okafor["applicant.given_names"] = "Chïdi"
    okafor["passport.kind"] = "blue"
    assert okafor.refusal().keys == ["applicant.given_names", "passport.kind", "employment.annual_salary"]


# ---- no value in any message


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(tree, dict | list):
        for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def plant(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


CANARIES = st.one_of(
    st.text("0123456789", max_size=6).map(lambda more: f"7531{more}"),
    st.text(max_size=12).map(lambda more: f"CanAry{more}"),
    st.just("卡那丽"),
    st.just("1975-31-75"),
)


SECRETS = ("applicant.surname", "applicant.birth_date", "applicant.email", "applicant.phone", "passport.number")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_message_holds_a_value_wherever_it_is_planted(
    draft_of: Callable[[str], Any], sample: str, data: st.DataObject
) -> None:
    draft = draft_of(sample)
    secrets = [draft[path] for path in SECRETS]
    # File names are told on purpose: a missing document is named.
    places = [path for path in leaves(draft.data) if path[0] not in ("documents", "employer")]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=25, unique=True))
    canary = data.draw(CANARIES)
    for path in chosen:
        plant(draft.data, path, data.draw(st.sampled_from([canary, [canary], {"x": canary}])))
    try:
        draft.load()
    except ProfileError as error:
        everything = "\n".join([*error.lines("zh"), *error.lines("en"), str(error), repr(error)])
        everything = everything.replace(str(draft.folder.parent), "")
        assert error.__cause__ is None
        for value in [canary, *secrets]:
            assert value not in everything
