"""The words forms use for what a profile holds, in Chinese and English: `selectors/vocabulary.yaml`.

Promises: every path in the file is one of the profile's; a wording of one entry under one heading stands for one path
only. Pure after the file is read.
"""

from collections.abc import Mapping
from pathlib import Path

import pydantic

from assistant.errors import PackError
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

    @property
    def words(self) -> tuple[str, ...]:
        """The wordings that mean this whatever the heading."""
        return (*self.zh, *self.en)


class Vocabulary(StrictModel):
    """The whole file."""

    meaning: str
    as_of: str
    entries: dict[str, KnownName] = pydantic.Field(min_length=1)


def vocabulary(path: Path = FILE) -> Mapping[str, KnownName]:
    """Profile path → its wordings. Raises PackError for a file that can't be used."""
    return load_model(path, Vocabulary, PackError).entries


def wordings(path: str) -> tuple[str, ...]:
    """Every known wording of a profile path; none for a path the vocabulary lacks."""
    entry = vocabulary().get(path)
    return entry.words if entry else ()
