"""Heads of tables: every wording means one path; which row bears them is found."""

from assistant.drift.vocabulary import vocabulary
from assistant.intake.sheets.cells import Sheet, SheetCell
from assistant.intake.sheets.heads import heads_of
from assistant.intake.sheets.mapping import FULL_NAME
from assistant.intake.words.meaning import taste
from assistant.intake.words.names import roster_words
from assistant.normalize import plain


def sheet(*rows: tuple[str, ...], title: str = "Sheet1") -> Sheet:
    cells = {
        (row, column): SheetCell("text", text)
        for row, words in enumerate(rows, 1)
        for column, text in enumerate(words, 1)
        if text
    }
    return Sheet(title, cells)


def test_a_wording_of_rosters_stands_for_one_path_and_no_other_one_of_the_vocabulary() -> None:
    known = {plain(word): path for path, entry in vocabulary().items() for word in entry.words}
    seen: dict[str, str] = {}
    for path, words in roster_words().heads.items():
        assert path == FULL_NAME or taste(path)
        for word in words:
            assert seen.setdefault(plain(word), path) == path, word
            assert known.get(plain(word), path) == path, word
    for table, leaves in roster_words().rows.items():
        own: dict[str, str] = {}
        for leaf, words in leaves.items():
            assert leaf == "titles" or taste(f"{table}.{leaf}")
            for word in words:
                assert own.setdefault(plain(word), leaf) == leaf, (table, word)


def test_a_head_in_two_languages_is_known_by_either() -> None:
    found = heads_of(sheet(("护照号码 Passport No.", "性别/Sex", "出生日期\nDate of birth")), {})
    assert found is not None
    assert [one.path for one in found.heads] == ["passport.number", "applicant.sex", "applicant.birth_date"]


def test_what_the_person_said_counts_more_than_the_vocabulary() -> None:
    rows = ("姓", "护照号码", "备用号码")
    found = heads_of(sheet(rows), {"护照号码": "", "备用号码": "passport.number"})
    assert found is not None
    assert [(one.path, one.state) for one in found.heads][1:] == [("", "confirmed"), ("passport.number", "confirmed")]


def test_a_page_of_text_has_no_heads() -> None:
    assert heads_of(sheet(("填写说明",), ("请如实填写姓名和护照号码。",), ("谢谢", "2026")), {}) is None


def test_schools_beside_one_another_are_rows() -> None:
    found = heads_of(sheet(("护照号码", "学校名称", "专业", "学校名称", "专业"), title="教育经历"), {})
    assert found is not None
    assert [one.path for one in found.heads][1:] == [
        "education.0.school",
        "education.0.major",
        "education.1.school",
        "education.1.major",
    ]
