"""Looking at one page more than once: as it lies, turned, enlarged, with more contrast, part by part; in bounded time.

Each `PageLook` is what was read in one such picture, and says which part of the page that was. Who looks decides when it
has seen enough. What is read is never judged here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.check.documents.ocr import TextLine, reader
from assistant.check.documents.paper import READING_SIDE, Page
from assistant.check.documents.tilt.level import LevelPart, level_parts

if TYPE_CHECKING:
    from assistant.check.documents.pixels import Pixels

SMALL_SIDE = 1000
"""Pixels of the long side. Below, signs are too small for the reader, and the picture is enlarged threefold."""
_ENLARGED = 3
_FILLERS = 4
_FINE_SIDE = 4000
_PARTS = ((0.0, 0.45, 1.0, 1.0), (0.0, 0.0, 1.0, 0.55))
"""Left, top, right, bottom in shares: a zone stands in one of these halves, and is twice as large there."""

Frame = tuple[float, float, float, float]
_WHOLE: Frame = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class PageLook:
    """The lines read in `picture`: the page turned by so many quarters against the clock, of which `frame` was cut out."""

    picture: "Pixels"
    lines: tuple[TextLine, ...]
    quarters: int = 0
    frame: Frame = _WHOLE
    level: LevelPart | None = None
    """How `picture` lies on the page's whole picture (of the size `whole`), where it was made level."""
    whole: tuple[int, int] = (1, 1)

    def placed(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of `picture` lies on the upright page, in shares of it."""
        if self.level is not None:
            x, y = self.level.on_page(x, y)
            return x / self.whole[0], y / self.whole[1]
        high, wide = self.picture.shape[:2]
        left, top, right, bottom = self.frame
        return left + x / wide * (right - left), top + y / high * (bottom - top)

    @property
    def upright(self) -> bool:
        """Level lines, though perhaps upside down."""
        return sum(line.length >= line.height for line in self.lines) * 2 >= len(self.lines)


def first_look(page: Page) -> PageLook:
    """The page as it lies, enlarged where it is small."""
    return _look(drawn_to_read(page), 0)


def turned_looks(page: Page, first: PageLook) -> Iterator[PageLook]:
    """The page turned: the ways first that its lines suggest."""
    picture = drawn_to_read(page)
    for quarters in (2, 1, 3) if first.upright else (1, 3, 2):
        yield _look(picture, quarters)


def close_looks(page: Page, quarters: Sequence[int]) -> Iterator[PageLook]:
    """Each half of the page by itself, with contrast, at twice the size, turned in each of these ways."""
    import numpy as np
    from PIL import Image, ImageOps

    fine = page.drawn(_FINE_SIDE)
    for turns in quarters:
        picture = np.ascontiguousarray(np.rot90(fine, turns))
        high, wide = picture.shape[:2]
        for left, top, right, bottom in _PARTS:
            part = picture[int(top * high) : int(bottom * high), int(left * wide) : int(right * wide)]
            grown = Image.fromarray(part)
            scale = READING_SIDE / max(grown.size)
            grown = grown.resize(
                (max(1, round(grown.width * scale)), max(1, round(grown.height * scale))), Image.Resampling.BICUBIC
            )
            clearer = np.asarray(ImageOps.autocontrast(grown.convert("L"), cutoff=1).convert("RGB"))
            yield PageLook(clearer, tuple(reader().lines(clearer)), turns, (left, top, right, bottom))


def level_looks(page: Page, look: PageLook) -> Iterator[PageLook]:
    """What a tilted page shows where it is made level and larger; nothing of a level page."""
    high, wide = look.picture.shape[:2]
    parts = level_parts(page, look.quarters, (wide, high), look.lines, _is_of_zone, reader().lines)
    for part, lines in parts:
        yield PageLook(part.picture, tuple(lines), look.quarters, level=part, whole=(wide, high))


def _is_of_zone(line: TextLine) -> bool:
    return line.text.count("<") >= _FILLERS and line.length > 8 * line.height


def _look(picture: "Pixels", quarters: int) -> PageLook:
    import numpy as np

    turned = np.ascontiguousarray(np.rot90(picture, quarters))
    return PageLook(turned, tuple(reader().lines(turned)), quarters)


def drawn_to_read(page: Page) -> "Pixels":
    """The page's picture at the size that the reader reads best."""
    import numpy as np
    from PIL import Image

    picture = page.drawn(READING_SIDE)
    high, wide = picture.shape[:2]
    if max(high, wide) >= SMALL_SIDE:
        return picture
    enlarged = Image.fromarray(picture).resize((wide * _ENLARGED, high * _ENLARGED), Image.Resampling.BICUBIC)
    return np.asarray(enlarged)
