"""A paper under a limit by the least loss: only the heavy pages are encoded anew, at the finest step that fits. In the child only.

Steps go from fine to coarse: first less quality, then fewer dots to the inch, never below 150, nor below what the paper's smallest print
needs, nor finer than it was scanned. Colour always stays.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.intake.prepare.copies.assembly import Picture, pdf_of, pictures_of
from assistant.intake.prepare.copies.pages import CopiedPage, jpeg_of

if TYPE_CHECKING:
    from PIL import Image

LEAST_DPI = 150
_STEPS = (
    (300, 85), (300, 75), (250, 78), (250, 68), (220, 70), (220, 60), (200, 68), (200, 58), (180, 62), (180, 52), (165, 58),
    (165, 48), (150, 58), (150, 50), (150, 42), (150, 35), (150, 30),
)  # fmt: skip
"""Dots to the inch and JPEG quality."""
_ROOM = 6_000
"""Bytes of a PDF around its pictures, and a little for each page."""
_PER_PAGE = 700
_MEASURED_AT = 240
_LEAST_SIGN = 14
"""Pixels that the smallest Chinese signs of a page need to stay legible."""


@dataclass(frozen=True)
class Coarseness:
    """How coarse: dots to the inch and JPEG quality."""

    dpi: int
    quality: int


def steps_for(sources: Sequence[CopiedPage], least: int) -> list[Coarseness]:
    """The steps that make sense for these pages, finest first."""
    finest = max(source.dpi for source in sources)
    found = []
    for dpi, quality in _STEPS:
        step = Coarseness(max(min(dpi, round(finest)), min(least, round(finest))), quality)
        if step not in found:
            found.append(step)
    return sorted(found, key=lambda step: (-step.dpi * step.quality, -step.dpi))


class Shrinking:
    """One paper on its way under a limit. `heavy` are the places of the pages that must lose weight."""

    def __init__(self, sources: Sequence[CopiedPage], limit: int) -> None:
        self._sources, self._limit = sources, limit
        self._weights = [_weight(source) for source in sources]
        self.heavy = self._heavy()
        self.least = max([LEAST_DPI, *(_needed_dpi(sources[place]) for place in self.heavy)])
        self._images: dict[tuple[int, int], Image.Image] = {}

    def _heavy(self) -> list[int]:
        """Pages above what they may weigh if all weighed alike, after the light ones got what they need."""
        rest, places = self._limit - _ROOM, list(range(len(self._sources)))
        while places:
            share = rest / len(places)
            light = [place for place in places if self._weights[place] <= share]
            if not light:
                break
            rest -= sum(self._weights[place] for place in light)
            places = [place for place in places if place not in light]
        return places

    def attempts(self) -> Iterator[tuple[Coarseness, bytes]]:
        """Copies under the limit, the least loss first."""
        steps = steps_for([self._sources[place] for place in self.heavy], self.least)
        for step in steps[self._first_that_fits(steps) :]:
            content = self._made(step)
            if len(content) <= self._limit:
                yield step, content

    def smallest(self) -> int:
        """Bytes at the coarsest step that is still legible."""
        steps = steps_for([self._sources[place] for place in self.heavy], self.least)
        return len(self._made(steps[-1]))

    def _first_that_fits(self, steps: Sequence[Coarseness]) -> int:
        """By halves: each step gives fewer bytes than the one before, or nearly so."""
        low, high = 0, len(steps)
        while low < high:
            middle = (low + high) // 2
            if self._pictures_at(steps[middle]) <= self._limit:
                high = middle
            else:
                low = middle + 1
        return max(0, low - 1)

    def _pictures_at(self, step: Coarseness) -> int:
        light = sum(weight for place, weight in enumerate(self._weights) if place not in self.heavy)
        pictures = sum(len(self._jpeg(place, step)) + _PER_PAGE for place in self.heavy)
        return light + pictures + _ROOM // 2

    def _made(self, step: Coarseness) -> bytes:
        heavy = [self._sources[place] for place in self.heavy]
        images = [self._image(place, step) for place in self.heavy]
        jpegs = [self._jpeg(place, step) for place in self.heavy]
        pictures = dict(zip(self.heavy, pictures_of(images, heavy, jpegs), strict=True))
        pages: list[CopiedPage | Picture] = [pictures.get(place, source) for place, source in enumerate(self._sources)]
        return pdf_of(pages)

    def _image(self, place: int, step: Coarseness) -> "Image.Image":
        key = (place, step.dpi)
        if key not in self._images:
            for other in [one for one in self._images if one[1] != step.dpi]:
                del self._images[other]
            self._images[key] = self._sources[place].picture(step.dpi)
        return self._images[key]

    def _jpeg(self, place: int, step: Coarseness) -> bytes:
        return jpeg_of(self._image(place, step), step.quality)


def _weight(source: CopiedPage) -> int:
    """Bytes of the page alone, taken over as it is."""
    if not source.is_pdf:
        taken_over = source.paper.kind == "jpeg" and source.corners is None
        return len(source.paper.data) if taken_over else 1 << 40
    return len(pdf_of([source]))


def _needed_dpi(source: CopiedPage) -> int:
    """Dots to the inch at which the page's smallest print is still legible; what it was scanned at, where that is less."""
    height = smallest_print_mm(source)
    if height is None:
        return LEAST_DPI
    return min(round(_LEAST_SIGN / (height / 25.4)), 300)


def smallest_print_mm(source: CopiedPage) -> float | None:
    """The height of the lines of the smallest print that a page has; None where no lines were made out."""
    import cv2
    import numpy as np

    image = source.picture(_MEASURED_AT).convert("L")
    per_mm = max(image.size) / max(source.size_mm)
    ink = cv2.adaptiveThreshold(np.asarray(image), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 18)
    # Signs that stand side by side become one bar; lines one below another stay apart.
    reach = np.ones((max(1, round(0.12 * per_mm)), max(1, round(2.0 * per_mm))), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach), connectivity=8)
    high, wide = stats[1:, cv2.CC_STAT_HEIGHT] / per_mm, stats[1:, cv2.CC_STAT_WIDTH] / per_mm
    full = stats[1:, cv2.CC_STAT_AREA] / per_mm**2 > 0.35 * high * wide
    lines = high[(high >= 1.2) & (high <= 6.0) & (wide >= 12) & (wide >= 4 * high) & full]
    return float(np.percentile(lines, 6)) if len(lines) else None


def as_photo(image: "Image.Image", kind: str, limit: int, least: int) -> bytes | None:
    """A picture file of its own under the limit: the best quality that fits; None where none does, or all are too small."""
    if kind == "png":
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
        return out.getvalue() if least <= len(out.getvalue()) <= limit else None
    for quality in (96, 94, 92, 90, 87, 84, 80, 75, 70, 64, 58, 52):
        made = jpeg_of(image, quality, fine=True, dpi=300)
        if len(made) <= limit:
            return made if len(made) >= least else None
    return None
