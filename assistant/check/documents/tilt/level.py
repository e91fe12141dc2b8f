"""A part of a tilted page made level, larger than it was read before: for reading only. In child processes only.

The tilt is that of the lines of text. Promises: where they are level already nothing is done, so that an ordinary scan costs nothing;
the page itself, and whatever copy is made of it, stays as it is.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from assistant.check.documents.ocr import TextLine
from assistant.check.documents.paper import READING_SIDE, Page

if TYPE_CHECKING:
    from assistant.check.documents.pixels import Pixels

LEAST_TILT, _MOST_TILT = math.radians(2.0), math.radians(30.0)
"""Below, lines are read as they lie."""
_FINE_SIDE = 4000
_MOST_ENLARGED = 3.0
_LINES_AROUND = 3.0
"""Heights of a line that are taken in above and below, where a line that was not seen may stand."""
_FEW, _BLOCK = 6, 0.1
"""Lines that say hardly where the print of a page stands; and of the page's height, a place that is no line but a block of them."""
_MOST_PARTS = 3
_BESIDE, _BELOW = 0.35, 0.3
"""Of the size of the print: a zone that was not seen is wider than the print above it."""
_WIDER, _ZONE_SHAPE = 0.12, 27
"""Of its width that is taken in at either end: a line that was cut off goes on there; and width by height of a whole line."""


@dataclass(frozen=True)
class LevelPart:
    """A part of a page: `picture` is level. A point of it lies on the page's picture where `on_page` says."""

    picture: "Pixels"
    tilt: float
    left: float
    top: float
    scale: float

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        along, down = x / self.scale + self.left, y / self.scale + self.top
        sine, cosine = math.sin(self.tilt), math.cos(self.tilt)
        return along * cosine - down * sine, along * sine + down * cosine

    def line_on_page(self, line: TextLine) -> TextLine:
        return replace(line, box=tuple(self.on_page(x, y) for x, y in line.box))


def tilt_of(lines: Sequence[TextLine]) -> float:
    """By how much the lines fall to the right, in radians: the long ones tell it, else the largest place that was taken for text (a
    small page on a busy ground is often taken for one). 0 where nothing tells."""
    long = [line.slope for line in lines if line.length > 4 * line.height]
    if long:
        return median(long)
    largest = max(lines, key=lambda line: line.length * line.height, default=None)
    return largest.slope if largest is not None else 0.0


def level_parts(
    page: Page,
    quarters: int,
    size: tuple[int, int],
    lines: Sequence[TextLine],
    is_zone: Callable[[TextLine], bool],
    read: Callable[["Pixels"], Sequence[TextLine]],
) -> Iterator[tuple[LevelPart, list[TextLine]]]:
    """Parts of a tilted page with what is read in them, level and larger than before: around the lines of a zone where some were seen,
    else around all print. What is read in one part says better how the next one lies; none of a level page. `size` (width, height) is
    that of the picture, turned by so many quarters against the clock, on which `lines` were read."""
    fine: Pixels | None = None
    for _ in range(_MOST_PARTS):
        tilt = tilt_of(lines)
        if not LEAST_TILT <= abs(tilt) <= _MOST_TILT:
            return
        if fine is None:
            fine = _turned(page, quarters)
        zone = [line for line in lines if is_zone(line)]
        part = _part(fine, size, tilt, zone or lines, narrow=bool(zone), whole=not zone and len(lines) < _FEW)
        found = list(read(part.picture))
        yield part, found
        on_page = [part.line_on_page(line) for line in found]
        if not any(map(is_zone, found)) and abs(tilt_of(on_page) - tilt) < LEAST_TILT:
            return
        lines = on_page


def _turned(page: Page, quarters: int) -> "Pixels":
    import numpy as np

    return np.ascontiguousarray(np.rot90(page.drawn(_FINE_SIDE), quarters))


def _part(
    fine: "Pixels", size: tuple[int, int], tilt: float, lines: Sequence[TextLine], *, narrow: bool, whole: bool
) -> LevelPart:
    """Around these lines: close around a zone's, `narrow`; else with room for a zone below and beside them; the whole page where hardly
    anything was seen."""
    import cv2
    import numpy as np
    from PIL import Image, ImageOps

    sine, cosine = math.sin(tilt), math.cos(tilt)
    points = [point for line in lines for point in line.box]
    whole = whole and not any(line.height > _BLOCK * size[1] for line in lines)
    if whole:
        points = [(0, 0), (size[0], 0), size, (0, size[1])]
    along = [x * cosine + y * sine for x, y in points]
    down = [y * cosine - x * sine for x, y in points]
    wide, high = max(along) - min(along), max(down) - min(down)
    line = median(one.height for one in lines)
    if narrow:
        beside, below = max(_WIDER * wide, _ZONE_SHAPE * line - wide), _LINES_AROUND * line
    else:
        beside, below = (0.0, 0.0) if whole else (_BESIDE * wide, _BELOW * high)
    left, top = min(along) - beside, min(down) - below
    wide, high = wide + 2 * beside, high + 2 * below
    finer = fine.shape[1] / size[0]
    scale = min(READING_SIDE / max(wide, high), _MOST_ENLARGED * finer)
    by = scale / finer
    matrix = np.array([[by * cosine, by * sine, -left * scale], [-by * sine, by * cosine, -top * scale]], np.float32)
    shape = max(1, round(wide * scale)), max(1, round(high * scale))
    part = cv2.warpAffine(fine, matrix, shape, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    clearer = ImageOps.autocontrast(Image.fromarray(part).convert("L"), cutoff=1).convert("RGB")
    return LevelPart(np.asarray(clearer), tilt, left, top, scale)
