"""Writing files that are a person's own: whole or not at all, on the disk when it returns, readable by their owner only.

The one place that does. A reader never meets half a file, and what was there before stays until the new one is complete.
"""

import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".assistant-*.part"
"""What a process that was killed while it wrote may leave behind; never a file of the person's."""

# What a trial writes: a disk with less room than this is as good as full.
_ROOM = 64 * 1024
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


def write_private(path: Path, content: bytes | str) -> Path:
    """Puts a private file in the place of an older one, making its folder where there is none. Raises OSError, the older
    file untouched."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    if _is_special(path):
        path.write_bytes(data)
        return path
    target = path.resolve()
    unfinished = _written_beside(target, data)
    try:
        _put_in_place(unfinished, target)
    except BaseException:
        _drop(unfinished)
        raise
    settle(target.parent)
    return path


def _put_in_place(unfinished: Path, target: Path) -> None:
    """A virus scanner or a sync program may hold the file for a moment, on Windows only: then it is tried again."""
    for wait in _WAITS if sys.platform == "win32" else ():
        with suppress(PermissionError):
            unfinished.replace(target)
            return
        time.sleep(wait)
    unfinished.replace(target)


def try_writing(path: Path) -> None:
    """Raises OSError where `write_private` would not succeed now; leaves nothing behind but the folder it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(str(path))
    if not _is_special(path):
        _written_beside(path.resolve(), bytes(_ROOM)).unlink()


def _is_special(path: Path) -> bool:
    """A device or pipe that the person named: there is nothing to replace."""
    return path.exists() and not path.is_file()


def _written_beside(target: Path, data: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".assistant-", suffix=".part")
    unfinished = Path(name)
    try:
        # mkstemp makes it 0600, whatever the umask.
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        _drop(unfinished)
        raise
    return unfinished


def _drop(unfinished: Path) -> None:
    with suppress(OSError):
        unfinished.unlink()


def settle(folder: Path) -> None:
    """The names in a folder are on the disk too, where the system lets a folder be synchronised."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
