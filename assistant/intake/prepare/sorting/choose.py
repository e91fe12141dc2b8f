"""Where several papers are for one slot: doubles of one paper, a paper with its translation, newer and older ones. Pure.

Of one paper scanned twice the better scan is taken. Different papers stand side by side only where the slot is for several, or where one
is the translation of the other; else the dates on them decide, and where these can't, a person does.
"""

from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher

from assistant.check.documents.checks.translation import is_chinese
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.text import dates_in
from assistant.intake.papers.words import letters
from assistant.intake.prepare.heap import PageAt, PageSeen
from assistant.intake.prepare.sorting.found import ListedPage, PaperFound, WhyListed
from assistant.intake.prepare.sorting.whose import rows_in

_ALIKE, _FIGURES_ALIKE = 0.86, 0.93
"""Of two readings of one paper: how much of all signs, and of the figures, agree."""
_VERY_ALIKE = 0.96
_LEAST_TEXT = 20


def chosen_papers(
    papers: Sequence[PaperFound], facts: ApplicantFacts, term: Sequence[str] = ()
) -> tuple[list[PaperFound], list[ListedPage]]:
    """The papers that stay, and the pages of the others. `term`: the contract's first and last day in the profile."""
    kept: list[PaperFound] = []
    best, listed = one_each(papers)
    for key in dict.fromkeys(paper.slot.key for paper in best):
        here = [paper for paper in best if paper.slot.key == key]
        stay = _beside_each_other(here, facts, term)
        kept += stay
        reason: WhyListed = "older" if stay else "which-paper"
        listed += [one for paper in here if paper not in stay for one in _listed(paper, reason)]
    return kept, listed


def one_each(papers: Sequence[PaperFound]) -> tuple[list[PaperFound], list[ListedPage]]:
    """Of each paper its best scan, and the pages of the others."""
    groups: list[list[PaperFound]] = []
    for paper in papers:
        group = next(
            (group for group in groups if group[0].slot.key == paper.slot.key and _are_one(group[0], paper)), None
        )
        if group is None:
            groups.append([paper])
        else:
            group.append(paper)
    best = [max(group, key=_worth) for group in groups]
    doubles = [
        one
        for group, taken in zip(groups, best, strict=True)
        for paper in group
        if paper is not taken
        for one in _listed(paper, "double", taken)
    ]
    return best, doubles


def same_words(one: PageAt, other: PageAt) -> bool:
    """Whether two pages that name nobody read alike, sign by sign: a form's pages differ from person to person in a line or two."""
    said, told = ("".join(map(letters, rows_in(page.seen.lines))) for page in (one, other))
    return _read_alike(said, told, _VERY_ALIKE)


def _listed(paper: PaperFound, reason: WhyListed, of: PaperFound | None = None) -> list[ListedPage]:
    name = of.pages[0].place if of is not None else ""
    return [ListedPage(page.file, page.number, reason, paper.slot.key, name) for page in paper.pages]


def _are_one(one: PaperFound, other: PaperFound) -> bool:
    """Whether two papers are one, scanned twice: the same words and the same figures."""
    if one.slot.rules.identity:
        return True  # both are the very paper of the profile
    if one.slot.rules.background:
        return False  # portraits are compared as pictures
    return _read_alike(_text(one), _text(other))


def _read_alike(said: str, told: str, alike: float = _ALIKE) -> bool:
    shorter, longer = sorted((said, told), key=len)
    if len(shorter) < _LEAST_TEXT or len(shorter) < len(longer) * 0.7:
        return False
    figures = [[sign for sign in text if sign.isdigit()] for text in (said, told)]
    return (
        SequenceMatcher(None, said, told, autojunk=False).ratio() >= alike
        and SequenceMatcher(None, figures[0], figures[1], autojunk=False).ratio() >= _FIGURES_ALIKE
    )


def _text(paper: PaperFound) -> str:
    return "".join(letters(row) for page in paper.pages for row in rows_in(page.seen.lines))


def _worth(paper: PaperFound) -> tuple[float, ...]:
    """The better of two scans of one paper: whole, in colour, sealed where it must be, then finer, then sharper."""
    rules, seen = paper.slot.rules, [page.seen for page in paper.pages]
    scanned = [page for page in seen if page.pixels is not None]
    fine = min((max(page.pixels) for page in scanned if page.pixels), default=4000)
    sharp = min((page.sharpness for page in scanned if page.sharpness is not None), default=1.0)
    return (
        float(-len(paper.missing)),
        float(not rules.colour or not any(page.grey for page in scanned)),
        float(not rules.seal or any(page.seal == "yes" for page in seen)),
        float(sharp >= 0.3),
        float(min(fine, 2400)),
        sharp,
        float(len(paper.pages)),
        float(not any(page.quarters for page in paper.pages)),
    )


def worth_of_page(seen: PageSeen) -> tuple[float, ...]:
    """The better of two scans of one page: in colour, sealed, sharp, then finer."""
    fine = min(max(seen.pixels), 2400) if seen.pixels is not None else 4000
    sharp = 1.0 if seen.sharpness is None else seen.sharpness
    return float(not seen.grey), float(seen.seal == "yes"), float(sharp >= 0.3), float(fine), sharp


def _beside_each_other(papers: Sequence[PaperFound], facts: ApplicantFacts, term: Sequence[str]) -> list[PaperFound]:
    """Those that may stay of different papers for one slot."""
    if len(papers) < 2:
        return list(papers)
    rules, slot = papers[0].slot.rules, papers[0].slot
    if rules.essentials and term:
        fitting = [paper for paper in papers if all(_dated(paper, day) for day in term if day)]
        papers = fitting or papers
    if len(papers) == 1:
        return list(papers)
    if rules.translation and len(papers) == 2:
        chinese = [is_chinese(_words(paper)) for paper in papers]
        if sorted(chinese, key=str) == [False, True]:
            return sorted(papers, key=lambda paper: chinese[list(papers).index(paper)] is True)
    if slot.several:
        return sorted(papers, key=lambda paper: _issued(paper, facts) or date.min)
    days = [_issued(paper, facts) for paper in papers]
    known = [day for day in days if day is not None]
    if len(known) == len(papers) and known.count(max(known)) == 1:
        return [papers[days.index(max(known))]]
    return []


def _words(paper: PaperFound) -> str:
    return "\n".join(row for page in paper.pages for row in rows_in(page.seen.lines))


def _dated(paper: PaperFound, day: str) -> bool:
    return date.fromisoformat(day) in dates_in(_words(paper))[0]


def _issued(paper: PaperFound, facts: ApplicantFacts) -> date | None:
    """The day that a label calls the paper's own, the latest of them; none in the future counts."""
    labelled = [day for day in dates_in(_words(paper))[1] if day <= facts.today]
    return max(labelled, default=None)
