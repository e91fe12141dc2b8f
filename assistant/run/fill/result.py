"""What became of one field or upload slot, from the plan to the review, and the one table of how that changes.

A result has the value planned and the value shown in it, so it goes no further than what the person looks at; its `outcome`
is the view without any value that reports, JSON and exit codes are made of.

Promises: an outcome only changes by an event of the table below, and by one that applies to what it was before.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from assistant.outcome import How, Outcome, Reason, Status
from assistant.page.kinds import Shown, empty
from assistant.page.snapshot import Control
from assistant.portal.section import Field, Upload
from assistant.run.plan import Step, UploadPlan

Event = Literal[
    # before anything is written
    "planned",
    "not-reached",
    "refused",
    "found-right",
    "kept",
    "no-column",
    # while it is written
    "ordered",
    "interrupted",
    "broken",
    "proved",
    "not-taken",
    "not-added",
    "row-cancelled",
    # what a later look shows
    "changed",
    "recognised",
    "unsaved",
    # while the person works
    "put-right",
    "put-wrong",
]


@dataclass(frozen=True)
class Transition:
    """What an event makes of an outcome. `reason` is what it means unless the event says why itself; `of` are the statuses
    that it changes, None for any; `unwritten` tells that nothing was written, by whatever way."""

    status: Status
    reason: Reason | None = None
    of: frozenset[Status] | None = None
    unwritten: bool = False


_RIGHT: frozenset[Status] = frozenset({"verified", "already"})

TRANSITIONS: Mapping[Event, Transition] = {
    # The run came to its section, but not yet to it.
    "planned": Transition("failed", "not-saved"),
    "not-reached": Transition("failed", "not-reached"),
    "refused": Transition("refused", "not-found", unwritten=True),
    "found-right": Transition("already"),
    "kept": Transition("kept", "different-value"),
    # A row that is there already, in a table without a column for it.
    "no-column": Transition("by-hand", "not-shown"),
    # Given to the page: a run that is stopped before it looks again says so.
    "ordered": Transition("failed", "not-taken"),
    # The person acted before the tool came to it.
    "interrupted": Transition("failed", "not-saved", unwritten=True),
    "broken": Transition("failed", "page-error"),
    "proved": Transition("verified"),
    "not-taken": Transition("mismatched", "not-taken"),
    "not-added": Transition("failed", "row-not-added"),
    "row-cancelled": Transition("failed", "row-not-added", of=_RIGHT),
    "changed": Transition("mismatched", "changed-after-save", of=_RIGHT),
    # Found there by a second pass over the section: the first one wrote it.
    "recognised": Transition("verified", of=frozenset({"already", "by-hand"})),
    # It stands on the page, but the portal does not keep it.
    "unsaved": Transition("failed", "not-saved", of=frozenset({"verified"})),
    "put-right": Transition("already"),
    "put-wrong": Transition("mismatched", "different-value"),
}


def settle(outcome: Outcome, event: Event, why: Reason | None = None, *, how: How | None = None) -> Outcome:
    """The outcome after an event; `why` where the event has a reason of its own, `how` where it says what wrote."""
    then = TRANSITIONS[event]
    if then.of is not None and outcome.status not in then.of:
        return outcome
    written = None if then.unwritten else how or outcome.how
    return dataclasses.replace(outcome, status=then.status, reason=why or then.reason, how=written)


@dataclass(kw_only=True)
class Result:
    """What fields and slots have in common. `outcome` is None only where nothing was planned and nothing is left to say;
    `control` is where the last look showed it."""

    outcome: Outcome | None = None
    control: Control | None = field(default=None, repr=False)

    @property
    def status(self) -> Status | None:
        return self.outcome.status if self.outcome else None

    @property
    def reason(self) -> Reason | None:
        return self.outcome.reason if self.outcome else None

    @property
    def how(self) -> How | None:
        return self.outcome.how if self.outcome else None

    @property
    def place(self) -> tuple[int, int] | None:
        """Where the last look showed its control: frame and id."""
        return self.control.place if self.control else None

    @property
    def right(self) -> bool:
        """Whether the page holds what was planned, as far as is known."""
        return self.status in _RIGHT

    def settle(self, event: Event, why: Reason | None = None, *, how: How | None = None) -> None:
        assert self.outcome is not None
        self.outcome = settle(self.outcome, event, why, how=how)

    def written_by(self, how: How) -> None:
        """Something was written, and nothing is known yet of what came of it."""
        assert self.outcome is not None
        self.outcome = dataclasses.replace(self.outcome, how=how)

    def after(self, event: Event, why: Reason | None = None) -> Self:
        """The same result once the event has come; this one stays as it is."""
        assert self.outcome is not None
        return dataclasses.replace(self, outcome=settle(self.outcome, event, why))


@dataclass(kw_only=True)
class FieldResult(Result):
    """One field, or one field of one row. `before` is what its control held when the tool came to it, `shown` what the last
    look showed of it: None where there was no such control, or no such column."""

    field: Field
    step: Step | None = dataclasses.field(default=None, repr=False)
    before: Shown = dataclasses.field(default=None, repr=False)
    shown: Shown = dataclasses.field(default=None, repr=False)

    @classmethod
    def of(cls, step: Step, event: Event, why: Reason | None = None) -> "FieldResult":
        return cls(field=step.field, step=step, outcome=settle(step.not_reached, event, why))

    @property
    def planned(self) -> Step:
        """The step of a field that has one."""
        assert self.step is not None
        return self.step

    @property
    def key(self) -> tuple[str, int | None]:
        """What tells a planned field from all others of its section."""
        return self.field.key, self.planned.row

    @property
    def holds_something(self) -> bool:
        text = self.shown.strip() if isinstance(self.shown, str) else self.shown
        return not empty(self.shown) and text not in BLANK_CELLS

    def found_at(self, control: Control | None) -> None:
        """Where a look shows it; the outcome names the kind of control that is really there."""
        self.control, self.shown = control, control.value if control else None
        if self.outcome is not None:
            kind = control.kind if control else self.field.control
            self.outcome = dataclasses.replace(self.outcome, control=kind)


@dataclass(kw_only=True)
class Stray(Result):
    """What belongs to no field of the pack: a question that only the page knows, a row nobody planned, a save that failed.
    `shown` is what the page holds there."""

    label: str
    key: str = ""
    shown: str = dataclasses.field(default="", repr=False)


# What a table's cell says when it says nothing.
BLANK_CELLS = frozenset({"", "-", "—", "--", "/", "至今"})


@dataclass(kw_only=True)
class UploadResult(Result):
    """One upload slot."""

    upload: Upload
    plan: UploadPlan | None = dataclasses.field(default=None, repr=False)

    @classmethod
    def of(cls, plan: UploadPlan, event: Event, why: Reason | None = None) -> "UploadResult":
        return cls(upload=plan.upload, plan=plan, outcome=settle(plan.not_reached, event, why))

    @property
    def planned(self) -> UploadPlan:
        """The files of a slot that gets some."""
        assert self.plan is not None
        return self.plan

    @property
    def key(self) -> tuple[str, int | None]:
        return f"documents.{self.upload.slot}", None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the page's own list names."""
        value = self.control.value if self.control else None
        return tuple(value) if isinstance(value, list | tuple) else ()
