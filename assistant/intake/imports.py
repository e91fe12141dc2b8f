"""An import: what is sure, or was decided, goes into the profiles.

Promises: only values that are sure or that a person decided are written, into the one profile they are for, comments and order kept;
a profile that somebody else changed meanwhile is left as it is and named. The sources' own files are never touched.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from assistant.errors import AssistantError
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.intake.draft import NewPaper, Note, ReadValue
from assistant.intake.sources import Import, Sources, ValueOrigin, WrittenChange, keep_sources, sources_of
from assistant.intake.trees import flat, nested, ordered, without_rows
from assistant.intake.words.meaning import taste
from assistant.profile.loading import read_raw
from assistant.store.base import Applicant, ApplicantRef, Store, add, content_of, version_of
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
    tree = _with_papers(nested({path: as_kept(path, value) for path, value in changes.items()}, data), added)
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


def as_kept(path: str, value: str) -> Any:
    """A value as the profile's tree holds it: several codes as a list."""
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
