"""Writing files that are a person's own: whole or not at all, on the disk when it returns, readable by their owner only.

The one place that does. A reader never meets half a file, and what was there before stays until the new one is complete.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".assistant-*.part"
"""What a process that was killed while it wrote may leave behind; never a file of the person's."""


def write_private(path: Path, content: bytes | str) -> Path:
    """Puts a private file in the place of an older one, making its folder where there is none. Raises OSError, the older
    file untouched."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve()
    if target.exists() and not target.is_file():
        # A device or pipe that the person named: there is nothing to replace.
        target.write_bytes(data)
        return path
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".assistant-", suffix=".part")
    try:
        # mkstemp makes it 0600, whatever the umask.
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(unfinished).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise
    settle(target.parent)
    return path


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
