"""Writes a folder as a zip whose bytes depend on the files alone: not on the day, the machine or the order of a folder."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

SUMS = "SHA256SUMS"
# The oldest day that a zip can name; a real one would differ from build to build.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_REGULAR, _RUNS = 0o100644, 0o100755


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each file with its name in the zip, in the order of the names."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    yield from sorted(found.items())


def write_sums(folder: Path) -> None:
    """SHA256SUMS, as `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in files_of(folder) if name != SUMS
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def write_zip(folder: Path, file: Path, inside: str) -> None:
    """Everything below one folder, so that unpacking strews nothing about."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, path in files_of(folder):
            entry = zipfile.ZipInfo(f"{inside}/{name}", _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # so that start.sh keeps its right to run
            entry.external_attr = (_RUNS if path.stat().st_mode & 0o100 else _REGULAR) << 16
            packed.writestr(entry, path.read_bytes(), compresslevel=9)
