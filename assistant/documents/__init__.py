"""Document checks: is every file of every slot what its rules ask for?

`check_documents` looks at each file in a child process with bounded time and memory, in parallel, and keeps the results by
content. A new check is one module with `CODES`, `applies(rules)` and `check(paper, case)` (and `together(rules, looks)`
where all files of a slot are judged as one), and one line in `CHECKS`. What can't be decided is a warning and makes the
slot `unsure`; it is never `ok`. Nothing found holds a value of the applicant.

Importing this package is cheap: pictures, PDF and text recognition are loaded in the children only.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.documents import (
    age,
    clarity,
    colour,
    content_type,
    contract,
    crew,
    identity,
    pages,
    photo,
    presence,
    reading,
    sameness,
    seal,
    signature,
    soundness,
    translation,
)
from assistant.documents.case import Case
from assistant.documents.found import Found, Kind
from assistant.documents.look import Look
from assistant.documents.paper import Paper
from assistant.documents.report import DocumentReport, SlotState
from assistant.outcome import FindingDoc
from assistant.slots import FileRules


class Check(Protocol):
    """A module that checks one thing about one file."""

    @property
    def KINDS(self) -> tuple[Kind, ...]: ...

    @property
    def CODES(self) -> tuple[FindingDoc, ...]: ...

    def applies(self, rules: FileRules) -> bool: ...

    def check(self, paper: Paper, case: Case) -> list[Found]: ...


class Together(Protocol):
    """A check that judges all files of a slot as one, by the marks its looks left."""

    def applies(self, rules: FileRules) -> bool: ...

    def together(self, rules: FileRules, looks: Sequence[Look]) -> list[Found]: ...


# In this order: what stops a file comes first, what reads its text comes last.
CHECKS: tuple[Check, ...] = (
    content_type,
    soundness,
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
)
TOGETHER: tuple[Together, ...] = (seal, signature, contract, translation)

KIND_BY_CODE: Mapping[str, Kind] = {
    kind.code: kind
    for kinds in (presence.KINDS, *(check.KINDS for check in CHECKS), reading.KINDS, crew.KINDS, sameness.KINDS)
    for kind in kinds
}
CODES: tuple[FindingDoc, ...] = tuple(kind.doc for kind in KIND_BY_CODE.values())

from assistant.documents.run import check_documents  # noqa: E402  (it needs the registry above)

__all__ = ["CHECKS", "CODES", "DocumentReport", "SlotState", "check_documents"]
