"""The document checks and their registry: one module a check, one line in CHECKS."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.check.documents import ocr, worker_pool
from assistant.check.documents.checks import (
    age,
    clarity,
    colour,
    content_type,
    contract,
    duplicates,
    identity,
    integrity,
    pages,
    photo,
    presence,
    seal,
    signature,
    text_layer,
    translation,
)
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.documents.result import FileResult
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind


class DocumentCheck(Protocol):
    """A module that checks one thing about one file."""

    @property
    def KINDS(self) -> tuple[Kind, ...]: ...

    def applies(self, rules: FileRules) -> bool: ...

    def check(self, paper: Paper, case: ApplicantFacts) -> list[Found]: ...


class SlotCheck(Protocol):
    """A check that judges all files of a slot as one, by the marks its looks left."""

    def applies(self, rules: FileRules) -> bool: ...

    def together(self, rules: FileRules, looks: Sequence[FileResult]) -> list[Found]: ...


# In this order: what stops a file comes first, what reads its text comes last.
CHECKS: tuple[DocumentCheck, ...] = (
    content_type,
    integrity,
    pages,
    clarity,
    colour,
    seal,
    signature,
    photo,
    age,
    contract,
    translation,
    identity,
    text_layer,
)
TOGETHER: tuple[SlotCheck, ...] = (seal, signature, contract, translation)

KIND_BY_CODE: Mapping[str, Kind] = {
    kind.code: kind
    for kinds in (presence.KINDS, *(check.KINDS for check in CHECKS), ocr.KINDS, worker_pool.KINDS, duplicates.KINDS)
    for kind in kinds
}
