"""What is wrong with a profile, by the field that it is about: the sentences are those of `check`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from assistant.desk.forms.posted import at, shown_text
from assistant.desk.forms.shape import FormPart
from assistant.errors import InputError, Problem
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.model import Employer, ProfileFile
from assistant.strict_yaml import Document, Tree
from assistant.validation import problems_of

_ROW = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Fault:
    """One sentence about one field; `field` is the input's name, empty where it is about no single one."""

    field: str
    what: Text
    label: Text | None = None
    code: str = ""
    severity: str = "error"
    source: str = ""


def field_name(place: str) -> str:
    """The input that a place in a message means; rows are counted from 1 there and from 0 in names.

    >>> field_name("education[2].from")
    'education.1.from'
    """
    return _ROW.sub(lambda number: f".{int(number[1]) - 1}", place)


def faults_of(error: InputError, parts: Iterable[FormPart], data: Mapping[str, Tree], prefix: str = "") -> list[Fault]:
    """Every problem of a file as faults of its form's fields: a group that is missing is told at each of its questions."""
    parts = list(parts)
    if not error.problems:
        return [Fault("", error.what)]
    return [fault for problem in error.problems for fault in _faults(problem, parts, data, prefix)]


def _faults(problem: Problem, parts: list[FormPart], data: Mapping[str, Tree], prefix: str) -> list[Fault]:
    name = field_name(problem.key)
    whole = next((part for part in _every(parts) if part.path == name and part.path), None)
    if whole is None or whole.table:
        return [Fault(f"{prefix}{name}", problem.what, label_of(name, parts))]
    empty = [one for one in whole.every_question() if one.required and not shown_text(at(data, one.path))]
    return [Fault(f"{prefix}{one.path}", problem.what, one.label) for one in empty] or [
        Fault(f"{prefix}{name}", problem.what, whole.title)
    ]


def label_of(name: str, parts: Iterable[FormPart]) -> Text | None:
    """What a field is called, with the number of its row."""
    for part in _every(list(parts)):
        for question in part.questions:
            if part.table and name.startswith(f"{part.path}.") and name.endswith(f".{question.path}"):
                row = int(name.removeprefix(f"{part.path}.").partition(".")[0]) + 1
                zh, en = f"{part.title.zh} {row}：{question.label.zh}", f"{part.title.en} {row}: {question.label.en}"
                return Text(zh, en)
            if not part.table and question.path == name:
                return question.label
        if part.path == name:
            return part.title
    return None


def fault_of(finding: Finding, parts: Iterable[FormPart]) -> Fault:
    """A finding of the rules at its field."""
    name = field_name(finding.where)
    return Fault(name, finding.message, label_of(name, parts), finding.code, finding.severity, finding.source)


def fault_in(name: str, text: str) -> Text | None:
    """What is wrong with one answer by itself, as it is typed: None where nothing is, or only the whole can tell."""
    model: type[ProfileFile] | type[Employer] = ProfileFile
    path = [part for part in name.split(".") if not part.isdecimal()]
    if path[:1] == ["employer"]:
        model, path = Employer, path[1:]
    here: object = model
    for place, part in enumerate(path):
        fields = getattr(here, "model_fields", {})
        info = next((one for key, one in fields.items() if part == (one.alias or key)), None)
        if info is None:
            return None
        if place == len(path) - 1:
            if not text.strip() and not info.is_required():
                return None
            try:
                TypeAdapter(info.rebuild_annotation()).validate_python(text)
            except ValidationError as invalid:
                return problems_of(invalid, _NOWHERE)[0].what
            return None
        here = _model_in(info.annotation)
    return None


def _model_in(annotation: object) -> object:
    from assistant.desk.forms.shape import _inner

    return _inner(annotation)[0]


def _every(parts: list[FormPart]) -> Iterable[FormPart]:
    for part in parts:
        yield part
        yield from _every(list(part.parts))


def _nowhere() -> Document:
    from pathlib import Path

    return Document(Path(), {}, {})


_NOWHERE = _nowhere()
