"""Loading a profile: what is taken, what is refused, where each mistake is shown, and that no value is repeated."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.errors import ProfileError
from assistant.profile import Month, load_profile, name_questions, profile_file, read_raw, value_at

SAMPLES = ["sample-lee", "sample-okafor", "sample-delacruz"]
EVERY_SAMPLE = pytest.mark.parametrize("sample", SAMPLES)


def refusal(draft: Any) -> ProfileError:
    with pytest.raises(ProfileError) as caught:
        draft.load()
    assert caught.value.exit_code == 2
    return caught.value


def keys(error: ProfileError) -> list[str]:
    return [problem.key for problem in error.problems]


def said(error: ProfileError) -> str:
    return "\n".join([*error.lines("en"), *error.lines("zh")])


# ---- what is taken


@EVERY_SAMPLE
def test_each_sample_loads_from_its_folder_and_from_its_file(draft_of: Callable[[str], Any], sample: str) -> None:
    draft = draft_of(sample)
    by_folder = draft.load()
    by_file = load_profile(draft.folder / "profile.yaml")
    assert by_folder == by_file
    assert by_folder.id == sample
    assert by_folder.employer.handler.name == "王样例"


def test_values_have_their_types(lee: Any) -> None:
    profile = lee.load()
    assert profile.applicant.birth_date == date(1988, 3, 14)
    assert profile.employment.annual_salary == Decimal(420000)
    assert profile.employment.salary_commitment is False
    assert profile.education[0].from_ == Month(2004, 3)
    assert profile.work_history[-1].to is None
    assert profile.family[0].relation == "spouse"
    assert profile.documents["contract"] == (profile.folder / "documents" / "contract.pdf",)


def test_a_slot_may_have_several_files(okafor: Any) -> None:
    assert [file.name for file in okafor.load().documents["contract"]] == ["contract-1.pdf", "contract-2.pdf"]


def test_text_that_yaml_would_turn_into_something_else_survives(lee: Any) -> None:
    lee["work_permit.number"] = "0123456"
    lee["applicant.birth_place"] = "NO"
    lee["applicant.surname"] = "NULL"
    lee["residence_permit.number"] = "1e10"
    del lee["passport.mrz"]
    text = lee.write() and lee.file.read_text("utf-8").replace("'", "").replace('"', "")
    lee.file.write_text(text, encoding="utf-8")
    profile = load_profile(lee.folder)
    assert profile.work_permit.number == "0123456"
    assert profile.applicant.birth_place == "NO"
    assert profile.applicant.surname == "NULL"
    assert profile.residence_permit.number == "1e10"


@pytest.mark.parametrize("blank", ["", "~", "  "])
def test_a_blank_optional_value_is_none(lee: Any, blank: str) -> None:
    optional = [
        "applicant.chinese_name",
        "applicant.given_names",
        "applicant.chinese_level",
        "residence_request.remarks",
    ]
    optional += ["applicant.address.police_station", "passport.mrz", "employment.annual_salary", "work_history.0.to"]
    optional += ["work_history.0.referee", "employment.currency", "employment.months_per_year"]
    for path in optional:
        lee[path] = blank
    profile = lee.load()
    values = [value_at(profile, path) for path in optional if not path.startswith("work_history")]
    assert values == [None] * len(values)
    assert profile.work_history[0].to is None
    assert profile.work_history[0].referee is None


def test_blank_lists_are_empty(lee: Any) -> None:
    for path in ("family", "companions", "work_history", "passport.previous_nationalities"):
        lee[path] = ""
    profile = lee.load()
    assert profile.family == profile.companions == profile.work_history == profile.passport.previous_nationalities == ()


def test_full_width_typing_is_folded_and_told(lee: Any) -> None:
    lee["applicant.surname"] = "ＬＥＥ"
    lee["passport.number"] = "Ｍ９８７６５４３２"
    lee["employer.uscc"] = "９1440300MA5XAMPE4X"
    lee["applicant.address.detail"] = "样例路８号（海风花园）"
    profile = lee.load()
    assert profile.applicant.surname == "LEE"
    assert profile.passport.number == "M98765432"
    assert profile.applicant.address.detail == "样例路８号（海风花园）", "Chinese text keeps its own width"
    assert set(profile.rewritten) == {"applicant.surname", "passport.number", "employer.uscc"}


def test_lower_case_names_and_grouped_amounts_are_no_mistake(lee: Any) -> None:
    lee["applicant.surname"] = "Lee"
    lee["employment.annual_salary"] = "420,000.00"
    profile = lee.load()
    assert profile.applicant.surname == "LEE"
    assert profile.employment.annual_salary == Decimal("420000.00")
    assert profile.rewritten == ()


def test_the_employer_may_stand_inside_the_profile(lee: Any) -> None:
    lee.data["employer"] = lee.employer
    lee.write()
    lee.employer_file.unlink()
    assert load_profile(lee.folder).employer.uscc == "91440300MA5XAMPE4X"


def test_the_employers_path_may_use_windows_separators(lee: Any) -> None:
    lee.data["employer"] = "..\\employer.yaml"
    lee.data["documents"]["contract"] = "documents\\contract.pdf"
    assert lee.load().documents["contract"][0].is_file()


def test_nothing_changes_after_loading(lee: Any) -> None:
    profile = lee.load()
    with pytest.raises(ValidationError):
        profile.passport.number = "X"
    with pytest.raises(ValidationError):
        profile.city = "beijing"


@EVERY_SAMPLE
def test_printing_a_profile_shows_no_value(draft_of: Callable[[str], Any], sample: str) -> None:
    draft = draft_of(sample)
    profile = draft.load()
    printed = f"{profile!r}{profile}{profile.passport!r}{profile.applicant}{profile.family}{profile.work_history[0]!r}"
    for value in all_texts(draft.data["applicant"]) | all_texts(draft.data["passport"]):
        assert len(value) < 4 or value not in printed


# ---- value_at


def test_paths_lead_to_values(lee: Any) -> None:
    profile = lee.load()
    assert value_at(profile, "passport.number") == "M98765432"
    assert value_at(profile, "applicant.address.district") == "南山区"
    assert value_at(profile, "employer.handler.mobile") == "13900000001"
    assert value_at(profile, "family") == profile.family
    assert value_at(profile, "id") == "sample-lee"


@pytest.mark.parametrize("path", ["passport.nummer", "nothing", "applicant.model_fields", "applicant.__class__", ""])
def test_a_path_the_profile_does_not_have_is_an_error(lee: Any, path: str) -> None:
    with pytest.raises(KeyError):
        value_at(lee.load(), path)


# ---- what is refused


@pytest.mark.parametrize(
    ("path", "wrong", "hint"),
    [
        ("applicant.birth_date", "1990-02-31", "no such day"),
        ("applicant.birth_date", "14/03/1988", "YYYY-MM-DD"),
        ("applicant.nationality", "NO", "three-letter"),
        ("applicant.sex", "m", "male, female"),
        ("applicant.surname", "Lée", "machine readable zone"),
        ("applicant.surname", "", "empty"),
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
    error = refusal(lee)
    assert len(error.problems) == 1
    problem = error.problems[0]
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
    assert keys(refusal(lee)) == [path.replace(".0.", "[1].")]


def test_an_unknown_key_is_refused_in_either_file(lee: Any) -> None:
    lee["passport.expires"] = "2032-05-10"
    lee["employer.usc"] = "x"
    error = refusal(lee)
    assert sorted(keys(error)) == ["passport.expires", "usc"]
    assert "did you mean expires_on" in said(error)
    assert "did you mean uscc" in said(error)


def test_an_unknown_slot_is_refused_and_the_slots_are_listed(lee: Any) -> None:
    lee["documents.contrakt"] = "documents/contract.pdf"
    assert "guarantee_letter" in said(refusal(lee))


def test_a_wrong_check_digit_in_the_zone_is_refused(lee: Any) -> None:
    lee["passport.mrz"] = lee["passport.mrz"].replace("M987654320", "M987654321")
    error = refusal(lee)
    assert keys(error) == ["passport.mrz"]
    assert "passport number" in said(error)


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
    error = refusal(lee)
    assert keys(error) == ["applicant.surname" if path == "applicant.given_names" else path]
    assert "machine readable zone" in said(error)


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
    assert keys(refusal(lee)) == [key]


def test_pay_is_asked_for_where_pay_decides(okafor: Any, lee: Any, delacruz: Any) -> None:
    for draft in (okafor, delacruz):
        for key in ("annual_salary", "currency", "months_per_year"):
            del draft.data["employment"][key]
        assert keys(refusal(draft)) == [f"employment.{key}" for key in ("annual_salary", "currency", "months_per_year")]
    del lee.data["employment"]["annual_salary"]
    assert lee.load().employment.annual_salary is None


def test_an_ordinary_passport_has_at_most_nine_characters(lee: Any) -> None:
    lee["passport.number"] = "M987654321"
    del lee["passport.mrz"]
    error = refusal(lee)
    assert keys(error) == ["passport.number"]
    assert "at most 9" in said(error)


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
    with pytest.raises(ProfileError) as caught:
        load_profile(lee.folder)
    assert sorted(keys(caught.value)) == sorted(
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
    assert keys(refusal(okafor)) == ["applicant.given_names", "passport.kind", "employment.annual_salary"]


# ---- files


def test_a_missing_document_is_named_with_its_slot_and_file(okafor: Any) -> None:
    (okafor.folder / "documents" / "contract-2.pdf").unlink()
    (okafor.folder / "documents" / "photo.jpg").unlink()
    error = refusal(okafor)
    assert keys(error) == ["documents.contract[2]", "documents.photo"]
    assert "documents/contract-2.pdf" in said(error)


@pytest.mark.parametrize("name", ["../employer.yaml", "/etc/hostname", "documents/../../employer.yaml", "documents"])
def test_a_document_outside_the_folder_or_no_file_is_refused(lee: Any, name: str) -> None:
    lee["documents.contract"] = name
    error = refusal(lee)
    assert keys(error) == ["documents.contract"]
    assert ("inside the applicant's folder" in said(error)) == (name != "documents")


def test_a_document_that_links_outside_is_refused(lee: Any) -> None:
    contract = lee.folder / "documents" / "contract.pdf"
    contract.unlink()
    try:
        contract.symlink_to(lee.employer_file)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert keys(refusal(lee)) == ["documents.contract"]


@pytest.mark.parametrize("name", ["a\0b.pdf", "x" * 5000])
def test_an_impossible_file_name_is_refused(lee: Any, name: str) -> None:
    lee["documents.contract"] = name
    assert keys(refusal(lee)) == ["documents.contract"]


def test_an_empty_slot_has_no_files(lee: Any) -> None:
    lee["documents.company_tax"] = ""
    assert lee.load().documents["company_tax"] == ()


@pytest.mark.parametrize("given", ["../none.yaml", "", "~", [], "documents"])
def test_an_unusable_employer_is_told_at_its_key(lee: Any, given: Any) -> None:
    lee.data["employer"] = given
    assert keys(refusal(lee)) == ["employer"]


def test_an_employer_file_that_is_no_yaml_is_told_at_its_own_line(lee: Any) -> None:
    lee.write()
    lee.employer_file.write_text("name: x\n\tuscc: y\n", encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(lee.folder)
    assert f"{lee.employer_file}:2" in said(caught.value)


def test_a_folder_without_profile_and_a_wrong_path_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nobody", tmp_path / "profile.yaml"):
        with pytest.raises(ProfileError, match="not found"):
            load_profile(path)
    assert profile_file(tmp_path) == tmp_path / "profile.yaml"


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_bytes(b"%PDF-1.7\0\xff")
    with pytest.raises(ProfileError, match="binary"):
        load_profile(tmp_path)


# ---- names


def test_names_with_accents_are_asked_about_with_a_proposal(lee: Any) -> None:
    lee["applicant.surname"] = "Müller-Lüdenscheidt"
    lee["family.1.given_names"] = "Zoë"
    lee.write()
    asked = [(q.path, q.shown, q.proposal) for q in name_questions(read_raw(lee.folder).data)]
    assert asked == [
        ("applicant.surname", "Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"),
        ("family[2].given_names", "Zoë", "ZOE"),
    ]


def test_plain_names_raise_no_question_and_a_question_does_not_show_itself(lee: Any) -> None:
    lee.write()
    assert name_questions(read_raw(lee.folder).data) == []
    lee["applicant.surname"] = "Müller"
    lee.write()
    (question,) = name_questions(read_raw(lee.folder).data)
    assert "ller" not in repr(question)


def test_questions_can_be_asked_of_a_file_that_is_wrong_everywhere() -> None:
    assert name_questions({}) == []
    assert name_questions({"applicant": "x", "family": ["x", {"surname": ["é"]}], "companions": "x"}) == []


# ---- no value in any message


def all_texts(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        return {text for inner in tree.values() for text in all_texts(inner)}
    if isinstance(tree, list):
        return {text for inner in tree for text in all_texts(inner)}
    return {tree}


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


@EVERY_SAMPLE
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
