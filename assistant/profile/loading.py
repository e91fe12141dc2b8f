"""A profile read from where its applicant is kept: the profile's own file, its documents, and the employer's shared file.

Promises: everything wrong is told at once, with file, line and key and never with a value; what loads is frozen, and
every document that it names is among the applicant's files.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, TypeVar

from pydantic import ValidationError

from assistant.errors import InputError, Problem, ProfileError, Unfit
from assistant.messages import Text, printable
from assistant.normalize import half_width, has_typing_noise
from assistant.profile import identifiers
from assistant.profile.consistency import disagreements, what_is_right
from assistant.profile.files import Named, document_files
from assistant.profile.model import (
    Address,
    Companion,
    Contact,
    District,
    EmergencyContact,
    Employer,
    Employment,
    FamilyMember,
    Handler,
    Job,
    Part,
    Passport,
    Person,
    Profile,
    ProfileFile,
    ResidencePermit,
    ResidenceRequest,
    Spell,
    Study,
    WorkPermit,
)
from assistant.profile.values import SLOT_NAMES, Category, Month, SlotName
from assistant.store.base import Applicant, Files
from assistant.store.documents import document_in
from assistant.strict_yaml import Document, KeyPath, Tree, dotted, unusable
from assistant.validation import problems_of

__all__ = [
    "SLOT_NAMES",
    "Address",
    "Category",
    "Companion",
    "Contact",
    "District",
    "EmergencyContact",
    "Employer",
    "Employment",
    "FamilyMember",
    "Handler",
    "Job",
    "Month",
    "Part",
    "Passport",
    "Person",
    "Profile",
    "Question",
    "ResidencePermit",
    "ResidenceRequest",
    "SlotName",
    "Spell",
    "Study",
    "WorkPermit",
    "load_profile",
    "name_questions",
    "profile_of",
    "profile_parts",
    "read_raw",
]

Shape = TypeVar("Shape", bound=Part)


def load_profile(kept: Applicant, *, fetched: bool = True) -> Profile:
    """The profile of an open applicant, whose documents it names as long as that one is open; raises `ProfileError` with
    every problem. Unless they are to be `fetched`, documents are only named: for whoever counts them and opens none."""
    found = profile_parts(kept, fetched=fetched)
    applicant, employer = found.applicant, found.employer
    if found.problems or applicant is None or employer is None:
        raise unusable(found.document.path, ProfileError, found.problems)
    parts = {name: getattr(applicant, name) for name in ProfileFile.model_fields}
    profile = profile_of(kept, parts, employer, found.files)
    rewritten = tuple(_rewritten({**found.data, "employer": found.employer_written, "documents": ""}, profile))
    return profile.model_copy(update={"rewritten": rewritten})


@dataclass(frozen=True, repr=False)
class ProfileParts:
    """What was read for a profile, before it is taken or refused; a part that can't be used is None."""

    document: Document
    data: Mapping[str, Tree]
    """As written, the employer left out."""
    applicant: ProfileFile | None
    employer: Employer | None
    employer_written: Tree
    files: Mapping[str, tuple[Named, ...]]
    """By slot, those that are there."""
    problems: Sequence[Problem]


def profile_parts(kept: Applicant, *, fetched: bool = True) -> ProfileParts:
    """Everything that a profile is made of, and everything that is wrong with it."""
    document = read_raw(kept)
    data = {key: value for key, value in document.data.items() if key != "employer"}
    applicant, problems = _validated(ProfileFile, data, document)
    read = _employer(document, kept)
    files, file_problems = document_files(data.get("documents"), kept, document, fetched=fetched)
    problems = [*document.problems, *problems, *read.problems, *file_problems]
    seen = applicant or what_is_right(ProfileFile, data)
    problems += [document.problem(place, what) for place, what in disagreements(seen)]
    return ProfileParts(document, data, applicant, read.employer, read.written, files, problems)


def profile_of(
    kept: Applicant, parts: Mapping[str, object], employer: Employer, files: Mapping[str, tuple[Named, ...]]
) -> Profile:
    """The profile of these parts, under the name by which the store calls the applicant."""
    names = {path: name for named in files.values() for name, path in named}
    paths = {slot: tuple(path for _, path in named) for slot, named in files.items()}
    own: dict[str, Any] = {"id": printable(kept.id), "documents": paths, "file_names": names, "employer": employer}
    return Profile.model_construct(**{**parts, **own})


def read_raw(kept: Applicant) -> Document:
    """The profile's text before any validation (`check` asks about names from it); raises when it can't be read."""
    return document_in(kept, kept.main, ProfileError)


# ---- the employer --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _EmployerRead:
    employer: Employer | None = None
    written: Tree = ""
    problems: Sequence[Problem] = ()


def _employer(document: Document, kept: Applicant) -> _EmployerRead:
    given = document.data.get("employer", "")
    if isinstance(given, dict):
        return _employer_read(given, document, ("employer",))
    if isinstance(given, list):
        what = Text("应为单位文件的路径或单位资料", "must be the employer file's path, or the employer's data")
        return _EmployerRead(problems=[document.problem(("employer",), what)])
    if given.strip() in ("", "~"):
        what = Text(
            "缺少单位资料；请写单位文件的路径，例如 ../employer.yaml",
            "missing; write the employer file's path, like ../employer.yaml",
        )
        return _EmployerRead(problems=[document.problem(("employer",), what)])
    files, name = _place_of(given, kept)
    try:
        shared = document_in(files, name, ProfileError)
    except InputError as unreadable:
        if unreadable.where.rpartition(":")[2].isdigit():
            return _EmployerRead(problems=[Problem(unreadable.where, "", unreadable.what)])
        what = Text(f"单位文件：{unreadable.what.zh}", f"the employer file: {unreadable.what.en}")
        return _EmployerRead(problems=[document.problem(("employer",), what)])
    return _employer_read(shared.data, shared)


def _place_of(given: str, kept: Applicant) -> tuple[Files, str]:
    """The employer's file, as a path seen from the applicant's own: mostly above them, among what is shared."""
    name = posixpath.normpath(given.strip().replace("\\", "/"))
    if name.startswith("../"):
        return kept.shared, name.removeprefix("../")
    return (kept.shared if PurePath(name).is_absolute() else kept), name


def _employer_read(data: dict[str, Tree], document: Document, at: KeyPath = ()) -> _EmployerRead:
    employer, problems = _validated(Employer, data, document, at)
    return _EmployerRead(employer, data, problems if at else [*document.problems, *problems])


def _validated(
    shape: type[Shape], data: Mapping[str, Tree], document: Document, at: KeyPath = ()
) -> tuple[Shape | None, list[Problem]]:
    try:
        return shape.model_validate(data), []
    except ValidationError as invalid:
        return None, problems_of(invalid, document, shape, at)


# ---- what was read otherwise than written --------------------------------------------------------------------------


def _rewritten(written: Tree, used: object, path: KeyPath = ()) -> Iterator[str]:
    """Paths of values whose full-width letters, digits of another script or invisible marks are not in the value that is used."""
    if isinstance(written, dict):
        for key, inner in written.items():
            yield from _rewritten(inner, getattr(used, "from_" if key == "from" else key, None), (*path, key))
    elif isinstance(written, list) and isinstance(used, tuple):
        for row, (inner, inner_used) in enumerate(zip(written, used, strict=False)):
            yield from _rewritten(inner, inner_used, (*path, row))
    elif isinstance(written, str) and has_typing_noise(written) and used != written.strip():
        yield dotted(path)


# ---- names ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Question:
    """A name that is not in letters A–Z, and what ICAO 9303 would make of it. Holds values: for the terminal only."""

    path: str
    shown: str
    proposal: str


def name_questions(raw: Mapping[str, Tree]) -> list[Question]:
    """For each name with accents or signs, the spelling to propose. `raw` is `read_raw(kept).data`."""
    questions = []
    for path, person in _persons(raw):
        for key in ("surname", "given_names"):
            name = person.get(key)
            if not isinstance(name, str) or not name.strip():
                continue
            try:
                identifiers.latin_name(name)
            except Unfit:
                proposal = identifiers.transliterate(name)
                questions.append(Question(dotted((*path, key)), half_width(name), proposal))
    return questions


def _persons(raw: Mapping[str, Tree]) -> Iterator[tuple[KeyPath, dict[str, Tree]]]:
    if isinstance(applicant := raw.get("applicant"), dict):
        yield ("applicant",), applicant
    for table in ("family", "companions"):
        rows = raw.get(table)
        for row, person in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(person, dict):
                yield (table, row), person
