"""A mapping for a form that no pack knows: which question asks for which datum, from labels, with confidence and reason.

Promises: what is proposed is only ever a proposal; a field whose words fit two data, or whose kind of control can't ask for
the datum, is listed as unknown rather than guessed; two questions never get the same datum. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drift.baseline import block_of, known_options
from assistant.drift.similarity import similarity
from assistant.drift.vocabulary import KnownName, vocabulary
from assistant.messages import Text
from assistant.normalize import fold, name_on_page, plain, same_label
from assistant.page.matching import drives
from assistant.page.snapshot import Control, PageTable, Snapshot
from assistant.portal.options import OptionTable
from assistant.store.yaml_writer import written

ProposalBasis = Literal["same-words", "words-and-heading", "words-and-options", "near-words"]
CONFIDENCE: dict[ProposalBasis, float] = {
    "same-words": 0.95,
    "words-and-heading": 0.9,
    "words-and-options": 0.85,
    "near-words": 0.5,
}
HOW_WORDS: dict[ProposalBasis, Text] = {
    "same-words": Text("与已知叫法完全相同", "a known wording, word for word"),
    "words-and-heading": Text("结合小标题可以确定", "certain together with its heading"),
    "words-and-options": Text("文字相近且选项相同", "similar words and the same options"),
    "near-words": Text("只是文字相近，请核对", "only similar words: please check"),
}
# From here on a person need only say yes; below it they must look.
SURE = 0.85
_DOCUMENTS = "documents."
_ASKED_TWICE = ("repeat", "confirm", "再次", "重复", "确认")


@dataclass(frozen=True)
class Proposal:
    """One question and the datum it probably asks for."""

    control: Control
    path: str
    entry: KnownName
    confidence: float
    how: ProposalBasis

    @property
    def label(self) -> str:
        return self.control.name

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True)
class Draft:
    """A whole section as proposed; `unknown` are the questions nothing is known about."""

    proposed: tuple[Proposal, ...]
    unknown: tuple[Control, ...]
    tables: tuple[PageTable, ...] = ()
    """Tables with columns, to which rows are probably added: which buttons do that can't be read from the page, so they are
    listed and never proposed."""

    @property
    def share(self) -> float:
        """The part of the form's questions for which something is proposed."""
        total = len(self.proposed) + len(self.unknown)
        return len(self.proposed) / total if total else 0.0


def propose(seen: Snapshot, tables: Sequence[OptionTable], papers: Mapping[str, Sequence[str]] | None = None) -> Draft:
    """Proposes a datum for each question of a look at a form, and for each upload the document whose name among `papers`
    (slot → names that portals give it) is its very words."""
    known = {table.table: table for table in tables}
    found: list[Proposal] = []
    controls = [one for one in seen.controls if one.visible and one.dialog is None and one.name]
    for control in controls:
        best = _paper(control, papers or {}) if control.kind == "upload" else _best(control, known)
        if best is not None:
            found.append(best)
    counted = Counter(one.path for one in found if one.sure)
    proposals: list[Proposal] = []
    for one in found:
        # Two questions for one datum: only a sure one that is alone is kept; of two sure ones, neither.
        if (one.sure and counted[one.path] == 1) or (not one.sure and not counted[one.path]):
            proposals.append(one)
    twice = Counter(one.path for one in proposals)
    proposals = [one for one in proposals if twice[one.path] == 1]
    taken = {one.control.place for one in proposals}
    unknown = tuple(one for one in controls if one.place not in taken)
    return Draft(tuple(proposals), unknown, tuple(one for one in seen.tables if one.headers and one.dialog is None))


def _paper(control: Control, papers: Mapping[str, Sequence[str]]) -> Proposal | None:
    named = [slot for slot, names in papers.items() if any(same_label(control.name, name) for name in names)]
    if len(named) != 1:
        return None
    return _proposal(control, f"{_DOCUMENTS}{named[0]}", KnownName(kinds=("upload",)), "same-words", {})


def _best(control: Control, tables: dict[str, OptionTable]) -> Proposal | None:
    label = control.name
    if any(word in label.casefold() for word in _ASKED_TWICE):
        return None
    fits = [(path, entry) for path, entry in vocabulary().items() if _can_ask(entry, control)]
    same = [(path, entry) for path, entry in fits if any(same_label(label, word) for word in entry.words)]
    if len(same) == 1:
        return _proposal(control, *same[0], "same-words", tables)
    under = [
        (path, entry)
        for path, entry in fits
        if _under(entry, control) and any(same_label(label, word) for word in entry.bare)
    ]
    if len(under) == 1 and not same:
        return _proposal(control, *under[0], "words-and-heading", tables)
    if same or under:
        return None
    scored = sorted(
        ((max((similarity(label, word) for word in entry.words), default=0.0), path, entry) for path, entry in fits),
        key=lambda one: -one[0],
    )
    if not scored or scored[0][0] < 0.6 or (len(scored) > 1 and scored[1][0] > scored[0][0] - 0.15):
        return None
    _, path, entry = scored[0]
    how: ProposalBasis = "words-and-options" if _same_options(control, entry, tables) else "near-words"
    return _proposal(control, path, entry, how, tables)


def _proposal(
    control: Control, path: str, entry: KnownName, how: ProposalBasis, tables: dict[str, OptionTable]
) -> Proposal | None:
    """A choice whose options are known and are other ones asks for something else, whatever its words."""
    if entry.options and len(known_options(control)) > 1 and not _same_options(control, entry, tables):
        return None
    return Proposal(control, path, entry, CONFIDENCE[how], how)


def _can_ask(entry: KnownName, control: Control) -> bool:
    return any(drives(kind, control.kind) for kind in entry.kinds)


def _under(entry: KnownName, control: Control) -> bool:
    headings = " ".join(control.context).casefold()
    return any(word.casefold() in headings for word in entry.under)


def _same_options(control: Control, entry: KnownName, tables: dict[str, OptionTable]) -> bool:
    table = tables.get(entry.options or "")
    offered = {fold(text).casefold() for text in known_options(control)}
    if table is None or not offered:
        return False
    known = {fold(text).casefold() for option in table.options.values() for text in option.accepted}
    return len(offered & known) >= 0.6 * len(offered)


def draft_section(draft: Draft, key: str, title: str, on: str) -> str:
    """The proposal as a section file of a pack, which no loader takes before somebody has reviewed it."""
    every = [*draft.unknown, *(one.control for one in draft.proposed)]
    fields: dict[str, object] = {}
    uploads: dict[str, object] = {}
    for one in draft.proposed:
        entry: dict[str, object] = {"labels": [one.label]}
        if one.control.kind != "upload":
            entry["control"] = one.control.kind
        if one.entry.options and one.control.kind != "text":
            entry["options"] = one.entry.options
        if one.control.required:
            entry["required"] = True
        if one.how == "words-and-heading" or _label_is_shared(one.control, every):
            entry["block"] = block_of(one.control)
        entry["evidence"] = "I"
        entry["note"] = f"{one.confidence:.2f} {HOW_WORDS[one.how].en}"
        if one.control.kind == "upload":
            uploads[one.path.removeprefix(_DOCUMENTS)] = entry
        else:
            fields[one.path] = entry
    head = (
        f"# 由 assistant teach --new 于 {on} 根据页面文字提出，尚未有人核对。逐项核对后，把 reviewed 改为 true。\n"
        f"# Proposed by `assistant teach --new` on {on} from the page's words; nobody has checked it yet. Check each line,\n"
        "# then set `reviewed: true`. Nothing is filled from it before that.\n"
    )
    content = {name: entries for name, entries in (("fields", fields), ("uploads", uploads)) if entries}
    body = written({"key": key, "title": title, "reviewed": False, "evidence": "I", **content})
    return head + body + "".join(f"{line}\n" for line in _not_known(draft))


def _not_known(draft: Draft) -> list[str]:
    """What a reviewer must add by hand, as comments."""
    lines = [f"#   {one.name} ({one.kind}{', required' if one.required else ''})" for one in draft.unknown]
    if lines:
        lines.insert(0, "# 以下栏目不认识，未提出对应关系 / not known, nothing proposed:")
    if draft.tables:
        lines.append(
            "# 以下表格未提出对应关系（按钮需由人填写） / row tables, not proposed (their buttons are yours to name):"
        )
        lines += [f"#   {table_name(one)}" for one in draft.tables]
    return lines


def table_name(table: PageTable) -> str:
    """A table as a person finds it again: the heading it stands under, and its columns."""
    columns = " | ".join(name_on_page(one) for one in table.headers)
    return f"{table.context[-1]}: {columns}" if table.context else columns


def _label_is_shared(control: Control, others: Iterable[Control]) -> bool:
    return sum(plain(one.label) == plain(control.label) for one in others) > 1
