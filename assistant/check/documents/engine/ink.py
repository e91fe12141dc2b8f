"""Lines of print found by their ink, without a model: in a twentieth of the time that finding text in any picture takes.

Promises nothing of being complete: print on a busy ground, or on a page that lies on its side, is passed over. So what is
read at these places can show that something stands on a page, and never that it doesn't.
"""

from typing import TYPE_CHECKING, Any

from assistant.check.documents.engine.ocr_models import from_upper_left

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.check.documents.engine.ocr_models import Boxes
    from assistant.check.documents.pixels import Pixels

_SIDE = 1000
_DARKER = 18
"""Grey levels by which ink is darker than what is around it."""
_SIGN = (4, 60)
"""Height of a sign in pixels of the copy; what is smaller is a speck, what is larger a picture or a table's frame."""
_LONGEST_SIGN = 0.12
"""Of the page's width."""
_LEAST_SHAPE = 2.0
"""Width by height."""


def inked_lines(pixels: "Pixels") -> "Boxes":
    """Where level lines of print seem to stand, from top to bottom."""
    import cv2
    import numpy as np

    high, wide = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(high, wide))
    grey: NDArray[Any] = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        grey = cv2.resize(
            grey, (max(1, round(wide * scale)), max(1, round(high * scale))), interpolation=cv2.INTER_AREA
        )
    signs, height = _signs(grey)
    if not height:
        return np.zeros((0, 4, 2), np.float32)
    reach = np.ones((1, max(3, round(height * 1.2))), np.uint8)
    joined = cv2.morphologyEx(signs, cv2.MORPH_CLOSE, reach)
    found = []
    for contour in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        corners = from_upper_left(cv2.boxPoints(cv2.minAreaRect(contour)))
        long, short = (float(np.linalg.norm(corners[0] - corners[end])) for end in (1, 3))
        if long >= _LEAST_SHAPE * short and 0.6 * height <= short <= 3 * height:
            found.append(_grown(corners, 0.25 * short))
    found.sort(key=lambda box: float(box[:, 1].mean()))
    boxes: Boxes = np.array(found, np.float32).reshape(-1, 4, 2) / np.float32(scale)
    return boxes.clip(0, np.array([wide - 1, high - 1], np.float32))


def _signs(grey: "NDArray[Any]") -> "tuple[NDArray[Any], float]":
    """The ink that has the size of signs, and the height that most of them have; 0 where there are none."""
    import cv2
    import numpy as np

    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, _DARKER)
    _, named, about, _ = cv2.connectedComponentsWithStats(ink)
    widths, heights = about[:, cv2.CC_STAT_WIDTH], about[:, cv2.CC_STAT_HEIGHT]
    fits = (heights <= _SIGN[1]) & (widths <= _LONGEST_SIGN * grey.shape[1])
    fits[0] = False
    tall = heights[fits & (heights >= _SIGN[0])]
    if not tall.size:
        return ink, 0.0
    return fits[named].astype(np.uint8), float(np.percentile(tall, 60))


def _grown(corners: "NDArray[np.float32]", by: float) -> "NDArray[np.float32]":
    """The box with so much more on each of its sides."""
    import numpy as np

    along, down = corners[1] - corners[0], corners[3] - corners[0]
    along, down = along / np.linalg.norm(along) * by, down / np.linalg.norm(down) * by
    return corners + np.array([-along - down, along - down, along + down, down - along], np.float32)
