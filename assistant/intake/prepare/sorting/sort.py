"""From the pages of a heap to papers in slots: by what stands on each page, whose it is, and how its pages follow each other. Pure.

A page is placed where its headline (or its zone) says which paper it is and its names say that it is the applicant's (a company's paper:
the employer's). A page without a headline goes on with a paper only where its marks, its clauses or its file say so. Whatever is not
sure is listed with the reason, and nothing is guessed. Data that are wrong or missing settle nothing (`unsettled`): what they would have
told is listed.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.slots import Slot
from assistant.intake.papers.words import letters, words
from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.intake.prepare.portrait import same_portrait
from assistant.intake.prepare.sorting.choose import chosen_papers, one_each, same_words, worth_of_page
from assistant.intake.prepare.sorting.follow import ReadPage, goes_on, joined, with_page
from assistant.intake.prepare.sorting.found import ListedPage, PaperFound, Sorted, WhyListed
from assistant.intake.prepare.sorting.identity import IdentityVerdict, papers_by_zone
from assistant.intake.prepare.sorting.signs import (
    clauses_on,
    headlines,
    holds_words,
    is_title,
    mark_on,
)
from assistant.intake.prepare.sorting.whose import KnownWords, signs_of


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
    orphans: list[ReadPage] = []
    ghosts: list[PaperFound] = []
    for file in files:
        if file.trouble is not None:
            continue
        if file.same_as:
            listed += [ListedPage(file, page, "double", name=file.same_as) for page in range(1, max(1, file.count) + 1)]
            continue
        here: PaperFound | None = None
        theirs: PaperFound | None = None
        why_not_ours: WhyListed = "stranger"
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
                found, rest = _by_identity(at, by_zone, known)
                papers += found
                listed += rest
                continue
            page = _judged(at, slots, known)
            if theirs is not None and _is_theirs(theirs, page):
                # The next page of a paper that is a stranger's, or may be, though it names nobody: it must not pass for the applicant's.
                ghosts.remove(theirs)
                theirs = with_page(theirs, page)
                ghosts.append(theirs)
                listed.append(ListedPage(file, seen.number, why_not_ours, theirs.slot.key))
                continue
            theirs = None
            if page.has_title or here is None or not goes_on(here, page):
                placed = _placed(page, known)
                if isinstance(placed, PaperFound):
                    here = placed
                    papers.append(placed)
                    continue
                here = None
                if placed.reason in ("stranger", "unsettled") and page.slots:
                    why_not_ours = placed.reason
                    theirs = _begun(page.slots[0], page)
                    ghosts.append(theirs)
                if placed.reason == "unknown" and not file.unread:
                    orphans.append(page)
                else:
                    listed.append(
                        replace(placed, reason="unread") if file.unread and placed.reason == "unknown" else placed
                    )
                continue
            papers.remove(here)
            here = with_page(here, page)
            papers.append(here)
        listed += [ListedPage(file, page, "too-many-pages") for page in range(len(file.pages) + 1, file.count + 1)]
    orphans, again = _once_each(orphans)
    listed += again
    papers, doubles = one_each(papers)
    listed += doubles
    twice: dict[str, list[str]] = {}
    for one in listed:
        if one.reason == "double" and one.name:
            twice.setdefault(one.name, []).append(one.file.name)
    papers, left = joined(papers, ghosts, orphans, known, twice)
    listed += [ListedPage(page.at.file, page.at.number, _why_left(page)) for page in left]
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


def _judged(at: PageAt, slots: Sequence[Slot], known: KnownWords) -> ReadPage:
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
    return ReadPage(at, titled, name, signs_of(lines, known), mark_on(lines), clauses_on(lines))


def _placed(page: ReadPage, known: KnownWords) -> PaperFound | ListedPage:
    """The paper that this page begins, or why it begins none."""
    at, owner = page.at, page.signs.owner

    def listed(reason: WhyListed, slot: str = "", name: str = "") -> ListedPage:
        return ListedPage(at.file, at.number, reason, slot, name)

    if page.name:
        return listed("unasked", name=page.name)
    if not page.slots:
        return listed("stranger" if owner == "stranger" else "unknown")
    if owner in ("stranger", "unsettled"):
        return listed("stranger" if owner == "stranger" else "unsettled", page.slots[0].key)
    of_applicant = [slot for slot in page.slots if slot.whose == "applicant"]
    of_employer = [slot for slot in page.slots if slot.whose == "employer"]
    if owner == "applicant" and of_applicant:
        slot = of_applicant[0]
        if (slot.rules.seal or slot.rules.essentials) and page.signs.other_employer:
            return listed("other-employer" if known.knows_employer else "unsettled", slot.key)
        return _begun(slot, page)
    if of_employer and page.signs.employer and owner in ("applicant", "employer"):
        return _begun(of_employer[0], page)
    told = known.knows_person if of_applicant else known.knows_employer
    return listed("nobody" if told else "unsettled", page.slots[0].key)


def _is_theirs(theirs: PaperFound, page: ReadPage) -> bool:
    return not page.has_title and page.signs.owner != "applicant" and goes_on(theirs, page)


def _begun(slot: Slot, page: ReadPage) -> PaperFound:
    return PaperFound(slot, (page.at,), last=page.clauses[1] if page.clauses else 0)


def _by_identity(
    at: PageAt, verdicts: Sequence[IdentityVerdict], known: KnownWords
) -> tuple[list[PaperFound], list[ListedPage]]:
    """A page may show several papers; it is placed for each that is the applicant's."""
    own = [PaperFound(one.slot, (at,)) for one in verdicts if one.state == "own" and one.slot is not None]
    if own:
        return own, []
    worst = verdicts[0]
    unsure: WhyListed = "nobody" if known.knows_papers else "unsettled"
    reason: WhyListed = {"stranger": "stranger", "other": "other-document"}.get(worst.state, unsure)  # type: ignore[assignment]
    return [], [ListedPage(at.file, at.number, reason, worst.slot.key if worst.slot else "")]


# ---- the order ------------------------------------------------------------------------------------------------------


def _once_each(pages: Sequence[ReadPage]) -> tuple[list[ReadPage], list[ListedPage]]:
    """Pages of which the same one was scanned twice, once each: the better scan."""
    groups: list[list[ReadPage]] = []
    for page in pages:
        same = (group for group in groups if page.mark is not None and same_words(group[0].at, page.at))
        group = next(same, None)
        if group is None:
            groups.append([page])
        else:
            group.append(page)
    best = [max(group, key=lambda page: worth_of_page(page.at.seen)) for group in groups]
    doubles = [
        ListedPage(page.at.file, page.at.number, "double", name=taken.at.place)
        for group, taken in zip(groups, best, strict=True)
        for page in group
        if page is not taken
    ]
    return best, doubles


def _why_left(page: ReadPage) -> WhyListed:
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
