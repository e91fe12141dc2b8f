"""Applicants kept as folders: `profile.yaml` and documents, plain or sealed.

Promises: those of base.py. A plain folder's files are read and replaced where they lie. Of a sealed folder the archive is
decrypted once while it is open, in memory; a document that another program must read is unpacked to a private folder, on
a memory disk where the system has one; both are gone when the applicant is closed. What lies beside a sealed file is newer
than what is in it, and counts. Writers of one folder wait for each other, also those of other processes.
"""

import atexit
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ChangedMeanwhile, InputError
from assistant.messages import Text
from assistant.store import sealing
from assistant.store.base import PROFILE, Applicant, ApplicantRef, Version, checked_name, version_of
from assistant.store.files import write_private
from assistant.store.locks import writing
from assistant.store.scratch import passing_folder

# ---- the store -----------------------------------------------------------------------------------------------------


class FolderStore:
    """Every applicant's folder within one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def applicants(self) -> Sequence[ApplicantRef]:
        if not self._folder.is_dir():
            return ()
        return tuple(ApplicantRef(inner.name) for inner in sorted(self._folder.iterdir()) if is_applicants(inner))

    @contextmanager
    def open(self, ref: ApplicantRef) -> Iterator[Applicant]:
        folder = self._folder / checked_name(ref.id)
        if not is_applicants(folder):
            raise InputError(Text("没有这位申请人", "there is no such applicant"), where=ref.id)
        with opened(folder) as applicant:
            yield applicant


def is_applicants(folder: Path) -> bool:
    """Whether it is an applicant's folder, plain or sealed."""
    return folder.is_dir() and ((folder / PROFILE).is_file() or sealing.is_sealed(folder))


@contextmanager
def opened(folder: Path) -> Iterator[Applicant]:
    """An applicant's folder, open until the end of the block."""
    if not sealing.is_sealed(folder):
        yield PlainFolder(folder.resolve())
        return
    applicant = SealedFolder(folder.resolve())
    try:
        yield applicant
    finally:
        applicant.close()


# ---- one applicant -------------------------------------------------------------------------------------------------


class PlainFolder:
    """An applicant's folder as it lies on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def id(self) -> str:
        return self._folder.name

    def names(self) -> Sequence[str]:
        return tuple(sorted(_plain_names(self._folder)))

    def read(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        path = self._path(name)
        with writing(self._folder):
            _check(version_of(path.read_bytes()) if path.is_file() else None, expected, name)
            write_private(path, content)
        return version_of(content)

    @contextmanager
    def local_copy(self, name: str) -> Iterator[Path]:
        path = self._path(name)
        if not path.is_file():
            raise FileNotFoundError(name)
        yield path

    def _path(self, name: str) -> Path:
        path = (self._folder / checked_name(name)).resolve()
        if not path.is_relative_to(self._folder):
            raise InputError(Text("文件指向申请人文件夹之外", "the file leads out of the applicant's folder"))
        return path


class SealedFolder:
    """An applicant's sealed folder, decrypted while it is open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._plain = PlainFolder(folder)
        self._state: tuple[int, int] | None = None
        self._held: Mapping[str, bytes] = {}
        self._home: Path | None = None
        self._unpacked: dict[str, Version] = {}

    @property
    def id(self) -> str:
        return self._folder.name

    def names(self) -> Sequence[str]:
        return tuple(sorted({*self.held(), *(name for name in self._plain.names() if name != sealing.SEALED)}))

    def read(self, name: str) -> bytes:
        name = checked_name(name)
        if (self._folder / name).is_file():
            return self._plain.read(name)
        try:
            return self.held()[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        name = checked_name(name)
        with writing(self._folder):
            beside = (self._folder / name).is_file()
            there = self._plain.read(name) if beside else self.held().get(name)
            _check(None if there is None else version_of(there), expected, name)
            if beside:
                return self._plain.write(name, content, expected=expected)
            sealing.replace(self._folder, {**self.held(), name: content}, sealing.kept_key())
        return version_of(content)

    @contextmanager
    def local_copy(self, name: str) -> Iterator[Path]:
        name = checked_name(name)
        if (self._folder / name).is_file():
            with self._plain.local_copy(name) as path:
                yield path
        else:
            yield self.unpack(name)

    def held(self) -> Mapping[str, bytes]:
        """What the sealed file holds, read anew when it was replaced. Raises SealError, KeyringUnusable."""
        sealed = self._folder / sealing.SEALED
        state = sealing.state_of(sealed)
        if state != self._state:
            self._held = sealing.read_archive(sealed, sealing.kept_key())
            self._state = state
        return self._held

    def unpack(self, name: str) -> Path:
        """One sealed file as a private copy, until this applicant is closed. Raises FileNotFoundError."""
        if name not in self.held():
            raise FileNotFoundError(name)
        content = self.held()[name]
        if self._home is None:
            self._home = passing_folder("sealed", room=sum(map(len, self.held().values())))
        path = self._home / self.id / name
        if self._unpacked.get(name) != version_of(content):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(path, content)
            self._unpacked[name] = version_of(content)
        return path

    def name_of(self, path: Path) -> str | None:
        """What an unpacked copy is called here; None for any other file."""
        home = self._home / self.id if self._home else None
        return path.relative_to(home).as_posix() if home and path.is_relative_to(home) else None

    def close(self) -> None:
        """Forgets what was decrypted and deletes what was unpacked."""
        self._held, self._state = {}, None
        self._unpacked.clear()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None


def _plain_names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and path.resolve().is_relative_to(folder):
            yield path.relative_to(folder).as_posix()


def _check(there: Version | None, expected: Version | None, name: str) -> None:
    if there != expected:
        raise ChangedMeanwhile(
            Text(
                "文件已被另一处修改，没有覆盖；请重新打开后再改。",
                "The file was changed elsewhere and is not overwritten; open it again and change it there.",
            ),
            where=name,
        )


# ---- what is open by its path ---------------------------------------------------------------------------------------

_open: dict[Path, SealedFolder] = {}
_scopes = 0


@contextmanager
def keeping_open() -> Iterator[None]:
    """Sealed folders that are read by path inside stay open until the end of the block, and no longer."""
    global _scopes
    _scopes += 1
    try:
        yield
    finally:
        _scopes -= 1
        if not _scopes:
            close_all()


def sealed_at(folder: Path) -> SealedFolder:
    """The sealed folder at this path; open until the end of `keeping_open`, or of the process where nobody said so."""
    folder = folder.resolve()
    if folder not in _open:
        _open[folder] = SealedFolder(folder)
    return _open[folder]


def bytes_of(path: Path) -> bytes | None:
    """The content of a file that lies in a sealed folder; None where the file is on the disk, or nothing is sealed."""
    if path.exists() or not sealing.is_sealed(path.parent):
        return None
    return sealed_at(path.parent).held().get(path.name)


def name_of(path: Path) -> str | None:
    """What an unpacked copy is called within its sealed folder; None for any other file."""
    return next((name for folder in _open.values() if (name := folder.name_of(path))), None)


def close_all() -> None:
    """Closes what is open."""
    while _open:
        _open.popitem()[1].close()


atexit.register(close_all)
