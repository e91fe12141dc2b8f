"""Taking an import back.

Promises: only values that the import wrote are taken back; what was edited since stays and is named; an applicant that the import made is
gone only if nothing else has been put there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from assistant.errors import AssistantError
from assistant.intake.draft import Note
from assistant.intake.imports import as_kept
from assistant.intake.sources import FILE, Import, Sources, keep_sources, sources_of
from assistant.intake.trees import flat, nested
from assistant.messages import Text
from assistant.profile.loading import read_raw
from assistant.store.base import Applicant, Store, content_of, version_of
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Tree


@dataclass(frozen=True)
class Undone:
    """What taking an import back did: by applicant the paths that are as before, those that were edited since and stay, and who is
    gone again."""

    restored: Mapping[str, Sequence[str]] = field(default_factory=dict)
    edited: Mapping[str, Sequence[str]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def imports_in(store: Store) -> Mapping[str, Mapping[str, Import]]:
    """Every import that can be taken back, newest first: its name → applicant → what it did there."""
    found: dict[str, dict[str, Import]] = {}
    for ref in store.applicants():
        try:
            with store.open(ref) as kept:
                for name, one in sources_of(kept).imports.items():
                    if not one.undone:
                        found.setdefault(name, {})[ref.id] = one
        except AssistantError:
            continue
    return dict(sorted(found.items(), reverse=True))


def undo_import(store: Store, name: str) -> Undone:
    """Takes back what an import wrote and nobody edited since."""
    restored: dict[str, Sequence[str]] = {}
    edited: dict[str, Sequence[str]] = {}
    removed: list[str] = []
    notes: list[Note] = []
    for ref in store.applicants():
        try:
            with store.open(ref) as kept:
                sources = sources_of(kept)
                one = sources.imports.get(name)
                if one is None or one.undone:
                    continue
                back, stays = _take_back(kept, sources, name, one)
                if back == ("*",):
                    removed.append(ref.id)
                    continue
                restored[ref.id], edited[ref.id] = back, stays
        except AssistantError as trouble:
            notes.append(Note(ref.id, trouble.what))
    if not restored and not removed and not notes:
        notes.append(
            Note(name, Text("没有这次导入，或已撤销", "there is no such import, or it was taken back already"))
        )
    return Undone(restored, {who: paths for who, paths in edited.items() if paths}, tuple(removed), tuple(notes))


def _take_back(kept: Applicant, sources: Sources, name: str, one: Import) -> tuple[Sequence[str], Sequence[str]]:
    before = kept.read(kept.main)
    data = read_raw(kept).data
    now = dict(flat(data))
    stays = [path for path, change in one.wrote.items() if now.get(path, "") != change.after]
    back = [path for path in one.wrote if path not in stays]
    more = set(now) - set(one.wrote) - {path for path in now if path.startswith("documents.")}
    others = [other for key, other in sources.imports.items() if key != name and not other.undone]
    if one.new and not stays and not more and not others and _files_as_added(kept, one):
        _remove_all(kept, before, one)
        return ("*",), ()
    for path in back:
        _put_back(data, path, one.wrote[path].before)
    text = written(_pruned(data), before.decode("utf-8-sig"))
    kept.write(kept.main, text.encode(), expected=version_of(before))
    values = {path: origin for path, origin in sources.values.items() if path not in back or origin.by_import != name}
    keep_sources(
        kept, Sources(values=values, imports={**sources.imports, name: one.model_copy(update={"undone": True})})
    )
    return tuple(back), tuple(stays)


def _files_as_added(kept: Applicant, one: Import) -> bool:
    """Whether the applicant has no files but those that came with the import, as they came."""
    own = [name for name in kept.names() if name.startswith("documents/")]
    return all(sha256(kept.read(name)).hexdigest() == one.added.get(name) for name in own)


def _remove_all(kept: Applicant, before: bytes, one: Import) -> None:
    for name in (*one.added, FILE):
        if (content := content_of(kept, name)) is not None:
            kept.remove(name, expected=version_of(content))
    kept.remove(kept.main, expected=version_of(before))


def _put_back(data: dict[str, Tree], path: str, before: str) -> None:
    if before:
        nested({path: as_kept(path, before)}, data)
        return
    *way, leaf = path.split(".")
    here: Any = data
    for part in way:
        here = here[int(part)] if isinstance(here, list) else here[part]
    del here[leaf]


def _pruned(data: dict[str, Tree]) -> dict[str, Tree]:
    """Without the groups and rows that nothing is left in."""
    return {key: inner for key, value in data.items() if (inner := _without_empty(value)) not in ({}, [])}


def _without_empty(value: Tree) -> Tree:
    if isinstance(value, dict):
        return {key: inner for key, one in value.items() if (inner := _without_empty(one)) != {}}
    if isinstance(value, list):
        return [inner for one in value if (inner := _without_empty(one)) != {}]
    return value
