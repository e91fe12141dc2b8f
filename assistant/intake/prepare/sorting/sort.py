"""From the pages of a heap to papers in slots: by what stands on each page, whose it is, and how its pages follow each other. Pure.

A page is placed where its headline (or its zone) says which paper it is and its names say that it is the applicant's (a company's paper:
the employer's). A page without a headline goes on with a paper only where its marks, its clauses or its file say so. Whatever is not
sure is listed with the reason, and nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.slots import Slot
from assistant.intake.papers.words import letters, words
from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.intake.prepare.portrait import same_portrait
from assistant.intake.prepare.sorting.choose import chosen_papers
from assistant.intake.prepare.sorting.found import ListedPage, PaperFound, Sorted, WhyListed
from assistant.intake.prepare.sorting.identity import IdentityVerdict, papers_by_zone
from assistant.intake.prepare.sorting.signs import (
    PageMark,
    clauses_on,
    found_in,
    headlines,
    holds_words,
    is_title,
    letters_of,
    mark_on,
)
from assistant.intake.prepare.sorting.whose import KnownWords, Signs, rows_in, signs_of


@dataclass(frozen=True)
class _Page:
    """What one page says of itself."""

    at: PageAt
    slots: tuple[Slot, ...]
    """Those whose title it bears; several where one title serves two of them."""
    name: str
    """The title of a paper that no slot asks for."""
    signs: Signs
    mark: PageMark | None
    clauses: tuple[int, int] | None

    @property
    def has_title(self) -> bool:
        return bool(self.slots or self.name)


def sort_heap(
    files: Sequence[HeapFile],
    slots: Sequence[Slot],
    needed: Sequence[str],
    known: KnownWords,
    facts: ApplicantFacts,
    term: Sequence[str] = (),
) -> Sorted:
    """`slots` are all that the city has, `needed` the keys of those of this case, `term` the contract's first and last day."""
    papers: list[PaperFound] = []
    listed: list[ListedPage] = [ListedPage(file, 0, "unusable") for file in files if file.trouble is not None]
    portraits: list[PageAt] = []
    orphans: list[_Page] = []
    for file in files:
        if file.trouble is not None:
            continue
        if file.same_as:
            listed += [ListedPage(file, page, "double", name=file.same_as) for page in range(1, max(1, file.count) + 1)]
            continue
        here: PaperFound | None = None
        for seen in file.pages:
            at = PageAt(file, seen.number, seen.quarters)
            if seen.blank:
                listed.append(ListedPage(file, seen.number, "blank"))
                continue
            if seen.portrait is not None:
                portraits.append(at)
                continue
            by_zone = papers_by_zone(seen, slots, facts)
            if by_zone:
                here = None
                found, rest = _by_identity(at, by_zone)
                papers += found
                listed += rest
                continue
            page = _judged(at, slots, known)
            if page.has_title or here is None or not _goes_on(here, page):
                placed = _placed(page)
                if isinstance(placed, PaperFound):
                    here = placed
                    papers.append(placed)
                    continue
                here = None
                if placed.reason == "unknown" and not file.unread:
                    orphans.append(page)
                else:
                    listed.append(
                        replace(placed, reason="unread") if file.unread and placed.reason == "unknown" else placed
                    )
                continue
            papers.remove(here)
            here = _with(here, page)
            papers.append(here)
        listed += [ListedPage(file, page, "too-many-pages") for page in range(len(file.pages) + 1, file.count + 1)]
    papers, left = _joined(papers, orphans, known)
    listed += [ListedPage(page.at.file, page.at.number, _why_left(page, papers)) for page in left]
    more, rest = _portraits(portraits, slots, known)
    papers, doubles = chosen_papers([*papers, *more], facts, term)
    listed += [*rest, *doubles]
    unneeded = [paper for paper in papers if paper.slot.key not in needed]
    listed += [
        ListedPage(page.file, page.number, "not-needed", paper.slot.key) for paper in unneeded for page in paper.pages
    ]
    order = {slot.key: place for place, slot in enumerate(slots)}
    kept = sorted((paper for paper in papers if paper not in unneeded), key=lambda paper: order[paper.slot.key])
    by_file = {id(file): place for place, file in enumerate(files)}
    listed.sort(key=lambda one: (by_file[id(one.file)], one.number))
    return Sorted(tuple(map(_in_order, kept)), tuple(listed))


# ---- one page ------------------------------------------------------------------------------------------------------


def _judged(at: PageAt, slots: Sequence[Slot], known: KnownWords) -> _Page:
    lines = at.seen.lines
    titled: tuple[Slot, ...] = ()
    name = ""
    for line in headlines(lines):
        name = next((title for title in words().unasked if is_title(line, title)), "")
        if name:
            break
        titled = tuple(
            slot for slot in slots if not slot.rules.identity and any(is_title(line, title) for title in slot.titles)
        )
        if titled:
            break
    return _Page(at, titled, name, signs_of(lines, known), mark_on(lines), clauses_on(lines))


def _placed(page: _Page) -> PaperFound | ListedPage:
    """The paper that this page begins, or why it begins none."""
    at, owner = page.at, page.signs.owner

    def listed(reason: WhyListed, slot: str = "", name: str = "") -> ListedPage:
        return ListedPage(at.file, at.number, reason, slot, name)

    if page.name:
        return listed("unasked", name=page.name)
    if not page.slots:
        return listed("stranger" if owner == "stranger" else "unknown")
    if owner == "stranger":
        return listed("stranger", page.slots[0].key)
    of_applicant = [slot for slot in page.slots if slot.whose == "applicant"]
    of_employer = [slot for slot in page.slots if slot.whose == "employer"]
    if owner == "applicant" and of_applicant:
        slot = of_applicant[0]
        if (slot.rules.seal or slot.rules.essentials) and page.signs.other_employer:
            return listed("other-employer", slot.key)
        return _begun(slot, page)
    if of_employer and page.signs.employer and owner in ("applicant", "employer"):
        return _begun(of_employer[0], page)
    return listed("nobody", page.slots[0].key)


def _begun(slot: Slot, page: _Page) -> PaperFound:
    return PaperFound(slot, (page.at,), last=page.clauses[1] if page.clauses else 0)


def _by_identity(at: PageAt, verdicts: Sequence[IdentityVerdict]) -> tuple[list[PaperFound], list[ListedPage]]:
    """A page may show several papers; it is placed for each that is the applicant's."""
    own = [PaperFound(one.slot, (at,)) for one in verdicts if one.state == "own" and one.slot is not None]
    if own:
        return own, []
    worst = verdicts[0]
    reason: WhyListed = {"stranger": "stranger", "other": "other-document"}.get(worst.state, "nobody")  # type: ignore[assignment]
    return [], [ListedPage(at.file, at.number, reason, worst.slot.key if worst.slot else "")]


# ---- pages that follow ---------------------------------------------------------------------------------------------


def _goes_on(paper: PaperFound, page: _Page) -> bool:
    """Whether a page without a headline is the next one of the paper before it in the same file."""
    if paper.slot.rules.identity or page.signs.owner == "stranger":
        return False
    if page.mark is not None and page.mark.of:
        return page.mark.number == len(paper.pages) + 1
    if page.mark is not None and page.mark.number == len(paper.pages) + 1:
        return True
    if page.clauses is not None and paper.last:
        return page.clauses[0] in (paper.last, paper.last + 1)
    return _heads_on(paper.slot, page) >= 2


def _heads_on(slot: Slot, page: _Page) -> int:
    text = letters_of(line.text for line in page.at.seen.lines)
    return sum(letters(head) in text for head in slot.heads)


def _with(paper: PaperFound, page: _Page) -> PaperFound:
    return replace(paper, pages=(*paper.pages, page.at), last=page.clauses[1] if page.clauses else paper.last)


def _joined(
    papers: Sequence[PaperFound], orphans: Sequence[_Page], known: KnownWords
) -> tuple[list[PaperFound], list[_Page]]:
    """Pages from files of their own, joined to the one paper that they can belong to; where two could, to none."""
    found, left = list(papers), list(orphans)
    while True:
        fits = [(paper, page) for paper in found for page in left if _can_follow(paper, page, known)]
        sure = [
            (paper, page)
            for paper, page in fits
            if sum(other is page for _, other in fits) == 1 and sum(other is paper for other, _ in fits) == 1
        ]
        if not sure:
            return found, left
        for paper, page in sure:
            found[found.index(paper)] = _with(paper, page)
            left.remove(page)


def _can_follow(paper: PaperFound, page: _Page, known: KnownWords) -> bool:
    """Whether a page of another file can be the next one: two signs of it must agree, and none speak against it."""
    if paper.slot.rules.identity or page.signs.owner == "stranger":
        return False
    follows = len(paper.pages) + 1
    first = mark_on(paper.pages[0].seen.lines)
    if page.mark is not None and page.mark.number != follows:
        return False
    if page.mark is not None and first is not None and page.mark.of != first.of:
        return False
    if page.clauses is not None and paper.last and page.clauses[0] not in (paper.last, paper.last + 1):
        return False
    signs = [
        page.mark is not None and page.mark.number == follows,
        page.clauses is not None and bool(paper.last),
        _heads_on(paper.slot, page) >= 2,
        page.signs.employer,
        page.signs.owner == "applicant",
        bool(known.duties) and found_in(letters_of(rows_in(page.at.seen.lines)), known.duties, 2),
    ]
    return sum(signs) >= 2 and any(signs[:3])


def _why_left(page: _Page, papers: Sequence[PaperFound]) -> WhyListed:
    return "follows-nothing" if page.mark is not None and page.mark.number > 1 else "unknown"


def _in_order(paper: PaperFound) -> PaperFound:
    """The pages by their own marks where each has one, and the numbers that are missing."""
    marks = [mark_on(page.seen.lines) for page in paper.pages]
    if any(mark is None for mark in marks) or len({mark.number for mark in marks if mark}) < len(marks):
        return paper
    order = sorted(range(len(marks)), key=lambda at: marks[at].number if marks[at] else 0)  # type: ignore[union-attr]
    of = max(mark.of for mark in marks if mark)
    there = {mark.number for mark in marks if mark}
    missing = tuple(number for number in range(1, of + 1) if number not in there)
    return replace(paper, pages=tuple(paper.pages[at] for at in order), missing=missing)


# ---- portraits -------------------------------------------------------------------------------------------------------


def _portraits(
    pages: Sequence[PageAt], slots: Sequence[Slot], known: KnownWords
) -> tuple[list[PaperFound], list[ListedPage]]:
    """Nobody can tell whose a face is: a portrait is placed where it is the only one on its ground, or its file bears the name."""
    found: list[PaperFound] = []
    listed: list[ListedPage] = []
    for ground in ("white", "blue", "other"):
        here = [page for page in pages if page.seen.portrait == ground]
        slot = next((slot for slot in slots if slot.rules.background == ground), None)
        if slot is None:
            listed += [ListedPage(page.file, page.number, "other-ground") for page in here]
            continue
        different: list[list[PageAt]] = []
        for page in here:
            group = next(
                (group for group in different if same_portrait(group[0].seen.likeness, page.seen.likeness)), None
            )
            if group is None:
                different.append([page])
            else:
                group.append(page)
        named = [group for group in different if any(_bears_name(page.file.name, known) for page in group)]
        taken = different if len(different) == 1 else named if len(named) == 1 else []
        for group in different:
            if group in taken:
                best = max(group, key=lambda page: (page.seen.pixels or (0, 0), page.file.name))
                found.append(PaperFound(slot, (best,)))
                listed += [
                    ListedPage(page.file, page.number, "double", slot.key, best.file.name)
                    for page in group
                    if page is not best
                ]
            else:
                listed += [ListedPage(page.file, page.number, "which-portrait", slot.key) for page in group]
    return found, listed


def _bears_name(name: str, known: KnownWords) -> bool:
    return holds_words(name, known.name) or (len(known.chinese) >= 2 and known.chinese in letters(name))
