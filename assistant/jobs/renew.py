"""The job of beginning next year's case: a new applicant's folder from last year's, which stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from assistant.check.deadlines.dates import now
from assistant.errors import InputError
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.intake.draft import NewPaper, ReadValue
from assistant.intake.imports import Ready, write_import
from assistant.intake.needed import missing
from assistant.intake.renewal import ORDER, Item, renewed
from assistant.intake.sources import sources_of
from assistant.intake.trees import flat
from assistant.messages import Language, Text
from assistant.profile.loading import read_raw
from assistant.store.base import Applicant, ApplicantAt, Store, content_of
from assistant.strict_yaml import Tree


@dataclass(frozen=True)
class RenewJob:
    """Whose last profile, into which store of applicants, as of a day."""

    applicant: ApplicantAt
    into: Store
    on: date


@dataclass(frozen=True)
class Renewal:
    """What became of last year's profile: the new applicant's id, and every path with its fate, what must change first."""

    applicant: str
    before: str
    items: tuple[Item, ...]
    missing: tuple[str, ...]

    def as_json(self, language: Language) -> dict[str, object]:
        """For scripts (schema 1): paths and fates, no value. Only messages are translated."""
        fates = [one.fate for one in self.items]
        return {
            "schema": 1,
            "command": "renew",
            "applicant": self.applicant,
            "from": self.before,
            "fields": [
                {"path": one.path, "state": one.fate, "message": one.message.say(language) if one.message else None}
                for one in self.items
            ],
            "counts": {fate: fates.count(fate) for fate in ORDER},
            "missing": list(self.missing),
        }


def renew(job: RenewJob) -> Renewal:
    """Writes the new applicant. Raises InputError where last year's profile can't be read or the new one can't be written."""
    with job.applicant.open() as kept:
        data = read_raw(kept).data
        values = {path: text for path, text in flat(data) if not path.startswith("documents.")}
        items = renewed(values, _slots(data), job.on)
        _share_employer(kept, job.into)
        name = _free(f"{kept.id}-{job.on.year}" if _is_taken(kept.id, job.into) else kept.id, job.into)
        ready = Ready(name, True, tuple(_values(kept, items)), tuple(_papers(kept, items)))
        before = kept.id
    done = write_import(job.into, [ready], {}, now())
    if done.notes:
        raise InputError(done.notes[0].message, where=name)
    known = {one.path for one in items if one.fate != "change"}
    return Renewal(name, before, items, missing(known))


def _slots(data: Mapping[str, Tree]) -> Mapping[str, str]:
    documents = data.get("documents", {})
    return dict(flat(documents)) if isinstance(documents, dict) else {}


def _values(kept: Applicant, items: Sequence[Item]) -> list[ReadValue]:
    """What is kept, with the source it had; where it had none, last year's profile is one."""
    origins = sources_of(kept).values
    found = []
    for one in items:
        if one.fate == "change" or one.path.startswith("documents."):
            continue
        origin = origins.get(one.path)
        source = origin.source if origin else f"{kept.id}/{kept.main}#{one.path}"
        kind, how = (origin.kind, origin.how) if origin else ("profile", "kept")
        found.append(ReadValue(one.path, one.value, source, kind, how))
    return found


def _papers(kept: Applicant, items: Sequence[Item]) -> list[NewPaper]:
    return [
        NewPaper(one.path.removeprefix("documents."), PurePosixPath(file).name, content)
        for one in items
        if one.fate != "change" and one.path.startswith("documents.")
        for file in one.value.split(", ")
        if (content := content_of(kept, file)) is not None
    ]


def _share_employer(kept: Applicant, into: Store) -> None:
    """The employer's shared file goes along where there is none yet."""
    there = content_of(kept.shared, EMPLOYER_FILE)
    if there is not None and content_of(into.shared, EMPLOYER_FILE) is None:
        into.shared.write(EMPLOYER_FILE, there, expected=None)


def _is_taken(name: str, into: Store) -> bool:
    return any(ref.id.casefold() == name.casefold() for ref in into.applicants())


def _free(name: str, into: Store) -> str:
    if not _is_taken(name, into):
        return name
    raise InputError(
        Text("今年的资料已经建立过，没有覆盖", "this year's profile is there already and is not overwritten"),
        where=name,
    )
