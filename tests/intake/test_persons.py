"""Whose a draft is: by number, by name and birth, by name alone, or nobody's."""

from assistant.intake.draft import ProfileDraft, ReadValue
from assistant.intake.persons import folder_name, sorted_by_person


def draft(source: str, number: str = "", name: str = "", birth: str = "") -> ProfileDraft:
    surname, _, given = name.partition(" ")
    known = {
        "passport.number": number,
        "applicant.surname": surname,
        "applicant.given_names": given,
        "applicant.birth_date": birth,
        "employment.position": "engineer",
    }
    values = (ReadValue(path, value, source, "other", "text") for path, value in known.items() if value)
    return ProfileDraft(source, tuple(values))


def sources(*drafts: ProfileDraft, **held: ProfileDraft) -> tuple[list[list[str]], list[str]]:
    persons, nobodys = sorted_by_person(drafts, held)
    return [[one.applicant or "", *(draft.source for draft in one.drafts)] for one in persons], [
        one.source for one in nobodys
    ]


def test_the_same_number_or_the_same_name_and_birth_is_one_person() -> None:
    old = draft("old passport", "M1111111", "LEE MINJUN", "1988-03-14")
    new = draft("new passport", "M2222222", "Lee Minjun", "1988-03-14")
    row = draft("roster", "m2222222")
    assert sources(row, old, new) == ([["", "roster", "old passport", "new passport"]], [])


def test_a_strangers_passport_is_a_person_of_its_own() -> None:
    lee, kim = (
        draft("lee", "M1111111", "LEE MINJUN", "1988-03-14"),
        draft("kim", "M3333333", "KIM SEOYEON", "1989-08-02"),
    )
    assert sources(lee, kim) == ([["", "lee"], ["", "kim"]], [])


def test_people_of_one_name_with_other_births_are_not_put_together() -> None:
    first, second = draft("a", "", "LEE MINJUN", "1988-03-14"), draft("b", "", "LEE MINJUN", "1990-01-01")
    contract = draft("contract", name="LEE MINJUN")
    assert sources(first, second, contract) == ([["", "a"], ["", "b"]], ["contract"])


def test_a_paper_that_names_nobody_joins_the_only_person_and_else_nobody() -> None:
    lee, kim = draft("lee", "M1111111"), draft("kim", "M3333333")
    assert sources(draft("contract"), lee) == ([["", "lee", "contract"]], [])
    assert sources(draft("contract"), lee, kim) == ([["", "lee"], ["", "kim"]], ["contract"])


def test_an_applicant_of_the_folder_is_known_again() -> None:
    assert sources(draft("scan", "M1111111"), lee=draft("profile", "M1111111"), kim=draft("profile", "M3")) == (
        [["lee", "scan"]],
        [],
    )
    assert sources(draft("contract"), lee=draft("profile", "M1111111")) == ([["lee", "contract"]], [])


def test_a_new_folder_bears_the_name_and_takes_no_other_ones_place() -> None:
    somebody = [draft("a", name="MÜLLER JÖRG")]
    assert folder_name(somebody, []) == "mueller-joerg"
    assert folder_name(somebody, ["Mueller-Joerg"]) == "mueller-joerg-2"
    assert folder_name([draft("a")], []) == "applicant"


def test_a_paper_that_bears_only_a_name_goes_to_the_latest_case_of_one_person_and_to_none_of_two() -> None:
    last, this = (
        draft("2026", "M1111111", "LEE MINJUN", "1988-03-14"),
        draft("2027", "M1111111", "LEE MINJUN", "1988-03-14"),
    )
    card = draft("card", name="LEE MINJUN")
    assert sources(card, lee=last, lee_2027=this) == ([["lee_2027", "card"]], [])
    other = draft("other", "M2222222", "LEE MINJUN", "1990-01-01")
    assert sources(card, lee=last, other=other) == ([], ["card"])
