"""Applicants kept as folders: `profile.yaml` and documents, plain or sealed (applicant_folder.py).

What applicants share lies in the folder above theirs: the employer's file, `overlays/`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store import sealing
from assistant.store.applicant_folder import PlainFolder, SealedFolder, SharedFolder
from assistant.store.base import PROFILE, Applicant, ApplicantRef, Files, checked_name
from assistant.store.format import refuse_newer


class FolderStore:
    """Every applicant's folder within one folder; with `only`, that one alone."""

    def __init__(self, folder: Path, only: str = "") -> None:
        self._folder, self._only = folder, only

    @classmethod
    def at(cls, folder: Path) -> "FolderStore":
        """The store that a path means: a folder of applicants, or the folder of one."""
        if not is_applicants(folder):
            return cls(folder)
        folder = folder.resolve()
        return cls(folder.parent, folder.name)

    @property
    def shared(self) -> Files:
        return SharedFolder(self._folder)

    def shared_names(self) -> Sequence[str]:
        found = (*self._folder.glob("*.yaml"), *self._folder.glob("overlays/*.yaml"))
        return tuple(sorted(path.relative_to(self._folder).as_posix() for path in found))

    def applicants(self) -> Sequence[ApplicantRef]:
        if self._only:
            return (ApplicantRef(self._only),)
        if not self._folder.is_dir():
            return ()
        with os.scandir(self._folder) as inside:
            names = sorted(entry.name for entry in inside if _may_be_applicants(entry))
        return tuple(ApplicantRef(name) for name in names if is_applicants(self._folder / name))

    def states(self) -> Mapping[ApplicantRef, object]:
        shared = tuple(_state(str(self._folder / name)) for name in _SHARED)
        found: dict[ApplicantRef, object] = {}
        for ref in self.applicants():
            home = f"{self._folder}{os.sep}{ref.id}{os.sep}"
            found[ref] = (shared, *(_state(home + name) for name in _OWN))
        return found

    def is_sealed(self, ref: ApplicantRef) -> bool:
        """Whether this applicant's files are one encrypted file."""
        return sealing.is_sealed(self._folder / ref.id)

    @contextmanager
    def open(self, ref: ApplicantRef) -> Iterator[Applicant]:
        folder = self._folder / checked_name(ref.id)
        if not is_applicants(folder):
            raise InputError(Text("没有这位申请人", "there is no such applicant"), where=ref.id)
        with opened(folder) as applicant:
            yield applicant

    def note_filled(self, ref: ApplicantRef) -> None:
        """One desk alone keeps no such record."""

    def holding(self, ref: ApplicantRef) -> AbstractContextManager[object]:
        """A folder has one desk; its writers wait for each other (locks.py)."""
        return nullcontext()

    @contextmanager
    def new(self, ref: ApplicantRef) -> Iterator[Applicant]:
        folder = self._folder / checked_name(ref.id)
        if folder.exists():
            raise InputError(Text("已有这个文件夹", "there is such a folder already"), where=ref.id)
        refuse_newer(self._folder)
        folder.mkdir(parents=True, mode=0o700)
        try:
            yield PlainFolder(folder)
        finally:
            with suppress(OSError):
                # One in which nothing was written is none.
                folder.rmdir()


def is_applicants(folder: Path) -> bool:
    """Whether it is an applicant's folder, plain or sealed; one that may not be looked into is taken for one, so that it is
    said and not passed over."""
    try:
        # One look in most cases: a roster asks for a thousand.
        return (folder / PROFILE).is_file() or sealing.is_sealed(folder)
    except OSError:
        return folder.is_dir()


def _may_be_applicants(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return True


_SHARED = ("employer.yaml",)
_OWN = (PROFILE, sealing.SEALED, "case.yaml", "documents")


def _state(path: str) -> object:
    try:
        now = os.stat(path)  # noqa: PTH116 - four thousand of them at each look at a roster
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size


@contextmanager
def opened(folder: Path, main: str = PROFILE) -> Iterator[Applicant]:
    """An applicant's folder, open until the end of the block. Raises InputError for one of a newer program."""
    refuse_newer(folder.parent)
    if not sealing.is_sealed(folder):
        yield PlainFolder(folder, main)
        return
    applicant = SealedFolder(folder, main)
    try:
        yield applicant
    finally:
        applicant.close()


@dataclass(frozen=True)
class FolderAt:
    """An applicant's folder, or the YAML file in it that is the profile."""

    path: Path

    @contextmanager
    def open(self) -> Iterator[Applicant]:
        """Opens what is there or not: whoever reads the profile says what is wrong with it."""
        folder, main = (self.path, PROFILE) if self.path.is_dir() else (self.path.parent, self.path.name)
        with opened(folder, main) as applicant:
            yield applicant

    def note_filled(self) -> None:
        """One desk alone keeps no such record."""

    def holding(self) -> AbstractContextManager[object]:
        return nullcontext()
