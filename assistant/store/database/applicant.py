"""One applicant of a database, open: opened versions are held in memory, papers are fetched when they are read."""

import posixpath
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import ChangedMeanwhile, InputError, InUse
from assistant.messages import Text
from assistant.store.base import PROFILE, Files, Version, checked_name, version_of
from assistant.store.database.cases import CaseEdit, Cases, CaseVersion
from assistant.store.database.contents import Small
from assistant.store.files import write_private
from assistant.store.scratch import passing_folder

LayAside = Callable[[str, str, Version | None, bytes], None]
"""Keeps, for a case, by name and the version it was made from, a content that could not be written."""
_NOTHING = CaseVersion(0, {})


class CaseFiles:
    """The files of one case, or those that all cases share, each write over the version that was seen."""

    def __init__(self, cases: Cases, case_id: str, where: str, claim: Callable[[], str | None] = lambda: None) -> None:
        self._cases, self._case_id, self._where, self._claim = cases, case_id, where, claim
        self._seen: CaseVersion | None = None

    def where(self, name: str) -> str:
        return f"{self._where}/{name}"

    def names(self) -> Sequence[str]:
        return tuple(sorted(self._now().contents))

    def read(self, name: str) -> bytes:
        held = self._now().contents.get(self._name(name))
        if held is None:
            raise FileNotFoundError(name)
        return self._cases.content(self._case_id, held)

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        name = checked_name(name)
        self._change(name, expected, CaseEdit({name: content}))
        return version_of(content)

    def remove(self, name: str, *, expected: Version) -> None:
        name = checked_name(name)
        self._change(name, expected, CaseEdit({}, (name,)))

    def version(self, name: str) -> Version | None:
        """The version of a file, without its content."""
        held = self._now().contents.get(name)
        return None if held is None else held.version

    def _change(self, name: str, expected: Version | None, change: CaseEdit) -> None:
        while True:
            now = self._now()
            there = now.contents.get(name)
            if (there.version if there else None) != expected:
                raise ChangedMeanwhile(
                    Text(
                        "文件已被另一处修改，没有覆盖；请重新打开后再改。",
                        "The file was changed elsewhere and is not overwritten; open it again and change it there.",
                    ),
                    where=name,
                )
            written = self._write(now, change)
            if written is not None:
                self._seen = written
                return
            # Somebody wrote another file of this case just now: once more over theirs.

    def _write(self, now: CaseVersion, change: CaseEdit) -> CaseVersion | None:
        return self._cases.write(self._case_id, now, change, self._claim())

    def _now(self) -> CaseVersion:
        self._seen = self._cases.newest(self._case_id, self._seen) or self._seen or _NOTHING
        return self._seen

    def _name(self, name: str) -> str:
        return checked_name(name)


class SharedFiles(CaseFiles):
    """What all cases of a store share. What is read may be named by a path that leads out: it is not there."""

    def _name(self, name: str) -> str:
        return posixpath.normpath(name)


class DatabaseApplicant(CaseFiles):
    """One case."""

    main = PROFILE

    def __init__(
        self,
        cases: Cases,
        case_id: str,
        where: str,
        shared: Files,
        lay_aside: LayAside,
        claim: Callable[[], str | None] = lambda: None,
    ) -> None:
        super().__init__(cases, case_id, where, claim)
        self.shared = shared
        self._lay_aside = lay_aside
        self._home: Path | None = None
        self._unpacked: dict[str, Version] = {}

    @property
    def id(self) -> str:
        return self._case_id

    def write(self, name: str, content: bytes, *, expected: Version | None) -> Version:
        """As every store does; an edit of the profile that can't be written is kept aside, so that it is not lost."""
        try:
            return super().write(name, content, expected=expected)
        except (ChangedMeanwhile, InUse):
            if name == PROFILE:
                self._lay_aside(self._case_id, name, expected, content)
            raise

    def has(self, name: str) -> bool:
        return self.version(checked_name(name)) is not None

    def local_copy(self, name: str) -> Path:
        name = checked_name(name)
        held = self._now().contents.get(name)
        if held is None:
            raise FileNotFoundError(name)
        if self._home is None:
            self._home = passing_folder("sealed")
        path = self._home / self._case_id / name
        if self._unpacked.get(name) != held.version:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(path, self._cases.content(self._case_id, held))
            self._unpacked[name] = held.version
        return path

    def close(self) -> None:
        """Forgets what was opened and deletes what was unpacked."""
        self._seen = None
        self._unpacked.clear()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None


class NewApplicant(DatabaseApplicant):
    """One more case: what is written waits here until the profile is, and then is there at once."""

    _begun = False

    def _write(self, now: CaseVersion, change: CaseEdit) -> CaseVersion | None:
        if self._begun:
            return super()._write(now, change)
        put = {name: self._cases.content(self._case_id, held) for name, held in now.contents.items()}
        put = {name: content for name, content in {**put, **change.put}.items() if name not in change.remove}
        if PROFILE not in put:
            return _waiting(put)
        begun = self._cases.begin(self._case_id, CaseEdit(put))
        if begun is None:
            raise InputError(Text("已有这个案件", "there is such a case already"), where=self._case_id)
        self._begun = True
        return begun

    def _now(self) -> CaseVersion:
        return super()._now() if self._begun else self._seen or _NOTHING


def _waiting(put: dict[str, bytes]) -> CaseVersion:
    """Files that are nowhere yet."""
    return CaseVersion(0, {name: Small(content) for name, content in put.items()})
