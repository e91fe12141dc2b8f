"""Which page goes on with which paper: within a file, and between files. Pure.

A page of another file is joined where two signs of it agree, none speaks against it, and nothing else could be meant: neither another page
for the paper nor another paper for the page, strangers' papers included. Where several could, only a file's own number that is the page's
number (合同-2.jpg beside 合同-1.jpg), or the applicant's own duties on just one of the pages, tells them apart.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from assistant.check.slots import Slot
from assistant.intake.papers.words import letters
from assistant.intake.prepare.heap import PageAt
from assistant.intake.prepare.sorting.found import PaperFound
from assistant.intake.prepare.sorting.signs import PageMark, found_in, letters_of, mark_on
from assistant.intake.prepare.sorting.whose import KnownWords, PageSigns, rows_in


@dataclass(frozen=True)
class ReadPage:
    """What one page says of itself."""

    at: PageAt
    slots: tuple[Slot, ...]
    """Those whose title it bears; several where one title serves two of them."""
    name: str
    """The title of a paper that no slot asks for."""
    signs: PageSigns
    mark: PageMark | None
    clauses: tuple[int, int] | None

    @property
    def has_title(self) -> bool:
        return bool(self.slots or self.name)


def goes_on(paper: PaperFound, page: ReadPage) -> bool:
    """Whether a page without a headline is the next one of the paper before it in the same file."""
    if paper.slot.rules.identity or page.signs.owner in ("stranger", "unsettled"):
        return False
    if page.mark is not None and page.mark.of:
        return page.mark.number == len(paper.pages) + 1
    if page.mark is not None and page.mark.number == len(paper.pages) + 1:
        return True
    if page.clauses is not None and paper.last:
        return page.clauses[0] in (paper.last, paper.last + 1)
    return _heads_on(paper.slot, page) >= 2


def with_page(paper: PaperFound, page: ReadPage) -> PaperFound:
    return replace(paper, pages=(*paper.pages, page.at), last=page.clauses[1] if page.clauses else paper.last)


def joined(
    papers: Sequence[PaperFound],
    ghosts: Sequence[PaperFound],
    orphans: Sequence[ReadPage],
    known: KnownWords,
    again: Mapping[str, Sequence[str]] = {},
) -> tuple[list[PaperFound], list[ReadPage]]:
    """The papers with the pages that can only be theirs, and the pages that are left. `ghosts` are papers of strangers: a page that
    could be one of theirs is not taken for the applicant's. `again` gives the names of the files in which a page lies once more."""
    found, left = list(papers), list(orphans)
    while True:
        fits = [(paper, page) for paper in (*found, *ghosts) for page in left if _can_follow(paper, page, known)]
        sure = _only_ones(fits)
        if not sure:
            sure = _only_ones([(paper, page) for paper, page in fits if _numbered_after(paper, page, again)])
        if not sure and len({id(page) for _, page in fits}) >= len({id(paper) for paper, _ in fits}):
            own = {id(page) for _, page in fits if _tells_duties(page, known)}
            mine = [(paper, page) for paper, page in fits if id(page) in own and any(paper is one for one in found)]
            sure = _only_ones(mine)
        sure = [(paper, page) for paper, page in sure if any(paper is one for one in found)]
        if not sure:
            return found, left
        for paper, page in sure:
            found[next(at for at, one in enumerate(found) if one is paper)] = with_page(paper, page)
            left.remove(page)


Follower = tuple[PaperFound, ReadPage]


def _only_ones(fits: Sequence[Follower]) -> list[Follower]:
    """Those in which neither the paper nor the page could be another's."""
    return [
        (paper, page)
        for paper, page in fits
        if sum(other is page for _, other in fits) == 1 and sum(other is paper for other, _ in fits) == 1
    ]


def _can_follow(paper: PaperFound, page: ReadPage, known: KnownWords) -> bool:
    if paper.slot.rules.identity or page.signs.owner in ("stranger", "unsettled"):
        return False
    follows = len(paper.pages) + 1
    first = mark_on(paper.pages[0].seen.lines)
    if page.mark is not None and page.mark.number != follows:
        return False
    if page.mark is not None and first is not None and page.mark.of != first.of:
        return False
    if first is not None and first.of and follows > first.of:
        return False
    if page.clauses is not None and paper.last and page.clauses[0] not in (paper.last, paper.last + 1):
        return False
    signs: list[Callable[[], bool]] = [
        lambda: page.mark is not None and page.mark.number == follows,
        lambda: page.clauses is not None and bool(paper.last),
        lambda: _heads_on(paper.slot, page) >= 2,
        lambda: page.signs.employer,
        lambda: page.signs.owner == "applicant",
        lambda: _tells_duties(page, known),
    ]
    held = [sign() for sign in signs]
    return sum(held) >= 2 and any(held[:3])


def _heads_on(slot: Slot, page: ReadPage) -> int:
    text = letters_of(line.text for line in page.at.seen.lines)
    return sum(letters(head) in text for head in slot.heads)


def _tells_duties(page: ReadPage, known: KnownWords) -> bool:
    return bool(known.duties) and found_in(letters_of(rows_in(page.at.seen.lines)), known.duties, 2)


_NUMBERED = re.compile(r"^(.*?)0*(\d{1,3})$")


def _numbered_after(paper: PaperFound, page: ReadPage, again: Mapping[str, Sequence[str]]) -> bool:
    """Whether two files bear one name and the numbers of these pages; a page that lies there twice has two names."""
    last, follows = paper.pages[-1], len(paper.pages) + 1
    if page.mark is None or page.mark.number != follows:
        return False
    other = _NUMBERED.match(PurePosixPath(page.at.file.name).stem)
    for name in (last.file.name, *again.get(last.place, ())):
        one = _NUMBERED.match(PurePosixPath(name).stem)
        if one and other and one[1] == other[1] and int(other[2]) == follows and int(one[2]) == follows - 1:
            return True
    return False
