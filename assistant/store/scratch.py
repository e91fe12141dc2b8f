"""Private folders for what must not outlive one process: what is unpacked of a sealed folder, what a browser writes.

Promises: they lie on a memory disk where the system has one with room, else in the system's temporary folder; what
killed processes left is deleted when the next one asks, and nobody else's is touched.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

_OURS = re.compile(r"assistant-(?:sealed|browser|desk|prepare)-(\d+)-")
_MEMORY_DISK = Path("/dev/shm")
_STALE_SECONDS = 24 * 3600


def on_memory_disk() -> bool:
    """Whether unpacked documents stay off the disk here."""
    return sys.platform == "linux" and os.access(_MEMORY_DISK, os.W_OK | os.X_OK)


def passing_folder(kind: Literal["sealed", "browser", "desk", "prepare"], *, room: int = 0) -> Path:
    """A private folder for what must not outlive this process, on the memory disk where there is one with `room` bytes.

    What killed processes left is deleted first. The caller deletes this one.
    """
    fits = on_memory_disk() and shutil.disk_usage(_MEMORY_DISK).free >= room
    root = _MEMORY_DISK if fits else Path(tempfile.gettempdir())
    sweep(root)
    return Path(tempfile.mkdtemp(prefix=f"assistant-{kind}-{os.getpid()}-", dir=root))


def sweep_all() -> None:
    """Deletes, wherever they may lie, what processes that were killed left behind."""
    for root in {_MEMORY_DISK, Path(tempfile.gettempdir())}:
        if root.is_dir():
            sweep(root)


def sweep(root: Path) -> None:
    """Deletes what a process that was killed left behind."""
    for folder in root.glob("assistant-*"):
        ours = _OURS.match(folder.name)
        # Another process may be deleting the same one.
        with suppress(OSError):
            if ours and _is_abandoned(folder, int(ours[1])):
                shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path, process: int) -> bool:
    if os.name != "posix":
        # There asking for a process would end it: a day is longer than any run.
        return time.time() - folder.stat().st_mtime > _STALE_SECONDS
    if folder.stat().st_uid != os.getuid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
