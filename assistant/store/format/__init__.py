"""Which format a folder of applicants has, as a number in one small file; what has none was made by 0.1 or 0.2.

Promises: a folder of a newer program is refused with a sentence and nothing of it is touched; an older one is brought up to date
with a copy of everything that could change (`migration`), or stays as it was. Raise FORMAT only together with a step.
"""

import json
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store.files import write_private

FORMAT = 2
"""1: as 0.1 and 0.2 wrote. 2: the same files, numbered; beside them `case.yaml`, `profile.sources.yaml`, learned overlays."""
FILE = "assistant-format.json"
FIRST = 1


def format_of(folder: Path) -> int:
    """InputError where the file says no number: somebody has changed it, and guessing could lose data."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
        number = said["format"]
        if isinstance(number, int) and number >= FIRST:
            return number
    except FileNotFoundError:
        return FIRST
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise InputError(
        Text(
            f"{FILE} 无法读取，不能确定这个文件夹的格式；没有改动任何内容。请从备份恢复这个文件。",
            f"{FILE} can't be read, so this folder's format is not known; nothing was changed. Restore that file from a backup.",
        ),
        where=str(folder),
    )


def refuse_newer(folder: Path) -> int:
    """The folder's format. Raises InputError, before anything is read or written, for one that a newer program has made."""
    number = format_of(folder)
    if number > FORMAT:
        by = ""
        with suppress(OSError, ValueError, KeyError):
            by = str(json.loads((folder / FILE).read_text(encoding="utf-8"))["program"])
        raise InputError(
            Text(
                f"这个文件夹由更新的版本（{by or '未知'}）写成，本版本（{version('assistant')}）读不全。没有改动任何内容；请更新本工具。",
                f"This folder was written by a newer version ({by or 'unknown'}) than this one ({version('assistant')}), which would "
                "lose some of it. Nothing was changed; please update this tool.",
            ),
            where=str(folder),
        )
    return number


def mark(folder: Path) -> None:
    """Numbers a folder as this program writes it."""
    said = {"format": FORMAT, "program": version("assistant")}
    write_private(folder / FILE, json.dumps(said) + "\n")
