"""Which paper a page is, by its zone and its title; and which pages are one paper. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.intake.draft import SourceKind
from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.papers.identity import zone_of
from assistant.intake.papers.words import letters, words

_LONGEST_TITLE = 60


@dataclass(frozen=True)
class PaperPart:
    """Pages that are one paper; `zone` are the lines of its zone. `kind` is None where nobody can tell."""

    kind: SourceKind | None
    pages: tuple[PageLines, ...]
    zone: tuple[Line, ...] = ()


def parts_of(pages: Sequence[PageLines]) -> list[PaperPart]:
    """The papers of a file in their order. A page without a title of its own goes on with the contract or form before it; each zone is a
    paper of its own, which has only the lines near it where there are several on a page."""
    found: list[PaperPart] = []
    for page in pages:
        if page.zones:
            found += _with_zones(page)
            continue
        kind = title_of(page)
        last = found[-1] if found else None
        if last is not None and _goes_on(last, kind):
            found[-1] = replace(last, pages=(*last.pages, page))
        elif kind is not None or page.lines:
            found.append(PaperPart(kind, (page,)))
    return found


def _goes_on(last: PaperPart, kind: SourceKind | None) -> bool:
    if kind is None:
        return last.kind in ("contract", "form")
    return kind == last.kind and kind in ("contract", "form", "work_permit")


def _with_zones(page: PageLines) -> list[PaperPart]:
    parts = []
    for number, zone in enumerate(page.zones):
        own = page if len(page.zones) == 1 else replace(page, lines=_near(page, number), zones=(zone,))
        read = zone_of(zone)
        if read is None:
            continue
        title = title_of(own)
        kind: SourceKind = "other"
        if read.code[0] == "P" and read.form == "TD3":
            kind = "passport"
        elif read.form in ("MRV-A", "MRV-B") and title == "residence_permit":
            kind = "residence_permit"
        parts.append(PaperPart(kind, (own,), zone))
    return parts


def _near(page: PageLines, number: int) -> tuple[Line, ...]:
    """Of several papers on one page the lines that are this one's: those nearest above its zone, and not beside it."""
    tops = [min(line.top for line in zone) for zone in page.zones]
    sides = [(min(line.left for line in zone), max(line.right for line in zone)) for zone in page.zones]

    def owner(line: Line) -> int:
        below = [
            (tops[at] - line.middle[1], at)
            for at in range(len(tops))
            if tops[at] >= line.middle[1] and sides[at][0] - 0.05 <= line.middle[0] <= sides[at][1] + 0.05
        ]
        return min(below)[1] if below else -1

    return tuple(line for line in page.lines if owner(line) == number)


def title_of(page: PageLines) -> SourceKind | None:
    """The kind that the first line with a title's words names; a title is a short line of its own."""
    known = {letters(word): kind for kind, many in words().titles.items() for word in many}
    for line in sorted(page.lines, key=lambda one: (round(one.top, 2), one.left)):
        if len(line.text) > _LONGEST_TITLE or line.origin == "form-field":
            continue
        key = letters(line.text)
        if key in known:
            return known[key]
        named = [word for word in known if len(word) >= 4 and (key.startswith(word) or key.endswith(word))]
        if named:
            return known[max(named, key=len)]
    return None
