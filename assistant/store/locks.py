"""One writer at a time for an applicant's files, also where several programs run.

The lock is the system's own, so that it ends with a process that is killed; its file lies in the tool's folder, not among
the applicant's files. It holds on this machine: of writers on several, each is told by the version it expected (base.py).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import InUse
from assistant.messages import Text
from assistant.store.locations import private_data

WAIT_SECONDS = 30
"""For another writer: one write takes a moment, sealing a folder of scans some seconds."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """The only writer of this folder until the end of the block; one thread may enter it again. Raises InUse."""
    lock = FileLock(lock_file(folder), mode=0o600, is_singleton=True)
    try:
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout:
        raise InUse(
            Text(
                "另一个窗口正在写这位申请人的资料；请稍后再试。",
                "Another window is writing this applicant's files; try again in a moment.",
            ),
            where=folder.name,
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def the_only_one(folder: Path, what: str) -> Iterator[bool]:
    """Whether this process is the only one that is `what` for this folder, until the end of the block; it waits for nobody."""
    lock = FileLock(lock_file(folder, f".{what}"), mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def lock_file(folder: Path, ending: str = "") -> Path:
    """Where the lock of a folder lies: among the tool's own files."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    locks = private_data() / "locks"
    locks.mkdir(exist_ok=True, mode=0o700)
    return locks / f"{name}{ending}.lock"
