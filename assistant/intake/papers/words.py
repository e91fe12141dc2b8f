"""The words that papers print beside values, as books of labels: `selectors/papers.yaml` over the vocabulary of forms and rosters."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from assistant.drift.vocabulary import every_word, vocabulary
from assistant.errors import PackError
from assistant.intake.draft import SourceKind
from assistant.intake.words.composed import composed
from assistant.intake.words.names import roster_words
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel

OTHER = ""
"""What a label stands for that a profile does not keep."""
PERIOD = "period"
"""What a head stands for that asks for both ends of a stretch of months."""


class PaperWords(StrictModel):
    """`selectors/papers.yaml` as written."""

    meaning: str
    as_of: str
    titles: dict[SourceKind, tuple[str, ...]]
    unasked: tuple[str, ...]
    """Titles of papers that no slot asks for."""
    labels: dict[str, dict[str, tuple[str, ...]]]
    blocks: dict[str, tuple[str, ...]]
    bare: dict[str, tuple[str, ...]]
    periods: tuple[str, ...]
    rows: dict[str, dict[str, tuple[str, ...]]]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """Labels by their letters: what they stand for; under which heading a bare one stands for something else."""

    labels: Mapping[str, str]
    bare: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Letters → (block, path)."""
    blocks: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Table of the profile → letters of a column's head → the row's own path."""
    row_titles: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """The single words of all labels of Latin letters, in lower case."""


def letters(text: str) -> str:
    """What of a wording counts: letters, figures and signs of scripts, whatever their width, case and accents.

    >>> letters("Date de délivrance："), letters("护 照 号 码*")
    ('datededelivrance', '护照号码')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize(
        "NFKC", re.sub(r"[\W_]+", "", "".join(s for s in plain if not unicodedata.combining(s)))
    )


@cache
def words() -> PaperWords:
    return load_model(SELECTORS / "papers.yaml", PaperWords, PackError)


@cache
def book_of(kind: str) -> Book:
    """The labels of one kind of paper; those of forms include all that portals' forms say."""
    own = {letters(word): path for path, many in words().labels[kind].items() for word in many}
    others = {letters(word): OTHER for word in words().others}
    if kind != "form":
        return Book(others | own, words=_single_words())
    known = {letters(word): path for path, entry in vocabulary().items() for word in entry.words}
    several = {letters(word): name for name in composed() for word in every_word().composed[name].words}
    bare = dict(_bare())
    return Book(
        others | dict.fromkeys(bare, OTHER) | several | known | own,
        bare,
        dict(_blocks()),
        _rows(),
        dict(_row_titles()),
        _single_words(),
    )


@cache
def _single_words() -> frozenset[str]:
    told = [word for many in words().labels.values() for each in many.values() for word in each]
    told += [*words().others, *(word for many in words().bare.values() for word in many)]
    told += [word for entry in vocabulary().values() for word in (*entry.words, *entry.bare)]
    return frozenset(part for word in told for part in re.findall(r"[^\W\d_]+", word.casefold()))


def _bare() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for path, many in words().bare.items():
        for word in many:
            found.setdefault(letters(word), []).append((path.partition(".")[0], path))
    return ((word, tuple(paths)) for word, paths in found.items())


def _blocks() -> Iterator[tuple[str, str]]:
    return ((letters(word), block) for block, many in words().blocks.items() for word in many)


def _rows() -> Mapping[str, Mapping[str, str]]:
    period = {letters(word): PERIOD for word in words().periods}
    found = {}
    for table, leaves in roster_words().rows.items():
        heads = {leaf: many for leaf, many in leaves.items() if leaf != "titles"}
        on_forms = words().rows.get(table, {})
        every = [(leaf, word) for told in (heads, on_forms) for leaf, many in told.items() for word in many]
        found[table] = period | {letters(word): leaf for leaf, word in every}
    return found


def _row_titles() -> Iterator[tuple[str, str]]:
    return ((letters(word), table) for table, leaves in roster_words().rows.items() for word in leaves["titles"])
