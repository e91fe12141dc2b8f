"""Loading a profile: what is taken, what it is then, and what of a name is asked."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.errors import ProfileError
from assistant.profile.loading import Month, load_profile, name_questions, read_raw
from assistant.profile.paths import read
from assistant.store.applicant_folder import PlainFolder
from assistant.store.folders import FolderAt


def test_each_sample_loads_from_its_folder_and_from_its_file(draft_of: Callable[[str], Any], sample: str) -> None:
    draft = draft_of(sample)
    by_folder = draft.load()
    with FolderAt(draft.folder / "profile.yaml").open() as kept:
        by_file = load_profile(kept)
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
    (contract,) = profile.documents["contract"]
    assert contract == lee.folder / "documents" / "contract.pdf"
    assert profile.file_names[contract] == "documents/contract.pdf"


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
    profile = load_profile(PlainFolder(lee.folder))
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
    values = [read(profile, path) for path in optional if not path.startswith("work_history")]
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


@pytest.mark.parametrize(
    ("path", "written", "used"),
    [
        ("applicant.phone", "\u202d13800000011\u202c", "13800000011"),
        ("applicant.phone", "1380000\ufe0f0011", "13800000011"),
        ("applicant.email", "\u202aminjun.lee@example.com\u202c", "minjun.lee@example.com"),
        ("applicant.email", "minjun\u00ad.lee@example.com", "minjun.lee@example.com"),
        ("applicant.address.detail", "\u202a样例路 8 号\u202c", "样例路 8 号"),
        ("applicant.emergency_contact.name", "KIM SEO\u00adYEON", "KIM SEOYEON"),
        ("applicant.emergency_contact.name", "KIM SEO\u200dYEON", "KIM SEOYEON"),
        ("passport.number", "\u2066M98765432\u2069", "M98765432"),
        ("passport.number", "M9876\u20625432", "M98765432"),
        ("employment.occupation", "工程\U000e0100师", "工程师"),
        ("employment.salary_commitment", "no\u200b", False),
        ("residence_permit.expires_on", "2026-12-\u200f20", date(2026, 12, 20)),
        ("applicant.phone", "+٩٦٦٥٠١٢٣٤٥٦٧", "+966501234567"),
        ("applicant.phone", "13800०००००१", "13800000001"),
        ("applicant.emergency_contact.phone", "13800٠٠٠٠١٢", "13800000012"),
        ("passport.number", "M۹۸۷۶۵۴۳۲", "M98765432"),
        ("applicant.address.detail", "样例路๘号", "样例路8号"),
        ("employment.months_per_year", "١٢", 12),
        ("employment.annual_salary", "৪২০০০০", Decimal(420000)),
        ("residence_permit.expires_on", "２０２６-１２-２０", date(2026, 12, 20)),
        ("residence_permit.expires_on", "٢٠٢٦-١٢-٢٠", date(2026, 12, 20)),
    ],
)
def test_unseen_marks_and_digits_of_other_scripts_are_put_right_and_told(
    lee: Any, path: str, written: str, used: object
) -> None:
    lee[path] = written
    profile = lee.load()
    assert read(profile, path) == used
    assert profile.rewritten == (path,)


def test_a_value_of_nothing_but_unseen_marks_is_missing(lee: Any) -> None:
    lee["employment.occupation"] = "\u200b\u2060"
    with pytest.raises(ProfileError) as caught:
        lee.load()
    assert [problem.what.en for problem in caught.value.problems] == ["this is empty; fill it in"]


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
    assert load_profile(PlainFolder(lee.folder)).employer.uscc == "91440300MA5XAMPE4X"


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


def all_texts(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        return {text for inner in tree.values() for text in all_texts(inner)}
    if isinstance(tree, list):
        return {text for inner in tree for text in all_texts(inner)}
    return {tree}


def test_printing_a_profile_shows_no_value(draft_of: Callable[[str], Any], sample: str) -> None:
    draft = draft_of(sample)
    profile = draft.load()
    printed = f"{profile!r}{profile}{profile.passport!r}{profile.applicant}{profile.family}{profile.work_history[0]!r}"
    for value in all_texts(draft.data["applicant"]) | all_texts(draft.data["passport"]):
        assert len(value) < 4 or value not in printed


# ---- reading a path


def test_paths_lead_to_values(lee: Any) -> None:
    profile = lee.load()
    assert read(profile, "passport.number") == "M98765432"
    assert read(profile, "applicant.address.district") == "南山区"
    assert read(profile, "employer.handler.mobile") == "13900000001"
    assert read(profile, "family") == profile.family


@pytest.mark.parametrize("path", ["passport.nummer", "nothing", "applicant.model_fields", "applicant.__class__", ""])
def test_a_path_the_profile_does_not_have_is_an_error(lee: Any, path: str) -> None:
    with pytest.raises(KeyError):
        read(lee.load(), path)


# ---- names


def test_names_with_accents_are_asked_about_with_a_proposal(lee: Any) -> None:
    lee["applicant.surname"] = "Müller-Lüdenscheidt"
    lee["family.1.given_names"] = "Zoë"
    lee.write()
    asked = [(q.path, q.shown, q.proposal) for q in name_questions(read_raw(PlainFolder(lee.folder)).data)]
    assert asked == [
        ("applicant.surname", "Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"),
        ("family[2].given_names", "Zoë", "ZOE"),
    ]


def test_plain_names_raise_no_question_and_a_question_does_not_show_itself(lee: Any) -> None:
    lee.write()
    assert name_questions(read_raw(PlainFolder(lee.folder)).data) == []
    lee["applicant.surname"] = "Müller"
    lee.write()
    (question,) = name_questions(read_raw(PlainFolder(lee.folder)).data)
    assert "ller" not in repr(question)


def test_questions_can_be_asked_of_a_file_that_is_wrong_everywhere() -> None:
    assert name_questions({}) == []
    assert name_questions({"applicant": "x", "family": ["x", {"surname": ["é"]}], "companions": "x"}) == []
