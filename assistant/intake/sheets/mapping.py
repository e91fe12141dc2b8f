"""What the person said of rosters' columns, remembered by the heads: the next month's file needs no word about them.

Only heads and profile paths are kept, in the tool's own folder; no value of anybody.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from assistant.errors import InputError, Problem
from assistant.intake.draft import Column
from assistant.intake.trees import without_rows
from assistant.messages import Text
from assistant.normalize import plain
from assistant.profile.model import Profile
from assistant.profile.paths import places_of
from assistant.store.documents import read_yaml
from assistant.store.files import write_private
from assistant.store.locations import private_data
from assistant.store.yaml_writer import written

FULL_NAME = "applicant.full_name"
"""A whole name in one column, which is parted when its cells are read."""


def fingerprint(heads: Iterable[str]) -> str:
    """By which the same roster is known again: its heads, wherever its columns stand."""
    return hashlib.sha256("\n".join(sorted(map(plain, heads))).encode()).hexdigest()[:32]


def remembered(of: str) -> Mapping[str, str]:
    """Head → profile path ("" for a column to leave out), of a roster with these heads; empty for one that was never confirmed."""
    found = _all().get(of, {})
    return found if isinstance(found, dict) else {}


def remember(of: str, columns: Mapping[str, str]) -> None:
    """Keeps what the person said for rosters with these heads."""
    known = {**_all(), of: dict(columns)}
    write_private(_file(), json.dumps(known, ensure_ascii=False, indent=1))


def _file() -> Path:
    return private_data() / "rosters.json"


def _all() -> dict[str, dict[str, str]]:
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


# ---- a file of the person's own ------------------------------------------------------------------------------------


def columns_in(path: Path) -> Mapping[str, str]:
    """Head → path, as a person wrote it: `护照号: passport.number`, nothing behind a head that is to be left out. Raises InputError."""
    data = read_yaml(path, InputError).data
    wrong = [head for head, said in data.items() if not isinstance(said, str)]
    if wrong:
        raise InputError(Text("应为「列名: 资料路径」", "write it as `head: profile.path`"), where=str(path))
    columns = {head: str(said).strip() for head, said in data.items()}
    unknown = [
        head for head, said in columns.items() if said not in ("", FULL_NAME) and without_rows(said) not in paths()
    ]
    if unknown:
        what = Text(
            "没有这个资料路径；可用的见 profiles/README.md",
            "there is no such profile path; profiles/README.md has them",
        )
        raise InputError(what, where=str(path), problems=[Problem(head, "", what) for head in unknown])
    return columns


@cache
def paths() -> frozenset[str]:
    """What a column can be for: one value of a person or of their employer."""
    return frozenset(path for path, place in places_of(Profile).items() if place.shape in ("value", "values"))


def proposal(columns: Iterable[Column]) -> str:
    """The file to be looked through: every column with what it is read as, and nothing behind those that nobody knows."""
    heads = {column.head: column.path or "" for column in columns}
    note = "# 列名 → 资料路径；不采用的列留空 / head -> profile path; nothing behind a column that is to be left out\n"
    return note + written(heads)
