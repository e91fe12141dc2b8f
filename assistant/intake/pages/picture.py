"""What is recognised in the picture of a page: its lines the right way up, the zones on it, its QR codes. In the child process only."""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from assistant.check.documents.ocr import TextLine, reader, rows_of_lines
from assistant.intake.pages.cells import cells_in
from assistant.intake.pages.lines import Line, PageLines, RuledCell, turned_line
from assistant.intake.pages.looks import PageLook, close_looks, first_look, level_looks, turned_looks
from assistant.profile.zones import Zone, zones_of

if TYPE_CHECKING:
    from assistant.check.documents.paper import Page

_STRETCHES = (1.25, 1.4, 1.6)
_SURE = 0.85


def read_picture(page: "Page", *, close: bool) -> PageLines:
    """The page, read as it lies and, where it does not read well so, turned. With `close` a zone that was still not found is
    searched for in every direction and in enlarged parts."""
    best = first_look(page)
    zones, turned = zones_in_look(best), turned_looks(page, best)
    if not zones and not _reads_well(best):
        for look in turned:
            zones = zones_in_look(look)
            best = max(best, look, key=_well_read) if not zones else look
            if zones or _reads_well(look):
                break
    zones = level_zones(page, best, zones) if zones or _may_hold_a_zone(best) else zones
    if not zones and close and _may_hold_a_zone(best):
        for look in chain(close_looks(page, [best.quarters]), turned, close_looks(page, [(best.quarters + 1) % 4])):
            zones = zones_in_look(look)
            if zones:
                zones = tuple(
                    tuple(turned_line(line, look.quarters - best.quarters) for line in zone) for zone in zones
                )
                break
    lines = tuple(line_in(look_line, best) for look_line in best.lines)
    high, wide = best.picture.shape[:2]
    return PageLines(page.number, lines, zones, _codes(best), wide / high, best.quarters, _cells(best))


def _reads_well(look: PageLook) -> bool:
    """Level lines, read for sure: neither upside down nor on its side. A page with hardly a line says nothing of that."""
    return look.upright and len(look.lines) >= 4 and _well_read(look) * 3 >= len(look.lines) * 2


def _well_read(look: PageLook) -> int:
    return sum(line.score >= _SURE and line.length >= line.height for line in look.lines)


_HAVE_ZONES = ("PASS", "护照", "旅券", "여권", "VISA", "签证", "居留", "RESIDEN", "IDENT", "PERMIT", "<<", "CARD")
_HAVE_NONE = ("申请表", "合同", "CONTRACT", "AGREEMENT", "工作许可", "WORK PERMIT", "APPLICATION FORM")


def _may_hold_a_zone(look: PageLook) -> bool:
    """Whether a closer look is worth its seconds: a passport, a visa or a card says what it is, or shows fillers, or hardly anything
    could be read."""
    words = " ".join(line.text for line in look.lines).upper()
    if len(look.lines) >= 40 or any(word in words for word in _HAVE_NONE):
        return False
    return len(look.lines) < 12 or any(word in words for word in _HAVE_ZONES)


# ---- zones -----------------------------------------------------------------------------------------------------------


def zones_in_look(look: PageLook) -> tuple[tuple[Line, ...], ...]:
    """The zones of a look, each as its lines; those that contradict themselves are read again, drawn out sideways."""
    found = []
    for column in _columns(look.lines):
        rows = rows_of_lines(column)
        texts = ["".join(line.text for line in row) for row in rows]
        for zone in zones_of(texts):
            own = [rows[place] for place in zone.rows]
            best = [_joined(row) for row in own] if zone.sound else _read_again(look, own, zone)
            found.append(tuple(line_in(line, look) for line in best))
    return tuple(found)


def level_zones(page: "Page", look: PageLook, zones: tuple[tuple[Line, ...], ...]) -> tuple[tuple[Line, ...], ...]:
    """The zones of a page that was photographed askew, read once more where they are level; as they were read where they agree with
    themselves, where the page is level, and where the new ones don't agree with themselves either."""
    if any(map(_is_sound, zones)):
        return zones
    levels = map(zones_in_look, level_looks(page, look))
    return next((again for again in levels if any(map(_is_sound, again))), zones)


def _is_sound(zone: Sequence[Line]) -> bool:
    return any(one.sound for one in zones_of([line.text for line in zone]))


def _read_again(look: PageLook, rows: Sequence[Sequence[TextLine]], zone: Zone) -> list[TextLine]:
    """Of several readings the first that agrees with itself, else the first of all. No profile has a say in it."""
    first = [_joined(row) for row in rows]
    if any(len(row) > 1 for row in rows):
        return first
    for stretch in _STRETCHES:
        again = [reader().again(look.picture, row[0], stretch) for row in rows]
        mixed = [again, [first[0], *again[1:]], [*again[:-1], first[-1]]]
        for lines in mixed:
            if any(other.sound for other in zones_of([line.text for line in lines])):
                return lines
    return first


def _joined(row: Sequence[TextLine]) -> TextLine:
    """A row's pieces as one line."""
    if len(row) == 1:
        return row[0]
    first, last = row[0], row[-1]
    box = (first.box[0], last.box[1], last.box[2], first.box[3])
    return TextLine("".join(line.text for line in row), min(line.score for line in row), box)


def _columns(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """The lines parted where two documents lie side by side: where long lines with fillers stand beside each other."""
    lines = list(lines)
    fillers = sorted((line for line in lines if line.text.count("<") >= 4), key=lambda line: line.middle[0])
    parts = [
        (max(x for x, _ in one.box) + min(x for x, _ in other.box)) / 2
        for one, other in pairwise(fillers)
        if max(x for x, _ in one.box) < min(x for x, _ in other.box) and min(one.length, other.length) > 8 * one.height
    ]
    columns: list[list[TextLine]] = [[] for _ in range(len(parts) + 1)]
    for line in lines:
        columns[sum(line.middle[0] > part for part in parts)].append(line)
    return columns


def line_in(line: TextLine, look: PageLook) -> Line:
    """The line in shares of the look's own page, upright."""
    points = [look.placed(x, y) for x, y in line.box]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Line(line.text, min(xs), min(ys), max(xs), max(ys), line.score, "ocr")


def _cells(look: PageLook) -> tuple[RuledCell, ...]:
    """The ruled cells, of a page that was looked at as a whole."""
    return cells_in(look.picture) if look.frame == (0.0, 0.0, 1.0, 1.0) else ()


# ---- QR codes --------------------------------------------------------------------------------------------------------


def _codes(look: PageLook) -> tuple[Line, ...]:
    """What the QR codes of the page say."""
    import cv2
    import numpy as np

    try:
        read, texts, places, _ = cv2.QRCodeDetector().detectAndDecodeMulti(np.ascontiguousarray(look.picture))
    except cv2.error:
        return ()
    if not read or places is None:
        return ()
    high, wide = look.picture.shape[:2]
    found = []
    for text, corners in zip(texts, places, strict=True):
        if text:
            xs, ys = corners[:, 0] / wide, corners[:, 1] / high
            found.append(Line(text, float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()), 1.0, "ocr"))
    return tuple(found)
