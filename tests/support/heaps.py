"""Pages of a heap made of lines, for what sorts them: nothing is drawn and nothing read."""

from collections.abc import Sequence
from pathlib import Path

from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.prepare.heap import Ground, HeapFile, PageSeen


def seen(
    number: int,
    rows: Sequence[str],
    *,
    title: str = "",
    foot: str = "",
    portrait: Ground | None = None,
    likeness: str = "",
    seal: str = "no",
    grey: bool = False,
    blank: bool = False,
    pixels: tuple[int, int] | None = (1240, 1754),
    zone: Sequence[str] = (),
) -> PageSeen:
    """A page: its headline in the middle, its rows below, a mark at its foot."""
    lines = [Line(title, 0.5 - 0.011 * len(title), 0.07, 0.5 + 0.011 * len(title), 0.095, 0.98, "ocr")] if title else []
    lines += [
        Line(row, 0.1, 0.15 + at * 0.025, 0.1 + 0.012 * len(row), 0.162 + at * 0.025, 0.97, "ocr")
        for at, row in enumerate(rows)
    ]
    if foot:
        lines.append(Line(foot, 0.45, 0.96, 0.55, 0.97, 0.97, "ocr"))
    zones = [
        tuple(Line(row, 0.05, 0.85 + at * 0.05, 0.95, 0.88 + at * 0.05, 0.97, "ocr") for at, row in enumerate(zone))
    ]
    read = PageLines(number, (*lines, *(zones[0] if zone else ())), tuple(zones) if zone else ())
    return PageSeen(number, read, blank, seal, grey, 0.7, pixels, portrait, likeness)


def file(name: str, *pages: PageSeen, sha256: str = "", same_as: str = "") -> HeapFile:
    numbered = tuple(PageSeen(**{**vars(page), "number": at}) for at, page in enumerate(pages, 1))
    return HeapFile(name, Path(name), sha256 or name, 1000, "jpeg", numbered, len(numbered) or 1, same_as=same_as)
