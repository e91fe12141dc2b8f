"""What `assistant batch` says and refuses before any form is opened; the filling itself: tests/jobs/batch."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.cli.main import main
from assistant.jobs.batch import batch as module
from assistant.jobs.batch.batch import BatchLine, BatchReport
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from tests.support.crowds import crowd


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    crowd(tmp_path / "crowd", 2)
    book = Workbook()
    book.active.append(["姓", "护照号码"])
    for case in ("case-000", "case-001"):
        profile = load_profile(PlainFolder(tmp_path / "crowd" / case))
        book.active.append([profile.applicant.surname, profile.passport.number])
    book.active.append(["STRANGER", "X0000001"])
    book.save(tmp_path / "roster.xlsx")
    return tmp_path / "roster.xlsx"


def test_the_copy_is_written_after_each_form_and_the_number_is_in_no_report(
    roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy, seen = tmp_path / "roster-results.xlsx", []
    lines = (BatchLine("case-000", "filled", number="SZ-2026-0001"), BatchLine("case-001", "fault"))

    def batch(_job: object, _console: object, filled: object) -> BatchReport:
        for line in lines:
            filled(line)  # type: ignore[operator]
            seen.append(rows(copy))
        return BatchReport(lines, 1)

    monkeypatch.setattr(module, "batch", batch)
    words = ["batch", str(tmp_path / "crowd"), "--write-back", str(roster), "--json", str(tmp_path / "o.json")]
    assert main([*words, "--lang", "en"]) == 1
    assert seen[0] == [["case-000", "filled", "SZ-2026-0001"], [None] * 3, [None] * 3]
    assert rows(copy) == [["case-000", "filled", "SZ-2026-0001"], ["case-001", "failed", None], [None] * 3]
    told = capsys.readouterr()
    assert "roster.xlsx#Sheet!4:4: nothing is written there" in told.out + told.err
    assert "SZ-2026-0001" not in told.out + told.err + (tmp_path / "o.json").read_text(encoding="utf-8")


def rows(copy: Path) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(copy.read_bytes())).active
    return [[cell.value for cell in row[2:5]] for row in sheet.iter_rows(min_row=2)]


def test_a_roster_that_cant_be_read_is_said_before_any_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd(tmp_path / "crowd", 1)
    monkeypatch.setattr(module, "batch", lambda *_: pytest.fail("a form was opened"))
    assert main(["batch", str(tmp_path / "crowd"), "--write-back", str(tmp_path / "none.xlsx"), "--lang", "en"]) == 2
    assert "--write-back" in capsys.readouterr().err
