"""Judges one run by the server's truth: what it holds now, what it held before, and what the profile leaves on the unchanged
portal.

A place (an answer, a cell of a row, a slot's files) is right when it holds what the fault-free run left under that label.
A place that is not, or that changed where nothing was asked, is *unreported* unless an outcome of that very field and row
leaves it to the person: `mismatched` and `failed` say that it may hold anything; whatever else is not calm says that it was
left alone, and excuses only what is as it was. Of a section that the report names as not read once more, everything is left
to the person to compare. One thing more is the page's own doing: an answer that it holds back (Mix.holds_back) is shown as
none and saved as none by whoever saves the section; `not-found` and `no-such-option` name that question. What was planned and
has no outcome at all is *unnamed*, right or not, however the run ended. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.normalize import same_label
from assistant.outcome import Outcome
from assistant.run.plan import Plan, RowPlan, SectionPlan, TablePlan
from assistant.run.report import Report, SectionReport
from fixtures.held import Held, Row

Place = tuple[str, str]


@dataclass
class Judged:
    """What came of one run. Everything but the counts is by label; `planned` counts what was not right before the run,
    `right` what of it is right now."""

    unreported: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    truncated: list[str] = field(default_factory=list)
    planned: int = 0
    right: int = 0


class Judge:
    """One run's case. `report` is None where the run ended without one; `truncating` are the slots that a fault makes
    store half of a file; `holds_back` says whether the page may show a stored answer as none."""

    def __init__(
        self,
        plan: Plan,
        report: Report | None,
        before: Held,
        after: Held,
        reference: Held,
        truncating: Collection[str] = (),
        *,
        holds_back: bool = False,
    ) -> None:
        self.before, self.after, self.reference, self.truncating = before, after, reference, truncating
        self._holds_back = holds_back
        self.opening = plan.opening
        self.plans = {one.section.key: one for one in plan.sections}
        self.outcomes = {one.key: _as_told(one, report) for one in report.sections} if report else {}
        self.verdict = Judged()

    def judge(self, sections: Sequence[str]) -> Judged:
        """`sections` are the ones that the run was asked for; all others must be as they were."""
        for key in sections:
            self._steps(self.plans[key])
        self._other_answers(sections)
        self._rows({key: self.plans[key] for key in sections})
        self._files([self.plans[key] for key in sections])
        return self.verdict

    def _told(self, section: str, field: str, row: int | None = None) -> list[Outcome]:
        return [one for one in self.outcomes.get(section, ()) if one.field == field and one.row == row]

    def _planned(self, label: str, told: Sequence[Outcome], *, was_right: bool, right: bool, changed: bool) -> None:
        """One planned place: counts it, and asks who names it."""
        self.verdict.planned += not was_right
        self.verdict.right += right and not was_right
        if right:
            if not told:
                self.verdict.unnamed.append(label)
        elif not _excused(told, changed=changed):
            (self.verdict.unreported if told or changed else self.verdict.unnamed).append(label)

    # -- single questions ----------------------------------------------------------------------------------------------

    def _steps(self, plan: SectionPlan) -> None:
        section = plan.section.key
        for step in plan.steps:
            wanted, now, old = (
                _texts(held, section, step.field.labels) for held in (self.reference, self.after, self.before)
            )
            told = self._told(section, step.field.key)
            emptied = self._holds_back and not any(now) and any(_is_not_shown(one) for one in told)
            self._planned(
                f"{section}.{step.field.label}",
                told,
                was_right=len(wanted) == 1 and old == wanted,
                right=len(wanted) == 1 and now == wanted,
                changed=now != old and not emptied,
            )

    def _other_answers(self, sections: Sequence[str]) -> None:
        """What nobody planned: answers of other sections, and of questions without a value in the profile."""
        old, now, wanted = (_by_key(held) for held in (self.before, self.after, self.reference))
        labels = {(one.section, one.key): one.label for held in (self.before, self.after) for one in held.answers}
        for place, label in labels.items():
            if old.get(place) == now.get(place):
                continue
            section = place[0]
            if section not in sections:
                # The step before the form asks who it is about, and may store that in a section of its own.
                if now.get(place, "") == wanted.get(place) == self.opening:
                    continue
                self.verdict.unreported.append(f"{section}.{label} (not asked for)")
                continue
            plan = self.plans[section]
            if any(_named(label, step.field.labels) for step in plan.steps) or now.get(place, "") == wanted.get(place):
                continue
            keys = {one.key for one in plan.section.fields if _named(label, one.labels)}
            told = [
                one
                for one in self.outcomes.get(section, ())
                if one.row is None and (one.field in keys or _named(label, (one.label,)))
            ]
            if not _excused(told, changed=True):
                self.verdict.unreported.append(f"{section}.{label} (changed)")

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _rows(self, plans: Mapping[str, SectionPlan]) -> None:
        planned: dict[Place, TablePlan] = {
            place: table
            for place, label in self.reference.tables.items()
            if place[0] in plans
            for table in plans[place[0]].tables
            if _named(label, table.table.labels)
        }
        for place in self.before.rows.keys() | self.after.rows.keys() | planned.keys():
            old, now = self.before.rows.get(place, ()), self.after.rows.get(place, ())
            if place in planned:
                self._table(place, planned[place], old, now)
            elif _counted(old) != _counted(now):
                self.verdict.unreported.append(f"{'.'.join(place)} (rows not asked for)")

    def _table(self, place: Place, table: TablePlan, old: Sequence[Row], now: Sequence[Row]) -> None:
        """A row is planned, was there before, or is one too many; none that was there may be gone."""
        wanted = self.reference.rows.get(place, ())
        have, had = _paired(wanted, now), _paired(wanted, old)
        for row in table.rows:
            self._row(place, row, wanted[row.index], had.get(row.index, {}), have.get(row.index, {}))
        # A planned row that was there already is one row, not two.
        others = _counted(old) - _counted(row for index, row in have.items() if had.get(index) == row)
        more = _counted(now) - _counted(have.values()) - others
        gone = _counted(old) - _counted(now)
        for name, rows in (("row more", more), ("row gone", gone)):
            for frozen in rows.elements():
                if not self._row_in_doubt(place, table, wanted, dict(frozen)):
                    self.verdict.unreported.append(f"{'.'.join(place)}: a {name}")

    def _row(self, place: Place, row: RowPlan, want: Row, had: Row, have: Row) -> None:
        section = place[0]
        for step in row.steps:
            wanted, now, old = (_cell(one, step.field.labels) for one in (want, have, had))
            self._planned(
                f"{'.'.join(place)}[{row.index}].{step.field.label}",
                self._told(section, step.field.key, row.index),
                was_right=old == wanted != "",
                right=now == wanted != "",
                changed=now != old,
            )
        for label, text in have.items():
            planned = any(_named(label, step.field.labels) for step in row.steps)
            if not planned and text not in (had.get(label), want.get(label)):
                self.verdict.unreported.append(f"{'.'.join(place)}[{row.index}].{label} (changed)")

    def _row_in_doubt(self, place: Place, table: TablePlan, wanted: Sequence[Row], row: Row) -> bool:
        """Whether the report says of every field of the planned row that this one is most like that it may hold anything."""
        for index in _paired(wanted, [row]):
            told = [self._told(place[0], step.field.key, index) for step in table.rows[index].steps]
            return all(_excused(one, changed=True) for one in told)
        return False

    # -- files ---------------------------------------------------------------------------------------------------------

    def _files(self, plans: Sequence[SectionPlan]) -> None:
        planned: list[str] = []
        for plan in plans:
            section = plan.section.key
            for one in plan.uploads:
                labels = one.upload.labels
                planned += labels
                wanted, now, old = (_kept(held, labels) for held in (self.reference, self.after, self.before))
                told = self._told(section, f"documents.{one.upload.slot}")
                halved = any(_named(label, labels) for label in self.truncating) and _names(wanted) == _names(now)
                if halved and wanted != now and told and all(outcome.calm for outcome in told):
                    self.verdict.planned += 1
                    self.verdict.truncated.append(f"{section}.{labels[0]}")
                    continue
                self._planned(
                    f"{section}.{labels[0]}", told, was_right=old == wanted, right=now == wanted, changed=now != old
                )
        for label in self.before.files.keys() | self.after.files.keys():
            if self.before.files.get(label, ()) != self.after.files.get(label, ()) and not _named(label, planned):
                self.verdict.unreported.append(f"{label} (file not asked for)")


def strangers_touched(before: Mapping[str, Held], after: Mapping[str, Held], *, there: Collection[str], me: str) -> int:
    """How many other applicants' drafts were changed, made or lost. `before` may hold the drafts that applicants would have
    if they were opened; `there` says whose were."""
    gone = sum(one not in after for one in there if one != me)
    return gone + sum(one not in before or _differ(before[one], after[one]) for one in after if one != me)


def _differ(before: Held, after: Held) -> bool:
    return (_by_key(before), before.rows, before.files) != (_by_key(after), after.rows, after.files)


def _as_told(section: SectionReport, report: Report) -> Sequence[Outcome]:
    """Of a section that the report names as not read once more, all is left to the person to compare: the server may show
    anything of it by now, also what was there before and what nobody wrote."""
    if section.title not in report.unread_sections:
        return section.outcomes
    return [replace(one, status="mismatched") for one in section.outcomes]


def _excused(told: Sequence[Outcome], *, changed: bool) -> bool:
    """Whether one of these outcomes leaves a place to the person as it is now."""
    return any(_may_be_anything(one) or (not one.calm and not changed) for one in told)


def _may_be_anything(one: Outcome) -> bool:
    return one.status in ("mismatched", "failed") and one.reason != "not-reached"


def _is_not_shown(one: Outcome) -> bool:
    return one.status == "refused" and one.reason in ("not-found", "no-such-option")


def _named(label: str, labels: Sequence[str]) -> bool:
    return any(same_label(label, one) for one in labels)


def _by_key(held: Held) -> dict[Place, str]:
    return {(one.section, one.key): one.text for one in held.answers}


def _texts(held: Held, section: str, labels: Sequence[str]) -> list[str]:
    return [one.text for one in held.answers if one.section == section and _named(one.label, labels)]


def _kept(held: Held, labels: Sequence[str]) -> list[tuple[str, str]]:
    return sorted(one for label, files in held.files.items() if _named(label, labels) for one in files)


def _names(files: Sequence[tuple[str, str]]) -> list[str]:
    return [name for name, _ in files]


def _cell(row: Row, labels: Sequence[str]) -> str:
    return next((text for label, text in row.items() if _named(label, labels)), "")


def _counted(rows: Iterable[Row]) -> "Counter[tuple[tuple[str, str], ...]]":
    return Counter(tuple(sorted(row.items())) for row in rows)


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
