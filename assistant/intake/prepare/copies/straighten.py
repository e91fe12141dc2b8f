"""A photographed sheet cut to the paper's edge and straightened, where somebody asked for it. In the child only.

The sheet is the one large bright figure with four straight sides. Promises: nothing is painted or sharpened, the sheet's own pixels are only
moved; where no such figure is seen the photo stays as it is; where a word or red ink lies outside the sheet, or a line reads otherwise
afterwards, it stays as it is too.
"""

from typing import TYPE_CHECKING

from assistant.check.documents import ocr
from assistant.check.documents.pixels import in_hues
from assistant.intake.prepare.copies.pages import CopiedPage, Corners
from assistant.intake.prepare.copies.prove import LEAST_TEXT, text_kept, text_places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from assistant.check.documents.pixels import Pixels

    Points = NDArray[np.float32]

_SEEN = 900
"""Pixels of the long side at which the sheet is looked for."""
_LEAST, _MOST = 0.25, 0.97
"""How much of the photo a sheet fills: less is something else, more needs no cut."""
_STRAIGHT = 0.004
"""How far its edge may lie from four straight sides, in shares of the photo's diagonal."""
_SQUARE = 0.02
"""A sheet whose corners lie no further than this from the photo's own needs no cut."""
_READ_AT = 200
_LEAST_RED, _MOST_RED = 0.0002, 0.02
"""What part of the photo a red figure fills that counts, and how much of it may lie beside the sheet."""


def straightened(source: CopiedPage) -> CopiedPage | None:
    """The page as its sheet alone; None where it stays as it is."""
    if source.is_pdf or source.print_mm is not None:
        return None
    photo = source.picture(_READ_AT)
    corners = corners_in(photo)
    if corners is None:
        return None
    sheet = source.cut_to(corners)
    return sheet if _holds_all_words(source, sheet, photo) and _holds_red(photo, corners) else None


def corners_in(photo: "Image.Image") -> Corners | None:
    """The sheet's corners from the top left, clockwise, in shares of the photo; None where no sheet is seen."""
    import cv2
    import numpy as np
    from PIL import Image

    scale = _SEEN / max(photo.size)
    small = np.asarray(
        photo.convert("RGB").resize((round(photo.width * scale), round(photo.height * scale)), Image.Resampling.BOX)
    )
    outline = _outline(small)
    if outline is None:
        return None
    quad = _four_sides(outline)
    if quad is None:
        return None
    high, wide = small.shape[:2]
    area = float(cv2.contourArea(quad)) / (wide * high)
    if not _LEAST <= area <= _MOST:
        return None
    away = [_from_sides(point, quad) for point in outline.reshape(-1, 2)]
    if float(np.percentile(away, 95)) > _STRAIGHT * float(np.hypot(wide, high)):
        return None
    shares = [(float(x) / wide, float(y) / high) for x, y in quad]
    frame = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    if all(max(abs(a - c), abs(b - d)) <= _SQUARE for (a, b), (c, d) in zip(shares, frame, strict=True)):
        return None
    if any(not -0.02 <= share <= 1.02 for point in shares for share in point):
        return None
    first, second, third, fourth = shares
    return first, second, third, fourth


def _outline(small: "Pixels") -> "NDArray[np.int32] | None":
    """The outline of the largest bright, colourless figure, its writing filled in."""
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(small, (0, 0), 1.6)
    # Paper is bright in all three colours, wood and cloth are not.
    least = soft.min(axis=2)
    level, _ = cv2.threshold(least, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = (least > level).astype(np.uint8)
    reach = max(9, small.shape[0] // 40) | 1
    # Beyond the photo there is desk: a frame keeps the closing from running along its edge.
    framed = cv2.copyMakeBorder(bright, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    return np.asarray(largest - reach, np.int32)


def _four_sides(outline: "NDArray[np.int32]") -> "Points | None":
    """The four corners: rough ones first, then where the lines through the four sides' points meet."""
    import cv2
    import numpy as np

    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    for share in (0.01, 0.015, 0.02, 0.03, 0.045):
        rough = cv2.approxPolyDP(hull, share * around, True)
        if len(rough) == 4:
            break
    else:
        return None
    corners = _clockwise(rough.reshape(4, 2).astype(np.float32))
    if corners is None:
        return None
    points = outline.reshape(-1, 2).astype(np.float32)
    lines = [_line_near(points, corners[side], corners[(side + 1) % 4]) for side in range(4)]
    if any(line is None for line in lines):
        return None
    met = [_meeting(lines[side - 1], lines[side]) for side in range(4)]
    return None if any(one is None for one in met) else np.array(met, np.float32)


def _clockwise(corners: "Points") -> "Points | None":
    """From the top left; None where two corners claim one place."""
    import numpy as np

    total, difference = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [int(total.argmin()), int(difference.argmax()), int(total.argmax()), int(difference.argmin())]
    return np.asarray(corners[order]) if len(set(order)) == 4 else None


def _line_near(points: "Points", start: "Points", end: "Points") -> "tuple[Points, Points] | None":
    """A point and a direction of the side: through the outline's points beside its middle part."""
    import cv2
    import numpy as np

    along = end - start
    length = float(np.hypot(*along))
    if length < 20:
        return None
    along = along / length
    away = points - start
    forth, aside = away @ along, np.abs(away @ np.array([-along[1], along[0]], np.float32))
    beside = points[(forth > 0.08 * length) & (forth < 0.92 * length) & (aside < 0.02 * length + 2)]
    if len(beside) < 20:
        return None
    vx, vy, x, y = cv2.fitLine(beside, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return np.array([x, y], np.float32), np.array([vx, vy], np.float32)


def _meeting(one: "tuple[Points, Points] | None", other: "tuple[Points, Points] | None") -> "Points | None":
    import numpy as np

    assert one is not None and other is not None
    ways = np.stack([one[1], -other[1]], axis=1)
    if abs(float(np.linalg.det(ways))) < 0.2:
        return None
    step = np.linalg.solve(ways, other[0] - one[0])
    return np.asarray(one[0] + step[0] * one[1], np.float32)


def _from_sides(point: "NDArray[np.int32]", quad: "Points") -> float:
    import cv2

    return abs(float(cv2.pointPolygonTest(quad.reshape(-1, 1, 2), (float(point[0]), float(point[1])), True)))


# ---- what must not be lost -------------------------------------------------------------------------------------------


def _holds_all_words(source: CopiedPage, sheet: CopiedPage, photo: "Image.Image") -> bool:
    """Whether every line that reads on the photo reads the same on the sheet."""
    if not ocr.installed():
        return False
    import numpy as np

    seen = np.asarray(photo.convert("RGB"))
    boxes = text_places(source, seen)
    if not len(boxes):
        return True
    cut = np.asarray(sheet.picture(_READ_AT).convert("RGB"))
    moved = _moved(boxes, seen, cut, sheet)
    high, wide = cut.shape[:2]
    middles = moved.mean(axis=1)
    if ((middles < 0) | (middles > (wide, high))).any():
        return False
    reader = ocr.reader()
    kept = text_kept(reader.lines_at(seen, boxes), reader.lines_at(cut, moved))
    return kept is None or kept >= LEAST_TEXT


def _moved(boxes: "Points", seen: "Pixels", cut: "Pixels", sheet: CopiedPage) -> "Points":
    import cv2
    import numpy as np

    assert sheet.corners is not None
    high, wide = seen.shape[:2]
    there = np.array([(x * wide, y * high) for x, y in sheet.corners], np.float32)
    high, wide = cut.shape[:2]
    here = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    turned = cv2.perspectiveTransform(
        boxes.reshape(-1, 1, 2).astype(np.float32), cv2.getPerspectiveTransform(there, here)
    )
    return np.asarray(turned.reshape(-1, 4, 2), np.float32)


def _holds_red(photo: "Image.Image", corners: Corners) -> bool:
    """Whether no red figure, a seal above all, lies across the sheet's edge."""
    import cv2
    import numpy as np

    seen = cv2.GaussianBlur(np.asarray(photo.convert("RGB")), (0, 0), 1.5)
    red = in_hues(np.asarray(seen, np.uint8), -22, 18, saturation=0.22, value=(70, 255)).astype(np.uint8)
    high, wide = red.shape
    inside = np.zeros((high, wide), np.uint8)
    cv2.fillConvexPoly(inside, np.array([(round(x * wide), round(y * high)) for x, y in corners], np.int32), 1)
    _, figures = cv2.connectedComponents(cv2.dilate(red, np.ones((5, 5), np.uint8)))
    within = np.bincount(figures[(inside == 1) & (red == 1)].ravel(), minlength=int(figures.max()) + 1)
    beside = np.bincount(figures[(inside == 0) & (red == 1)].ravel(), minlength=int(figures.max()) + 1)
    least = _LEAST_RED * high * wide
    return not ((within > least) & (beside > _MOST_RED * within)).any()
