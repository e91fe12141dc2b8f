"""The data as a form: nothing typed is lost, nothing of another window's is overwritten, the sentences are those of `check`."""

import re

import pytest

from assistant.check.city.loading import load_city
from assistant.check.rules import check_rules
from assistant.desk.forms.shape import profile_form
from assistant.errors import ProfileError
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from tests.support.desks import ON, Visitor

PAGE = "/cases/sample-lee/profile"


def typed(answer) -> dict[str, str]:
    """Every answer that a form holds, as a browser would post it."""
    import html

    found: dict[str, str] = {}
    for name, value in re.findall(
        r'<input type="(?:text|hidden)"[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', answer.text
    ):
        found[name] = html.unescape(value)
    for name, value in re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)</textarea>', answer.text):
        found[name] = html.unescape(value)
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', answer.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    found.pop("language", None)
    return {name: value for name, value in found.items() if name != "back"}


@pytest.fixture
def file(desk_folder):
    return desk_folder / "sample-lee" / "profile.yaml"


def test_every_datum_of_the_model_is_asked_by_its_path(visitor):
    names = typed(visitor.get(PAGE))
    asked = {question.path for part in profile_form() if not part.table for question in part.every_question()}
    assert asked <= set(names)
    assert {"education.0.school", "work_history.2.to", "family.1.passport_number"} <= set(names)
    assert names["passport.number"] == "M98765432"


def test_saving_what_was_not_changed_leaves_the_file_as_it_is(visitor, file):
    before = file.read_bytes()
    answer = visitor.post(PAGE, typed(visitor.get(PAGE)))
    assert answer.status == 303
    assert file.read_bytes() == before


def test_one_change_is_one_line_and_comments_stay(visitor, file):
    before = file.read_text(encoding="utf-8").splitlines()
    visitor.post(PAGE, typed(visitor.get(PAGE)) | {"passport.number": "M11223344"})
    after = file.read_text(encoding="utf-8").splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("  number: M98765432", "  number: M11223344")
    ]


def test_a_wrong_answer_is_kept_and_told_at_the_top_and_at_its_field(visitor, file):
    answer = visitor.follow(visitor.post(PAGE, typed(visitor.get(PAGE)) | {"passport.expires_on": "31.5.2032"}))
    with pytest.raises(ProfileError) as raised:
        load_profile(PlainFolder(file.parent))
    (problem,) = raised.value.problems
    assert '<a href="#f-passport.expires_on">' in answer.text
    field = re.search(r'<input[^>]*name="passport.expires_on"[^>]*>', answer.text)[0]
    assert 'value="31.5.2032"' in field and 'aria-invalid="true"' in field
    described = re.search(r'aria-describedby="([^"]+)"', field)[1].split()
    assert "fault-passport.expires_on" in described
    assert re.search(r'id="fault-passport.expires_on"[^>]*>' + re.escape(problem.what.zh), answer.text)


def test_what_the_rules_say_stands_at_its_field_in_their_words(visitor, file):
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("category: B1\n  expires_on: 2027-01-15", "category: B1\n  expires_on: 2026-12-01"),
        encoding="utf-8",
    )
    profile = load_profile(PlainFolder(file.parent))
    told = [
        one
        for one in check_rules(profile, load_city(profile.city), ON)
        if one.severity != "info" and one.slot is None and not one.where.startswith("documents")
    ]
    words = visitor.get(PAGE).words
    assert told
    for one in told:
        assert one.message.zh in words, (one.code, one.where)


def test_a_second_window_never_overwrites_the_first_one(visitor, file):
    first, second = typed(visitor.get(PAGE)), typed(visitor.get(PAGE))
    visitor.post(PAGE, first | {"applicant.birth_place": "BUSAN"})
    answer = visitor.post(PAGE, second | {"applicant.birth_place": "INCHEON"})
    assert answer.status == 409
    assert "BUSAN" in answer.words and 'value="INCHEON"' in answer.text
    assert "BUSAN" in file.read_text(encoding="utf-8")
    visitor.post(PAGE, typed(answer))
    assert "INCHEON" in file.read_text(encoding="utf-8")


def test_a_row_is_added_filled_and_removed(visitor, file):
    now = typed(visitor.get(PAGE))
    answer = visitor.post(PAGE, now | {"add": "education"})
    assert answer.headers["location"] == f"{PAGE}?add=education#education.2"
    page = visitor.get(answer.headers["location"].partition("#")[0])
    row = {
        "from": "2014-01",
        "to": "2014-06",
        "school": "X",
        "country": "KOR",
        "major": "Y",
        "level": "other",
        "degree": "none",
    }
    visitor.post(PAGE, typed(page) | {f"education.2.{key}": value for key, value in row.items()})
    assert [one.school for one in load_profile(PlainFolder(file.parent)).education][-1] == "X"
    visitor.post(PAGE, typed(visitor.get(PAGE)) | {"remove": "education.0"})
    assert [one.school for one in load_profile(PlainFolder(file.parent)).education] == ["HANGANG MODEL UNIVERSITY", "X"]


def test_an_empty_row_is_no_row(visitor, file):
    page = visitor.get(f"{PAGE}?add=family")
    before = file.read_bytes()
    visitor.post(PAGE, typed(page))
    assert file.read_bytes() == before


def test_a_new_applicant_s_form_names_each_missing_answer(visitor):
    made = visitor.post("/cases", {"surname": "KIM", "given_names": "ANA", "chinese_name": "", "city": "beijing"})
    page = visitor.follow(made)
    assert 'href="#f-passport.number"' in page.text and 'href="#f-employment.workplace.city"' in page.text
    saved = visitor.follow(visitor.post("/cases/kim-ana/profile", typed(page) | {"passport.number": "AB1234567"}))
    assert 'value="AB1234567"' in saved.text
    assert 'href="#f-passport.number"' not in saved.text


def test_markup_in_a_value_is_only_text(visitor, file):
    evil = "</textarea><script>alert(1)</script>"
    visitor.post(PAGE, typed(visitor.get(PAGE)) | {"employment.duties": evil, "applicant.birth_place": '"><img src=x>'})
    page = visitor.get(PAGE)
    assert "<script>" not in page.text and "<img src=x" not in page.text
    assert typed(page)["employment.duties"] == evil


def test_an_answer_is_judged_while_typing(visitor):
    assert "YYYY-MM-DD" in visitor.post("/judge", {"name": "passport.expires_on", "value": "soon"}).text
    for name, value in (
        ("passport.expires_on", "2032-05-10"),
        ("applicant.chinese_name", ""),
        ("no.such", "x"),
        ("education.0.from", "2004-03"),
    ):
        assert visitor.post("/judge", {"name": name, "value": value}).text == '{"fault":""}'
    assert "A–Z" in visitor.post("/judge", {"name": "family.1.surname", "value": "É"}).text


def test_a_file_that_is_no_yaml_is_told_and_left_alone(visitor, file):
    file.write_text("city: [", encoding="utf-8")
    answer = visitor.get(PAGE)
    assert answer.status == 400 and "YAML" not in answer.words.partition("请看")[0]
    assert file.read_text(encoding="utf-8") == "city: ["


def test_english_says_the_same(desk):
    desk.language = "en"
    words = Visitor(desk).let_in().get(PAGE).words
    assert "Passport number" in words and "Save" in words and "护照号码" not in words


def test_what_is_in_order_can_be_folded_away_and_stays_as_it_is(visitor):
    visitor.post(PAGE, typed(visitor.get(PAGE)) | {"passport.number": "", "applicant.email": "x"})
    page = visitor.get(f"{PAGE}?show=missing")
    # Folds stand side by side and within each other: what is left outside of all of them.
    outside, depth = [], 0
    for part in re.split(r"(<details|</details>)", page.text):
        depth += {"<details": 1, "</details>": -1}.get(part, 0)
        outside += re.findall(r'name="([a-z_.0-9]+)"', part) if depth == 0 else []
    asked = {name for name in outside if "." in name}
    assert asked == {"passport.number", "applicant.email"}
    assert typed(page).keys() >= typed(visitor.get(PAGE)).keys()

    saved = visitor.post(PAGE, typed(page) | {"passport.number": "M98765432"})
    assert saved.headers["location"].endswith("?show=missing&saved=1")
    held = typed(visitor.get(PAGE))
    assert (held["passport.number"], held["applicant.birth_place"]) == ("M98765432", "SEOUL")
    page = visitor.follow(saved)
    assert 'name="show" value="missing"' in page.text
    mended = visitor.follow(visitor.post(PAGE, typed(page) | {"applicant.email": "lee@example.com"}))
    assert "<details class" not in mended.text
