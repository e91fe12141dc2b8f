"""An import: what is sure, or was decided, goes into the profiles; and the way back.

Promises: only values that are sure or that a person decided are written, into the one profile they are for, comments and order kept;
a profile that somebody else changed meanwhile is left as it is and named; nothing but values that an import wrote is taken back, and
what was edited since stays and is named. The sources' own files are never touched.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from assistant.errors import AssistantError
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.intake.draft import NewPaper, Note, ReadValue
from assistant.intake.sources import Import, Sources, ValueOrigin, WrittenChange, keep_sources, sources_of
from assistant.intake.trees import flat, nested, ordered, without_rows
from assistant.intake.words.meaning import taste
from assistant.messages import Text
from assistant.profile.loading import read_raw
from assistant.store.base import PROFILE, Applicant, ApplicantRef, Store, add, content_of, version_of
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Tree


@dataclass(frozen=True)
class Written:
    """What one applicant got: the paths, and the files."""

    applicant: str
    paths: tuple[str, ...]
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ready:
    """What is to be written for one applicant. `decided`: paths that a person decided on."""

    applicant: str
    new: bool
    values: tuple[ReadValue, ...]
    papers: tuple[NewPaper, ...] = ()
    decided: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Imported:
    """An import by its name, what it wrote and what it could not write."""

    name: str
    written: tuple[Written, ...]
    notes: tuple[Note, ...] = ()


def write_import(store: Store, ready: Sequence[Ready], hashes: Mapping[str, str], now: datetime) -> Imported:
    """Writes everything that is ready; an applicant that can't be written costs no other."""
    name = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    done: list[Written] = []
    notes: list[Note] = []
    for one in ready:
        ref = ApplicantRef(one.applicant)
        try:
            place: AbstractContextManager[Applicant] = store.new(ref) if one.new else store.open(ref)
            with place as kept:
                wrote = _write(kept, one, name, hashes, now)
        except AssistantError as trouble:
            notes.append(Note(one.applicant, trouble.what))
            continue
        if wrote.paths or wrote.papers:
            done.append(wrote)
    return Imported(name, tuple(done), tuple(notes))


def _write(kept: Applicant, one: Ready, name: str, hashes: Mapping[str, str], now: datetime) -> Written:
    before = content_of(kept, kept.main)
    data = read_raw(kept).data if before is not None else {}
    held = dict(flat(data))
    values = [
        value
        for value in one.values
        if value.state == "sure"
        and (value.kind != "profile" or one.new)
        and value.value
        and held.get(value.path) != value.value
    ]
    has_employer = content_of(kept.shared, EMPLOYER_FILE) is not None
    values = [value for value in values if not (has_employer and value.path.startswith("employer."))]
    # What is known already may not be looked at again.
    known = {sha256(kept.read(file)).hexdigest(): file for file in kept.names()} if one.papers else {}
    papers = [paper for paper in one.papers if sha256(paper.content).hexdigest() not in known]
    if not values and not papers:
        return Written(one.applicant, ())
    changes = {value.path: value.value or "" for value in values}
    if has_employer and not any(path == "employer" or path.startswith("employer.") for path in held):
        changes["employer"] = f"../{EMPLOYER_FILE}"
    added = {paper: add(kept, f"documents/{paper.name}", paper.content) for paper in papers}
    tree = _with_papers(nested({path: _as_kept(path, value) for path, value in changes.items()}, data), added)
    text = written(ordered(tree), before.decode("utf-8-sig") if before is not None else "")
    kept.write(kept.main, text.encode(), expected=version_of(before) if before is not None else None)
    log = Import(
        at=now.isoformat(timespec="seconds"),
        new=one.new,
        files={
            source: hashes[source]
            for source in sorted({value.source.partition("#")[0] for value in values})
            if source in hashes
        },
        wrote={path: WrittenChange(before=held.get(path, ""), after=value) for path, value in changes.items()},
        added={file: sha256(paper.content).hexdigest() for paper, file in added.items()},
    )
    _keep(kept, values, one.decided, name, log, now.date())
    return Written(one.applicant, tuple(changes), tuple(added.values()))


def _as_kept(path: str, value: str) -> Any:
    return value.split(", ") if path != "employer" and taste(without_rows(path)) == "codes" else value


def _with_papers(tree: dict[str, Tree], added: Mapping[NewPaper, str]) -> dict[str, Tree]:
    """The documents of the profile with the files that came along."""
    for paper, file in added.items():
        documents = tree.setdefault("documents", {})
        if not isinstance(documents, dict):
            documents = tree["documents"] = {}
        there = documents.get(paper.slot, "")
        files = there if isinstance(there, list) else [there] if there and there != "~" else []
        documents[paper.slot] = [*files, file] if files else file
    return tree


def _keep(
    kept: Applicant, values: Sequence[ReadValue], decided: Collection[str], name: str, log: Import, on: date
) -> None:
    known = sources_of(kept)
    origins = {
        value.path: ValueOrigin(
            source=value.source,
            kind=value.kind,
            how=value.how,
            confirmed="person" if value.path in decided else "sources",
            on=on.isoformat(),
            by_import=name,
        )
        for value in values
    }
    keep_sources(kept, Sources(values={**known.values, **origins}, imports={**known.imports, name: log}))


# ---- the way back --------------------------------------------------------------------------------------------------


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
    for name in (*one.added, "profile.sources.yaml"):
        if (content := content_of(kept, name)) is not None:
            kept.remove(name, expected=version_of(content))
    kept.remove(PROFILE, expected=version_of(before))


def _put_back(data: dict[str, Tree], path: str, before: str) -> None:
    if before:
        nested({path: _as_kept(path, before)}, data)
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
