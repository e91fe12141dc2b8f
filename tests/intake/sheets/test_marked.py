"""The marked copy: the cells that need a hand, with the reason in both languages; nothing else is changed."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.intake.draft import ReadValue, SourceFile
from assistant.intake.readers import read_source
from assistant.intake.sheets.marked import marked_copy


def wrong_values(path: Path) -> list[ReadValue]:
    return [one for draft in read_source(SourceFile(path), "", date(2026, 12, 1)).drafts for one in draft.values]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    book = Workbook()
    for row in (("姓", "护照号码", "手机号码", "年薪"), ("LEE", "M98765432", 13800000011, "=1+1")):
        book.active.append(list(row))
    book.save(tmp_path / "roster.xlsx")
    return tmp_path / "roster.xlsx"


def test_each_cell_that_needs_a_hand_is_marked_and_says_why(roster: Path) -> None:
    before = roster.read_bytes()
    sheet = load_workbook(io.BytesIO(marked_copy(before, wrong_values(roster)))).active
    assert {cell.coordinate for row in sheet for cell in row if cell.comment} == {"C2", "D2"}
    assert "文本格式" in sheet["C2"].comment.text and "format the cell as text" in sheet["C2"].comment.text
    assert "13800000011" not in sheet["C2"].comment.text
    assert sheet["C2"].fill.fgColor.rgb.endswith("FFC7CE")
    assert [cell.value for cell in sheet[2]] == ["LEE", "M98765432", 13800000011, "=1+1"]
    assert roster.read_bytes() == before


def test_a_table_as_text_comes_back_as_a_workbook_without_formulas(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("姓,护照号码,国籍\nLEE,M98765432,Korea\nKIM,=1+1,KOR\n", encoding="gb18030")
    sheet = load_workbook(io.BytesIO(marked_copy(path.read_bytes(), wrong_values(path)))).active
    assert {cell.coordinate for row in sheet for cell in row if cell.comment} == {"C2", "B3"}
    assert sheet["B2"].value == "M98765432"
    assert all(cell.data_type != "f" for row in sheet for cell in row)
