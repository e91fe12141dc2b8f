"""What one page of a file is like: its words the right way up, whether it is blank, sealed, grey, a portrait. In the child only.

Which way up a page is, a few of its longest lines tell, read each way; only then the whole page is read, once. Where text stands is
looked for on a smaller copy than elsewhere, which halves the time and a fourth of the memory of the whole; a page on which that shows
little, or what reads badly, is looked at as closely as everywhere.
"""

from typing import TYPE_CHECKING

from assistant.check.documents import ocr
from assistant.check.documents.checks.clarity import sharpness_of
from assistant.check.documents.checks.colour import is_grey
from assistant.check.documents.checks.duplicates import likeness_of
from assistant.check.documents.checks.pages import BLANK_SHARE, ink_share
from assistant.check.documents.checks.seal import seal_on
from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.pages.looks import PageLook, close_looks, drawn_to_read
from assistant.intake.pages.picture import level_zones, line_in, zones_in_look
from assistant.intake.pages.text import text_lines
from assistant.intake.papers.kinds import title_of
from assistant.intake.prepare.heap import PageSeen
from assistant.intake.prepare.portrait import ground_of_portrait, likeness_of_portrait

if TYPE_CHECKING:
    from assistant.check.documents.engine.ocr_models import Boxes
    from assistant.check.documents.ocr import TextLine
    from assistant.check.documents.paper import Page, Paper
    from assistant.check.documents.pixels import Pixels

_PROBED, _READS_WELL, _MOST_LINES = 5, 0.9, 220
_FEW_LINES, _FILLERS = 40, 3
_SORTING_SIDE = 736
"""Pixels of the long side on which text is looked for first: print of seven points is found on a sheet of A4."""
_LEAST_SEEN, _SURE, _LEAST_SURE = 8, 0.85, 0.7
"""Lines below which a closer look is due, and the share of them that must be read so surely."""


def page_seen(page: "Page", paper: "Paper") -> PageSeen:
    """All that sorting and fitting must know of a page."""
    blank = ink_share(page) < BLANK_SHARE
    lines = None if blank else text_lines(page)
    if lines is not None or blank or not ocr.installed():
        read = PageLines(page.number, tuple(lines or ()), shape=_shape(page.picture))
    else:
        read = _read(page)
    portrait = ground_of_portrait(page) if paper.is_image and not blank and len(read.lines) <= 2 else None
    return PageSeen(
        page.number,
        read,
        blank,
        "no" if blank else seal_on(page),
        is_grey(page),
        sharpness_of(page) if page.scanned and not blank else None,
        page.scan_pixels,
        portrait,
        likeness_of_portrait(page) if portrait else likeness_of(page),
    )


def _read(page: "Page") -> PageLines:
    """The page as its picture reads, upright; its zones, searched for closely where its title promises one."""
    picture = drawn_to_read(page)
    boxes = _places(picture)
    quarters, turned, lines = _read_upright(picture, boxes)
    if len(boxes) and not _shows_enough(lines):
        quarters, turned, lines = _read_upright(picture, ocr.reader().places(picture)[:_MOST_LINES])
    look = PageLook(turned, tuple(sorted(lines, key=lambda line: (line.middle[1], line.middle[0]))), quarters)
    zones = zones_in_look(look)
    placed = tuple(line_in(line, look) for line in look.lines)
    if zones or _promises_a_zone(placed):
        zones = level_zones(page, look, zones)
    if not zones and _promises_a_zone(placed):
        zones = next((found for each in close_looks(page, [quarters]) if (found := zones_in_look(each))), ())
    return PageLines(page.number, placed, zones, (), _shape(turned), quarters)


def _places(picture: "Pixels") -> "Boxes":
    """Where text stands, seen on a small copy."""
    import cv2
    import numpy as np

    high, wide = picture.shape[:2]
    scale = min(1.0, _SORTING_SIDE / max(high, wide))
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    found = ocr.reader().places(small)[:_MOST_LINES]
    boxes: Boxes = found * np.array([wide / size[0], high / size[1]], np.float32)
    return boxes


def _shows_enough(lines: "list[TextLine]") -> bool:
    """Whether so much was read, and so surely, that a closer look would show little more."""
    sure = sum(line.score >= _SURE for line in lines)
    return len(lines) >= _LEAST_SEEN and sure >= _LEAST_SURE * len(lines)


def _promises_a_zone(lines: tuple[Line, ...]) -> bool:
    if len(lines) >= _FEW_LINES:
        return False
    return title_of(PageLines(1, lines)) in ("passport", "residence_permit") or any(
        line.text.count("<") >= _FILLERS for line in lines
    )


def _read_upright(picture: "Pixels", boxes: "Boxes") -> "tuple[int, Pixels, list[TextLine]]":
    """How many quarters against the clock make the page upright, the page so turned, and its lines. A few lines of middling length,
    read each way, tell it; the way in which they read best is read whole."""
    import numpy as np

    if not len(boxes):
        return 0, picture, []
    wide, high = (np.ptp(boxes[:, :, axis], axis=1) for axis in (0, 1))
    lying = float(high[high > wide * 1.2].sum()) > float(wide[wide > high * 1.2].sum())
    first = len(boxes) // 4
    probed = list(range(first, min(first + _PROBED, len(boxes)))) if len(boxes) > _PROBED else list(range(len(boxes)))
    best: tuple[float, int, Pixels, Boxes, list[TextLine]] | None = None
    for quarters in (1, 3) if lying else (0, 2):
        turned, placed = _turned(picture, boxes, quarters)
        lines = ocr.reader().lines_at(turned, placed[probed])
        signs = sum(len(line.text) for line in lines)
        score = sum(line.score * len(line.text) for line in lines) / max(1, signs)
        if best is None or score > best[0]:
            best = score, quarters, turned, placed, lines
        if score >= _READS_WELL:
            break
    assert best is not None
    _, quarters, turned, placed, lines = best
    others = [place for place in range(len(boxes)) if place not in probed]
    lines = [*lines, *ocr.reader().lines_at(turned, placed[others])]
    return quarters, turned, [line for line in lines if line.text]


def _turned(picture: "Pixels", boxes: "Boxes", quarters: int) -> "tuple[Pixels, Boxes]":
    """The picture and the places of its lines, both turned against the clock."""
    import numpy as np

    high, wide = picture.shape[:2]
    points = boxes.reshape(-1, 2).astype(np.float32)
    x, y = points[:, 0], points[:, 1]
    moved = {0: (x, y), 1: (y, wide - x), 2: (wide - x, high - y), 3: (high - y, x)}[quarters]
    placed = np.stack(moved, axis=1).reshape(-1, 4, 2)
    ordered = [_clockwise(box) for box in placed]
    return np.ascontiguousarray(np.rot90(picture, quarters)), np.array(ordered, np.float32).reshape(-1, 4, 2)


def _clockwise(box: "Boxes") -> "Boxes":
    """The corners from the top left, clockwise."""
    import numpy as np

    total, difference = box.sum(axis=1), box[:, 0] - box[:, 1]
    corners = [total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]
    ordered: Boxes = box[corners] if len(set(map(int, corners))) == 4 else np.asarray(box)
    return ordered


def _shape(picture: "Pixels") -> float:
    return float(picture.shape[1] / picture.shape[0])
