"""Rows of education, work and family that several sources list: which rows are the same one, so that their values can be compared.

Two rows are one when they begin in the same month or name the same school, employer or person. A row that only one of several
sources has is doubtful: the others may have left it out, or it may be another row written differently. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.intake.draft import ProfileDraft, ReadValue
from assistant.messages import Text
from assistant.normalize import plain_value

# By which values of a row it is known; any of them that both have decides.
KEYS: Mapping[str, tuple[str, ...]] = {
    "education": ("from", "school"),
    "work_history": ("from", "employer"),
    "family": ("passport_number", "birth_date", "given_names"),
    "companions": ("birth_date", "given_names"),
}
_ALONE = Text(
    "几个来源都有这张表，只有这里有这一行；请核对是否应列入",
    "several sources have this table and only this one has the row; see whether it belongs there",
)
Row = list[ReadValue]


def aligned(drafts: Sequence[ProfileDraft]) -> Iterator[ReadValue]:
    """All values of all drafts, the numbers of rows made to mean the same row everywhere."""
    rows: dict[str, list[list[Row]]] = {}
    for draft in drafts:
        for table, own in _tables(draft).items():
            known = rows.setdefault(table, [])
            for row in own:
                _put(row, known, KEYS[table], [other for other in own if other is not row])
        yield from (one for one in draft.values if _place(one.path) is None)
    for table, known in rows.items():
        sources = {one.source.partition("#")[0] for same_row in known for row in same_row for one in row}
        for number, same_row in enumerate(known):
            for row in same_row:
                for one in row:
                    here = replace(one, path=f"{table}.{number}.{one.path.split('.', 2)[2]}")
                    alone = len(sources) > 1 and len(same_row) == 1 and one.state == "sure" and one.kind != "profile"
                    yield replace(here, state="doubtful", message=_ALONE) if alone else here


def _tables(draft: ProfileDraft) -> Mapping[str, list[Row]]:
    found: dict[str, dict[int, Row]] = {}
    for one in draft.values:
        if place := _place(one.path):
            found.setdefault(place[0], {}).setdefault(place[1], []).append(one)
    return {table: [numbered[number] for number in sorted(numbered)] for table, numbered in found.items()}


def _place(path: str) -> tuple[str, int] | None:
    table, _, rest = path.partition(".")
    number, _, leaf = rest.partition(".")
    return (table, int(number)) if table in KEYS and number.isdigit() and leaf else None


def _put(row: Row, known: list[list[Row]], keys: Sequence[str], own: Sequence[Row]) -> None:
    """Beside the row it is the same as, if it is so with exactly one that holds no other row of its own source."""
    alike = [same_row for same_row in known if any(_same(row, other, keys) for other in same_row)]
    alike = [same_row for same_row in alike if not any(other is mine for other in same_row for mine in own)]
    if len(alike) == 1:
        alike[0].append(row)
    else:
        known.append([row])


def _same(row: Row, other: Row, keys: Sequence[str]) -> bool:
    return any((mine := _value(row, key)) != "" and mine == _value(other, key) for key in keys)


def _value(row: Row, key: str) -> str:
    return next((plain_value(one.value).casefold() for one in row if one.path.endswith(f".{key}") and one.value), "")
