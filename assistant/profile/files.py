"""The document files that a profile names: every one exists, and is one of the applicant's own."""

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from assistant.errors import InputError, Problem, SealError, Unfit
from assistant.normalize import file_name
from assistant.store.base import Applicant
from assistant.strict_yaml import Document, KeyPath, Tree

Named = tuple[str, Path]
"""One document: its name among the applicant's files, and a local copy."""


def document_files(
    written: Tree | None, kept: Applicant, document: Document, *, fetched: bool = True
) -> tuple[Mapping[str, tuple[Named, ...]], list[Problem]]:
    """The documents of each slot, and a problem for each file that is missing or not the applicant's. Unless they are to be
    `fetched`, they are only looked for: a path is then the name, and nothing lies there."""
    files: dict[str, tuple[Named, ...]] = {}
    problems: list[Problem] = []
    for slot, value in written.items() if isinstance(written, dict) else ():
        found = []
        for place, name in _named_files(slot, value):
            try:
                found.append(_file_of(kept, name, fetched))
            except Unfit as unfit:
                problems.append(document.problem(("documents", *place), unfit.what))
        files[slot] = tuple(found)
    return files, problems


def _named_files(slot: str, value: Tree) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        if value.strip() not in ("", "~"):
            yield (slot,), value
    elif isinstance(value, list):
        yield from (((slot, row), name) for row, name in enumerate(value) if isinstance(name, str))


def _file_of(kept: Applicant, written: str, fetched: bool) -> Named:
    # Windows' own separator works everywhere, so that a profile can move between machines.
    name = posixpath.normpath(written.strip().replace("\\", "/"))
    try:
        with suppress(FileNotFoundError):
            return name, _place_of(kept, name, fetched)
        if (alike := _alike(kept, name)) is not None:
            return alike, _place_of(kept, alike, fetched)
    except SealError:
        raise
    except InputError:
        raise Unfit(
            "文件必须在申请人文件夹内；请写相对路径，例如 documents/contract.pdf",
            "the file must be inside the applicant's folder; write a relative path like documents/contract.pdf",
        ) from None
    except (OSError, ValueError):
        raise Unfit("不是可用的文件名", "not a usable file name") from None
    raise Unfit(
        f"找不到文件 {name}；请放入文件夹，或改正文件名",
        f"there is no file {name}; add it or correct the name",
    )


def _place_of(kept: Applicant, name: str, fetched: bool) -> Path:
    """Raises FileNotFoundError."""
    if fetched:
        return kept.local_copy(name)
    if not kept.has(name):
        raise FileNotFoundError(name)
    return Path(name)


def _alike(kept: Applicant, name: str) -> str | None:
    """The only file whose name differs in its Unicode form or its blanks alone, as names do that have been in an archive or
    on another system."""
    wanted = [file_name(part) for part in PurePosixPath(name).parts]
    alike = [one for one in kept.names() if [file_name(part) for part in PurePosixPath(one).parts] == wanted]
    return alike[0] if len(alike) == 1 else None
