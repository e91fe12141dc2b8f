"""Moving cases from one store to another: folders to a database and back.

Promises: what was there before is read only; a copy that was stopped goes on where it stopped; each file is counted, and
proved by reading it back from where it was put; a file of another content that stands there is never written over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.store.base import PROFILE, Applicant, ApplicantRef, Files, Store, content_of, version_of
from assistant.store.folders import FolderStore


@dataclass(frozen=True)
class CopiedCase:
    """What became of one case: files put, files that were there already, files that differ there and were left alone."""

    id: str
    put: int = 0
    there: int = 0
    differ: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copied:
    """All of a copy, and what is shared with it."""

    cases: tuple[CopiedCase, ...]
    shared: CopiedCase

    @property
    def whole(self) -> bool:
        """Whether everything stands at its new place as it stood at the old one."""
        return not any(one.differ for one in (*self.cases, self.shared))


def copy_store(source: Store, target: Store, done: Callable[[], None] = lambda: None) -> Copied:
    """Copies every applicant and what they share. Raises what the stores raise; what was copied until then stays."""
    shared = _copy_files("", source.shared_names(), source.shared, target.shared)
    known = set(target.applicants())
    cases = []
    for ref in source.applicants():
        with source.open(ref) as old, target.open(ref) if ref in known else target.new(ref) as new:
            # In a database nobody sees a case before it is whole; a folder that was begun is only known by its profile.
            cases.append(_copy_case(ref, old, new, profile_last=not isinstance(target, FolderStore)))
        done()
    return Copied(tuple(cases), shared)


def _copy_case(ref: ApplicantRef, old: Applicant, new: Applicant, *, profile_last: bool) -> CopiedCase:
    return _copy_files(
        ref.id, sorted(old.names(), key=lambda name: ((name == PROFILE) is profile_last, name)), old, new
    )


def _copy_files(case_id: str, names: Sequence[str], old: Files, new: Files) -> CopiedCase:
    put, there, differ = 0, 0, []
    for name in names:
        content = old.read(name)
        found = content_of(new, name)
        if found is None:
            new.write(name, content, expected=None)
            put += 1
        elif version_of(found) == version_of(content):
            there += 1
        else:
            differ.append(name)
    for name in names:
        if name not in differ and version_of(new.read(name)) != version_of(old.read(name)):
            # Somebody edits it at one of the two places just now.
            differ.append(name)
    return CopiedCase(case_id, put, there, tuple(differ))
