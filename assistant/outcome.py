"""What happened to one field (`Outcome`) and what is wrong before any browser (`Finding`).

Both are closed vocabularies and neither can hold a person's data: there is no field to put a value in.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from assistant.messages import Text

Status = Literal["verified", "already", "kept", "skipped", "mismatched", "refused", "by-hand", "failed"]
Reason = Literal[
    # why a field was refused
    "not-found",
    "ambiguous",
    "hidden",
    "read-only",
    "no-such-option",
    "too-long",
    "wrong-person",
    "wrong-origin",
    "unsupported",
    # the section is not the one the pack describes
    "drifted",
    # why a value does not hold
    "not-taken",
    "changed-after-save",
    "rejected-by-page",
    "doubled",
    # why nothing was written
    "different-value",
    "other-file",
    "condition-false",
    "no-value",
    # why it is the person's
    "on-purpose",
    # a required question of the page that the pack does not know
    "not-planned",
    # a column of a row that is there already and whose table does not show it
    "not-shown",
    # why it failed
    "page-error",
    "timed-out",
    "row-not-added",
    "not-saved",
    "not-reached",
]
# How a value was written: in the page's own pass with all others, or with real keys, for that field alone.
How = Literal["in-page", "keyboard"]
STATUSES: tuple[Status, ...] = get_args(Status)
REASONS: tuple[Reason, ...] = get_args(Reason)
CALM: frozenset[Status] = frozenset({"verified", "already", "skipped"})

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Outcome:
    """What happened to one field. `row` counts from 0 within a row table, None outside one; `how` is None where the tool
    wrote nothing."""

    field: str
    label: str
    status: Status
    reason: Reason | None = None
    control: str | None = None
    row: int | None = None
    how: How | None = None

    @property
    def calm(self) -> bool:
        return self.status in CALM


@dataclass(frozen=True)
class Finding:
    """Something wrong, doubtful or worth knowing before any browser is opened.

    `code` is documented in docs/findings.md; `where` is a profile path or a file's name within the applicant's folder;
    `source` is where the rule stands (a URL, a standard), with its date where it has one.
    """

    code: str
    severity: Severity
    where: str
    message: Text
    source: str = ""
    slot: str | None = None


@dataclass(frozen=True)
class FindingDoc:
    """The documentation of one finding code: what docs/findings.md says about it, in both languages."""

    code: str
    meaning: Text
    why: Text
    remedy: Text
    source: str
