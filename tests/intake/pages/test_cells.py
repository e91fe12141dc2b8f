"""Ruled cells are seen in a picture, straight or a little askew, dark or pale; nothing else is one."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from assistant.intake.pages.cells import cells_in

WIDE, HIGH = 1000, 1400


def drawn(ink: int = 60, paper: int = 250) -> Image.Image:
    """A table of three rows and two columns, a line of text beside a lone stroke, and a frame that is open at one side."""
    picture = Image.new("RGB", (WIDE, HIGH), (paper,) * 3)
    draw = ImageDraw.Draw(picture)
    for row in range(3):
        for left, right in ((100, 300), (300, 900)):
            draw.rectangle((left, 200 + 60 * row, right, 260 + 60 * row), outline=(ink,) * 3, width=2)
            draw.text((left + 12, 220 + 60 * row), "SAMPLE", fill=(ink,) * 3)
    draw.line((100, 600, 900, 600), fill=(ink,) * 3, width=2)
    draw.line([(100, 700), (100, 800), (900, 800), (900, 700)], fill=(ink,) * 3, width=2)
    return picture


@pytest.mark.parametrize(
    "picture",
    [drawn(), drawn(ink=150, paper=235), drawn().rotate(0.8, fillcolor=(250, 250, 250))],
    ids=["plain", "pale", "askew"],
)
def test_every_ruled_cell_is_found_and_nothing_else(picture: Image.Image) -> None:
    found = cells_in(np.array(picture))
    assert len(found) == 6
    for left, top, right, bottom in found:
        assert 0.09 < left < right < 0.91
        assert 0.13 < top < bottom < 0.29
    widths = sorted(round(right - left, 1) for left, _, right, _ in found)
    assert widths == [0.2, 0.2, 0.2, 0.6, 0.6, 0.6]


def test_a_page_without_rules_has_no_cells() -> None:
    picture = Image.new("RGB", (WIDE, HIGH), (250, 250, 250))
    ImageDraw.Draw(picture).text((100, 100), "HILL\nILL", fill=(0, 0, 0))
    assert cells_in(np.array(picture)) == ()
