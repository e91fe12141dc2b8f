"""Small pictures of a document's pages, for a person to recognise it by; drawn in a child process, as everything that opens
files from outside is.

Promises: a file that crashes its reader, or keeps it too long, costs only its own pictures; what is shown is always drawn
anew, never the file's own bytes. The child answers one JSON line a file; nothing of a file is kept on the disk.
"""

import base64
import io
import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import assistant
from assistant.store.locations import MODULE

LONG_SIDE = 1000
MOST_PAGES = 8
"""Drawn at once, so that no answer is large and the first one comes soon."""
SECONDS = 40.0
_PROCESSOR_SECONDS = 30
_MOST_MEMORY = 700 * 1024 * 1024
_MOST_KEPT = 60 * 1024 * 1024


@dataclass(frozen=True)
class FilePages:
    """Some pages of one file as JPEG pictures, at most MOST_PAGES; none where it can't be drawn. `count` is of all pages."""

    count: int = 0
    pictures: tuple[bytes, ...] = ()

    @property
    def size(self) -> int:
        return sum(map(len, self.pictures)) + 100


class PagePictures:
    """Draws pages on request, one file at a time, and keeps the last ones in memory."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, FilePages] = OrderedDict()
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def known(self, path: Path) -> FilePages | None:
        """The first pages of a file that was drawn already and has not changed since."""
        return self._kept.get((_state(path), 0))

    def page(self, path: Path, number: int) -> bytes | None:
        """One page, from 1; None where there is no such page, or it can't be drawn."""
        if number < 1:
            return None
        first = (number - 1) // MOST_PAGES * MOST_PAGES
        pictures = self.of(path, first).pictures
        return pictures[number - 1 - first] if number - 1 - first < len(pictures) else None

    def of(self, path: Path, first: int = 0) -> FilePages:
        """The pages of a file from `first` on (counted from 0), drawn now where they are not known."""
        with self._lock:
            state = _state(path), first
            found = self._kept.get(state)
            if found is None:
                found = self._kept[state] = self._drawn(path, first)
                while sum(pages.size for pages in self._kept.values()) > _MOST_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(state)
            return found

    def close(self) -> None:
        with self._lock:
            self._end()
            self._kept.clear()

    def _drawn(self, path: Path, first: int) -> FilePages:
        child = self._child if self._child is not None and self._child.poll() is None else self._start()
        assert child.stdin is not None and child.stdout is not None
        clock = threading.Timer(SECONDS, child.kill)
        clock.daemon = True
        clock.start()
        try:
            child.stdin.write(json.dumps({"path": str(path), "first": first}) + "\n")
            child.stdin.flush()
            answer = json.loads(child.stdout.readline())
            return FilePages(int(answer["count"]), tuple(map(base64.b64decode, answer["pictures"])))
        except (OSError, ValueError, KeyError):
            self._end()
            return FilePages()
        finally:
            clock.cancel()

    def _start(self) -> subprocess.Popen[str]:
        home = str(Path(assistant.__file__).resolve().parent.parent)
        paths = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        lean = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", "PYTHONPATH": paths}
        self._child = subprocess.Popen(
            [*MODULE, "assistant.check.documents.page_pictures"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | lean,
            encoding="utf-8",
        )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for stream in (child.stdin, child.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()
            child.wait()


def _state(path: Path) -> object:
    now = path.stat()
    return str(path), now.st_mtime_ns, now.st_size


# ---- in the child --------------------------------------------------------------------------------------------------


def draw(path: Path, first: int = 0) -> FilePages:
    """The pages of a file from `first` on. Raises what the libraries raise."""
    from PIL import Image

    from assistant.check.documents.paper import Paper
    from assistant.check.file_rules import FileRules

    paper = Paper(path, FileRules(), "", most_pages=first + MOST_PAGES)
    pictures = []
    for page in paper.pages[first:]:
        drawn = io.BytesIO()
        Image.fromarray(page.drawn(LONG_SIDE)).convert("RGB").save(drawn, "JPEG", quality=70)
        pictures.append(drawn.getvalue())
    return FilePages(paper.page_count, tuple(pictures))


def main() -> None:
    from assistant.check.documents.worker import limit_memory, limit_time, only_for_answers

    answers = only_for_answers()
    limit_memory(_MOST_MEMORY)
    for line in sys.stdin:
        limit_time(_PROCESSOR_SECONDS)
        try:
            asked = json.loads(line)
            pages = draw(Path(asked["path"]), asked["first"])
        except Exception:
            # Damaged files fail in as many ways as there are; the checks say what is wrong with this one.
            pages = FilePages()
        pictures = [base64.b64encode(one).decode("ascii") for one in pages.pictures]
        answers.write(json.dumps({"count": pages.count, "pictures": pictures}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
