"""The job of reading what is there already: rosters, papers and answers become drafts of profiles, person by person.

Promises: nothing is written unless that is asked for; then only what is sure, or what the person decided; every value says where it
came from; the original files are never changed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.check.city.loading import load_city
from assistant.check.deadlines.dates import now
from assistant.errors import AssistantError, InputError
from assistant.intake.applicants import employer_of, held_in
from assistant.intake.crops import crops_of
from assistant.intake.draft import Column, NewPaper, Note, ProfileDraft, ReadValue, SourceFile, Surety
from assistant.intake.imports import Imported, Ready, write_import
from assistant.intake.merge import chosen, merge
from assistant.intake.needed import missing
from assistant.intake.persons import Somebody, folder_name, sorted_by_person
from assistant.intake.readers import Reader, read_source
from assistant.intake.sheets.mapping import fingerprint, remember
from assistant.intake.sheets.marked import marked_copy
from assistant.messages import Language, Text
from assistant.store.base import Store

STATES: tuple[Surety, ...] = ("sure", "doubtful", "conflict", "error")


@dataclass(frozen=True)
class Decision:
    """A person's word on one value: the one from this source is right."""

    applicant: str
    path: str
    source: str


@dataclass(frozen=True)
class IntakeJob:
    """What is read, for which store of applicants, as of a day. `columns` is what the person said of rosters' heads."""

    sources: tuple[Path, ...]
    into: Store
    on: date
    city: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    crops: Path | None = None


@dataclass(frozen=True)
class ApplicantDraft:
    """All that is known of one applicant, merged. `held` is what the profile holds already (None: a new applicant)."""

    id: str
    new: bool
    values: tuple[ReadValue, ...]
    missing: tuple[str, ...]
    papers: tuple[NewPaper, ...] = ()
    held: ProfileDraft | None = field(default=None, repr=False)
    crops: Mapping[str, Path] = field(default_factory=dict)
    """Place of a value → the picture it was read from."""


@dataclass(frozen=True)
class Intake:
    """What was read. `notes` are about files and parts of them that were not used, or could not be."""

    applicants: tuple[ApplicantDraft, ...]
    notes: tuple[Note, ...]
    columns: tuple[Column, ...]
    hashes: Mapping[str, str]
    """Name of a source → SHA-256 of its content."""
    imported: Imported | None = None
    """What was written, where that was asked for."""

    @property
    def counts(self) -> Mapping[Surety, int]:
        every = [one.state for applicant in self.applicants for one in _shown(applicant)]
        return {state: every.count(state) for state in STATES}

    @property
    def calm(self) -> bool:
        """Whether nothing needs the person."""
        needs_nobody = self.counts["doubtful"] + self.counts["conflict"] + self.counts["error"] == 0
        return needs_nobody and not self.notes and not any(one.missing for one in self.applicants)

    def as_json(self, language: Language) -> dict[str, object]:
        """For scripts (schema 1): paths, places and states, no value. Only messages are translated."""
        return {
            "schema": 1,
            "command": "intake",
            "applied": self.imported is not None,
            "import": self.imported.name if self.imported else None,
            "applicants": [
                {
                    "id": applicant.id,
                    "new": applicant.new,
                    "fields": [
                        {
                            "path": one.path,
                            "source": one.source,
                            "how": one.how,
                            "state": one.state,
                            "message": one.message.say(language) if one.message else None,
                        }
                        for one in _shown(applicant)
                    ],
                    "missing": list(applicant.missing),
                    "papers": [{"slot": paper.slot, "name": paper.name} for paper in applicant.papers],
                    "crops": {place: str(picture) for place, picture in applicant.crops.items()},
                }
                for applicant in self.applicants
            ],
            "counts": dict(self.counts),
            "columns": [
                {"source": one.source, "head": one.head, "path": one.path or None, "state": one.state}
                for one in self.columns
            ],
            "written": [
                {"id": one.applicant, "paths": list(one.paths), "papers": list(one.papers)}
                for one in (self.imported.written if self.imported else ())
            ],
            "notes": [{"source": note.source, "message": note.message.say(language)} for note in self.notes],
        }


def _shown(applicant: ApplicantDraft) -> Sequence[ReadValue]:
    """What came anew, and what the profile holds where that is in question."""
    return [one for one in applicant.values if one.kind != "profile" or one.state != "sure"]


def intake(job: IntakeJob, readers: Sequence[Reader] | None = None) -> Intake:
    """Reads everything and says all that was found; writes nothing but the crops that were asked for. Raises InputError where
    the city or the folder can't be used, or nothing was given."""
    if not job.sources:
        raise InputError(Text("请给出至少一个来源文件。", "Name at least one source."), where="SOURCE")
    if job.city:
        load_city(job.city)
    files = _files(job)
    hashes: dict[str, str] = {}
    drafts: list[ProfileDraft] = []
    notes: list[Note] = []
    columns: list[Column] = []
    for file in files:
        try:
            reading = read_source(file, job.city, job.on, readers)
        except AssistantError as unusable:
            notes.append(Note(file.name, unusable.what))
            continue
        hashes[file.name] = file.sha256
        drafts += reading.drafts
        notes += reading.notes
        columns += reading.columns
    held, unreadable = held_in(job.into)
    employer, _ = employer_of(job.into.shared)
    persons, nobodys = sorted_by_person(drafts, held)
    notes += [*unreadable, *(Note(draft.source, _NOBODYS) for draft in nobodys)]
    taken = [*held, *(note.source for note in unreadable)]
    applicants = _applicants(job, persons, employer, taken, files)
    return Intake(
        tuple(applicants),
        tuple(notes),
        tuple(columns),
        hashes,
    )


_NOBODYS = Text(
    "看不出这是哪位申请人的（没有护照号码，也没有姓名和出生日期），没有采用；请与其护照一起读取",
    "nobody can say whose this is (no passport number, no name and date of birth): not used; read it together with the passport",
)


def _files(job: IntakeJob) -> list[SourceFile]:
    """The files named, and those within folders that were named; of several with one name, each with its folder's."""
    found: list[Path] = []
    for source in job.sources:
        inside = [
            path for path in sorted(source.rglob("*")) if path.is_file() and not path.name.startswith((".", "~$"))
        ]
        found += inside if source.is_dir() else [source]
    paths = list(dict.fromkeys(found))
    names = Counter(path.name for path in paths)
    return [
        SourceFile(path, job.columns, f"{path.parent.name}/{path.name}" if names[path.name] > 1 else "")
        for path in paths
    ]


def _applicants(
    job: IntakeJob,
    persons: Sequence[Somebody],
    employer: ProfileDraft,
    taken: list[str],
    files: Sequence[SourceFile],
) -> list[ApplicantDraft]:
    found = []
    for person in persons:
        name = person.applicant or folder_name(person.drafts, taken)
        taken.append(name)
        decided = {(one.path, one.source) for one in job.decisions if one.applicant == name}
        values = chosen(merge(person.drafts, person.held or employer), decided)
        if job.city and not any(one.path == "city" for one in values):
            values = (ReadValue("city", job.city, "--city", "other", "typed"), *values)
        known = {one.path for one in values if one.state == "sure"}
        papers = tuple(paper for draft in person.drafts for paper in draft.papers)
        found.append(
            ApplicantDraft(
                name,
                person.applicant is None,
                values,
                missing(known),
                papers,
                person.held,
                crops_of(job.crops, name, values, files),
            )
        )
    return found


def apply(job: IntakeJob, found: Intake) -> Intake:
    """Writes what is sure, or was decided, and remembers what was said of rosters' columns. Raises nothing for one applicant's
    trouble: it is among the notes."""
    decided = {(one.applicant, one.path) for one in job.decisions}
    ready = [
        Ready(
            one.id,
            one.new,
            one.values,
            one.papers,
            frozenset(path for applicant, path in decided if applicant == one.id),
        )
        for one in found.applicants
    ]
    imported = write_import(job.into, ready, found.hashes, now())
    if job.columns:
        for place in {column.source for column in found.columns}:
            own = [column for column in found.columns if column.source == place]
            remember(fingerprint(column.head for column in own), job.columns)
    return replace(found, imported=imported, notes=(*found.notes, *imported.notes))


def marked_copies(job: IntakeJob, found: Intake) -> Mapping[str, bytes]:
    """For each roster in which a cell needs a hand: its copy with those cells marked, by the name of the copy."""
    copies = {}
    for file in _files(job):
        own = [
            one
            for applicant in found.applicants
            for one in applicant.values
            if one.kind == "roster" and one.state != "sure" and one.source.partition("#")[0] == file.name
        ]
        if own:
            copies[f"{file.name.replace('/', '-').rpartition('.')[0]}-marked.xlsx"] = marked_copy(file.content, own)
    return copies
