"""What the run knows of one section while it is filled: results so far, and which values are the person's by now.

Promises: what was written counts as written in the report, also when the section had to be gone over again; a value that
the person put into a field meanwhile is never written over.
"""

from dataclasses import dataclass, field

from assistant.messages import Text
from assistant.outcome import Outcome, Reason
from assistant.run.fill import rows, section_filler, uploads
from assistant.run.fill.read_back import ShownSection
from assistant.run.fill.result import Event, FieldResult, UploadResult
from assistant.run.plan import SectionPlan, TablePlan
from assistant.run.report import SectionReport

_Key = tuple[str, int | None]


@dataclass
class SectionWork:
    """What a section came to so far; kept until the final reading has judged it."""

    plan: SectionPlan
    fields: list[FieldResult] = field(default_factory=list)
    tables: list[tuple[TablePlan, list[FieldResult]]] = field(default_factory=list)
    uploads: list[UploadResult] = field(default_factory=list)
    others: list[Outcome] = field(default_factory=list)
    missing_slots: tuple[str, ...] | None = None
    """Required documents that the page's lists lack; None until the section was looked at."""
    seconds: float = 0.0
    round_trips: int = 0
    picture: bytes | None = None
    changes: tuple[Text, ...] = ()
    saved: bool = False
    """Whether the section was brought to its end: filled, saved and looked at again."""
    read_again: bool = False
    """Whether the last reading, from what the server kept, came to it."""
    _written: dict[_Key, FieldResult | UploadResult] = field(default_factory=dict)
    _earlier: dict[_Key, FieldResult] = field(default_factory=dict)
    _theirs: set[_Key] = field(default_factory=set)

    @property
    def results(self) -> list[FieldResult | UploadResult]:
        """Fields, rows and uploads alike."""
        rows_filled = [one for _, filled in self.tables for one in filled]
        return [*self.fields, *rows_filled, *self.uploads]

    @property
    def planned_labels(self) -> list[str]:
        """Every name under which something was planned, or said to be left to the person already."""
        fields = [label for one in self.fields for label in one.field.labels]
        slots = [label for one in self.uploads for label in one.upload.labels]
        return fields + slots + [one.label for one in self.plan.skipped if not one.calm]

    @property
    def wrote(self) -> bool:
        """Whether anything on the page was changed; an untouched section is not saved again."""
        return any(one.status in ("verified", "mismatched", "failed") for one in self.results)

    @property
    def troubled(self) -> bool:
        """Whether something could not be done that a lost page would explain."""
        return any(one.status in ("mismatched", "failed", "refused") for one in self.results)

    def begin_again(self, *, person: bool) -> None:
        """The section is gone over once more from a new look. `person`: the page was in the person's hands, and what
        changed on it is theirs; otherwise it was opened anew, as the server keeps it."""
        self._written |= {one.key: one for one in self.results if one.status == "verified"}
        self._earlier = {one.key: one for one in self.fields} if person else {}
        self.fields, self.tables, self.uploads, self.others = [], [], [], []

    def is_theirs(self, one: FieldResult) -> bool:
        """Whether what this field's control holds, in place of the planned value, was put there by the person meanwhile."""
        key, earlier = one.key, self._earlier.get(one.key)
        if earlier is not None and earlier.control is not None and one.control is not None:
            wrote = earlier.right
            if wrote or one.control.value != earlier.before:
                self._theirs.add(key)
        return key in self._theirs

    def recall(self) -> None:
        """What an earlier pass wrote and this one found there is the tool's own work."""
        for one in self.results:
            written = self._written.get(one.key)
            if written is not None:
                one.settle("recognised", how=written.how)

    @classmethod
    def not_reached(cls, plan: SectionPlan) -> "SectionWork":
        """A section that the run did not come to: everything planned there is still to be done."""
        work = cls(plan)
        work.break_off("not-reached")
        return work

    def break_off(self, why: Event = "planned") -> None:
        """The run ended inside this section: what was written is on the page at best, and counts as not saved; `why`
        stands at what was not come to."""
        self.fields = self.fields or [FieldResult.of(step, why) for step in self.plan.steps]
        reached = {one.key for _, filled in self.tables for one in filled}
        for table in self.plan.tables:
            steps = [step for row in table.rows for step in row.steps]
            left = [FieldResult.of(step, why) for step in steps if (step.field.key, step.row) not in reached]
            self.tables.append((table, left))
        self.uploads = self.uploads or [UploadResult.of(one, why) for one in self.plan.uploads]
        self.not_saved()
        for one in self.fields:
            # Not come to yet: nothing was tried, so nothing was refused by the page.
            if one.reason == "not-taken" and one.how is None:
                one.settle("planned")
        for file in self.uploads:
            file.settle("unsaved")

    def not_saved(self) -> None:
        """What was written stands on the page only. Files are sent at once, whatever becomes of the save."""
        for one in (*self.fields, *(one for _, filled in self.tables for one in filled)):
            one.settle("unsaved")

    def unsettled(self, look: ShownSection) -> list[tuple[FieldResult | UploadResult, Reason]]:
        """What was right and no longer is by this later look, each with the reason."""
        changed: list[tuple[FieldResult | UploadResult, Reason]] = [*section_filler.unsettled(self.fields, look.fields)]
        for table, filled in self.tables:
            changed += rows.unsettled(filled, look.tables[table.table.key])
        return [*changed, *uploads.unsettled(self.uploads, look.uploads)]

    def report(self) -> SectionReport:
        outcomes = [one.outcome for one in self.results if one.outcome]
        outcomes += [*self.plan.skipped, *self.others]
        section = self.plan.section
        spent = (self.seconds, self.round_trips)
        return SectionReport(section.key, section.title, *spent, tuple(outcomes), self.picture, self.changes)
