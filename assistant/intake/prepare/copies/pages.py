"""The pages of one paper as they are to be copied: each with its picture upright, its real size, and its weight. In the child only."""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.check.documents.paper import Page, Paper, opened_picture, upright_frame
from assistant.check.file_rules import FileRules

if TYPE_CHECKING:
    from PIL import Image

    from assistant.check.documents.pixels import Pixels

MOST_PAGES = 200
_A4_LONG_MM, _A4_SHORT_MM, _LARGEST_MM, _SMALLEST_MM = 297.0, 210.0, 430.0, 40.0
_NEARLY_A4 = 0.045
"""How far a photographed sheet's shape may be off."""
_TRUSTED_DPI = (90.0, 1300.0)
"""What a camera writes (72) says nothing of the paper."""
_MOST_DPI = 300
_DRAWN_DPI = 300
"""A page that a program drew is sharp at any size; copies of it as a picture are made at this one."""


Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Of a sheet on a photo: from the top left, clockwise, in shares of the upright photo."""


@dataclass
class CopiedPage:
    """One page of the original: its file, its number, how far it has to be turned against the clock."""

    paper: Paper
    number: int
    quarters: int
    words: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    """The lines that were read on it already, upright."""
    print_mm: tuple[int, int] | None = None
    """The size of a photo's print, where a rule says it: its pixels say nothing of that."""
    corners: Corners | None = None
    """Where the sheet lies on the photo, once it is cut to it."""

    @property
    def page(self) -> Page:
        return self.paper.pages[self.number - 1]

    @property
    def is_pdf(self) -> bool:
        return self.paper.kind == "pdf"

    @cached_property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the paper, upright. A picture without a trustworthy measure counts as an A4 sheet, as in the checks."""
        if self.print_mm is not None and not self.is_pdf:
            return float(self.print_mm[0]), float(self.print_mm[1])
        if self.corners is not None:
            return _sheet_mm(self._sheet_pixels)
        wide, high = self._lying_mm()
        return (high, wide) if self.quarters % 2 else (wide, high)

    def _lying_mm(self) -> tuple[float, float]:
        page = self.page
        if page.size_mm is not None and max(page.size_mm) <= _LARGEST_MM:
            return page.size_mm
        wide, high = page.scan_pixels or page.size_mm or (210, 297)
        dpi = self._told_dpi() if not self.is_pdf else None
        long_mm = max(wide, high) / dpi * 25.4 if dpi else _A4_LONG_MM
        if not _SMALLEST_MM <= long_mm <= _LARGEST_MM:
            long_mm = _A4_LONG_MM
        scale = long_mm / max(wide, high)
        return wide * scale, high * scale

    def _told_dpi(self) -> float | None:
        with opened_picture(self.paper.data) as opened:
            told = opened.info.get("dpi", (0, 0))
        dpi = float(told[0] or 0)
        return dpi if _TRUSTED_DPI[0] <= dpi <= _TRUSTED_DPI[1] else None

    @property
    def dpi(self) -> float:
        """How finely the paper was scanned."""
        if self.corners is not None:
            return max(self._sheet_pixels) / (max(self.size_mm) / 25.4)
        if self.page.scan_pixels is None:
            return float(_DRAWN_DPI)
        return max(self.page.scan_pixels) / (max(self.size_mm) / 25.4)

    def picture(self, dpi: float) -> "Image.Image":
        """The page upright as a picture of about so many dots to the inch, never finer than it was scanned."""
        from PIL import Image

        finest = min(self.dpi, float(_MOST_DPI))
        wanted = round(min(dpi, finest) * max(self.size_mm) / 25.4)
        drawn = self._drawn(round(self._whole_to_sheet * finest * max(self.size_mm) / 25.4))
        image = (
            cut_to_sheet(Image.fromarray(drawn), self.corners, self.size_mm) if self.corners else Image.fromarray(drawn)
        )
        if max(image.size) > wanted:
            scale = wanted / max(image.size)
            image = image.resize(
                (max(1, round(image.width * scale)), max(1, round(image.height * scale))),
                Image.Resampling.LANCZOS,
                reducing_gap=3.0,
            )
        return image

    def cut_to(self, corners: Corners) -> "CopiedPage":
        """The same page as its sheet alone."""
        return CopiedPage(self.paper, self.number, self.quarters, corners=corners)

    @property
    def _photo_pixels(self) -> tuple[int, int]:
        """Of the whole photo, upright."""
        wide, high = self.page.scan_pixels or (1, 1)
        return (high, wide) if self.quarters % 2 else (wide, high)

    @cached_property
    def _sheet_pixels(self) -> tuple[float, float]:
        """The sheet's width and height on the photo."""
        assert self.corners is not None
        return _sides_of(self.corners, *self._photo_pixels)

    @property
    def _whole_to_sheet(self) -> float:
        """How much longer the photo is than the sheet on it."""
        return max(self._photo_pixels) / max(self._sheet_pixels) if self.corners is not None else 1.0

    def _drawn(self, long_side: int) -> "Pixels":
        import numpy as np

        return np.ascontiguousarray(np.rot90(self.page.drawn(max(1, long_side)), self.quarters))


def sources_of(pages: Sequence[Mapping[str, Any]]) -> list[CopiedPage]:
    """The pages of a task. A file is opened once, however many of its pages are copied. Raises what the libraries raise."""
    papers: dict[str, Paper] = {}
    found = []
    for one in pages:
        path = str(one["path"])
        paper = papers.setdefault(path, Paper(Path(path), FileRules(), "", most_pages=MOST_PAGES))
        found.append(CopiedPage(paper, int(one["number"]), int(one["quarters"]), one.get("words", ())))
    return found


def _sheet_mm(pixels: tuple[float, float]) -> tuple[float, float]:
    """The sheet's size: A4 where its shape is nearly that, else its own shape, as long as an A4 sheet.

    >>> _sheet_mm((1000, 1400)), _sheet_mm((1500, 1050)), _sheet_mm((1000, 1000))
    ((210.0, 297.0), (297.0, 210.0), (297.0, 297.0))
    """
    wide, high = pixels
    if abs(min(pixels) / max(pixels) - _A4_SHORT_MM / _A4_LONG_MM) <= _NEARLY_A4:
        return (_A4_SHORT_MM, _A4_LONG_MM) if high >= wide else (_A4_LONG_MM, _A4_SHORT_MM)
    scale = _A4_LONG_MM / max(pixels)
    return wide * scale, high * scale


def _sides_of(corners: Corners, wide: int, high: int) -> tuple[float, float]:
    """Width and height of the sheet in pixels of the photo, each by the longer one of opposite sides."""
    points = [(x * wide, y * high) for x, y in corners]
    top, right, bottom, left = (math.dist(points[side], points[(side + 1) % 4]) for side in range(4))
    return max(top, bottom), max(left, right)


def cut_to_sheet(image: "Image.Image", corners: Corners, size_mm: tuple[float, float]) -> "Image.Image":
    """The sheet alone, its corners made square."""
    import cv2
    import numpy as np
    from PIL import Image

    points = np.array([(x * image.width, y * image.height) for x, y in corners], np.float32)
    per_mm = max(_sides_of(corners, *image.size)) / max(size_mm)
    wide, high = (max(1, round(side * per_mm)) for side in size_mm)
    square = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    cut = cv2.warpPerspective(
        np.asarray(image),
        cv2.getPerspectiveTransform(points, square),
        (wide, high),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Image.fromarray(cut)


def frame_of(source: CopiedPage) -> "Image.Image":
    """The whole picture of a picture file, as the camera or the scanner made it, held upright."""
    from PIL import Image

    with opened_picture(source.paper.data) as opened:
        if source.number > 1:
            opened.seek(source.number - 1)
        image = upright_frame(opened)
    turns = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    image = image.transpose(turns[source.quarters]) if source.quarters else image
    return cut_to_sheet(image, source.corners, source.size_mm) if source.corners is not None else image


def jpeg_of(image: "Image.Image", quality: int, *, fine: bool = False, dpi: float | None = None) -> bytes:
    """The picture as a JPEG: the same picture and quality give the same bytes. `fine` keeps all of the colours' places."""
    out = io.BytesIO()
    more: dict[str, Any] = {"dpi": (round(dpi), round(dpi))} if dpi else {}
    image.save(out, "JPEG", quality=quality, subsampling=0 if fine else 2, optimize=True, progressive=True, **more)
    return out.getvalue()
