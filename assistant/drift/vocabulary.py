"""The words forms use for what a profile holds, in Chinese and English: `selectors/vocabulary.yaml`.

Promises: every path in the file is one of the profile's; a wording of one entry under one heading stands for one path
only. Pure after the file is read.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic import PlainValidator

from assistant.errors import PackError
from assistant.portal.sources import FromPath, Range, Source, source_of
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel

FILE = SELECTORS / "vocabulary.yaml"


class KnownName(StrictModel):
    """The wordings of one path, or of a slot (`documents.contract`)."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    """Wordings that mean this only under a heading that contains one of `under`."""
    under: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("text",)
    """Kinds of control that can ask for it, the usual one first."""
    options: str | None = None
    value: Annotated[Source | None, PlainValidator(lambda raw: None if raw is None else source_of(raw))] = None
    """What answers it where that is not simply its path."""
    yes_no: bool = False
    """Whether it is a question of yes or no, however the page words the two."""

    def source(self, path: str) -> Source:
        """Where its answer comes from."""
        return self.value or FromPath(path)

    @property
    def words(self) -> tuple[str, ...]:
        """The wordings that mean this whatever the heading."""
        return (*self.zh, *self.en)


class Period(KnownName):
    """One question of a row for both ends of its stretch of months."""

    ends: tuple[str, str]


class RowList(StrictModel):
    """A list of the profile: the words of headings and buttons that speak of it, and its columns by the row's own paths."""

    words: tuple[str, ...]
    key: tuple[str, ...]
    """What tells one row from another."""
    columns: dict[str, KnownName]
    ranges: dict[str, Period] = pydantic.Field(default={})

    def entries(self, each: str) -> dict[str, KnownName]:
        """Its columns by the profile's paths, both ends of a stretch in one question too."""
        spans = {
            name: one.model_copy(update={"value": Range(tuple(f"{each}.{end}" for end in one.ends))})
            for name, one in self.ranges.items()
        }
        return {f"{each}.{name}": entry for name, entry in {**self.columns, **spans}.items()}


class ButtonWords(StrictModel):
    """What buttons say, by what they do."""

    save: tuple[str, ...]
    next: tuple[str, ...]
    add: tuple[str, ...]
    confirm: tuple[str, ...]
    cancel: tuple[str, ...]
    remove: tuple[str, ...]


class Vocabulary(StrictModel):
    """The whole file. `composed` are questions that several values answer; `others` are words of headings under which a
    question is about somebody else than the applicant."""

    meaning: str
    as_of: str
    entries: dict[str, KnownName] = pydantic.Field(min_length=1)
    composed: dict[str, KnownName]
    lists: dict[str, RowList]
    documents: dict[str, tuple[str, ...]]
    buttons: ButtonWords
    others: tuple[str, ...]

    def options_of(self, key: str) -> str | None:
        """The option table that answers an entry, where one does."""
        entry = self.entries.get(key) or self.composed.get(key)
        return entry.options if entry else None


def every_word(path: Path = FILE) -> Vocabulary:
    """All that is known of how forms speak. Raises PackError for a file that can't be used."""
    return load_model(path, Vocabulary, PackError)


def vocabulary(path: Path = FILE) -> Mapping[str, KnownName]:
    """Profile path → its wordings. Raises PackError for a file that can't be used."""
    return every_word(path).entries


def wordings(path: str) -> tuple[str, ...]:
    """Every known wording of a profile path; none for a path the vocabulary lacks."""
    entry = vocabulary().get(path)
    return entry.words if entry else ()
