"""Results go into a copy, as text, beside what stands there; an earlier copy is read back by the ids in it."""

import io
from pathlib import Path

from openpyxl import Workbook, load_workbook

from assistant.intake.sheets.results import HEADS, RowPlace, RowResult, results_in, with_results

FILLED = RowResult("lee", "filled", "SZ-2026-0001", "")


def roster(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_nothing_but_four_columns_is_added() -> None:
    content = roster(("姓", "护照号码", "年薪"), ("LEE", "M98765432", "=1+1"), ("KIM", "M1", None))
    sheet = load_workbook(io.BytesIO(with_results(content, {RowPlace("Sheet", 2, 1): FILLED}))).active
    assert [cell.value for cell in sheet[1]] == ["姓", "护照号码", "年薪", *HEADS]
    assert [cell.value for cell in sheet[2]] == ["LEE", "M98765432", "=1+1", "lee", "filled", "SZ-2026-0001", None]
    assert [cell.value for cell in sheet[3]] == ["KIM", "M1", *[None] * 5]


def test_what_looks_like_a_formula_is_text() -> None:
    content = roster(("姓", "护照号码"), ("LEE", "M98765432"))
    copy = with_results(content, {RowPlace("", 2, 1): RowResult("lee", "filled", "=HYPERLINK(0)", "007")})
    sheet = load_workbook(io.BytesIO(copy)).active
    assert {cell.value: cell.data_type for cell in sheet[2][2:]} == {
        "lee": "s",
        "filled": "s",
        "=HYPERLINK(0)": "s",
        "007": "s",
    }


def test_an_earlier_copy_is_read_by_case_and_its_columns_are_used_again() -> None:
    first = with_results(roster(("姓", "护照号码"), ("LEE", "M98765432")), {RowPlace("", 2, 1): FILLED})
    assert results_in(first) == {"lee": FILLED}
    again = with_results(first, {RowPlace("", 2, 1): RowResult("lee", "filled before")})
    assert results_in(again) == {"lee": RowResult("lee", "filled before")}
    assert load_workbook(io.BytesIO(again)).active.max_column == 2 + len(HEADS)


def test_a_table_as_text_comes_back_as_a_workbook(tmp_path: Path) -> None:
    content = "姓,护照号码\nLEE,M98765432\n".encode("gb18030")
    assert results_in(with_results(content, {RowPlace("", 2, 1): FILLED})) == {"lee": FILLED}
    assert results_in(content) == {}
