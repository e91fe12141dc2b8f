"""One applicant's folder, plain or sealed, and what lies beside it for all.

Promises: those of base.py. A plain folder's files are read and replaced where they lie. Of a sealed folder the archive is
decrypted once while it is open, in memory; a document that another program must read is unpacked to a private folder, on
a memory disk where the system has one; both are gone when the applicant is closed. What lies beside a sealed file is newer
than what is in it, and counts. Writers of one folder wait for each other, also those of other processes.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.errors import ChangedMeanwhile, InputError
from assistant.messages import Text
from assistant.store import sealing
from assistant.store.base import PROFILE, Files, Version, checked_name, version_of
from assistant.store.files import write_private
from assistant.store.locks import writing
from assistant.store.scratch import passing_folder


class PlainFolder:
    """An applicant's folder as it lies on the disk."""

    def __init__(self, folder: Path, main: str = PROFILE) -> None:
        self._folder = folder.resolve()
        self._called = folder
        self.main = main

    @property
    def id(self) -> str:
        return self._folder.name

    @property
    def shared(self) -> Files:
        return SharedFolder(self._called / "..")

    def where(self, name: str) -> str:
        return str(self._called / name)

    def names(self) -> Sequence[str]:
        return tuple(sorted(_plain_names(self._folder)))

    def read(self, name: str) -> bytes:
        return _content(self._path(name))

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        path = self._path(name)
        with writing(self._folder):
            _check(version_of(path.read_bytes()) if path.is_file() else None, expected, name)
            write_private(path, content)
        return version_of(content)

    def remove(self, name: str, *, expected: Version) -> None:
        path = self._path(name)
        with writing(self._folder):
            _check(version_of(path.read_bytes()) if path.is_file() else None, expected, name)
            path.unlink()
            with suppress(OSError):
                # Nobody is left in a folder without files.
                path.parent.rmdir()

    def has(self, name: str) -> bool:
        return self._path(name).is_file()

    def local_copy(self, name: str) -> Path:
        path = self._path(name)
        if not path.is_file():
            raise FileNotFoundError(name)
        return path

    def _path(self, name: str) -> Path:
        path = (self._folder / checked_name(name)).resolve()
        if not path.is_relative_to(self._folder):
            raise InputError(Text("文件指向申请人文件夹之外", "the file leads out of the applicant's folder"))
        return path


class SealedFolder:
    """An applicant's sealed folder, decrypted while it is open."""

    def __init__(self, folder: Path, main: str = PROFILE) -> None:
        self._folder = folder.resolve()
        self._plain = PlainFolder(folder, main)
        self.main = main
        self._state: tuple[int, int] | None = None
        self._held: Mapping[str, bytes] = {}
        self._home: Path | None = None
        self._unpacked: dict[str, Version] = {}

    @property
    def id(self) -> str:
        return self._plain.id

    @property
    def shared(self) -> Files:
        return self._plain.shared

    def where(self, name: str) -> str:
        return self._plain.where(name)

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

    def remove(self, name: str, *, expected: Version) -> None:
        name = checked_name(name)
        with writing(self._folder):
            beside = (self._folder / name).is_file()
            there = self._plain.read(name) if beside else self.held().get(name)
            _check(None if there is None else version_of(there), expected, name)
            if name in self.held():
                left = {one: content for one, content in self.held().items() if one != name}
                sealing.replace(self._folder, left, sealing.kept_key())
            if beside:
                self._plain.remove(name, expected=expected)

    def has(self, name: str) -> bool:
        return self._plain.has(name) or checked_name(name) in self.held()

    def local_copy(self, name: str) -> Path:
        name = checked_name(name)
        return self._plain.local_copy(name) if (self._folder / name).is_file() else self.unpack(name)

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

    def close(self) -> None:
        """Forgets what was decrypted and deletes what was unpacked."""
        self._held, self._state = {}, None
        self._unpacked.clear()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None


class SharedFolder:
    """The folder above the applicants' own. What is read may lie elsewhere, where the person's own file says so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes:
        return _content(self._path(name))

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        path = self._path(checked_name(name))
        with writing(self._folder):
            _check(version_of(path.read_bytes()) if path.is_file() else None, expected, name)
            write_private(path, content)
        return version_of(content)

    def where(self, name: str) -> str:
        return str(self._path(name))

    def _path(self, name: str) -> Path:
        return Path(os.path.normpath(self._folder / name))


def _content(path: Path) -> bytes:
    """A device or a pipe would never end, and is nobody's file."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(str(path)) if path.is_dir() else OSError("no file")
    return path.read_bytes()


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
