"""Which packs are in force: the program's own, or a copy of them with pack files laid over.

Promises: a pack that this program can't read completely never comes into force; changing over is one small file, so that there
is never half of one; what was in force before stays and `undo` goes back to it; a newer program's own packs come first.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.errors import InputError, PackError
from assistant.jobs.packs.pack_file import KINDS, PackFile, read_pack
from assistant.jobs.packs.signature import PublicKey
from assistant.jobs.packs.trial import fault_of
from assistant.messages import Text
from assistant.store.documents import read_yaml
from assistant.store.files import write_private
from assistant.store.locations import OWN_SELECTORS, installed_packs, packs_folder
from assistant.strict_yaml import decoded, parse

KEYS = Path(__file__).parent / "keys"
"""Public keys that came with the program."""
KEPT = 5
"""Installed copies that stay for `undo`."""


@dataclass(frozen=True)
class NewValue:
    """One thing that a pack file says otherwise."""

    where: str
    before: str
    after: str


def trusted() -> list[PublicKey]:
    """The program's own keys, and those that the person has added."""
    files = [*sorted(KEYS.glob("*.pub")), *sorted((packs_folder() / "trusted").glob("*.pub"))]
    return [PublicKey.read(file.read_text(encoding="utf-8")) for file in files]


def trust(text: str) -> PublicKey:
    """From now on this key's pack files are taken. InputError for what is no key."""
    key = PublicKey.read(text)
    write_private(packs_folder() / "trusted" / f"{key.name}.pub", key.written())
    return key


def in_force() -> dict[str, Any] | None:
    """What is said of the installed packs that are used now; None for the program's own."""
    folder = installed_packs()
    return None if folder is None else dict(json.loads((folder.parent / "about.json").read_text(encoding="utf-8")))


def opened(file: Path) -> PackFile:
    """A pack file as it was signed; InputError also for one that is older than what is in force."""
    pack, now = read_pack(file, trusted()), in_force()
    if now is not None and pack.about.made_on < date.fromisoformat(now["made_on"]):
        raise InputError(
            Text(
                f"这个资料包（{pack.about.made_on}）比正在使用的（{now['made_on']}）旧，没有采用；要退回请用「撤销」。",
                f"This pack file ({pack.about.made_on}) is older than what is in force ({now['made_on']}); to go back, undo.",
            ),
            where=file.name,
        )
    return pack


def changes(pack: PackFile) -> list[NewValue]:
    """What it says otherwise than the packs in force, value by value."""
    here = installed_packs() or OWN_SELECTORS
    found: list[NewValue] = []
    for path, content in sorted(pack.files.items()):
        old = here / path
        if old.is_file() and old.read_bytes().replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n"):
            continue
        if not path.endswith(".yaml"):
            found.append(NewValue(path, "" if not old.is_file() else "…", "…"))
            continue
        before = dict(_said(read_yaml(old, PackError).data)) if old.is_file() else {}
        after = dict(_said(_data_of(path, content)))
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                found.append(NewValue(f"{path} {key}", before.get(key, ""), after.get(key, "")))
    return found


def install(pack: PackFile) -> None:
    """Lays it over what is in force. PackError, and nothing changed, where this program can't read the whole of it."""
    folder = packs_folder()
    number = max((int(one.name) for one in folder.iterdir() if one.name.isdigit()), default=0) + 1
    place, now = folder / str(number), installed_packs()
    try:
        shutil.copytree(now or OWN_SELECTORS, place / "selectors")
        for path, content in pack.files.items():
            write_private(place / "selectors" / path, content)
        if fault := fault_of(place / "selectors"):
            raise PackError(fault, where=pack.about.title)
        about = {
            "title": pack.about.title,
            "made_on": pack.about.made_on.isoformat(),
            "signer": pack.signer.name,
            "before": now.parent.name if now else None,
        }
        write_private(place / "about.json", json.dumps(about, ensure_ascii=False))
        _use(place.name)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    _forget_old(number)


def undo() -> bool:
    """Back to what was in force before; False where the program's own packs are used already."""
    now = in_force()
    if now is None:
        return False
    before = now["before"]
    _use(before if before and (packs_folder() / before / "selectors").is_dir() else None)
    return True


def data_files(folder: Path) -> Mapping[str, bytes]:
    """Every data file of a folder that looks like `selectors/`."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in KINDS)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _use(number: str | None) -> None:
    """The one file that decides; it names the program's version, so that a newer program's own packs come first."""
    said = {"use": number, "with": version("assistant")}
    write_private(packs_folder() / "now.json", json.dumps(said))


def _forget_old(newest: int) -> None:
    for one in packs_folder().iterdir():
        if one.name.isdigit() and int(one.name) <= newest - KEPT:
            shutil.rmtree(one, ignore_errors=True)


def _data_of(path: str, content: bytes) -> Any:
    return parse(decoded(content, Path(path), PackError), Path(path), PackError).data


def _said(data: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _said(value, f"{place}.{key}" if place else str(key))
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for number, value in enumerate(data):
            yield from _said(value, f"{place}[{number}]")
    elif data is not None:
        yield place, str(data)
