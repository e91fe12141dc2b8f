"""What a run did, without a single value: for the terminal, as JSON (contract, schema 1), and for the exit status."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.errors import AssistantError
from assistant.messages import Text
from assistant.outcome import Outcome

SCHEMA = 1


@dataclass(frozen=True)
class SectionReport:
    """One section: its outcomes, the time it took and the calls to the browser it cost (what the
    guard answers beside them is in its receipt, `judged`). `picture` is a PNG, blurred."""

    key: str
    title: str
    seconds: float
    round_trips: int
    outcomes: tuple[Outcome, ...]
    picture: bytes | None = field(default=None, repr=False)
    changes: tuple[Text, ...] = ()
    """How the page differs from its pack, said before the first write; what each meant for a field is in its outcome."""

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "title": self.title,
            "seconds": round(self.seconds, 3),
            "round_trips": self.round_trips,
            "outcomes": [
                {
                    "field": one.field,
                    "label": one.label,
                    "row": one.row,
                    "control": one.control,
                    "status": one.status,
                    "reason": one.reason,
                    "how": one.how,
                    "match": one.match,
                }
                for one in self.outcomes
            ],
        }


@dataclass(frozen=True)
class Report:
    """One run over one applicant. `missing_slots` are required upload slots that the page shows as empty, `unseen_slots`
    those whose section this run did not look at; `unread_sections` were saved but, the run being stopped, not read once more
    from what the server kept; `stopped` is what ended the run early, if anything did."""

    command: str
    city: str
    portal: str
    applicant: str
    seconds: float
    sections: tuple[SectionReport, ...]
    guard: Mapping[str, object]
    handed_over: bool
    missing_slots: tuple[str, ...] = ()
    unseen_slots: tuple[str, ...] = ()
    unread_sections: tuple[str, ...] = ()
    stopped: AssistantError | None = None
    asked: int = 0
    """How often the person pressed something on the panel."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        return [one for section in self.sections for one in section.outcomes]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(one.status for one in self.outcomes))

    @property
    def for_the_person(self) -> list[tuple[SectionReport, Outcome]]:
        """Everything that is not calm, in the order of the form."""
        return [(section, one) for section in self.sections for one in section.outcomes if not one.calm]

    @property
    def exit_code(self) -> int:
        if self.stopped is not None:
            return self.stopped.exit_code
        return 1 if self.for_the_person or self.missing_slots else 0

    def as_json(self) -> dict[str, object]:
        stopped = self.stopped
        return {
            "schema": SCHEMA,
            "command": self.command,
            "city": self.city,
            "portal": self.portal,
            "applicant": self.applicant,
            "seconds": round(self.seconds, 3),
            "sections": [section.as_json() for section in self.sections],
            "counts": self.counts,
            "asked": self.asked,
            "guard": dict(self.guard),
            "missing_slots": list(self.missing_slots),
            "unseen_slots": list(self.unseen_slots),
            "unread_sections": list(self.unread_sections),
            "stopped": None if stopped is None else {"zh": stopped.what.zh, "en": stopped.what.en},
            "handed_over": self.handed_over,
        }
