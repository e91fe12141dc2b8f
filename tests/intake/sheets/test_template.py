"""The empty roster: filled in as it asks, it is read back without a question; the sheet of lists offers what is understood."""

import io
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from assistant.errors import ProfileError
from assistant.intake.draft import SourceFile
from assistant.intake.needed import missing
from assistant.intake.readers import read_source
from assistant.intake.sheets.cells import letters
from assistant.intake.sheets.heads import heads_of
from assistant.intake.sheets.template import OPTIONS, ROSTER, TABLES, columns, template
from assistant.intake.sheets.workbook import sheets_of
from assistant.intake.trees import flat
from assistant.intake.words.meaning import meant, taste
from assistant.intake.words.names import table_of
from assistant.store.locations import PROFILES
from assistant.strict_yaml import Tree, parse


def test_each_head_is_known_as_its_path() -> None:
    sheets = {sheet.title: sheet for sheet in sheets_of(template())}
    heads = heads_of(sheets[ROSTER], {})
    assert heads is not None
    assert [one.path for one in heads.heads] == list(columns())
    for table, title in TABLES.items():
        found = heads_of(sheets[title], {})
        assert found is not None
        assert found.heads[0].path == "passport.number"
        assert all((one.path or "").startswith(f"{table}.0.") and one.state == "sure" for one in found.heads[1:])


def test_filled_in_with_an_applicant_it_gives_every_value_and_nothing_required_is_left(tmp_path: Path) -> None:
    text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    data: dict[str, Tree] = parse(text, Path("profile.yaml"), ProfileError).data
    wanted = {path: value for path, value in flat(data) if not path.startswith(("documents", "employer"))}
    book = load_workbook(io.BytesIO(template()))
    sheet = book[ROSTER]
    for column, path in enumerate(columns(), 1):
        value = wanted.get(path)
        if value is not None:
            sheet.cell(2, column, date.fromisoformat(value) if taste(path) == "day" else value)
    for table, title in TABLES.items():
        for row, one in enumerate(data[table], 2):
            leaves = [head.path.split(".", 2)[2] for head in heads_of(_sheet(title), {}).heads[1:]]  # type: ignore[union-attr]
            book[title].cell(row, 1, wanted["passport.number"])
            for column, leaf in enumerate(leaves, 2):
                book[title].cell(row, column, one.get(leaf))  # type: ignore[union-attr]
    book.save(tmp_path / "roster.xlsx")
    reading = read_source(SourceFile(tmp_path / "roster.xlsx"), "shenzhen", date(2026, 12, 1))
    found = {one.path: (one.value, one.state) for draft in reading.drafts for one in draft.values}
    assert reading.notes == ()
    assert {path: (wanted[path], "sure") for path in found} == found
    assert missing([*found, "city", "employer"]) == ()


def _sheet(title: str):  # type: ignore[no-untyped-def]
    return next(sheet for sheet in sheets_of(template()) if sheet.title == title)


def test_every_choice_that_a_cell_offers_is_understood() -> None:
    book = load_workbook(io.BytesIO(template()))
    sheet, offered = book[ROSTER], 0
    by_column = dict(enumerate(columns(), 1))
    for choice in sheet.data_validations.dataValidation:
        path = by_column[next(iter(choice.sqref.ranges)).min_col]
        assert table_of(path)
        for (cell,) in book[OPTIONS][choice.formula1.rpartition("!")[2].replace("$", "")]:
            assert meant(path, str(cell.value)).state == "sure", (path, cell.value)
            offered += 1
    assert offered > 250


def test_numbers_of_papers_are_typed_into_text_cells() -> None:
    sheet = load_workbook(io.BytesIO(template()))[ROSTER]
    formats = {path: sheet.column_dimensions[letters(column)].number_format for column, path in enumerate(columns(), 1)}
    assert {formats[path] for path in ("passport.number", "applicant.phone", "work_permit.number")} == {"@"}
    assert formats["passport.expires_on"] == "yyyy-mm-dd"
