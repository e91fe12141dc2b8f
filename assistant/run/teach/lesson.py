"""The handler mends a mapping by pointing: one unmatched field after the other, tested, then kept as an overlay.

Promises: nothing is kept that the page contradicts (not exactly one control, the wrong kind, a button) or that the pack's
own linter refuses; nothing is kept without the person's yes to the whole diff; whatever is tried on the page is taken away
again, and the draft is not saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.drift.baseline import block_of
from assistant.drift.expected import Asked, asked_by
from assistant.drift.kinds import Candidate, Drift
from assistant.errors import PackError
from assistant.messages import Text
from assistant.normalize import plain, same_label
from assistant.page.form_page import FormPage
from assistant.page.matching import drives
from assistant.page.snapshot import Snapshot
from assistant.portal.loading import Portal
from assistant.portal.overlay import FieldPatch, Laid, Overlay, SectionPatch, TablePatch
from assistant.portal.section import Section
from assistant.run.handover import answered
from assistant.run.probe import Probed, Prober, SectionLook
from assistant.run.teach.dialogue import Dialogue, EntryState, LessonAnswer, LessonEntry, Offer
from assistant.run.teach.overlay_merge import Lesson, joined
from assistant.run.teach.picker import Picked, pick
from assistant.run.teach.trial import refusal_of, try_out, wording_of

MENDABLE = frozenset({"missing", "renamed", "moved", "ambiguous", "kind-changed"})
Load = Callable[[Sequence[Laid]], Portal]


class Teacher:
    """One lesson on one portal, the form being open."""

    def __init__(
        self, prober: Prober, page: FormPage, dialogue: Dialogue, load: Load, before: Overlay | None, by: str, on: date
    ) -> None:
        self._prober, self._page, self._dialogue, self._load = prober, page, dialogue, load
        self._before, self._on = before, on
        self.portal = load(_laid(before))
        self.lesson = Lesson(self.portal.name, by, {})

    def teach(self) -> Overlay | None:
        """Goes through what does not match; the new overlay, or None when nothing was learned."""
        # A lesson is held together: what the person presses on the page stops nothing.
        self._page.leave_person()
        result = self._sections_first()
        if result is None:
            return self._learned()
        todo = [one for section in result.sections for one in section.drifts if _mendable(one)]
        if not todo and not self.lesson.sections:
            self._dialogue.say(
                Text("页面与资料包一致，没有需要对应的栏目。", "The page matches its pack: nothing to mend."), "good"
            )
            return None
        self._list(todo)
        states: list[EntryState] = ["open"] * len(todo)
        at: int | None = 0 if todo else None
        while at is not None:
            became = self._mend(todo, states, at, result)
            if became is None:
                break
            if isinstance(became, int):
                at = became
                continue
            states[at] = became
            following = (*range(at + 1, len(todo)), *range(at))
            at = next((number for number in following if states[number] == "open"), None)
        return self._learned()

    def _learned(self) -> Overlay | None:
        return self.lesson.overlay(self._on, self._before) if self.lesson.sections else None

    # -- sections ------------------------------------------------------------------------------------------------

    def _sections_first(self) -> Probed | None:
        """Until every section is found under some name, or the person leaves one out; None when they end."""
        left_out: set[str] = set()
        while True:
            result = self._prober.compare()
            lost = [
                one
                for section in result.sections
                for one in section.drifts
                if one.kind == "section-missing" and one.section not in left_out
            ]
            if not lost:
                return result
            for drift in lost:
                renamed = self._rename_section(drift)
                if renamed is None:
                    return None
                if not renamed:
                    left_out.add(drift.section)

    def _rename_section(self, drift: Drift) -> bool | None:
        """Whether a section was found under another name; None when the person wants no more."""
        pointing = Text("在页面上点它的标签", "click its tab on the page")
        while True:
            answer = self._ask([LessonEntry(drift.label, drift.what)], 0, Offer(drift.candidates, pointing=pointing))
            if answer is None or answer.kind == "end":
                return None
            if answer.kind == "skip":
                return False
            title = drift.candidates[answer.number].label if answer.kind == "take" else self._tab()
            told = Text(f"「{title}」", f"“{title}”")
            if title and self._learn(drift.section, SectionPatch(title=title), told):
                return True

    def _tab(self) -> str:
        """The words of the tab the person points at."""
        asked = Text(
            "请在页面上点一下这一段的标签（只点一下，不会打开）", "Click this section's tab on the page (nothing opens)"
        )
        picked = self._point(Snapshot(), asked)
        return (picked.text or picked.button) if picked else ""

    # -- fields ---------------------------------------------------------------------------------------------------

    def _mend(
        self, todo: Sequence[Drift], states: Sequence[EntryState], at: int, result: Probed
    ) -> EntryState | int | None:
        """What became of one field, the number of another one the person turns to instead, or None for no more."""
        drift = todo[at]
        section = self.portal.section(drift.section)
        asked = next((one for one in asked_by(section, self.portal.tables) if one.key == drift.field), None)
        column = bool(drift.candidates) and drift.candidates[0].kind == "column"
        if asked is None and not column:
            return "skipped"
        entries = [
            LessonEntry(self.portal.section(one.section).title, one.what, state)
            for one, state in zip(todo, states, strict=True)
        ]
        while True:
            offer = Offer(drift.candidates) if column or asked is None else self._offer(section, asked, drift, result)
            answer = self._ask(entries, at, offer)
            if answer is None or answer.kind == "end":
                return None
            if answer.kind == "skip":
                return "skipped"
            if answer.kind == "turn-to":
                return answer.number
            if column or asked is None:
                mended = self._take_column(drift, drift.candidates[answer.number])
            elif answer.kind == "point":
                mended = self._by_pointing(section, asked, answer.section or _home(drift, section))
            else:
                mended = self._by_candidate(section, asked, offer.all[answer.number])
            if mended:
                return "mended"

    def _offer(self, section: Section, asked: Asked, drift: Drift, result: Probed) -> Offer:
        """What there is to choose from, with the section open on the page."""
        seen = self._prober.go_to(section).snapshot if self._findable(section, result) else Snapshot()
        probe = next(one for one in result.sections if one.key == section.key)
        matched = {
            plain(label)
            for state in probe.fields
            if state.state == "found"
            for label in self._labels(section, state.field)
        }
        # What is most likely another lost field is offered there, not here.
        near = {plain(one.label) for one in drift.candidates}
        near |= {plain(other.candidates[0].label) for other in probe.drifts if other is not drift and other.candidates}
        free = [
            one
            for one in seen.controls
            if one.visible and plain(one.label) and drives(asked.kind, one.kind)
            if plain(one.label) not in matched | near
        ]
        titles = section.names
        others = [Candidate(one.name, section.key, block_of(one, titles), one.kind, (), one.place) for one in free]
        places = {plain(one.label): one.place for one in seen.controls if one.visible}
        near_now = [
            replace(one, place=places.get(plain(one.label)) if one.section == section.key else None)
            for one in drift.candidates
        ]
        elsewhere = [(one.key, one.title) for one in self.portal.sections if one.key != section.key]
        pointing = Text(
            "在页面上点这个栏目；c 段名＝到另一段去点", "click it on the page; c SECTION: in another section"
        )
        return Offer(near_now, others, pointing, elsewhere)

    def _findable(self, section: Section, result: Probed) -> bool:
        return section.key in result.looks

    def _labels(self, section: Section, key: str) -> tuple[str, ...]:
        """The labels by which a field of the section is known."""
        return next((tuple(one.labels) for one in asked_by(section, self.portal.tables) if one.key == key), ())

    def _by_pointing(self, section: Section, asked: Asked, where: str) -> bool:
        target = self._target(where)
        if target is None:
            return False
        look = self._prober.go_to(target)
        picked = self._point(
            look.snapshot,
            Text(
                f"请在页面上点一下「{asked.label}」现在所在的栏目",
                f"Click the field on the page that is “{asked.label}” now",
            ),
        )
        if picked is None:
            return False
        refused = refusal_of(picked, self.portal.forbidden_words)
        if refused or picked.control is None:
            return self._refuse(refused)
        return self._accept(section, target, asked, look, picked)

    def _by_candidate(self, section: Section, asked: Asked, candidate: Candidate) -> bool:
        target = self._target(candidate.section)
        if target is None:
            return False
        look = self._prober.go_to(target)
        named = [one for one in look.snapshot.controls if one.visible and same_label(one.label, candidate.label)]
        if len(named) > 1:
            named = [one for one in named if candidate.block and candidate.block in one.context]
        if len(named) != 1:
            return self._refuse(
                Text(
                    "这个名称在页面上不止一处，请用 c 在页面上点选。",
                    "this name stands there more than once: click the field instead (c).",
                )
            )
        return self._accept(section, target, asked, look, Picked(named[0]))

    def _accept(self, section: Section, target: Section, asked: Asked, look: SectionLook, picked: Picked) -> bool:
        """Tests the mapping on the page and against the pack; learns it when both are content."""
        assert picked.control is not None
        wording = wording_of(asked, picked.control, look.snapshot, target.names)
        if isinstance(wording, Text):
            return self._refuse(wording)
        trial = try_out(self._page, asked, picked.control)
        if trial.refused:
            return self._refuse(trial.refused)
        others = [one for one in asked.labels if not same_label(one, wording.label)]
        still = [one for one in others if any(same_label(control.label, one) for control in look.snapshot.controls)]
        labels = (wording.label, *(one for one in others if one not in still))
        kind, key = (
            ("uploads", asked.key.removeprefix("documents.")) if asked.kind == "upload" else ("fields", asked.key)
        )
        entry: dict[str, object] = {"labels": labels, "block": wording.block}
        if section.key != target.key:
            entry["from"] = section.key
            if key in target.fields_by_key:
                key = f"{key}@{section.key}"
        told = Text(f"「{asked.label}」→「{wording.label}」", f"“{asked.label}” → “{wording.label}”")
        if trial.note:
            told = Text(f"{told.zh}（{trial.note.zh}）", f"{told.en} ({trial.note.en})")
        return self._learn(target.key, SectionPatch.model_validate({kind: {key: entry}}), told)

    def _take_column(self, drift: Drift, chosen: Candidate) -> bool:
        section = self.portal.section(drift.section)
        table = next(one for one in section.tables if drift.field in one.fields_by_key)
        labels = (chosen.label, *table.fields_by_key[drift.field].labels)
        patch = TablePatch(fields={drift.field: FieldPatch(labels=labels)})
        told = Text(f"「{drift.label}」→「{chosen.label}」", f"“{drift.label}” → “{chosen.label}”")
        return self._learn(section.key, SectionPatch(tables={table.key: patch}), told)

    # -- with the person -------------------------------------------------------------------------------------------

    def _list(self, todo: Sequence[Drift]) -> None:
        rows = [
            (str(number), one.what, ", ".join(candidate.label for candidate in one.candidates))
            for number, one in enumerate(todo, 1)
        ]
        headers = (Text("序号", "no."), Text("情况", "what"), Text("页面上可能是", "maybe on the page"))
        if rows:
            self._dialogue.table(Text("需要重新对应的栏目", "What must be mapped again"), headers, rows)

    def _ask(self, entries: Sequence[LessonEntry], at: int, offer: Offer) -> LessonAnswer | None:
        answer = answered(self._page, self._dialogue.answer(entries, at, offer))
        self._page.leave_person()
        return answer

    def _point(self, seen: Snapshot, what: Text) -> Picked | None:
        picked = pick(self._page, seen, lambda: self._dialogue.pointing(what))
        self._page.leave_person()
        return picked

    def _target(self, name: str) -> Section | None:
        for section in self.portal.sections:
            if name == section.key or any(same_label(name, title) for title in section.names):
                return section
        self._refuse(Text(f"没有这一段：{name}", f"no such section: {name}"))
        return None

    def _learn(self, key: str, patch: SectionPatch, told: Text) -> bool:
        """Adds to the lesson if the pack with it is still sound."""
        before = dict(self.lesson.sections)
        self.lesson.sections[key] = joined(before[key], patch) if key in before else patch
        try:
            self.portal = self._load(_laid(self.lesson.overlay(self._on, self._before)))
        except PackError as error:
            self.lesson.sections = before
            for problem in error.problems:
                self._dialogue.say(problem.what, "bad")
            return False
        self._prober.use(self.portal)
        self._dialogue.say(Text(f"已记下：{told.zh}", f"noted: {told.en}"), "good")
        return True

    def _refuse(self, why: Text | None) -> bool:
        if why is not None:
            self._dialogue.say(Text(f"不能采用：{why.zh}", f"refused: {why.en}"), "bad")
        return False


def _home(drift: Drift, section: Section) -> str:
    """Where the field probably stands now: where it was found under its name, else where it was."""
    return drift.candidates[0].section if drift.kind == "moved" and drift.candidates else section.key


def _mendable(drift: Drift) -> bool:
    return drift.kind in MENDABLE and drift.weight == "list" and bool(drift.field)


def _laid(overlay: Overlay | None) -> tuple[Laid, ...]:
    return (Laid(overlay),) if overlay is not None and not overlay.empty else ()
