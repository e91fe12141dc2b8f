"""The empty roster: a workbook that is read back without a question. Cells for numbers are text already, codes are chosen from lists, dates
have one format, and every head says in both languages what belongs there.

Promises: each head is known to heads.py as exactly its path; nothing in it is anybody's.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.drift.vocabulary import vocabulary
from assistant.intake.needed import is_required, required
from assistant.intake.sheets.cells import letters
from assistant.intake.words import names
from assistant.intake.words.meaning import taste

GUIDE, OPTIONS = "填写说明 Guide", "选项 Options"
OWN_SHEETS = frozenset([GUIDE, OPTIONS])
ROSTER = "名册 Roster"
TABLES = {"education": "教育经历 Education", "work_history": "工作经历 Work history", "family": "家属 Family"}
ROWS = 300
_KEY = ("申请人护照号码", "Applicant's passport number")
# Not asked for by every profile, and yet usual in a roster.
_ALSO = (
    "applicant.surname",
    "applicant.given_names",
    "applicant.chinese_name",
    "applicant.chinese_level",
    "applicant.address.police_station",
    "employment.previous_contract_to",
    "employment.annual_salary",
    "employment.currency",
    "employment.months_per_year",
    "residence_request.photo_receipt",
)
_NOTES = (
    ("一人一行。列的顺序可以改，列名请不要改。", "One row a person. Columns may be moved; please keep their names."),
    ("号码、电话所在的格已设为文本，请直接输入，不要改格式。", "Cells for numbers and phones are text already: type into them as they are."),
    ("日期写作 2026-01-31，年月写作 2026-01；至今的结束年月留空。", "Write dates as 2026-01-31 and months as 2026-01; leave an end empty that has not come."),
    ("姓名按护照机读码的拼写，只用 A–Z 和空格。", "Write names as in the passport's machine readable zone, A–Z and spaces only."),
    ("有下拉框的请选一项。不知道的留空，之后再补。", "Choose from the list where there is one. Leave empty what you don't know."),
    ("教育、工作、家属各在一张表里，每行先写申请人的护照号码。", "Schools, jobs and family have their own sheets; begin each row with the applicant's passport number."),
)  # fmt: skip


def template() -> bytes:
    """The workbook as a file."""
    from openpyxl import Workbook

    book = Workbook()
    guide = book.active
    guide.title = GUIDE
    for zh, en in _NOTES:
        guide.append([zh, en])
    for column in "AB":
        guide.column_dimensions[column].width = 70
    lists = _Lists(book.create_sheet(OPTIONS))
    _fill(book.create_sheet(ROSTER), [(path, head_of(path)) for path in columns()], lists)
    for table, title in TABLES.items():
        own = [(f"{table}.{leaf}", (words[0], _english(words))) for leaf, words in _leaves(table)]
        _fill(book.create_sheet(title), [("passport.number", _KEY), *own], lists)
    book[OPTIONS].sheet_state = "hidden"
    book.active = 2
    book.properties.creator = "assistant"
    book.properties.description = "roster 1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns() -> Sequence[str]:
    """The paths of the roster's own sheet, in the profile's order."""
    from assistant.profile.model import ProfileFile
    from assistant.profile.paths import places_of

    wanted = {*required(), *_ALSO} - {"city"}
    rowless = (path for path, place in places_of(ProfileFile).items() if place.each is None and place.shape == "value")
    return [path for path in rowless if path in wanted]


def head_of(path: str) -> tuple[str, str]:
    """A column's name in Chinese and English, by which it is known again."""
    entry = vocabulary().get(path)
    if entry and entry.zh:
        return entry.zh[0], (entry.en or ("",))[0]
    words = names.roster_words().heads[path]
    return words[0], _english(words)


def _english(words: Sequence[str]) -> str:
    return next((word for word in words if word.isascii()), "")


def _leaves(table: str) -> Iterator[tuple[str, Sequence[str]]]:
    for leaf, words in names.roster_words().rows[table].items():
        if leaf != "titles":
            yield leaf, words


class _Lists:
    """The sheet of lists that cells choose from: longer ones fit nowhere else."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._ranges: dict[str, str] = {}

    def range_of(self, table: str) -> str:
        if table not in self._ranges:
            column = len(self._ranges) + 1
            shown = [f"{names.shown(table, code, 'zh')}" for code in names.codes(table)]
            if table == "category":
                shown = list(names.codes(table))
            for row, text in enumerate(shown, 1):
                self._sheet.cell(row, column, text)
            self._ranges[table] = f"'{OPTIONS}'!${letters(column)}$1:${letters(column)}${len(shown)}"
        return self._ranges[table]


def _fill(sheet: Any, heads: Sequence[tuple[str, tuple[str, str]]], lists: _Lists) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    must, may = PatternFill("solid", fgColor="DDEBF7"), PatternFill("solid", fgColor="F2F2F2")
    for column, (path, (zh, en)) in enumerate(heads, 1):
        head = sheet.cell(1, column, f"{zh}\n{en}")
        head.font, head.fill = Font(bold=True), must if is_required(path) else may
        head.alignment = Alignment(wrap_text=True, vertical="top")
        kind = taste(path)
        if note := _NOTE_OF.get(kind):
            head.comment = Comment(f"{note[0]}\n{note[1]}", "assistant")
        # The whole column, so that it holds for every row that is ever typed.
        sheet.column_dimensions[letters(column)].width = 22
        sheet.column_dimensions[letters(column)].number_format = _FORMATS.get(kind, "@")
        if (table := names.table_of(path)) and kind == "code":
            choice = DataValidation(type="list", formula1=lists.range_of(table), allow_blank=True)
            choice.add(f"{letters(column)}2:{letters(column)}{ROWS + 1}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "B2"


_FORMATS = {"day": "yyyy-mm-dd", "number": "General"}
_NOTE_OF = {
    "day": ("日期：2026-01-31", "a date: 2026-01-31"),
    "month": ("年月：2026-01", "a month: 2026-01"),
    "name": ("按护照机读码，A–Z 和空格", "as in the passport's zone, A–Z and spaces"),
    "code": ("请从下拉框选择", "choose from the list"),
    "narrow": ("按文本输入，保留开头的 0", "typed as text, zeros in front kept"),
}
