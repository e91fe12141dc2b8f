"""Files that a person gave the desk: in a private folder that goes with the desk, under names that are only names here."""

import re
import shutil
from pathlib import Path
from typing import ClassVar

from assistant.store.scratch import passing_folder

_ODD = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class Received:
    """What a person looks at while it is worked on: `files` as they came. `NAMELESS` is what one without a usable name is
    called."""

    NAMELESS: ClassVar = "file"

    def __init__(self) -> None:
        self.home = passing_folder("desk")
        self.files: list[Path] = []

    def take(self, name: str, content: bytes) -> None:
        """One more file, never over another."""
        plain = _ODD.sub("_", Path(name.replace("\\", "/")).name).lstrip(".")[-100:] or self.NAMELESS
        path = self.home / plain
        for number in range(2, 1000):
            if not path.exists():
                break
            path = self.home / f"{Path(plain).stem} ({number}){Path(plain).suffix}"
        path.write_bytes(content)
        self.files.append(path)

    def close(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
