"""A table's heads: which row bears them, and which profile path each column is for.

Promises: a column is known by the words over it, never by its place; words that mean exactly one path are sure, words that are
merely alike are likely and for the person, two columns for one path are neither's. Pure after the words are read.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.drift.similarity import similarity
from assistant.drift.vocabulary import vocabulary
from assistant.intake.draft import ColumnState
from assistant.intake.sheets.cells import Sheet
from assistant.intake.sheets.mapping import FULL_NAME, fingerprint, paths
from assistant.intake.words.names import roster_words
from assistant.normalize import plain

SKIP = ""
EACH = ".*."
_ROWS_SEARCHED = 20
_LIKELY = 0.75


@dataclass(frozen=True)
class Head:
    """One column: its words, the heading above them (merged over several columns), and the path it is for. `path` is SKIP for a column
    that means nothing to a profile, None for one that nobody knows."""

    column: int
    words: str
    group: str
    path: str | None
    state: ColumnState

    @property
    def shown(self) -> str:
        return f"{self.group} {self.words}".strip()


@dataclass(frozen=True)
class Heads:
    """The heads of a table; the last row that belongs to them."""

    row: int
    heads: tuple[Head, ...]

    @property
    def fingerprint(self) -> str:
        """By which the same roster is known again next month: its words, wherever its columns stand."""
        return fingerprint([one.shown for one in self.heads])


def heads_of(sheet: Sheet, said: Mapping[str, str]) -> Heads | None:
    """The heads of the sheet's table, None where there is none. `said`: what the person said of heads, by their words."""
    best: Heads | None = None
    for row in range(1, min(sheet.last_row, _ROWS_SEARCHED) + 1):
        for found in (_single(sheet, row, said), _double(sheet, row, said)):
            if found and _known(found) > (_known(best) if best else 1):
                best = found
    if best is None:
        return None
    taken = {one.path for one in best.heads}
    return Heads(best.row, tuple(_likely(one, taken) for one in best.heads))


def _known(heads: Heads) -> int:
    return sum(one.path not in (None, SKIP) and one.state != "likely" for one in heads.heads)


def _single(sheet: Sheet, row: int, said: Mapping[str, str]) -> Heads | None:
    words = _row(sheet, row)
    return (
        Heads(row, _named([(column, text, "") for column, text in words.items()], sheet.title, said)) if words else None
    )


def _double(sheet: Sheet, row: int, said: Mapping[str, str]) -> Heads | None:
    """Two rows: a heading over several columns (merged, or written once and left blank), and the words below it."""
    above, below = _spread(sheet, row), _row(sheet, row + 1)
    if not below or not above:
        return None
    columns = sorted({*above, *below})
    named = []
    for column in columns:
        words = below.get(column) or above.get(column, "")
        group = above.get(column, "") if column in below and below[column] != above.get(column) else ""
        named.append((column, words, group))
    return Heads(row + 1, _named(named, sheet.title, said))


def _row(sheet: Sheet, row: int) -> dict[int, str]:
    """The words of a row by column, hidden columns left out."""
    found = {}
    for (at, column), cell in sheet.cells.items():
        if at == row and column not in sheet.hidden_columns and cell.kind == "text":
            found[column] = " ".join(cell.text.split())
    return dict(sorted(found.items()))


def _spread(sheet: Sheet, row: int) -> dict[int, str]:
    """The words of a row, each over all columns of its merged part; a word that is not merged, over the blanks that follow it."""
    own, below = _row(sheet, row), _row(sheet, row + 1)
    merged = {top[1]: bottom for top, bottom in sheet.merged if top[0] == row}
    covered = {column for first, bottom in merged.items() for column in range(first, bottom[1] + 1)}
    spread = {
        column: own[first] for first, bottom in merged.items() if first in own for column in range(first, bottom[1] + 1)
    }
    group = ""
    for column in range(min(own, default=1), max([*own, *below], default=0) + 1):
        if column in covered:
            group = ""
            continue
        group = own.get(column, group)
        if group and (column in own or column in below):
            spread[column] = group
    return spread


# ---- words to paths ------------------------------------------------------------------------------------------------


def _named(columns: Sequence[tuple[int, str, str]], title: str, said: Mapping[str, str]) -> tuple[Head, ...]:
    told = {plain(head): path for head, path in said.items()}
    rows: Counter[str] = Counter()
    found = []
    for column, words, group in columns:
        path, state = _meaning(words, group, title, told)
        if path and EACH in path:
            # The second 学校 over one person's row is that of the second row.
            rows[path] += 1
            path = path.replace(EACH, f".{rows[path] - 1}.")
        found.append(Head(column, words, group, path, state))
    twice = {path for path, count in Counter(one.path for one in found if one.path).items() if count > 1}
    return tuple(replace(one, path=None, state="twice") if one.path in twice else one for one in found)


def _meaning(words: str, group: str, title: str, told: Mapping[str, str]) -> tuple[str | None, ColumnState]:
    for spelled in (f"{group} {words}".strip(), words):
        if plain(spelled) in told:
            return told[plain(spelled)], "confirmed"
    spellings = tuple(_spellings(words))
    # Under the heading first, in whichever language: 姓 surname on the sheet of the family is a relative's.
    for spelled in spellings:
        if path := _under(spelled, group, title):
            return path, "sure"
    for spelled in spellings:
        if path := _by_words().get(plain(spelled)):
            return path, "sure"
    if plain(words) in _skipped():
        return SKIP, "sure"
    return None, "unknown"


def _likely(head: Head, taken: Collection[str | None]) -> Head:
    """A head that nobody knows, with the one path whose words are much like it, where no other column is for that."""
    if head.state != "unknown":
        return head
    near = {path for known, path in _by_words().items() if similarity(head.words, known) >= _LIKELY}
    return replace(head, path=near.pop(), state="likely") if len(near) == 1 and not near & set(taken) else head


def _spellings(words: str) -> Iterator[str]:
    """The head as it is, and each language of a head that is written in two (`护照号码 Passport No.`, `性别/Sex`)."""
    yield words
    chinese = "".join(sign for sign in words if not sign.isascii()).strip("/（）() ")
    other = "".join(sign for sign in words if sign.isascii()).strip("/() ")
    if chinese and other:
        yield chinese
        if len(other) > 1:
            yield other


def _under(words: str, group: str, title: str) -> str | None:
    """What words mean under the heading of their columns or of their sheet."""
    key = plain(words)
    for heading in (group, title):
        for table, names in _row_words().items():
            if key in names and any(plain(name) in plain(heading) for name in roster_words().rows[table]["titles"]):
                return f"{table}{EACH}{names[key]}"
    if not group:
        return None
    under = {
        path for path, (bare, unders) in _bare().items() if key in bare and any(word in plain(group) for word in unders)
    }
    return under.pop() if len(under) == 1 else _by_words().get(plain(f"{group}{words}"))


@cache
def _by_words() -> Mapping[str, str]:
    """Plain wording → path, of the vocabulary and, where that is silent, of rosters."""
    found = {plain(word): path for path, entry in vocabulary().items() for word in entry.words}
    for path, words in roster_words().heads.items():
        for word in words:
            found.setdefault(plain(word), path)
    return {word: path for word, path in found.items() if path == FULL_NAME or path in paths()}


@cache
def _bare() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    return {
        path: (frozenset(map(plain, entry.bare)), tuple(map(plain, entry.under)))
        for path, entry in vocabulary().items()
        if entry.bare and path in paths()
    }


@cache
def _row_words() -> Mapping[str, Mapping[str, str]]:
    return {
        table: {plain(word): leaf for leaf, words in leaves.items() if leaf != "titles" for word in words}
        for table, leaves in roster_words().rows.items()
    }


@cache
def _skipped() -> frozenset[str]:
    return frozenset(map(plain, roster_words().skip))
