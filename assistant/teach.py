"""The handler mends a mapping by pointing: one unmatched field after the other, tested, then kept as an overlay.

Promises: nothing is kept that the page contradicts (not exactly one control, the wrong kind, a button) or that the pack's
own linter refuses; nothing is kept without the person's yes to the whole diff; whatever is tried on the page is taken away
again, and the draft is not saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.asked import Asked, asked_by
from assistant.drift import Candidate, Drift, reasons_in_words
from assistant.errors import PackError
from assistant.form_page import FormPage
from assistant.labels import same_label
from assistant.mapping_trial import Wording, refusal_of, try_out, wording_of
from assistant.messages import Text
from assistant.overlay import FieldPatch, Laid, Overlay, SectionPatch, TablePatch
from assistant.pick import Picked, pick
from assistant.portal import Portal
from assistant.probe_run import Look, Probed, Prober
from assistant.section_model import Section
from assistant.snapshot import Snapshot
from assistant.voice import Voice

MENDABLE = frozenset({"missing", "renamed", "moved", "ambiguous", "kind-changed"})
Load = Callable[[Sequence[Laid]], Portal]


@dataclass
class Lesson:
    """What was learned so far."""

    portal: str
    by: str
    sections: dict[str, SectionPatch]

    def overlay(self, on: date, before: Overlay | None = None) -> Overlay:
        """The lesson on top of what was learned before; the newer word counts."""
        merged = dict(before.sections) if before else {}
        for key, patch in self.sections.items():
            merged[key] = _joined(merged[key], patch) if key in merged else patch
        hosts = before.hosts if before else ()
        note = before.note if before else ""
        return Overlay(overlay=self.portal, written_on=on, by=self.by, note=note, sections=merged, hosts=hosts)


class Teacher:
    """One lesson on one portal, the form being open."""

    def __init__(
        self, prober: Prober, page: FormPage, voice: Voice, load: Load, before: Overlay | None, by: str, on: date
    ) -> None:
        self._prober, self._page, self._voice, self._load = prober, page, voice, load
        self._before, self._on = before, on
        self.portal = load(_laid(before))
        self.lesson = Lesson(self.portal.name, by, {})

    def teach(self) -> Overlay | None:
        """Goes through what does not match; the new overlay, or None when nothing was learned."""
        result = self._sections_first()
        todo = [one for section in result.sections for one in section.drifts if _mendable(one)]
        if not todo and not self.lesson.sections:
            self._voice.say(
                Text("页面与资料包一致，没有需要对应的栏目。", "The page matches its pack: nothing to mend."), "good"
            )
            return None
        self._list(todo)
        for number, drift in enumerate(todo, 1):
            if not self._mend(drift, number, len(todo), result):
                break
        if not self.lesson.sections:
            return None
        return self.lesson.overlay(self._on, self._before)

    # -- sections ------------------------------------------------------------------------------------------------

    def _sections_first(self) -> Probed:
        """Until every section is found under some name, or the person leaves one out."""
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
                if not self._rename_section(drift):
                    left_out.add(drift.section)

    def _rename_section(self, drift: Drift) -> bool:
        self._voice.say(drift.what, "warning")
        answer = self._choice(drift.candidates, pointing=Text("在页面上点它的标签", "click its tab on the page"))
        if answer is None or answer == "s":
            return False
        if answer == "c":
            picked = self._point(
                Snapshot(),
                Text(
                    "请在页面上点一下这一段的标签（只点一下，不会打开）",
                    "Click this section's tab on the page (nothing opens)",
                ),
            )
            title = picked.text or picked.button if picked else ""
        else:
            title = drift.candidates[int(answer) - 1].label
        return bool(title) and self._learn(drift.section, SectionPatch(title=title), Text(f"「{title}」", f"“{title}”"))

    # -- fields ---------------------------------------------------------------------------------------------------

    def _mend(self, drift: Drift, number: int, total: int, result: Probed) -> bool:
        """One field; False when the person wants no more."""
        section = self.portal.section(drift.section)
        if drift.candidates and drift.candidates[0].kind == "column":
            return self._mend_column(drift, number, total)
        asked = next((one for one in asked_by(section, self.portal.tables) if one.key == drift.field), None)
        if asked is None:
            return True
        while True:
            self._voice.say(
                Text(
                    f"[{number}/{total}] {section.title} › {drift.what.zh}",
                    f"[{number}/{total}] {section.title} › {drift.what.en}",
                ),
                "warning",
            )
            answer = self._choice(
                drift.candidates,
                pointing=Text(
                    "在页面上点这个栏目；c 段名＝到另一段去点", "click it on the page; c SECTION: in another section"
                ),
            )
            if answer is None or answer == "q":
                return False
            if answer == "s":
                return True
            home, _, name = answer.partition(" ")
            if home == "c":
                elsewhere = drift.kind == "moved" and bool(drift.candidates)
                where = name.strip() or (drift.candidates[0].section if elsewhere else section.key)
                if self._by_pointing(section, asked, where):
                    return True
            elif self._by_candidate(section, asked, drift.candidates[int(answer) - 1]):
                return True

    def _by_pointing(self, section: Section, asked: Asked, where: str) -> bool:
        target = self._target(where)
        if target is None:
            return False
        look = self._prober.go_to(target)
        picked = self._point(
            look.snapshot,
            Text(
                f"请在页面上点一下「{asked.label}」现在所在的栏目（回车放弃）",
                f"Click the field on the page that is “{asked.label}” now (Enter gives up)",
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

    def _accept(self, section: Section, target: Section, asked: Asked, look: Look, picked: Picked) -> bool:
        """Tests the mapping on the page and against the pack; learns it when both are content."""
        assert picked.control is not None
        wording = wording_of(asked, picked.control, look.snapshot, (target.title, *target.titles))
        if isinstance(wording, Text):
            return self._refuse(wording)
        trouble = try_out(self._page, picked.control)
        if trouble:
            return self._refuse(trouble)
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
        return self._learn(target.key, SectionPatch.model_validate({kind: {key: entry}}), told)

    def _mend_column(self, drift: Drift, number: int, total: int) -> bool:
        self._voice.say(Text(f"[{number}/{total}] {drift.what.zh}", f"[{number}/{total}] {drift.what.en}"), "warning")
        answer = self._choice(drift.candidates, pointing=None)
        if answer is None or answer == "q":
            return False
        if answer.isdecimal():
            section = self.portal.section(drift.section)
            table = next(one for one in section.tables if drift.field in one.fields_by_key)
            chosen = drift.candidates[int(answer) - 1].label
            labels = (chosen, *table.fields_by_key[drift.field].labels)
            patch = TablePatch(fields={drift.field: FieldPatch(labels=labels)})
            self._learn(
                section.key,
                SectionPatch(tables={table.key: patch}),
                Text(f"「{drift.label}」→「{chosen}」", f"“{drift.label}” → “{chosen}”"),
            )
        return True

    # -- with the person -------------------------------------------------------------------------------------------

    def _list(self, todo: Sequence[Drift]) -> None:
        rows = [
            (str(number), one.what, ", ".join(candidate.label for candidate in one.candidates))
            for number, one in enumerate(todo, 1)
        ]
        headers = (Text("序号", "no."), Text("情况", "what"), Text("页面上可能是", "maybe on the page"))
        if rows:
            self._voice.table(Text("需要重新对应的栏目", "What must be mapped again"), headers, rows)

    def _choice(self, candidates: Sequence[Candidate], pointing: Text | None) -> str | None:
        """A number, `c` (with a section perhaps), `s` or `q`; asked again until it is one of these."""
        for number, one in enumerate(candidates, 1):
            why = reasons_in_words(one.reasons)
            self._voice.say(Text(f"  {number} = 「{one.label}」 {why.zh}", f"  {number} = “{one.label}” {why.en}"))
        point = Text(f"c = {pointing.zh}；", f"c = {pointing.en}; ") if pointing else Text("", "")
        question = Text(
            f"输入序号选用；{point.zh}s = 跳过；q = 结束", f"a number takes it; {point.en}s = skip; q = end"
        )
        while True:
            answer = self._voice.ask(question)
            if answer is None:
                return None
            word = answer.casefold()
            if word in ("s", "q") or (pointing and (word == "c" or word.startswith("c "))):
                return word
            if word.isdecimal() and 1 <= int(word) <= len(candidates):
                return word
            self._voice.say(Text("请按提示输入。", "please answer as asked."), "warning")

    def _point(self, seen: Snapshot, what: Text) -> Picked | None:
        return pick(self._page, seen, lambda: self._voice.pointing(what))

    def _target(self, name: str) -> Section | None:
        for section in self.portal.sections:
            if name == section.key or any(same_label(name, title) for title in (section.title, *section.titles)):
                return section
        self._refuse(Text(f"没有这一段：{name}", f"no such section: {name}"))
        return None

    def _learn(self, key: str, patch: SectionPatch, told: Text) -> bool:
        """Adds to the lesson if the pack with it is still sound."""
        before = dict(self.lesson.sections)
        self.lesson.sections[key] = _joined(before[key], patch) if key in before else patch
        try:
            self.portal = self._load(_laid(self.lesson.overlay(self._on, self._before)))
        except PackError as error:
            self.lesson.sections = before
            for problem in error.problems:
                self._voice.say(problem.what, "bad")
            return False
        self._prober.use(self.portal)
        self._voice.say(Text(f"已记下：{told.zh}", f"noted: {told.en}"), "good")
        return True

    def _refuse(self, why: Text | None) -> bool:
        if why is not None:
            self._voice.say(Text(f"不能采用：{why.zh}", f"refused: {why.en}"), "bad")
        return False


def _mendable(drift: Drift) -> bool:
    return drift.kind in MENDABLE and drift.weight == "list" and bool(drift.field)


def _laid(overlay: Overlay | None) -> tuple[Laid, ...]:
    return (Laid(overlay),) if overlay is not None and not overlay.empty else ()


def _joined(old: SectionPatch, new: SectionPatch) -> SectionPatch:
    """Both patches; where both speak of the same entry, the newer one, which keeps where the entry came from."""

    def fields(one: dict[str, FieldPatch], other: dict[str, FieldPatch]) -> dict[str, FieldPatch]:
        kept = {
            key: patch.model_copy(update={"moved_from": patch.moved_from or one[key].moved_from})
            if key in one
            else patch
            for key, patch in other.items()
        }
        return {**one, **kept}

    tables = dict(old.tables)
    for key, table in new.tables.items():
        tables[key] = (
            tables[key].model_copy(update={"fields": {**tables[key].fields, **table.fields}})
            if key in tables
            else table
        )
    return SectionPatch(
        title=new.title or old.title,
        fields=fields(old.fields, new.fields),
        uploads=fields(old.uploads, new.uploads),
        tables=tables,
    )


__all__ = ["Lesson", "Load", "Teacher", "Wording"]
