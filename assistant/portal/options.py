"""Option tables: from the profile's code to the text a portal shows, with reviewed aliases.

Promises: a code has one text and a closed list of other wordings that mean exactly the same; matching is exact after
folding widths, spaces and brackets, never by prefix or part; no wording belongs to two codes of a table (checked when it
is loaded).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic import BeforeValidator

from assistant.errors import PackError
from assistant.portal.sources import CASCADE
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel


def _joined(raw: object) -> object:
    """A cascader's levels are written as a list and kept as one text."""
    return CASCADE.join(raw) if isinstance(raw, list) and raw and all(isinstance(level, str) for level in raw) else raw


Wording = Annotated[str, BeforeValidator(_joined), pydantic.Field(min_length=1)]


class Option(StrictModel):
    """What a portal shows for one code."""

    text: Wording
    aliases: tuple[Wording, ...] = ()
    evidence: str = ""

    @property
    def accepted(self) -> tuple[str, ...]:
        """The canonical text first, then the aliases."""
        return (self.text, *self.aliases)


def _short(raw: object) -> object:
    """`USA: 美国` is short for `USA: {text: 美国}`."""
    if not isinstance(raw, Mapping):
        return raw
    return {code: {"text": entry} if isinstance(entry, str | list) else entry for code, entry in raw.items()}


class OptionTable(StrictModel):
    """One table as written under selectors/options/."""

    table: str
    meaning: str
    source: str
    as_of: str
    without: tuple[str, ...] = ()
    """Codes that no list is known to have an option for: such a field is left to the person."""
    options: Annotated[dict[str, Option], BeforeValidator(_short)] = pydantic.Field(min_length=1)


def shared_tables(folder: Path = SELECTORS / "options") -> tuple[OptionTable, ...]:
    """Every option table that no portal has for itself alone."""
    return tuple(load_model(path, OptionTable, PackError) for path in sorted(folder.glob("*.yaml")))
