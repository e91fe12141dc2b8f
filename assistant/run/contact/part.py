"""What one page shows of a form, judged: its proposals, what is offered of them, what the person chose. Pure but for the look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.drift.baseline import block_of
from assistant.drift.meaning.fitting import fit
from assistant.drift.meaning.judge import Certainty, PageJudge, Proposal
from assistant.drift.meaning.papers import names_of_papers, paper_of
from assistant.messages import Text
from assistant.normalize import same_label
from assistant.outcome import Matched, Outcome
from assistant.page.engine import KINDS
from assistant.page.form_page import Button
from assistant.page.kinds import empty
from assistant.page.matching import drives
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.contact.learned import NOTHING_LEARNED, Learned
from assistant.portal.loading import Portal
from assistant.portal.sources import Constant, Look, as_text
from assistant.run.contact import words
from assistant.run.contact.lists.filling import FoundList, lists_on
from assistant.run.contact.lists.unknown import unknown_lists
from assistant.run.contact.offer import Datum, ListEntry, OfferReply
from assistant.run.contact.page_plan import BoxSpot, impersonal, over_all, section_plan, spots_of, title_of, within
from assistant.run.contact.papers import shows
from assistant.run.plan import Known, SectionPlan

_FILLED = Text("页面上已有另一个值", "the page holds another value")
_LEARNED = Text("上次在这个平台上由您确认过", "as it was confirmed on this portal before")
_PERSONS = Text("由您指明", "as you said")
_PAPER = Text("这项材料的名称", "the name of this paper")
_TWICE = Text("页面上不止一处像是这一项", "more than one place looks like it")
_NO_PAPER = Text("资料中没有对应的文件", "the profile has no file for it")
_LIST = "list:"
# What a portal does not fill in by itself before anybody has said anything.
_TYPED = frozenset({"text", "textarea", "date", "month", "date-range", "month-range"})
_NOT_ASKED = frozenset({"upload", "password"})
PageSpot = tuple[str, str, BoxSpot]


def fillable(seen: Snapshot) -> list[Control]:
    """The controls of a page that somebody could fill now."""
    return [
        one
        for one in seen.controls
        if one.visible and one.enabled and not one.read_only and one.dialog is None and one.kind not in _NOT_ASKED
    ]


@dataclass(frozen=True)
class MetPage:
    """One page of a form as it was looked at."""

    title: str
    seen: Snapshot = field(repr=False)
    proposals: tuple[Proposal, ...] = field(repr=False)
    matched: Mapping[int, Matched] = field(repr=False)
    """Proposals that were not for the person to confirm, by their place in the list: known from the pack, or learned."""
    spots: frozenset[PageSpot] = field(repr=False)
    at: Mapping[int, PageSpot] = field(repr=False)
    """Where each proposal stands."""
    met: frozenset[object] = field(default=frozenset(), repr=False)
    """What was dealt with before; it is neither offered nor written again."""
    lists: tuple[FoundList, ...] = ()
    learned: Learned = NOTHING_LEARNED
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows each list has in the profile."""
    unlaid: frozenset[int] = frozenset()
    """Proposals whose box was confirmed before and can't be given this applicant's value as it stands there now."""
    personal: tuple[str, ...] = field(default=(), repr=False)
    """What names the applicant: headings that say it are no headings of the form."""
    strange: tuple[FoundList, ...] = ()
    """Tables of rows that no known word speaks of."""
    list_names: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> dict[int, Proposal]:
        """The proposals that were not dealt with before, but those whose box already holds the right thing."""
        return {
            index: one
            for index, one in enumerate(self.proposals)
            if self.at[index] not in self.met and not (one.value is not None and _holds(one))
        }

    @property
    def fresh(self) -> bool:
        """Whether it asks for something that was not dealt with before, and the tool knows some of it."""
        return any(one.state == "sure" for one in self.open.values()) or bool(self.open_lists)

    @property
    def worth_listing(self) -> bool:
        """Whether it asks for something that was not dealt with before, known or not."""
        return self.fresh or bool(self.open) or bool(self.open_strange)

    @property
    def unread(self) -> bool:
        """Whether it asks for something of which nobody was told yet, though the tool knows none of it: a part of a form has
        several questions, a table or a place for a document, and no password."""
        labels = {one.label for one in self.open.values() if one.label} - self.learned.known
        papers = any(one.control.kind == "upload" and one.label in labels for one in self.open.values())
        tables = {one.title for one in self.open_strange} - self.learned.known
        entrance = any(one.kind == "password" and one.visible for one in self.seen.controls)
        return not entrance and (len(labels) > 1 or papers or bool(tables))

    @property
    def holds_otherwise(self) -> bool:
        """Whether a box of something personal holds another's answer: such a form is not blank. What a portal knows of the
        employer it may fill in itself."""
        return any(
            one.state == "sure"
            and one.control.kind in _TYPED
            and not one.key.startswith("employer.")
            and not _open(one.control)
            and not _holds(one)
            for one in self.proposals
        )

    @property
    def open_lists(self) -> tuple[FoundList, ...]:
        """The lists that were not dealt with before."""
        return tuple(one for one in self.lists if one.spot not in self.met)

    @property
    def open_strange(self) -> tuple[FoundList, ...]:
        """The tables of unknown name that were not dealt with before."""
        return tuple(one for one in self.strange if one.spot not in self.met)

    @property
    def everything(self) -> frozenset[object]:
        """All that is on it, to be remembered as dealt with."""
        return frozenset((*self.spots, *(one.spot for one in (*self.lists, *self.strange))))

    def chosen_lists(self, decision: OfferReply | None) -> tuple[FoundList, ...]:
        """The lists that the person left ticked, or said what they are; all that is sure where nobody was asked."""
        if decision is None:
            return self.open_lists
        found = [one for one in self.open_lists if f"list:{one.each}" in decision.ticked]
        for number, one in enumerate(self.open_strange):
            said = decision.named.get(f"rows:{number}", "").removeprefix(_LIST)
            if each := said or (one.each if f"rows:{number}" in decision.ticked else ""):
                found.append(replace(one, each=each, sure=False))
        return tuple(found)

    def gone_from(self, seen: Snapshot, address: str) -> bool:
        """Whether a later look shows most of it no more."""
        now = _page_spots(impersonal(seen, self.personal), address)
        return len(self.spots & now) * 2 < len(self.spots)

    def own(self, seen: Snapshot) -> Snapshot:
        """A later look, narrowed to what this page asked: other parts of a long form, and rows, speak for themselves."""
        mine = {(spot.label, spot.context, spot.kind) for _, _, spot in self.spots - self.met}
        plain = impersonal(seen, self.personal)
        kept = [
            raw
            for raw, one in zip(seen.controls, plain.controls, strict=True)
            if (one.name, one.context, one.kind) in mine
        ]
        return replace(seen, controls=tuple(kept))

    # -- the list --------------------------------------------------------------------------------------------------------

    @property
    def needs_nobody(self) -> bool:
        """Whether all that is sure was known before: from the pack, or from the page as it was learned. Then nothing is
        asked; what was left alone when it was learned is left alone again."""
        new = [one for index, one in self.open.items() if one.state == "sure" and index not in self.matched]
        known = {label for page in self.learned.pages for label in page.known}
        rows = {each for page in self.learned.pages for each in page.rows}
        lists = [one for one in self.open_lists if one.each not in rows]
        return (
            not lists
            and bool(self.matched.keys() & self.open.keys() or self.open_lists)
            and all(one.label in known for one in new)
        )

    @property
    def certain(self) -> dict[int, Proposal]:
        """What is written where nobody is asked."""
        return {index: one for index, one in self.ticked.items() if index in self.matched}

    @property
    def ticked(self) -> dict[int, Proposal]:
        """What is offered as sure."""
        return {index: one for index, one in self.open.items() if self._is_ticked(one)}

    def _is_ticked(self, one: Proposal) -> bool:
        return one.state == "sure" and (
            _open(one.control) or one.control.kind in ("radio", "select", "checkbox", "switch")
        )

    def entries(self) -> tuple[ListEntry, ...]:
        """The list: required questions nothing is known about first, then what is sure, likely, unknown."""
        order = {"sure": 1, "likely": 2, "unknown": 3}
        numbered = sorted(
            self.open.items(),
            key=lambda pair: 0 if pair[1].state == "unknown" and pair[1].control.required else order[pair[1].state],
        )
        listed = [
            ListEntry(
                id=f"list:{one.each}",
                label=one.title,
                why=Text(f"用「{one.button.text}」逐行添加", f"added row by row with “{one.button.text}”"),
                state="sure",
                value=Text(f"{self.rows[one.each]} 行", f"{self.rows[one.each]} rows").zh,
                ticked=True,
                place=None,
                sort="rows",
            )
            for one in self.open_lists
        ]
        listed += [
            ListEntry(
                id=f"rows:{number}",
                label=one.title,
                why=words.table_of(one.columns, bool(one.each)),
                state="likely" if one.each else "unknown",
                value=self._said(one),
                sort="rows",
            )
            for number, one in enumerate(self.open_strange)
        ]
        return tuple(listed) + tuple(
            ListEntry(
                id=str(index),
                label=_named(one),
                why=one.why if _open(one.control) or one.state == "unknown" else _FILLED,
                state=one.state,
                value=told(one),
                required=one.control.required,
                ticked=self._is_ticked(one),
                place=one.control.place,
                sort="paper" if one.control.kind == "upload" else "box",
            )
            for index, one in numbered
        )

    def _said(self, one: FoundList) -> str:
        """The list that a table probably is, in the words of people, with its rows."""
        return f"{self.list_names[one.each]}（{self.rows[one.each]}）" if one.each else ""

    def data(self, judge: PageJudge) -> tuple[Datum, ...]:
        """Everything the profile holds that one entry could ask for: a value, a list, a document."""
        found = [
            Datum(f"{_LIST}{each}", self.list_names[each], f"{count} 行 / rows", "rows")
            for each, count in self.rows.items()
            if count
        ]
        found += [
            Datum(
                f"documents.{slot}", next(iter(judge.words.documents.get(slot, ())), slot), _told_files(files), "paper"
            )
            for slot, files in self.files.items()
            if files
        ]
        for key, entry in {**judge.words.entries, **judge.words.composed}.items():
            value = entry.source(key).value(judge.look)
            if isinstance(value, str):
                found.append(Datum(key, next(iter(entry.zh or entry.en), key), value))
        return tuple(found)

    def chosen(self, decision: OfferReply, judge: PageJudge) -> dict[int, Proposal]:
        """What the person ticked, with what they said an entry is."""
        found: dict[int, Proposal] = {}
        for index, one in self.open.items():
            said = decision.named.get(str(index))
            if said:
                named = _laid(one, said, judge, _PERSONS, self.files)
                if named is not None:
                    found[index] = named
            elif str(index) in decision.ticked and one.source is not None:
                found[index] = one
        return found

    def how(self, chosen: Mapping[int, Proposal]) -> dict[int, Matched]:
        """How each of them was matched."""
        return {index: self.matched.get(index, "confirmed") for index in chosen}

    def papers(self, chosen: Mapping[int, Proposal]) -> list[tuple[Proposal, Matched]]:
        """The uploads among them."""
        return [(one, self.how(chosen)[index]) for index, one in chosen.items() if one.control.kind == "upload"]

    def plan(
        self, key: str, chosen: Mapping[int, Proposal], lists: Sequence[FoundList], judge: PageJudge
    ) -> SectionPlan:
        """The section that writes what was chosen; what was not, and nobody was told of before, is the person's."""
        every = [chosen.get(index, one) for index, one in enumerate(self.proposals)]
        matched = {index: how for index, how in self.how(chosen).items() if every[index].control.kind != "upload"}
        left = {
            index
            for index, one in self.open.items()
            if index not in chosen
            and (one.state != "unknown" or index in self.unlaid or self._untold(one))
            and (_open(one.control) or one.control.required)
        }
        plan = section_plan(key, self.title or key, self.seen, matched, every, left, judge)
        taken = {one.button.place for one in lists}
        tables = tuple(
            Outcome("", one.title, "by-hand", "not-confirmed" if one.each else "not-known", "table")
            for one in (*self.open_lists, *self.open_strange)
            if one.button.place not in taken
        )
        return replace(plan, skipped=(*plan.skipped, *tables))

    def _untold(self, one: Proposal) -> bool:
        """Whether nothing else would say that this was left: a place for a document, or a question that is new here."""
        return one.control.kind == "upload" or (bool(one.label) and one.label not in self.learned.known)


@dataclass(frozen=True)
class PageReader:
    """What a page is judged by: the words, the pack, and what the profile holds."""

    judge: PageJudge
    portal: Portal
    known: Known
    learned: Learned = NOTHING_LEARNED

    def part(self, seen: Snapshot, buttons: Sequence[Button], address: str, met: frozenset[object]) -> MetPage:
        """A page, judged."""
        personal = _names(self.known.look)
        seen = impersonal(seen, personal)
        controls = fillable(seen)
        uploads = [one for one in seen.controls if one.kind == "upload" and one.dialog is None and one.enabled]
        title, path = title_of(seen, controls), address.split("?")[0]
        spots = {control.place: (path, title, spot) for spot, control in spots_of([*controls, *uploads]).items()}
        # On one long page the part that was just opened gives its name.
        unmet = [one for one in [*controls, *uploads] if spots[one.place] not in met]
        lists = lists_on(buttons, self.judge, self.known.rows, self.portal.forbidden_words)
        over = next((one.button.context for one in lists if one.spot not in met and one.button.context), ())
        if unmet or (over and not over_all(seen, controls)):
            title = title_of(seen, unmet) if unmet else next(iter(within(over, seen)), over[0])
        proposals: list[Proposal] = []
        matched: dict[int, Matched] = {}
        unlaid: set[int] = set()
        for one in (*self.judge.judge(controls, over_all(seen, controls)), *self._papers(uploads)):
            means = self._meant(one, title)
            learned = self._as_learned(one, means) if means else None
            if means and learned is None and one.state == "unknown" and self._has(means):
                unlaid.add(len(proposals))
            if learned is not None:
                matched[len(proposals)] = "overlay"
            elif one.state == "sure" and in_pack(one, self.portal):
                matched[len(proposals)] = "pack"
            proposals.append(learned or one)
        at = {index: spots[one.control.place] for index, one in enumerate(proposals)}
        rows = {each: len(looks) for each, looks in self.known.rows.items()}
        strange = unknown_lists(
            seen, buttons, self.judge, self.known.rows, self.portal.forbidden_words, lists, self.learned.lists
        )
        return MetPage(
            title,
            seen,
            tuple(proposals),
            matched,
            frozenset(spots.values()),
            at,
            met,
            (*lists, *(one for one in strange if one.sure)),
            self.learned,
            rows,
            frozenset(unlaid),
            personal,
            tuple(one for one in strange if not one.sure),
            {each: next(iter(known.words)) for each, known in self.judge.words.lists.items()},
            self.known.files,
        )

    def _meant(self, one: Proposal, title: str) -> str | None:
        """What this page's box was found to ask for before."""
        return self.learned.meaning(title, one.label, block_of(one.asked_by), one.control.kind, one.nth or 1)

    def _has(self, means: str) -> bool:
        """Whether the applicant has something for it."""
        if means.startswith("documents."):
            return bool(self.known.files.get(means.removeprefix("documents.")))
        entry = self.judge.words.entries.get(means) or self.judge.words.composed.get(means)
        return entry is not None and entry.source(means).value(self.judge.look) is not None

    def _as_learned(self, one: Proposal, means: str) -> Proposal | None:
        """The proposal as this page's box was confirmed before, laid anew over what stands there now."""
        if one.key == means and one.source is not None:
            return replace(one, state="sure", why=_LEARNED)
        return _laid(one, means, self.judge, _LEARNED, self.known.files) if one.nth is None else None

    def _papers(self, uploads: Sequence[Control]) -> list[Proposal]:
        names = names_of_papers(self.judge.words, self.portal.sections)
        slots = {one.place: paper_of(one, names) for one in uploads}
        found = []
        for one in uploads:
            slot = slots[one.place]
            files = self.known.files.get(slot or "", ())
            if slot is None or not files:
                if one.visible:
                    found.append(Proposal(one, "unknown", _NO_PAPER))
                continue
            told = _told_files(files)
            twice = sum(other == slot for other in slots.values()) > 1
            state: Certainty = "likely" if twice else "sure"
            if all(shows(one, file) for file in files):
                continue
            found.append(Proposal(one, state, _TWICE if twice else _PAPER, f"documents.{slot}", Constant(told), told))
        return found


def _names(look: Look) -> tuple[str, ...]:
    """The texts that name the applicant."""
    paths = ("applicant.surname", "applicant.given_names", "applicant.chinese_name", "passport.number")
    surname, given, chinese, number = (as_text(look(path) or "") for path in paths)
    return tuple(one for one in (f"{surname} {given}".strip(), f"{given} {surname}".strip(), chinese, number) if one)


def _told_files(files: Sequence[Path]) -> str:
    return "、".join(file.name for file in files)


def _laid(
    one: Proposal, key: str, judge: PageJudge, why: Text, files: Mapping[str, tuple[Path, ...]]
) -> Proposal | None:
    """The proposal as the box of this datum, laid over what stands there now; None where it doesn't fit."""
    if key.startswith("documents."):
        given = files.get(key.removeprefix("documents."), ())
        if one.control.kind != "upload" or not given or all(shows(one.control, file) for file in given):
            return None
        told = _told_files(given)
        return replace(one, state="sure", why=why, key=key, source=Constant(told), value=told)
    entry = judge.words.entries.get(key) or judge.words.composed.get(key)
    laid = fit(key, entry, [one.control], judge.look, judge.tables) if entry else ()
    if not laid:
        return None
    return replace(
        one, state="sure", why=why, key=key, source=laid[0].source, value=laid[0].value, accepted=laid[0].accepted
    )


def in_pack(one: Proposal, portal: Portal) -> bool:
    """Whether the pack declares this very question: the label, the kind and the datum."""
    if one.control.kind == "upload":
        slot = one.key.removeprefix("documents.")
        papers = [upload for section in portal.sections for upload in section.uploads]
        return any(
            upload.slot == slot and any(same_label(one.label, label) for label in upload.labels) for upload in papers
        )
    return any(
        one.source == field.source
        and drives(field.control, one.control.kind)
        and any(same_label(one.label, label) for label in field.labels)
        for section in portal.sections
        for field in section.fields
    )


def _page_spots(seen: Snapshot, address: str) -> set[PageSpot]:
    controls = fillable(seen)
    uploads = [one for one in seen.controls if one.kind == "upload" and one.dialog is None and one.enabled]
    title, path = title_of(seen, controls), address.split("?")[0]
    return {(path, title, spot) for spot in spots_of([*controls, *uploads])}


def _open(control: Control) -> bool:
    value = control.value
    if control.kind == "upload":
        # What stands there and is no file's name is a word of the page's.
        return not any("." in str(one) for one in (value if isinstance(value, list | tuple) else [value or ""]))
    if isinstance(value, list | tuple) and not any(map(str, value)):
        return True
    return empty(value) or (control.kind == "select" and _is_prompt(value))


def _is_prompt(value: object) -> bool:
    from assistant.drift.meaning.offered import real_options

    return isinstance(value, str) and not real_options([value])


def _holds(one: Proposal) -> bool:
    """Whether its box holds what would be written already."""
    assert one.value is not None
    if one.control.kind == "upload":
        return False
    return KINDS[one.control.kind].holds(one.value, one.accepted, one.control.value)


def _named(one: Proposal) -> str:
    name = one.label or one.control.placeholder or one.control.kind
    return f"{name} ({one.nth})" if one.nth and one.nth > 1 else name


def told(one: Proposal) -> str:
    """What would be written, as a person reads it."""
    if one.accepted and one.control.kind in ("select", "radio"):
        return one.accepted[0]
    if isinstance(one.value, tuple):
        return " – ".join(one.value)
    return str(one.value) if one.value is not None else ""
