"""What people write and what it means: one meaning, or none and a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.intake.trees import without_rows
from assistant.intake.words.meaning import meant, taste, whole_name
from assistant.profile.model import Profile
from assistant.profile.paths import places_of


@pytest.mark.parametrize(
    ("path", "written", "value"),
    [
        ("passport.expires_on", "2032-05-10", "2032-05-10"),
        ("passport.expires_on", "2032/5/10", "2032-05-10"),
        ("passport.expires_on", "2032年5月10日", "2032-05-10"),
        ("passport.expires_on", "20320510", "2032-05-10"),
        ("passport.expires_on", "10 MAY 2032", "2032-05-10"),
        ("passport.expires_on", "May 10th, 2032", "2032-05-10"),
        ("passport.expires_on", "25/12/2032", "2032-12-25"),
        ("passport.expires_on", "12/25/2032", "2032-12-25"),
        ("passport.expires_on", "05/05/2032", "2032-05-05"),
        ("education.0.from", "2019.9", "2019-09"),
        ("education.0.from", "Sept 2019", "2019-09"),
        ("education.0.from", "2019年9月1日", "2019-09"),
        ("education.0.from", "09/2019", "2019-09"),
        ("work_history.2.to", "至今", ""),
        ("applicant.sex", "女", "female"),
        ("applicant.sex", "M", "male"),
        ("applicant.nationality", "韩国", "KOR"),
        ("applicant.nationality", "South Korea", "KOR"),
        ("applicant.nationality", "kor", "KOR"),
        ("applicant.nationality", "刚果（金）", "COD"),
        ("education.0.country", "United States of America", "USA"),
        ("applicant.highest_degree", "本科", "bachelor"),
        ("education.0.degree", "Master's degree", "master"),
        ("work_permit.category", "B类（一）", "B1"),
        ("work_permit.category", "a2", "A2"),
        ("passport.number", "Ｍ９８７６５４３２\u200b", "M98765432"),
        ("applicant.surname", "　lee ", "LEE"),
        ("applicant.phone", "+86 138-0000-0011", "13800000011"),
        ("employment.annual_salary", "420,000 元", "420000"),
        ("employment.salary_commitment", "否", "false"),
        ("passport.previous_nationalities", "韩国、日本", "KOR, JPN"),
        ("family.0.relation", "妻子", "spouse"),
    ],
)
def test_each_way_of_writing_means_one_value(path: str, written: str, value: str) -> None:
    found = meant(path, written)
    assert (found.value, found.state) == (value, "sure")


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("passport.expires_on", "03/04/2032"),
        ("passport.expires_on", "10-May-32"),
        ("passport.expires_on", "2032-02-30"),
        ("passport.expires_on", "2032-05"),
        ("passport.expires_on", "长期"),
        ("education.0.from", "2019"),
        ("education.0.from", "2019-13"),
        ("applicant.nationality", "Korea"),
        ("applicant.nationality", "Congo"),
        ("applicant.nationality", "刚果"),
        ("work_permit.category", "B"),
        ("applicant.surname", "李"),
        ("employment.annual_salary", "42万"),
        ("employment.annual_salary", "35000×12"),
        ("applicant.email", "lee at example.com"),
        ("applicant.phone", "1380000001"),
        ("passport.number", "M9876-5432"),
        ("employer.uscc", "91440300MA5XAMPE4Y"),
    ],
)
def test_what_means_two_things_or_none_is_an_error_with_a_sentence_and_without_the_value(
    path: str, written: str
) -> None:
    found = meant(path, written)
    assert found.state == "error"
    assert found.doubt is not None and found.doubt.zh and found.doubt.en
    assert taste(without_rows(path)) == "code" or written not in found.doubt.en


def test_what_is_read_by_a_convention_is_to_be_looked_at() -> None:
    found = meant("applicant.surname", "Müller")
    assert (found.value, found.state) == ("MUELLER", "doubtful")


def test_a_countrys_short_code_is_one_of_its_names() -> None:
    found = meant("applicant.nationality", "KR")
    assert (found.value, found.state) == ("KOR", "sure")


def test_a_whole_name_is_parted_only_where_something_parts_it() -> None:
    assert {path: found.value for path, found in whole_name("Lee, Min jun").items()} == {
        "applicant.surname": "LEE",
        "applicant.given_names": "MIN JUN",
    }
    assert [found.value for found in whole_name("LEE<<MINJUN<<<").values()] == ["LEE", "MINJUN"]
    assert {path: found.value for path, found in whole_name("李敏俊").items()} == {"applicant.chinese_name": "李敏俊"}
    assert [found.state for found in whole_name("LEE MINJUN").values()] == ["error"]


def test_every_value_of_a_profile_can_be_read() -> None:
    leaves = [path for path, place in places_of(Profile).items() if place.shape in ("value", "values")]
    assert len(leaves) > 90
    assert all(taste(path) for path in leaves)


LEAVES = sorted(path for path, place in places_of(Profile).items() if place.shape in ("value", "values"))


@settings(max_examples=60)
@given(
    st.sampled_from(LEAVES),
    st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[-/. 年][0-9]{1,2}[-/. 月]?[0-9]{0,4}日?", fullmatch=True),
)
def test_whatever_is_written_is_read_or_refused_and_what_was_read_means_itself(path: str, written: str) -> None:
    found = meant(path, written)
    assert (found.value is None) == (found.state == "error")
    if found.value:
        assert meant(path, found.value).value == found.value
