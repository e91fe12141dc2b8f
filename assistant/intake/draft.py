"""What a source says of a person before anybody has confirmed it: for each profile path a value, where it stands, how it was read
and how sure that is.

Promises: plain values, compared and kept by anybody; none of them shows a person's data when printed. A value is written as
profile.yaml holds it (`2032-05-10`, `KOR`, `male`); what can't be one is `None`, with a sentence that says why.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from assistant.messages import Text, printable

SourceKind = Literal[
    "passport", "residence_permit", "work_permit", "contract", "form", "roster", "answers", "other", "profile"
]
"""What kind of paper or file a value stands in; `profile` is what the profile holds already."""

ReadBy = Literal["mrz", "form-field", "text", "typed", "ocr", "kept"]
"""How it was read: a zone with its check digits, a field of a PDF form, a text layer, a cell or answer that somebody typed,
recognised signs of a picture, kept from the profile of before."""

Surety = Literal["sure", "doubtful", "conflict", "error"]
"""`sure` may be taken; `doubtful` only after a look; of a `conflict` none is taken; an `error` is no value."""


@dataclass(frozen=True)
class PageBox:
    """A part of a page (from 1), in shares of its width and height from the upper left corner, 0 to 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class ReadValue:
    """One value for one profile path (`passport.number`, `education.0.school`), from one place (`roster.xlsx#Sheet1!C4`,
    `passport.jpg#page=1`)."""

    path: str
    value: str | None = field(repr=False)
    source: str
    kind: SourceKind
    how: ReadBy
    state: Surety = "sure"
    message: Text | None = None
    written: str = field(default="", repr=False)
    """As it stands there, where that is another text than the value."""
    box: PageBox | None = None


@dataclass(frozen=True)
class NewPaper:
    """A document file that came along, and the slot of the profile it is for. `name` is a file name without a folder."""

    slot: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class ProfileDraft:
    """What one source says of one person: a roster's row, a passport page, the answers of a questionnaire."""

    source: str
    values: tuple[ReadValue, ...]
    papers: tuple[NewPaper, ...] = ()
    applicant: str = ""
    """The id of the applicant of the store that it is about, where the source itself says so."""

    def value(self, path: str) -> str | None:
        """The value of a path, of whatever state."""
        return next((one.value for one in self.values if one.path == path and one.value is not None), None)


@dataclass(frozen=True)
class Note:
    """What a person should know of a source as a whole, or of a part of it that was not used."""

    source: str
    message: Text


ColumnState = Literal["sure", "likely", "confirmed", "unknown", "twice"]
"""`twice`: two columns mean the same path, and neither is used."""


@dataclass(frozen=True)
class Column:
    """A column of a roster: the words over it, the profile path it is read as (None: nobody knows; "": to be left out), and how sure
    that is."""

    source: str
    head: str
    path: str | None
    state: ColumnState


@dataclass(frozen=True)
class Drafts:
    """What a reader found in one file."""

    drafts: tuple[ProfileDraft, ...] = ()
    notes: tuple[Note, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class SourceFile:
    """One file that was given; it is read once and never changed. `columns` is what the person said of a roster's heads: head →
    profile path, or "" for a column that is to be left out."""

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    called: str = ""
    """What reports call it, where its own name does not tell it from another one."""

    @property
    def name(self) -> str:
        """What reports call it."""
        return printable(self.called or self.path.name)

    @cached_property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()
