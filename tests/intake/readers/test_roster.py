"""Rosters as they come: each value right, or an error with its cell; never a silent change."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from assistant.errors import InputError
from assistant.intake.draft import Drafts, SourceFile
from assistant.intake.readers import read_source
from assistant.intake.sheets import mapping

HEADS = ("姓", "名", "护照号码", "出生日期", "国籍", "手机号码")
ROW: tuple[object, ...] = ("LEE", "MINJUN", "M98765432", date(1988, 3, 14), "韩国", "13800000011")
PATHS = (
    "applicant.surname",
    "applicant.given_names",
    "passport.number",
    "applicant.birth_date",
    "applicant.nationality",
    "applicant.phone",
)
RIGHT = dict(zip(PATHS, ("LEE", "MINJUN", "M98765432", "1988-03-14", "KOR", "13800000011"), strict=True))


def workbook(*rows: tuple[object, ...], change: Callable[[Any], object] | None = None) -> bytes:
    """A workbook of these rows; `change` has its way with the sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook whose part was edited by hand, as other programs write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name.endswith(part) else text)
    return out.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Drafts]:
    def run(content: bytes, name: str = "roster.xlsx", columns: Mapping[str, str] | None = None) -> Drafts:
        (tmp_path / name).write_bytes(content)
        return read_source(SourceFile(tmp_path / name, columns or {}), "", date(2026, 12, 1))

    return run


def values(found: Drafts, row: int = 0) -> dict[str, str | None]:
    return {one.path: one.value for one in found.drafts[row].values}


def the(found: Drafts, path: str) -> Any:
    """The one value of a path."""
    (one,) = [one for draft in found.drafts for one in draft.values if one.path == path]
    return one


# ---- as they are ---------------------------------------------------------------------------------------------------


def test_each_value_stands_with_its_cell(read) -> None:
    found = read(workbook(HEADS, ROW))
    assert values(found) == RIGHT
    assert {one.state for one in found.drafts[0].values} == {"sure"}
    assert the(found, "passport.number").source == "roster.xlsx#Sheet!C2"


def with_merged_heads(sheet: Any) -> None:
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:E1")


GROUPS = ("申请人", None, "护照", None, None, "工作许可", None)
BELOW = ("姓", "名", "号码", "签发日期", "有效期至", "编号", "有效期至")
PERSON = ("LEE", "MINJUN", "M98765432", "2022-05-10", "2032-05-10", "EX44030001", "2027-01-15")
TWO_ROWS = {
    "applicant.surname": "LEE",
    "applicant.given_names": "MINJUN",
    "passport.number": "M98765432",
    "passport.issued_on": "2022-05-10",
    "passport.expires_on": "2032-05-10",
    "work_permit.number": "EX44030001",
    "work_permit.expires_on": "2027-01-15",
}


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "left blank"])
def test_heads_in_two_rows_are_read_together(read, merged: bool) -> None:
    assert values(read(workbook(GROUPS, BELOW, PERSON, change=with_merged_heads if merged else None))) == TWO_ROWS


@pytest.mark.parametrize(
    "content",
    [
        ",".join(HEADS) + "\nLEE,MINJUN,M98765432,1988-03-14,韩国,13800000011\n",
        "\t".join(HEADS) + "\nLEE\tMINJUN\tM98765432\t1988/3/14\t韩国\t13800000011\n",
        ";".join(HEADS) + '\r\nLEE;MINJUN;M98765432;1988年3月14日;韩国;="13800000011"\r\n',
    ],
    ids=["csv", "tsv", "semicolons"],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_as_text_are_read_in_every_usual_coding(read, content: str, coding: str) -> None:
    found = read(content.encode(coding), "roster.csv")
    assert values(found) == RIGHT
    assert the(found, "passport.number").source == "roster.csv#C2"


def test_rows_above_and_below_the_table_do_no_harm(read) -> None:
    title, note = ("外籍员工名册 2026",), ("注：本表由人事部填写",)
    found = read(workbook(title, (), HEADS, ROW, HEADS, ROW, note))
    assert len(found.drafts) == 2
    assert the(read(workbook(title, (), HEADS, ROW)), "passport.number").source == "roster.xlsx#Sheet!C4"
    assert "7" in found.notes[0].message.en


def test_schools_and_family_on_sheets_of_their_own_belong_to_their_person(read) -> None:
    book = Workbook()
    book.active.append(list(HEADS))
    book.active.append(list(ROW))
    schools = book.create_sheet("教育经历")
    for row in (
        ("护照号码", "起始年月", "结束年月", "学校名称", "学历"),
        ("M98765432", "2004-03", "2007-02", "HANGANG HIGH SCHOOL", "高中"),
        ("M98765432", "2007-03", "2013-02", "HANGANG UNIVERSITY", "本科"),
    ):
        schools.append(row)
    out = io.BytesIO()
    book.save(out)
    found = {one.path: one.value for draft in read(out.getvalue()).drafts for one in draft.values}
    assert found["education.0.school"] == "HANGANG HIGH SCHOOL"
    assert (found["education.1.from"], found["education.1.level"]) == ("2007-03", "bachelor")


# ---- what sheet programs do to values ------------------------------------------------------------------------------


def number_as(text: str) -> bytes:
    """Row 2's phone as a number whose XML is this text."""
    content = workbook(HEADS, (*ROW[:5], 1))
    return edited(
        content, "sheet1.xml", lambda xml: xml.replace('<c r="F2" t="n"><v>1</v>', f'<c r="F2" t="n"><v>{text}</v>')
    )


@pytest.mark.parametrize("text", ["13800000011", "1.3800000011E10", "13800000011.0", "4.40300198803141E+17", "1.5"])
def test_a_long_number_in_a_column_of_numbers_is_an_error_with_its_cell(read, text: str) -> None:
    one = the(read(number_as(text)), "applicant.phone")
    assert (one.state, one.value, one.source) == ("error", None, "roster.xlsx#Sheet!F2")
    assert "text" in one.message.en


def test_zeros_that_are_lost_are_an_error_where_the_column_shows_it_and_else_to_be_looked_at(read) -> None:
    heads = ("姓", "护照号码")
    lost = read(workbook(heads, ("LEE", "012345678"), ("KIM", "098765432"), ("PARK", 12345678)))
    assert [one.state for draft in lost.drafts for one in draft.values if one.path == "passport.number"] == [
        "sure",
        "sure",
        "error",
    ]
    alone = the(read(workbook(heads, ("PARK", 123456789))), "passport.number")
    assert (alone.value, alone.state) == ("123456789", "doubtful")


def test_zeros_that_the_format_shows_are_there(read) -> None:
    def pad(sheet: Any) -> None:
        sheet["B2"].number_format = "000000000"

    assert (
        the(read(workbook(("姓", "护照号码"), ("LEE", 12345678), change=pad)), "passport.number").value == "012345678"
    )


def test_a_phone_that_lost_its_zero_is_an_error(read) -> None:
    one = the(read(workbook(("姓", "单位固定电话"), ("LEE", 1086000000))), "employer.landline")
    assert one.state == "error"


def test_a_number_is_a_day_only_where_its_cell_is_a_date(read) -> None:
    heads = ("姓", "护照有效期至")

    def as_date(sheet: Any) -> None:
        sheet["B2"].number_format = "yyyy/m/d"

    assert the(read(workbook(heads, ("LEE", 48344), change=as_date)), "passport.expires_on").value == "2032-05-10"
    bare = the(read(workbook(heads, ("LEE", 48344))), "passport.expires_on")
    assert (bare.value, bare.state) == ("2032-05-10", "doubtful")
    assert the(read(workbook(heads, ("LEE", 20320510))), "passport.expires_on").value == "2032-05-10"
    assert the(read(workbook(heads, ("LEE", 12))), "passport.expires_on").state == "error"


def test_a_date_with_a_time_and_one_out_of_all_bounds_are_not_taken_in_silence(read) -> None:
    heads = ("姓", "护照有效期至")
    timed = the(read(workbook(heads, ("LEE", datetime(2032, 5, 10, 8, 30)))), "passport.expires_on")
    assert (timed.value, timed.state) == ("2032-05-10", "doubtful")
    assert the(read(workbook(heads, ("LEE", datetime(9999, 1, 1)))), "passport.expires_on").state == "error"


def test_a_house_number_that_was_made_a_date_is_an_error(read) -> None:
    one = the(
        read(workbook(("护照号码", "居住地详细地址"), ("M98765432", datetime(2026, 3, 14)))), "applicant.address.detail"
    )
    assert (one.state, one.value) == ("error", None)


def test_a_month_held_as_a_fraction_is_not_guessed(read) -> None:
    heads = ("护照号码", "起始年月", "学校名称")
    found = read(_sheet_titled("教育经历", heads, ("M98765432", 2019.1, "A"), ("M98765432", 2019.9, "B")))
    first, second = (one for draft in found.drafts for one in draft.values if one.path.endswith(".from"))
    assert (first.state, second.value) == ("error", "2019-09")


def _sheet_titled(title: str, *rows: tuple[object, ...]) -> bytes:
    return workbook(*rows, change=lambda sheet: setattr(sheet, "title", title))


def test_signs_nobody_sees_and_wide_letters_are_mended(read) -> None:
    row = (
        "　ＬＥＥ\u200b",
        "MINJUN\xa0",
        "Ｍ９８７６５４３２\ufeff",
        "１９８８-０３-１４",
        "韩　国",
        "138\u200b00000011",
    )
    found = read(workbook(HEADS, row))
    assert values(found) == RIGHT
    assert the(found, "passport.number").written


def test_formulas_count_by_the_value_the_file_holds_and_else_not_at_all(read) -> None:
    content = workbook(HEADS, ("LEE", "MINJUN", '=HYPERLINK("http://x.invalid","M98765432")', *ROW[3:]))
    none = the(read(content), "passport.number")
    assert (none.state, none.source) == ("error", "roster.xlsx#Sheet!C2")

    def with_value(xml: str) -> str:
        return re.sub(r'<c r="C2"[^>]*>(<f>.*?</f>)<v\s*/?>(</v>)?', r'<c r="C2" t="str">\1<v>M98765432</v>', xml)

    assert the(read(edited(content, "sheet1.xml", with_value)), "passport.number").value == "M98765432"
    broken = edited(
        content,
        "sheet1.xml",
        lambda xml: with_value(xml).replace('t="str"', 't="e"').replace("M98765432</v>", "#N/A</v>"),
    )
    assert the(read(broken), "passport.number").state == "error"


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.invalid")', "@SUM(1)", "1.38E+10"])
def test_a_formula_or_exponent_in_a_csv_is_an_error(read, text: str) -> None:
    row = ["LEE", "MINJUN", f'"{text}"' if '"' not in text else '"' + text.replace('"', '""') + '"', "1988-03-14"]
    one = the(read((",".join(HEADS[:4]) + "\n" + ",".join(row)).encode(), "r.csv"), "passport.number")
    assert (one.state, one.value) == ("error", None)


def test_all_errors_come_at_once_by_cell(read) -> None:
    found = read(workbook(HEADS, ("李", "MINJUN", "M-1", "31/02/1988", "Korea", 13800000011)))
    wrong = {one.source.rpartition("!")[2] for one in found.drafts[0].values if one.state == "error"}
    assert wrong == {"A2", "C2", "D2", "E2", "F2"}


# ---- what is hidden, merged, twice ---------------------------------------------------------------------------------


def test_what_is_hidden_is_named_and_not_used(read) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["F"].hidden = True
        sheet.parent.create_sheet("旧").append(list(HEADS))
        sheet.parent["旧"].sheet_state = "hidden"

    found = read(workbook(HEADS, ROW, ("KIM", *ROW[1:]), change=hide))
    assert [draft.value("applicant.surname") for draft in found.drafts] == ["LEE"]
    assert "applicant.phone" not in values(found)
    said = " ".join(note.message.en for note in found.notes)
    assert (
        "hidden rows were not read: 3" in said
        and "hidden columns were not read: F" in said
        and "sheet is hidden" in said
    )


def test_a_value_merged_over_several_rows_is_to_be_looked_at(read) -> None:
    found = read(
        workbook(
            HEADS,
            ROW,
            ("KIM", "SEOYEON", "M11112222", date(1989, 8, 2), None, "13800000012"),
            change=lambda s: s.merge_cells("E2:E3"),
        )
    )
    second = next(one for one in found.drafts[1].values if one.path == "applicant.nationality")
    assert (second.value, second.state, second.source) == ("KOR", "doubtful", "roster.xlsx#Sheet!E2")


def test_two_columns_for_one_path_are_neithers(read) -> None:
    found = read(workbook((*HEADS, "护照号"), (*ROW, "M00000000")))
    assert "passport.number" not in values(found)
    assert [one.head for one in found.columns if one.state == "twice"] == ["护照号码", "护照号"]


def test_a_column_whose_name_is_merely_alike_waits_for_the_person(read) -> None:
    content = workbook(("姓", "护照号码", "居留许可的有效期至"), ("LEE", "M98765432", "2027-01-15"))
    one = the(read(content), "residence_permit.expires_on")
    assert one.state == "doubtful"
    told = {"居留许可的有效期至": "residence_permit.expires_on"}
    assert the(read(content, columns=told), "residence_permit.expires_on").state == "sure"


def test_what_was_said_of_columns_is_remembered_by_the_heads_in_any_order(read) -> None:
    content = workbook(("姓", "护照号码", "本本号"), ("LEE", "M98765432", "EX1234567"))
    assert "residence_permit.number" not in values(read(content))
    mapping.remember(mapping.fingerprint(["本本号", "姓", "护照号码"]), {"本本号": "residence_permit.number"})
    assert values(read(content))["residence_permit.number"] == "EX1234567"
    turned = workbook(("本本号", "姓", "护照号码"), ("EX1234567", "LEE", "M98765432"))
    assert values(read(turned))["residence_permit.number"] == "EX1234567"


# ---- files that other programs write -------------------------------------------------------------------------------


def test_a_sheet_whose_stated_size_is_wrong_is_read_whole(read) -> None:
    content = edited(
        workbook(HEADS, ROW), "sheet1.xml", lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)
    )
    assert values(read(content)) == RIGHT


def test_a_file_that_openpyxl_gives_up_on_is_read_all_the_same(read) -> None:
    content = workbook(
        HEADS,
        (*ROW[:3], "1988-03-14", *ROW[4:]),
        change=lambda s: setattr(s["A1"], "fill", PatternFill("solid", fgColor="FFFFFF")),
    )
    empty_fill = edited(
        content,
        "styles.xml",
        lambda xml: xml.replace("<fill><patternFill /></fill>", "<fill/>", 1).replace(
            "<fill><patternFill/></fill>", "<fill/>", 1
        ),
    )
    assert values(read(empty_fill)) == RIGHT


def test_an_unknown_format_is_no_date(read) -> None:
    def strange(sheet: Any) -> None:
        sheet["B2"].number_format = "yyyy/m/d"

    content = workbook(("姓", "护照有效期至"), ("LEE", 48344), change=strange)
    as_59 = edited(content, "styles.xml", lambda xml: re.sub(r'numFmtId="164"(?! format)', 'numFmtId="59"', xml))
    one = the(read(as_59), "passport.expires_on")
    assert (one.value, one.state) == ("2032-05-10", "doubtful")


def test_styles_down_to_the_last_row_take_no_time(read) -> None:
    def paint(sheet: Any) -> None:
        sheet.cell(1_048_576, 16_384).fill = PatternFill("solid", fgColor="FFFFFF")

    started = time.process_time()
    assert values(read(workbook(HEADS, ROW, change=paint))) == RIGHT
    assert time.process_time() - started < 3


# ---- what is no roster ---------------------------------------------------------------------------------------------


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 20_000_000)
    return out.getvalue()


def many_cells() -> bytes:
    return edited(
        workbook(HEADS, ROW), "sheet1.xml", lambda xml: xml.replace("</sheetData>", "<c />" * 500_000 + "</sheetData>")
    )


def entities() -> bytes:
    return edited(workbook(HEADS, ROW), "sheet1.xml", lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml)


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "0 bytes"),
        (b"PK\x03\x04 torn xl/workbook.xml", "source"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "save it as xlsx"),
        (b"\x00\x01\x02 no text at all", "source"),
        (workbook(("a", "b"), (1, 2)), "heads"),
        (workbook(), "heads"),
        (workbook(HEADS, ROW)[:-200], "source"),
    ],
    ids=["empty", "torn", "old and broken", "binary", "no heads", "no cells", "cut off"],
)
def test_what_is_no_roster_is_refused_with_a_sentence(read, content: bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(content)
    assert says in refused.value.what.en


@pytest.mark.parametrize(
    ("make", "says"),
    [(bomb, "too large"), (many_cells, "too large"), (entities, "damaged"), (encrypted, "password")],
    ids=["bomb", "cells", "entities", "password"],
)
def test_a_workbook_made_to_do_harm_is_refused_in_no_time(read, make: Callable[[], bytes], says: str) -> None:
    content = make()
    started = time.process_time()
    with pytest.raises(InputError) as refused:
        read(content)
    assert says in refused.value.what.en
    assert time.process_time() - started < 3


def test_macros_are_never_run_and_do_not_disturb(read) -> None:
    out = io.BytesIO(workbook(HEADS, ROW))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    assert values(read(out.getvalue(), "roster.xlsm")) == RIGHT
