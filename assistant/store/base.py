"""What every place to keep applicants promises: a `Store` lists and opens them, an open `Applicant` reads and writes files.

Promises: what is read is whole; a write that would undo somebody else's is refused (`expected` is the version the writer
has seen); a name never leads out of the applicant's own files; what was unsealed for an applicant is gone when it is
closed. Each store passes the same tests (tests/store/contract.py).

Nothing above this room sees where a store keeps its files: a job carries an `ApplicantAt`, opens it, and hands the open
`Applicant` on to whatever reads or writes.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NewType, Protocol

from assistant.errors import ChangedMeanwhile, InputError
from assistant.messages import Text

Version = NewType("Version", str)
"""Which content a file has: equal versions, equal content. A file that is not there has none (None)."""

PROFILE = "profile.yaml"


def version_of(content: bytes) -> Version:
    """The version of a content that was read."""
    return Version(hashlib.sha256(content).hexdigest())


@dataclass(frozen=True)
class ApplicantRef:
    """Which applicant of a store: the name that reports use, too."""

    id: str


class Files(Protocol):
    """Files that belong together. Names have slashes: `overlays/shenzhen.yaml`."""

    def read(self, name: str) -> bytes:
        """Raises FileNotFoundError for a name that is not there."""

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        """Puts a content in the place of the version `expected` (None: of nothing). Raises ChangedMeanwhile, the file as
        it was, where another version is there by now."""

    def where(self, name: str) -> str:
        """How the person is told of a file: on the disk its path. For messages alone."""


class Applicant(Files, Protocol):
    """One applicant, open. Names are relative: `profile.yaml`, `documents/contract.pdf`."""

    @property
    def id(self) -> str: ...

    @property
    def main(self) -> str:
        """Which of the files is the profile."""

    @property
    def shared(self) -> Files:
        """What the applicants of a store have in common: their employer, what was learned of a portal."""

    def names(self) -> Sequence[str]:
        """Every file there is, sorted."""

    def remove(self, name: str, *, expected: Version) -> None:
        """Takes a file of the version `expected` away. Raises ChangedMeanwhile, the file as it was, where another is there."""

    def has(self, name: str) -> bool:
        """Whether there is such a file; nothing is fetched or unsealed for it that was not before. Raises InputError for a name that
        leads out."""

    def local_copy(self, name: str) -> Path:
        """The file as a path, for the browser and for child processes, until the applicant is closed; not to be changed or
        kept. Raises FileNotFoundError."""


class ApplicantAt(Protocol):
    """Where one applicant is kept, as the plain value that a job carries."""

    def open(self) -> AbstractContextManager[Applicant]:
        """The applicant until the end of the block."""

    def holding(self) -> AbstractContextManager[object]:
        """Nobody else at another desk has the case until the end of the block. Raises InUse where somebody has."""

    def note_filled(self) -> None:
        """Who works here fills the form: on the record, where several desks keep one."""


@contextmanager
def opened_if(at: ApplicantAt | None) -> Iterator[Applicant | None]:
    """The applicant of a job that can do without one."""
    if at is None:
        yield None
    else:
        with at.open() as applicant:
            yield applicant


class Store(Protocol):
    """A place with applicants."""

    @property
    def shared(self) -> Files:
        """What its applicants have in common."""

    def shared_names(self) -> Sequence[str]:
        """The names of what is shared, sorted."""

    def applicants(self) -> Sequence[ApplicantRef]:
        """By name."""

    def states(self) -> Mapping[ApplicantRef, object]:
        """Every applicant by name, with something that differs once their data, papers or what is shared have changed. Cheap to
        ask for a thousand; it means nothing by itself."""

    def open(self, ref: ApplicantRef) -> AbstractContextManager[Applicant]:
        """The applicant until the end of the block. Raises InputError where there is none."""

    def holding(self, ref: ApplicantRef) -> AbstractContextManager[object]:
        """Nobody else at another desk has the applicant until the end of the block. Raises InUse where somebody has."""

    def note_filled(self, ref: ApplicantRef) -> None:
        """Who works here fills the applicant's form: on the record, where several desks keep one."""

    def new(self, ref: ApplicantRef) -> AbstractContextManager[Applicant]:
        """A place for one more applicant, who is there once the profile is written. Raises InputError where one is there."""


@dataclass(frozen=True)
class ApplicantIn:
    """One applicant of a store, for a job."""

    store: Store
    ref: ApplicantRef

    def open(self) -> AbstractContextManager[Applicant]:
        return self.store.open(self.ref)

    def holding(self) -> AbstractContextManager[object]:
        return self.store.holding(self.ref)

    def note_filled(self) -> None:
        self.store.note_filled(self.ref)


def checked_name(name: str) -> str:
    """The name, if it leads to an applicant's own file on every system; raises InputError."""
    parts = PurePosixPath(name).parts
    leads_out = not parts or PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name or "\0" in name
    if leads_out or (":" in name and (os.name == "nt" or PureWindowsPath(name).drive)):
        raise InputError(
            Text("文件名不可用：只能是申请人自己的文件", "not a usable name: only the applicant's own files have one")
        )
    return PurePosixPath(name).as_posix()


def content_of(files: Files, name: str) -> bytes | None:
    """The content of a file, None where there is none. Raises OSError where it can't be read."""
    try:
        return files.read(name)
    except FileNotFoundError:
        return None


def add(applicant: Applicant, name: str, content: bytes) -> str:
    """Puts one more file beside those there are; the name it got, never a taken one."""
    taken = set(applicant.names())
    stem, suffix = PurePosixPath(name).with_suffix("").as_posix(), PurePosixPath(name).suffix
    for free in (name, *(f"{stem} ({number}){suffix}" for number in range(1, len(taken) + 100))):
        if free not in taken:
            try:
                applicant.write(free, content, expected=None)
            except ChangedMeanwhile:
                # Somebody else took the name just now.
                continue
            return free
    raise AssertionError("more names than files")
