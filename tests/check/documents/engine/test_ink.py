"""Lines of print are found by their ink, and nothing else is taken for one."""

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from assistant.check.documents.engine.ink import inked_lines

if TYPE_CHECKING:
    from assistant.check.documents.pixels import Pixels

ROWS = {"A FIRST LINE OF PRINT": 200, "AND A SECOND BELOW IT": 320, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<": 900}


def sheet(ground: int = 250, *, rows: dict[str, int] = ROWS) -> "Pixels":
    page = np.full((1400, 1000, 3), ground, np.uint8)
    for text, base in rows.items():
        cv2.putText(page, text, (120, base), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2, cv2.LINE_AA)
    return page


def test_each_line_is_found_whole_and_from_top_to_bottom() -> None:
    boxes = inked_lines(sheet())
    assert len(boxes) == len(ROWS)
    for (text, base), box in zip(ROWS.items(), boxes, strict=True):
        wide, high = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)[0]
        assert box[0][0] <= 122 and box[1][0] >= 120 + wide - 4
        assert box[0][1] <= base - high + 3 and box[3][1] >= base - 3


def test_a_tilted_page_has_tilted_lines() -> None:
    turn = cv2.getRotationMatrix2D((500, 700), 4, 1)
    tilted = cv2.warpAffine(sheet(), turn, (1000, 1400), borderMode=cv2.BORDER_REPLICATE)
    boxes = inked_lines(np.asarray(tilted, np.uint8))
    slopes = [np.degrees(np.arctan2(*(box[1] - box[0])[::-1])) for box in boxes if box[1][0] - box[0][0] > 200]
    assert len(slopes) == len(ROWS)
    assert all(abs(slope + 4) < 1 for slope in slopes)


@pytest.mark.parametrize("ground", [250, 120])
def test_shade_over_the_page_hides_no_line(ground: int) -> None:
    shade = np.linspace(1.0, 0.6, 1000)[None, :, None]
    assert len(inked_lines((sheet(ground) * shade).astype(np.uint8))) == len(ROWS)


def test_rules_frames_and_pictures_are_no_lines() -> None:
    page = sheet(rows={})
    cv2.line(page, (100, 300), (900, 300), (0, 0, 0), 2)
    cv2.rectangle(page, (100, 400), (900, 700), (0, 0, 0), 2)
    cv2.circle(page, (500, 1000), 150, (10, 10, 10), -1)
    assert len(inked_lines(page)) == 0


@pytest.mark.parametrize("shape", [(1, 1, 3), (40, 3000, 3), (1400, 1000, 3)])
def test_an_empty_page_of_any_shape_has_none(shape: tuple[int, int, int]) -> None:
    assert inked_lines(np.full(shape, 255, np.uint8)).shape == (0, 4, 2)
