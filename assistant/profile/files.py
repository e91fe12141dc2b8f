"""The document files that a profile names: every one exists, and inside the applicant's folder."""

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from assistant.errors import Problem, Unfit
from assistant.normalize import file_name
from assistant.store import sealing
from assistant.store.folders import sealed_at
from assistant.strict_yaml import Document, KeyPath, Tree


def document_files(
    written: Tree | None, folder: Path, document: Document
) -> tuple[dict[str, tuple[Path, ...]], list[Problem]]:
    """Slot to absolute paths, and a problem for each file that is missing or outside the folder."""
    files: dict[str, tuple[Path, ...]] = {}
    problems: list[Problem] = []
    for slot, value in written.items() if isinstance(written, dict) else ():
        found = []
        for place, name in _named_files(slot, value):
            try:
                found.append(_file_inside(folder, name))
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


def _file_inside(folder: Path, name: str) -> Path:
    # Windows' own separator works everywhere, so that a profile can move between machines.
    relative = name.strip().replace("\\", "/")
    try:
        file = (folder / relative).resolve()
        inside = file.is_relative_to(folder)
        # A name that only looks another way is found; a link may lead out of the folder.
        file = (_on_disk(folder, relative) or file).resolve() if inside else file
        inside, exists = inside and file.is_relative_to(folder), file.is_file()
        if inside and not exists and sealing.is_sealed(folder):
            applicant = sealed_at(folder)
            file, exists = applicant.unpack(_as_kept(applicant.held(), relative)), True
    except FileNotFoundError:
        exists = False
    except (OSError, ValueError):
        raise Unfit("不是可用的文件名", "not a usable file name") from None
    if PurePosixPath(relative).is_absolute() or not inside:
        raise Unfit(
            "文件必须在申请人文件夹内；请写相对路径，例如 documents/contract.pdf",
            "the file must be inside the applicant's folder; write a relative path like documents/contract.pdf",
        )
    if not exists:
        raise Unfit(
            f"找不到文件 {relative}；请放入文件夹，或改正文件名",
            f"there is no file {relative}; add it or correct the name",
        )
    return file


def _on_disk(folder: Path, relative: str) -> Path | None:
    """The file of that name, or the only one whose name differs in its Unicode form or its blanks alone, as names do that
    have been in an archive or on another system."""
    here = folder
    for part in PurePosixPath(relative).parts:
        exact = here / part
        if not exact.exists() and part != "..":
            alike = [one for one in here.iterdir() if file_name(one.name) == file_name(part)] if here.is_dir() else []
            if len(alike) != 1:
                return None
            exact = alike[0]
        here = exact
    return here


def _as_kept(names: Collection[str], relative: str) -> str:
    """The same among names that a sealed folder keeps."""
    wanted = PurePosixPath(relative).as_posix()
    alike = [name for name in names if file_name(name) == file_name(wanted)]
    return alike[0] if wanted not in names and len(alike) == 1 else wanted
