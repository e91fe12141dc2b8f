"""One PDF of a whole case, for the window and for the file: which papers are its numbered parts, and what its cover says of each. Plain.

Promises: every paper that was made ready, and every other file that the profile names, is a part of it or is named on its cover with the
reason; required papers that are not there are named too; where a seal or a signature belongs is told only from what stands on a page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.check.finding_kinds import Found
from assistant.check.slots import Slot
from assistant.intake.pages.reading import sentence_of
from assistant.intake.prepare.children import answers_to
from assistant.intake.prepare.copies.bind import finished
from assistant.intake.prepare.copies.cover import Cover, CoverRow, drawn
from assistant.intake.prepare.heap import PageAt
from assistant.intake.prepare.result import PreparedPaper
from assistant.messages import Text
from assistant.store.files import write_private

TITLE = Text("申请材料（合订）", "Papers of the case, bound in one file")
FOOT = Text(
    "各部分为扫描件或其副本，内容未改动；原件另存。盖章、签名处按页面上的文字列出，请逐份核对。",
    "The parts are scans or copies of them, unaltered; originals are kept apart. Places for seals and signatures are told from the words "
    "on the pages: look at each paper.",
)
MISSING = Text("还缺的必交材料", "Required papers that are not here")
LEFT_OUT = Text("没有装订的材料", "Papers that are left out")
AS_SCANNED = Text("原件（没有合格的副本）", "the original (no copy of it was offered)")

SIGN_HERE = re.compile(r"签名|签字|簽名|signature|signed\s+by", re.IGNORECASE)
SEAL_HERE = re.compile(r"盖章|公章|印章|单位[（(]?章|\bseal\b|\bstamp\b", re.IGNORECASE)


@dataclass(frozen=True)
class BundlePart:
    """One paper of the bundle. Page numbers count from 1 within it."""

    slot: Slot
    spots: tuple[Mapping[str, Any], ...] = field(repr=False)
    """Its pages as a child opens them: path, number (0 for all of the file's), quarters."""
    sealed: tuple[int, ...] = ()
    """Pages on which a seal was seen."""
    seal_places: tuple[int, ...] = ()
    """Pages that have a place for one."""
    sign_places: tuple[int, ...] = ()
    original: bool = False
    """Whether it is the original, since no copy of it was offered."""


@dataclass(frozen=True)
class BoundPart:
    """Where a part came to lie: its number and pages in the bundle; `why` says why it is not in it."""

    part: BundlePart
    number: int = 0
    first: int = 0
    pages: int = 0
    why: Text | None = None

    @property
    def last(self) -> int:
        return self.first + self.pages - 1


@dataclass(frozen=True)
class Bundle:
    """The finished bundle, which lies in a private folder until it is written where it was asked for."""

    local: Path = field(repr=False)
    cover_pages: int
    parts: tuple[BoundPart, ...]
    missing: tuple[Slot, ...]

    @property
    def pages(self) -> int:
        return self.cover_pages + sum(one.pages for one in self.parts)

    def as_json(self) -> dict[str, Any]:
        return {
            "pages": self.pages,
            "bytes": self.local.stat().st_size,
            "parts": [
                {"number": one.number, "slot": one.part.slot.key, "first": one.first, "pages": one.pages}
                for one in self.parts
                if one.why is None
            ],
            "left_out": [one.part.slot.key for one in self.parts if one.why is not None],
            "missing": [slot.key for slot in self.missing],
        }


def bundle_of(
    parts: Sequence[BundlePart], needed: Sequence[Slot], facts: Sequence[tuple[Text, str]], home: Path
) -> Bundle:
    """The bundle of these parts. `needed` are the papers of the case, `facts` what the cover says of it."""
    body, local = home / "bundle-body.pdf", home / "bundle.pdf"
    tasks = [{"spots": list(part.spots), "print_mm": part.slot.rules.aspect} for part in parts]
    (answer,) = answers_to([{"bind": {"parts": tasks, "into": str(body)}}], lambda _done: None)
    answers = answer.get("parts") or [answer] * len(parts)
    cover_pages = 1
    while True:
        bound = bound_parts(parts, answers, cover_pages)
        missing = missing_from(bound, needed)
        cover, pages = drawn(_cover(bound, missing, facts))
        if pages <= cover_pages:
            break
        cover_pages = pages
    titles = [(f"{one.number} {one.part.slot.label}", one.first, one.pages) for one in bound if one.why is None]
    write_private(local, finished(cover, body.read_bytes() if titles else b"", titles, TITLE.zh))
    return Bundle(local, cover_pages, bound, tuple(missing))


def parts_of(
    papers: Sequence[PreparedPaper], named: Mapping[str, Sequence[Path]], slots: Sequence[Slot]
) -> list[BundlePart]:
    """The parts in the city's order: this run's papers, and for the slots it has none of, the files that the profile names."""
    found: list[BundlePart] = []
    for slot in slots:
        here = [paper for paper in papers if paper.slot == slot.key]
        found += [_of_paper(slot, paper) for paper in here]
        if not here and named.get(slot.key):
            found.append(BundlePart(slot, tuple(spot_of(path, 0) for path in named[slot.key])))
    return found


def missing_from(parts: Sequence[BoundPart], slots: Sequence[Slot]) -> list[Slot]:
    """The required papers that are not in the bundle."""
    there = {one.part.slot.key for one in parts if one.why is None}
    return [slot for slot in slots if slot.required == "required" and slot.key not in there]


def bound_parts(
    parts: Sequence[BundlePart], answers: Sequence[Mapping[str, Any]], cover_pages: int
) -> tuple[BoundPart, ...]:
    """The parts as the child bound them: each with its pages, or with the reason why it was left out."""
    found, number, first = [], 0, cover_pages + 1
    for part, answer in zip(parts, answers, strict=True):
        if "trouble" in answer:
            found.append(BoundPart(part, why=sentence_of(Found(answer["trouble"], answer["facts"]))))
            continue
        number += 1
        found.append(BoundPart(part, number, first, answer["pages"]))
        first += answer["pages"]
    return tuple(found)


def _of_paper(slot: Slot, paper: PreparedPaper) -> BundlePart:
    ready = paper.state == "ready"
    copied = [spot_of(file.local, page) for file in paper.files for page in range(1, file.pages + 1)]
    original = [spot_of(page.file.path, page.number, page.quarters) for page in paper.pages]
    return BundlePart(
        slot,
        tuple(copied if ready else original),
        tuple(number for number, page in enumerate(paper.pages, 1) if page.seen.seal == "yes"),
        tuple(_places(paper.pages, SEAL_HERE)),
        tuple(_places(paper.pages, SIGN_HERE)),
        original=not ready,
    )


def spot_of(path: Path, number: int, quarters: int = 0) -> dict[str, Any]:
    """A page as a child's task names it."""
    return {"path": str(path), "number": number, "quarters": quarters}


def _places(pages: Sequence[PageAt], label: re.Pattern[str]) -> Iterator[int]:
    for number, page in enumerate(pages, 1):
        if any(label.search(line.text) for line in page.seen.lines):
            yield number


# ---- the cover -----------------------------------------------------------------------------------------------------


def _cover(bound: Sequence[BoundPart], missing: Sequence[Slot], facts: Sequence[tuple[Text, str]]) -> Cover:
    rows = [
        CoverRow(
            str(one.number),
            one.part.slot.name,
            str(one.first) if one.pages == 1 else f"{one.first}–{one.last}",
            _marks(one),
        )
        for one in bound
        if one.why is None
    ]
    left_out = [
        Text(f"{one.part.slot.label}：{one.why.zh}", f"{one.part.slot.label_en}: {one.why.en}")
        for one in bound
        if one.why is not None
    ]
    notes = [(MISSING, [slot.name for slot in missing]), (LEFT_OUT, left_out)]
    return Cover(TITLE, facts, rows, [(heading, lines) for heading, lines in notes if lines], FOOT)


def _marks(one: BoundPart) -> Text:
    """Where the part is sealed and signed, or must be, by pages of the bundle."""
    rules, part = one.part.slot.rules, one.part
    said: list[Text] = []
    if part.sealed:
        said.append(_at(Text("印章在第", "sealed on"), one, part.sealed))
    elif rules.seal and part.seal_places:
        said.append(_at(Text("请盖章：第", "to be sealed: "), one, part.seal_places))
    elif rules.seal:
        said.append(Text("须盖公章", "needs the company's seal"))
    if rules.signature and part.sign_places:
        said.append(_at(Text("签名处：第", "signature: "), one, part.sign_places))
    elif rules.signature:
        said.append(Text("须签名", "needs a signature"))
    if part.original:
        said.append(AS_SCANNED)
    return Text("；".join(text.zh for text in said) or "–", "; ".join(text.en for text in said) or "–")


def _at(what: Text, one: BoundPart, places: Sequence[int]) -> Text:
    """Pages of the part as pages of the bundle: `sealed on p. 7, 9`."""
    numbers = [str(one.first + place - 1) for place in places if place <= one.pages]
    return Text(f"{what.zh} {'、'.join(numbers)} 页", f"{what.en.strip()} p. {', '.join(numbers)}")
