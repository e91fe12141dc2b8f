"""Rosters: a company's list of its people, one row a person, and sheets of their schools, jobs and families.

Promises: a value stands in the draft as the cell holds it or is an error with the cell's name; hidden rows, columns and sheets are
named and not used; columns are known by their heads, as the vocabulary says, the person said, or was remembered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.errors import InputError
from assistant.intake.draft import Column, Drafts, Note, ProfileDraft, ReadValue, SourceFile, SourceKind, Surety
from assistant.intake.persons import name_of as person_of
from assistant.intake.sheets.cells import Sheet, SheetCell, Spot, letters, name_of
from assistant.intake.sheets.heads import Heads, heads_of
from assistant.intake.sheets.mapping import remembered
from assistant.intake.sheets.template import OWN_SHEETS
from assistant.intake.sheets.values import MERGED, values_of
from assistant.intake.sheets.workbook import is_workbook, sheets_of
from assistant.messages import Text
from assistant.normalize import plain

KINDS: tuple[SourceKind, ...] = ("roster",)

_NO_HEADS = Text(
    "没有找到表头（例如「护照号码」「出生日期」）；请把列名写在第一行，或用 --map 说明",
    "no row of heads was found (`passport number`, `date of birth`, say); write the columns' names in the first row, or use --map",
)
_HIDING_UNSEEN = Text(
    "这种文件看不出隐藏的行和列，已全部读取；如有隐藏的内容请核对",
    "hidden rows and columns can't be told in this kind of file and were read; look whether there are any",
)
_LIKELY = Text(
    "这一列是按相近的列名读出的，请先确认列名", "read from a column whose name is merely alike; confirm the column"
)


def recognises(file: SourceFile) -> bool:
    """By content: a workbook, or a table with delimiters."""
    return is_workbook(file.content)


def read(file: SourceFile, city: str, today: date) -> Drafts:
    """Every row of every sheet that has heads. Raises InputError where the file can't be opened or no sheet has any."""
    del city, today
    drafts: list[ProfileDraft] = []
    notes: list[Note] = []
    columns: list[Column] = []
    found = False
    for sheet in sheets_of(file.content):
        place = f"{file.name}#{sheet.title}" if sheet.title != "csv" else file.name
        if not sheet.cells or sheet.title in OWN_SHEETS:
            continue
        if sheet.hidden:
            notes.append(Note(place, Text("工作表是隐藏的，没有读取", "the sheet is hidden and was not read")))
            continue
        heads = heads_in(sheet, file.columns)
        if heads is None:
            notes.append(Note(place, _NO_HEADS))
            continue
        found = True
        notes += _hidden(sheet, heads, place)
        columns += [Column(place, one.shown, one.path, one.state) for one in heads.heads]
        rows, unread = _rows(sheet, heads, place)
        drafts += _joined(rows)
        notes += [Note(place, unread)] if unread else []
    if not found:
        raise InputError(_NO_HEADS)
    return Drafts(tuple(drafts), tuple(notes), tuple(columns))


def heads_in(sheet: Sheet, said: Mapping[str, str]) -> Heads | None:
    """The heads of the sheet's table, as the vocabulary, an earlier word or this one has them."""
    first = heads_of(sheet, said)
    known = remembered(first.fingerprint) if first else {}
    return heads_of(sheet, {**known, **said}) if known else first


def _hidden(sheet: Sheet, heads: Heads, place: str) -> Iterator[Note]:
    if not sheet.shows_hidden:
        yield Note(place, _HIDING_UNSEEN)
    rows = sorted({row for row, _ in sheet.cells if row in sheet.hidden_rows and row > heads.row})
    columns = sorted({column for _, column in sheet.cells if column in sheet.hidden_columns})
    if rows:
        listed = ", ".join(map(str, rows[:20]))
        yield Note(place, Text(f"隐藏的行没有读取：{listed}", f"hidden rows were not read: {listed}"))
    if columns:
        listed = ", ".join(map(letters, columns[:20]))
        yield Note(place, Text(f"隐藏的列没有读取：{listed}", f"hidden columns were not read: {listed}"))


# ---- rows ----------------------------------------------------------------------------------------------------------


def _rows(sheet: Sheet, heads: Heads, place: str) -> tuple[list[ProfileDraft], Text | None]:
    """A draft for each row below the heads; and which rows were passed over, since they hold hardly anything of a person."""
    by_row: dict[int, dict[int, SheetCell]] = defaultdict(dict)
    for (row, column), cell in sheet.cells.items():
        if row > heads.row and row not in sheet.hidden_rows:
            by_row[row][column] = cell
    shared = _shared(sheet, heads, by_row)
    lengths = _lengths(sheet, heads)
    drafts, passed = [], []
    for row in sorted(by_row):
        if _is_heads(by_row[row], heads):
            continue
        values = tuple(_values(heads, row, by_row[row], shared, lengths, place))
        if sum(bool(head.path) and head.column in by_row[row] for head in heads.heads) >= 2:
            drafts.append(ProfileDraft(_spot(place, f"{row}:{row}"), values))
        else:
            passed.append(row)
    listed = ", ".join(map(str, passed[:20]))
    unread = Text(
        f"没有采用的行（几乎没有内容）：{listed}", f"rows not used, since hardly anything stands in them: {listed}"
    )
    return drafts, unread if passed else None


def _values(
    heads: Heads,
    row: int,
    cells: Mapping[int, SheetCell],
    shared: Mapping[Spot, tuple[Spot, SheetCell]],
    lengths: Mapping[int, frozenset[int]],
    place: str,
) -> Iterator[ReadValue]:
    for head in heads.heads:
        if not head.path:
            continue
        at, cell, is_shared = (row, head.column), cells.get(head.column), False
        if cell is None and at in shared:
            at, cell = shared[at]
            is_shared = True
        if cell is None:
            continue
        for path, found in values_of(head.path, cell, lengths.get(head.column, frozenset())).items():
            if found.value == "":
                continue
            message = found.doubt or (MERGED if is_shared else _LIKELY if head.state == "likely" else None)
            state: Surety = "error" if found.value is None else "doubtful" if message else "sure"
            written = cell.text if cell.text != found.value else ""
            yield ReadValue(path, found.value, _spot(place, name_of(at)), "roster", "typed", state, message, written)


def _spot(place: str, cells: str) -> str:
    """Where cells stand: `roster.xlsx#Sheet1!C4`, `roster.csv#C4`."""
    return f"{place}!{cells}" if "#" in place else f"{place}#{cells}"


def _shared(
    sheet: Sheet, heads: Heads, by_row: Mapping[int, Mapping[int, SheetCell]]
) -> Mapping[Spot, tuple[Spot, SheetCell]]:
    """For each blank place of a part that is merged downwards: the cell that holds its value."""
    found = {}
    for (top, left), (bottom, _) in sheet.merged:
        cell = sheet.cells.get((top, left))
        if cell is None or top <= heads.row or bottom == top:
            continue
        for row in range(top + 1, min(bottom, sheet.last_row) + 1):
            if by_row.get(row):
                found[row, left] = (top, left), cell
    return found


def _lengths(sheet: Sheet, heads: Heads) -> Mapping[int, frozenset[int]]:
    """How long the text cells of each column are: a number that is shorter than all of them has lost zeros."""
    found: dict[int, set[int]] = defaultdict(set)
    for (row, column), cell in sheet.cells.items():
        if row > heads.row and cell.kind == "text" and cell.text.strip().isdigit():
            found[column].add(len(cell.text.strip()))
    return {column: frozenset(lengths) for column, lengths in found.items()}


def _is_heads(cells: Mapping[int, SheetCell], heads: Heads) -> bool:
    """Whether the heads stand here once more, as at the top of each printed page."""
    words = {one.column: plain(one.words) for one in heads.heads}
    again = sum(plain(cell.text) == words.get(column) for column, cell in cells.items())
    return again >= max(2, len(cells) // 2)


def _joined(rows: list[ProfileDraft]) -> Iterator[ProfileDraft]:
    """Rows of one person on a sheet of schools, jobs or family: their tables, numbered one after another."""
    by_person: dict[str, list[ProfileDraft]] = {}
    for draft in rows:
        key = draft.value("passport.number") or person_of(draft)
        tables = {one.path.split(".")[0] for one in draft.values if ".0." in one.path}
        if key and tables:
            by_person.setdefault(key, []).append(draft)
        else:
            yield draft
    for drafts in by_person.values():
        values = list(drafts[0].values)
        for number, draft in enumerate(drafts[1:], 1):
            values += [
                replace(one, path=one.path.replace(".0.", f".{number}.", 1))
                for one in draft.values
                if ".0." in one.path
            ]
        yield ProfileDraft(drafts[0].source, tuple(values))
