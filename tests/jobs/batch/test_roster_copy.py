"""The roster gets its results back: a copy, each row whose it surely is; the others are named and left."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.errors import InputError
from assistant.intake.sheets.results import RowResult, results_in
from assistant.jobs.batch.roster_copy import RosterCopy, copy_of
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.folders import FolderStore
from tests.support.crowds import crowd

ON = date(2026, 11, 23)
HEADS = ("姓", "名", "护照号码", "出生日期")
Row = tuple[object, ...]


@pytest.fixture
def folders(tmp_path: Path) -> FolderStore:
    crowd(tmp_path / "crowd", 3)
    return FolderStore(tmp_path / "crowd")


def row_of(tmp_path: Path, case: str) -> Row:
    profile = load_profile(PlainFolder(tmp_path / "crowd" / case))
    person = profile.applicant
    return (person.surname, person.given_names, profile.passport.number, person.birth_date.isoformat())


def workbook(tmp_path: Path, *rows: Row, heads: Row = HEADS) -> Path:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(list(row))
    book.save(tmp_path / "roster.xlsx")
    return tmp_path / "roster.xlsx"


def said(**results: str) -> dict[str, RowResult]:
    return {case.replace("_", "-"): RowResult(case.replace("_", "-"), word) for case, word in results.items()}


def test_each_row_gets_its_own_persons_result_wherever_it_stands(folders: FolderStore, tmp_path: Path) -> None:
    path = workbook(tmp_path, row_of(tmp_path, "case-002"), row_of(tmp_path, "case-000"), row_of(tmp_path, "case-001"))
    before = path.read_bytes()
    copy = RosterCopy(path, folders, ON)
    assert copy.unsure == []
    sheet = load_workbook(io.BytesIO(copy.with_lines(said(case_000="a", case_001="b", case_002="c")))).active
    assert [(sheet.cell(row, 5).value, sheet.cell(row, 6).value) for row in (2, 3, 4)] == [
        ("case-002", "c"),
        ("case-000", "a"),
        ("case-001", "b"),
    ]
    assert path.read_bytes() == before
    assert copy.target == tmp_path / "roster-results.xlsx" == copy_of(path)


def test_rows_that_may_be_anothers_are_named_and_left(folders: FolderStore, tmp_path: Path) -> None:
    one, other = row_of(tmp_path, "case-000"), row_of(tmp_path, "case-001")
    mixed = (*one[:2], other[2], one[3])
    wrong_name = ("SOMEBODY", "ELSE", one[2], None)
    short = (*one[:2], 123, one[3])
    stranger = ("NOBODY", "AT ALL", "X0000001", "1980-01-01")
    path = workbook(tmp_path, mixed, wrong_name, short, stranger, other)
    copy = RosterCopy(path, folders, ON)
    rows = [row.place.rpartition("!")[2] for row in copy.unsure]
    assert rows[:2] == ["2:2", "3:3"]
    assert rows[-1] == "5:5"
    told = repr(copy.unsure)
    assert not any(str(value) in told for value in one)
    sheet = load_workbook(io.BytesIO(copy.with_lines(said(case_000="a", case_001="b")))).active
    assert sheet.cell(6, 6).value == "b"
    assert sheet.cell(2, 6).value is None
    assert sheet.cell(3, 6).value is None
    assert sheet.cell(5, 6).value is None


def test_who_is_known_by_name_alone_must_be_the_only_one_of_it(folders: FolderStore, tmp_path: Path) -> None:
    row = row_of(tmp_path, "case-000")
    path = workbook(tmp_path, row[:2], heads=HEADS[:2])
    assert RosterCopy(path, folders, ON).unsure == []
    profile = (tmp_path / "crowd" / "case-000" / "profile.yaml").read_text(encoding="utf-8")
    (tmp_path / "crowd" / "twin").mkdir()
    (tmp_path / "crowd" / "twin" / "profile.yaml").write_text(profile, encoding="utf-8")
    (unsure,) = RosterCopy(path, folders, ON).unsure
    assert "borne twice" in unsure.why.en


def test_a_number_is_kept_when_the_batch_goes_on(folders: FolderStore, tmp_path: Path) -> None:
    path = workbook(tmp_path, row_of(tmp_path, "case-000"), row_of(tmp_path, "case-001"))
    first = RosterCopy(path, folders, ON)
    first.target.write_bytes(first.with_lines({"case-000": RowResult("case-000", "filled", "SZ-2026-0001")}))
    second = RosterCopy(path, folders, ON)
    now = {
        "case-000": RowResult("case-000", "filled before"),
        "case-001": RowResult("case-001", "filled", "SZ-2026-0002"),
    }
    assert results_in(second.with_lines(now, ["case-000"])) == {
        "case-000": RowResult("case-000", "filled", "SZ-2026-0001"),
        "case-001": now["case-001"],
    }
    assert results_in(second.with_lines({"case-000": RowResult("case-000", "stopped early")}))["case-000"] == RowResult(
        "case-000", "stopped early", "SZ-2026-0001"
    )


@pytest.mark.parametrize("name", ["missing.xlsx", "letter.txt"])
def test_what_is_no_roster_is_refused_before_the_work(folders: FolderStore, tmp_path: Path, name: str) -> None:
    (tmp_path / "letter.txt").write_bytes(b"\x00\x01 no table")
    with pytest.raises(InputError):
        RosterCopy(tmp_path / name, folders, ON)
