"""Judges one run by the server's truth: what it holds now, against what the same profile left on the unchanged portal.

A value is wrong when the server holds something else than the fault-free run left under that label, in a question that
the run changed or claims to be right. It is *unreported* when no outcome of the report leaves that question to the
person. Pure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.labels import same_label
from assistant.outcome import Outcome
from assistant.plan import Plan, SectionPlan
from assistant.report import Report
from fixtures.held import Held, Row

CLAIMED = ("verified", "already")


@dataclass
class Judged:
    """What came of one run. Everything but the counts is by label."""

    unreported: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    truncated: list[str] = field(default_factory=list)
    planned: int = 0
    right: int = 0


class Judge:
    """One run's case."""

    def __init__(self, plan: Plan, report: Report, before: Held, after: Held, reference: Held) -> None:
        self.before, self.after, self.reference = before, after, reference
        self.plans = {one.section.key: one for one in plan.sections}
        self.outcomes = {one.key: one.outcomes for one in report.sections}
        self.verdict = Judged()

    def judge(self, sections: Sequence[str]) -> Judged:
        for key in sections:
            self._answers(self.plans[key])
            self._rows(self.plans[key])
            self._files(self.plans[key])
        self._elsewhere(sections)
        return self.verdict

    # -- single questions ----------------------------------------------------------------------------------------------

    def _answers(self, plan: SectionPlan) -> None:
        section = plan.section.key
        told = [one for one in self.outcomes.get(section, ()) if one.row is None]
        before = {(one.section, one.key): one.text for one in self.before.answers}
        for step in plan.steps:
            labels = step.field.labels
            wanted = _texts(self.reference, section, labels)
            now = _texts(self.after, section, labels)
            right = len(wanted) == 1 and now == wanted
            self.verdict.planned += 1
            self.verdict.right += right
            mine = [one for one in told if one.field == step.field.key]
            if not right and section in self.outcomes:
                self._note(f"{section}.{step.field.label}", mine)
        for answer in self.after.answers:
            if answer.section != section or before.get((section, answer.key)) == answer.text:
                continue
            fields = [one for one in plan.section.fields if _named(answer.label, one.labels)]
            wanted = [text for one in fields for text in _texts(self.reference, section, one.labels)]
            reported = any(
                not one.calm and (_named(answer.label, (one.label,)) or one.field in {f.key for f in fields})
                for one in told
            )
            if answer.text not in wanted and not reported:
                self.verdict.unreported.append(f"{section}.{answer.label} (changed)")

    def _note(self, label: str, outcomes: Sequence[Outcome]) -> None:
        """Something planned is not right on the server: who says so?"""
        if any(not one.calm for one in outcomes):
            return
        (self.verdict.unreported if any(one.status in CLAIMED for one in outcomes) else self.verdict.unnamed).append(
            label
        )

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _rows(self, plan: SectionPlan) -> None:
        section = plan.section.key
        told = [one for one in self.outcomes.get(section, ()) if one.row is not None]
        for table in plan.tables:
            place = next(
                key
                for key, label in self.reference.tables.items()
                if key[0] == section and _named(label, table.table.labels)
            )
            wanted, now = self.reference.rows.get(place, ()), list(self.after.rows.get(place, ()))
            pairs = _paired(wanted, now)
            for row in table.rows:
                want, have = wanted[row.index], pairs.get(row.index, {})
                for step in row.steps:
                    self.verdict.planned += 1
                    right = _cell(want, step.field.labels) == _cell(have, step.field.labels) != ""
                    self.verdict.right += right
                    mine = [one for one in told if one.field == step.field.key and one.row == row.index]
                    if not right and section in self.outcomes:
                        self._note(f"{place[1]}[{row.index}].{step.field.label}", mine)
            more = Counter(map(_frozen, now)) - Counter(map(_frozen, pairs.values()))
            more -= Counter(map(_frozen, self.before.rows.get(place, ())))
            troubled = any(not one.calm for one in told)
            if more and not troubled:
                self.verdict.unreported.append(f"{place[1]}: {sum(more.values())} rows more")

    # -- files ---------------------------------------------------------------------------------------------------------

    def _files(self, plan: SectionPlan) -> None:
        section = plan.section.key
        told = self.outcomes.get(section, ())
        for upload in plan.uploads:
            labels = upload.upload.labels
            wanted, now = _kept(self.reference, labels), _kept(self.after, labels)
            self.verdict.planned += 1
            self.verdict.right += wanted == now
            if wanted == now or section not in self.outcomes:
                continue
            mine = [one for one in told if one.field == f"documents.{upload.upload.slot}"]
            claimed = any(one.status in CLAIMED for one in mine) and all(one.calm for one in mine)
            if claimed and [name for name, _ in wanted] == [name for name, _ in now]:
                self.verdict.truncated.append(f"{section}.{labels[0]}")
            else:
                self._note(f"{section}.{labels[0]}", mine)

    def _elsewhere(self, sections: Sequence[str]) -> None:
        """What changed where nothing was asked for: other sections, and slots without a plan."""
        before = {(one.section, one.key): one.text for one in self.before.answers}
        for answer in self.after.answers:
            if answer.section not in sections and before.get((answer.section, answer.key)) != answer.text:
                self.verdict.unreported.append(f"{answer.section}.{answer.label} (not asked for)")
        planned = [label for key in sections for one in self.plans[key].uploads for label in one.upload.labels]
        for label, files in self.after.files.items():
            if files != self.before.files.get(label, ()) and not _named(label, planned):
                self.verdict.unreported.append(f"{label} (file not asked for)")


def _named(label: str, labels: Sequence[str]) -> bool:
    return any(same_label(label, one) for one in labels)


def _texts(held: Held, section: str, labels: Sequence[str]) -> list[str]:
    return [one.text for one in held.answers if one.section == section and _named(one.label, labels)]


def _kept(held: Held, labels: Sequence[str]) -> list[tuple[str, str]]:
    return sorted(one for label, files in held.files.items() if _named(label, labels) for one in files)


def _cell(row: Row, labels: Sequence[str]) -> str:
    return next((text for label, text in row.items() if _named(label, labels)), "")


def _frozen(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.items()))


def _paired(wanted: Sequence[Row], now: Sequence[Row]) -> Mapping[int, Row]:
    """Which row on the server is which planned one: the most alike first, none twice."""
    scores = sorted(_scores(wanted, now), reverse=True)
    pairs: dict[int, Row] = {}
    used: set[int] = set()
    for score, one, other in scores:
        if score and -one not in pairs and -other not in used:
            pairs[-one] = now[-other]
            used.add(-other)
    return pairs


def _scores(wanted: Sequence[Row], now: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    for one, want in enumerate(wanted):
        for other, have in enumerate(now):
            yield sum(have.get(label) == text for label, text in want.items()), -one, -other
