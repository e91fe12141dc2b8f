"""The ruled cells of a page, seen in its picture. In the child process only.

Promises: a cell is an area that lines enclose on every side, as places in shares of the page; text, seals and frames of pictures make
none that a line of text would lie in. Without the library that sees lines there are none, and pages are read by their text alone.
"""

from typing import TYPE_CHECKING, Any

from assistant.intake.pages.lines import RuledCell

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONG, _HIGH = 1 / 40, 1 / 60
"""Of the page's width and height: the shortest strokes that rule a table, longer than those of letters."""
_LEAST_WIDE, _LEAST_HIGH = 0.012, 0.009
_LEAST_FULL = 0.75
"""Of its frame that an area fills: a cell is a rectangle, at most a little askew."""
_MOST = 3000


def cells_in(picture: "NDArray[Any]") -> tuple[RuledCell, ...]:
    """The cells of an upright picture (rows of red, green, blue), from top to bottom; the page around a table is none."""
    try:
        import cv2
        import numpy as np
    except ImportError:
        return ()
    high, wide = picture.shape[:2]
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    # Darker than its surroundings: a copy's paper may be grey, and its lines pale.
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    across = _strokes(dark, (max(9, round(wide * _LONG)), 1))
    down = _strokes(dark, (1, max(9, round(high * _HIGH))))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    count, _, areas, _ = cv2.connectedComponentsWithStats(255 - rules, connectivity=4)
    found = []
    for left, top, breadth, height, area in areas[1 : min(count, _MOST)]:
        inside = left > 0 and top > 0 and left + breadth < wide and top + height < high
        large = breadth >= _LEAST_WIDE * wide and height >= _LEAST_HIGH * high
        if inside and large and area >= _LEAST_FULL * breadth * height:
            found.append((left / wide, top / high, (left + breadth) / wide, (top + height) / high))
    return tuple(
        sorted(((float(a), float(b), float(c), float(d)) for a, b, c, d in found), key=lambda one: (one[1], one[0]))
    )


def _strokes(dark: "NDArray[Any]", size: tuple[int, int]) -> "NDArray[Any]":
    """What of the dark is as long as `size` (wide, high); a stroke that is a little askew goes on in the next row of pixels."""
    import cv2
    import numpy as np

    thick = cv2.dilate(dark, np.ones((3, 1) if size[1] == 1 else (1, 3), np.uint8))
    return cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
