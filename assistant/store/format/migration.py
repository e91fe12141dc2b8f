"""Brings a folder of applicants from an older format to this program's, step by step, with a copy to go back to.

Promises: every file that a step may touch is copied first, within the same folder; a step that fails leaves the folder as it was;
what a step does not know is not touched; a folder is brought up to date by one program at a time.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import InUse
from assistant.messages import Text
from assistant.store import sealing
from assistant.store.files import write_private
from assistant.store.format import FORMAT, mark, refuse_newer
from assistant.store.locks import the_only_one

ToNext = Callable[[Path], None]
"""Changes what a folder holds from one format to the next."""
BACKUP = ".assistant-backup"
_MAY_CHANGE = (".yaml", ".json", sealing.SEALED)


def _number_only(_folder: Path) -> None:
    """2 has the files of 1 as they are; what is new beside them is made when it is needed."""


STEPS: Mapping[int, ToNext] = {1: _number_only}
"""From which format, and how to the next."""


def migrate(folder: Path, steps: Mapping[int, ToNext] = STEPS, newest: int = FORMAT) -> Path | None:
    """The folder of the copy, None where nothing was to be done. InputError for a newer folder; whatever a step raises, the
    folder as it was."""
    if refuse_newer(folder) >= newest or not folder.is_dir():
        return None
    with the_only_one(folder, "migrate") as alone:
        if not alone:
            raise InUse(
                Text(
                    "另一个程序正在更新这个文件夹，请稍候。",
                    "Another program is bringing this folder up to date: wait a moment.",
                )
            )
        number = refuse_newer(folder)
        if number >= newest:
            return None
        if not any(_changeable(folder)):
            mark(folder)
            return None
        backup = _copied(folder, number)
        try:
            for one in range(number, newest):
                steps[one](folder)
            mark(folder)
        except BaseException:
            _put_back(folder, backup)
            raise
        return backup


def _copied(folder: Path, number: int) -> Path:
    """Whole or not at all: a copy that was not finished bears another name."""
    place = folder / f"{BACKUP}-{number}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    part = place.with_name(f"{place.name}.part")
    part.mkdir(mode=0o700)
    for name in _changeable(folder):
        write_private(part / name, (folder / name).read_bytes())
    part.rename(place)
    return place


def _put_back(folder: Path, backup: Path) -> None:
    kept = {path.relative_to(backup) for path in backup.rglob("*") if path.is_file()}
    for name in set(_changeable(folder)) - kept:
        (folder / name).unlink()
    for name in kept:
        content = (backup / name).read_bytes()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content:
            write_private(folder / name, content)
    shutil.rmtree(backup, ignore_errors=True)


def _changeable(folder: Path) -> Iterator[Path]:
    """Data and sealed folders; papers are never changed by a step."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and path.name.endswith(_MAY_CHANGE) and not name.parts[0].startswith(BACKUP):
            yield name
