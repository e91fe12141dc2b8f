"""Copies are put beside the profile, which then names them; and that is taken back again.

Promises: an original is copied to `documents/originals/` and never written; no file that is there is replaced; the profile is changed last
and in one step, so that a killed process or a full disk leaves it as it was; taking back touches only what still is as it was written.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from assistant.errors import InputError
from assistant.intake.prepare.result import PreparedPaper
from assistant.messages import Text
from assistant.profile.loading import read_raw
from assistant.store.base import Applicant, content_of, version_of
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Tree

LOG = "documents/originals/prepared.json"
ORIGINALS, READY = "documents/originals", "documents/ready"

NO_ROOM = Text(
    "写不进申请人的文件夹（磁盘空间或权限）；资料没有改动，请腾出空间再试",
    "the applicant's folder can't be written (disk space or permissions); the profile is as it was, make room and try again",
)


@dataclass(frozen=True)
class Undone:
    """What taking a run back did: slots that are as before, those that were changed since and stay, copies that are gone."""

    restored: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def keep(kept: Applicant, papers: Sequence[PreparedPaper], now: datetime) -> str:
    """Writes the copies that are ready, then names them in the profile; the run's name, "" where there was nothing to do. Raises
    InputError where the folder can't be written."""
    run = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    added: dict[str, str] = {}
    try:
        known = {sha256(kept.read(name)).hexdigest(): name for name in kept.names() if name.startswith(f"{ORIGINALS}/")}
        originals: dict[str, str] = {}
        after: dict[str, list[str]] = {}
        for paper in papers:
            if paper.state != "ready":
                continue
            for file in {page.file.name: page.file for page in paper.pages}.values():
                if file.sha256 not in known:
                    known[file.sha256] = _added(kept, f"{ORIGINALS}/{_plain(file.name)}", file.path.read_bytes(), {})
                    originals[known[file.sha256]] = file.sha256
            for ready in paper.files:
                name = _added(kept, ready.name, ready.local.read_bytes(), added)
                after.setdefault(paper.slot, []).append(name)
        if not after:
            return ""
        before = kept.read(kept.main)
        data = read_raw(kept).data
        held = {slot: named_in(data, slot) for slot in after}
        if all(held[slot] == names for slot, names in after.items()):
            return ""
        _write_log(kept, run, {"at": now.isoformat(timespec="seconds"), "before": held, "after": after, "added": added})
        kept.write(kept.main, _with_documents(data, after, before).encode(), expected=version_of(before))
    except OSError:
        with suppress(OSError):
            for name in added:
                kept.remove(name, expected=version_of(kept.read(name)))
        raise InputError(NO_ROOM, where=kept.where(kept.main)) from None
    return run


def runs_of(kept: Applicant) -> Mapping[str, Mapping[str, Any]]:
    """The runs that can be taken back, newest first."""
    runs = _log(kept)
    return {name: runs[name] for name in sorted(runs, reverse=True) if not runs[name].get("undone")}


def take_back(kept: Applicant, run: str = "") -> Undone:
    """Takes a run back (the last one, if none is named): the slots it filled are as before where nobody changed them since. The originals
    that were copied stay. Raises InputError where there is no such run."""
    runs = runs_of(kept)
    name = run or next(iter(runs), "")
    if name not in runs:
        raise InputError(
            Text(
                "没有可撤销的整理，或已撤销", "there is nothing of that name to take back, or it was taken back already"
            ),
            where="--undo",
        )
    log = runs[name]
    before = kept.read(kept.main)
    data = read_raw(kept).data
    back = {slot: log["before"][slot] for slot, names in log["after"].items() if named_in(data, slot) == names}
    stays = tuple(slot for slot in log["after"] if slot not in back)
    if back:
        kept.write(kept.main, _with_documents(data, back, before).encode(), expected=version_of(before))
    documents = read_raw(kept).data.get("documents") or {}
    named = {name for slot in documents for name in _names(documents, slot)}
    removed = []
    for file, digest in log["added"].items():
        content = content_of(kept, file)
        if content is not None and file not in named and sha256(content).hexdigest() == digest:
            kept.remove(file, expected=version_of(content))
            removed.append(file)
    _write_log(kept, name, {**log, "undone": True})
    return Undone(tuple(back), stays, tuple(removed))


def named_in(data: Mapping[str, Tree], slot: str) -> list[str]:
    """The files that a profile names for a slot."""
    documents = data.get("documents")
    return _names(documents, slot) if isinstance(documents, dict) else []


def _names(documents: Any, slot: Any) -> list[str]:
    value = documents.get(slot) if isinstance(documents, dict) else None
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one.strip() not in ("", "~")]


def _with_documents(data: Mapping[str, Tree], changes: Mapping[str, Sequence[str]], before: bytes) -> str:
    """The profile's text with these slots' files, everything else and every comment as it was."""
    tree: dict[str, Tree] = deepcopy(dict(data))
    documents = tree.get("documents")
    if not isinstance(documents, dict):
        documents = tree["documents"] = {}
    for slot, names in changes.items():
        if names:
            documents[slot] = names[0] if len(names) == 1 else list(names)
        else:
            documents.pop(slot, None)
    if not documents:
        del tree["documents"]
    return written(tree, before.decode("utf-8-sig"))


def _added(kept: Applicant, name: str, content: bytes, added: dict[str, str]) -> str:
    """The file under this name, or the next free one; where the same content lies there already, that."""
    stem, suffix = PurePosixPath(name).with_suffix("").as_posix(), PurePosixPath(name).suffix
    for free in (name, *(f"{stem}-{letter}{suffix}" for letter in "bcdefghijklmnopqrstuvwxyz")):
        there = content_of(kept, free)
        if there == content:
            return free
        if there is None:
            kept.write(free, content, expected=None)
            added[free] = sha256(content).hexdigest()
            return free
    raise InputError(Text("同名文件太多；请清理文件夹", "too many files of one name; tidy the folder"), where=name)


def _plain(name: str) -> str:
    """A file's own name, without folders and signs that some systems refuse."""
    return "".join(sign if sign not in '<>:"|?*\\\0' else "_" for sign in PurePosixPath(name).name) or "scan"


def _log(kept: Applicant) -> dict[str, dict[str, Any]]:
    content = content_of(kept, LOG)
    if content is None:
        return {}
    try:
        data = json.loads(content)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _write_log(kept: Applicant, run: str, entry: Mapping[str, Any]) -> None:
    there = content_of(kept, LOG)
    runs = {**_log(kept), run: dict(entry)}
    content = json.dumps(runs, ensure_ascii=False, indent=1).encode()
    kept.write(LOG, content, expected=version_of(there) if there is not None else None)
