"""What is asked: what is missing and the applicant can know, in words of their language."""

import pytest

from assistant.intake.questionnaire.questions import ASK_LANGUAGES, AskLanguage, letter, questions, wording
from assistant.profile.values import SLOT_NAMES


def test_only_what_is_missing_or_unusable_is_asked_and_nothing_of_the_employers() -> None:
    asked = questions(
        {"passport.number": "M1", "passport.expires_on": "2032-05-10", "applicant.sex": "male"}, ["passport"], "en"
    )
    paths = [one.path for one in asked.values]
    assert "passport.number" in paths and "passport.expires_on" not in paths and "applicant.sex" not in paths
    assert paths[:2] == ["applicant.surname", "applicant.given_names"]
    assert not [path for path in paths if path.startswith(("employer", "city", "employment.contract"))]
    assert "passport" not in asked.papers and "photo" in asked.papers
    assert [one.table for one in asked.tables] == ["education", "work_history", "family"]


@pytest.mark.parametrize("language", ASK_LANGUAGES)
def test_every_question_and_choice_has_a_name_in_the_applicants_language(language: AskLanguage) -> None:
    asked = questions({}, [], language)
    every = [*asked.values, *(one for table in asked.tables for one in table.questions)]
    assert len(every) > 40
    for one in every:
        assert one.label and one.label != one.path, one.path
        if language in ("zh", "ja", "ko") and one.path != "applicant.email":
            assert not one.label.isascii(), (one.path, one.label)
        assert all(one.options.values())
    assert all(not name.isascii() for name in asked.papers.values()) or language == "en"


def test_all_languages_have_the_same_words() -> None:
    first = wording("zh")
    for language in ASK_LANGUAGES:
        other = wording(language)
        assert set(other.words) == set(first.words)
        assert set(other.labels) == set(first.labels)
        assert set(other.help) == set(first.help)
        for word, text in first.words.items():
            assert text.count("{") == other.words[word].count("{"), (language, word)


@pytest.mark.parametrize("language", ASK_LANGUAGES)
def test_the_letter_lists_the_papers_that_are_missing(language: AskLanguage) -> None:
    text = letter(("passport", "photo"), language)
    assert text.count("\n- ") == 2 and "{papers}" not in text
    assert letter((), language) != text
    assert len(letter(SLOT_NAMES, language).splitlines()) > len(SLOT_NAMES)
