"""Of a page that was photographed askew, the part with the zone is made level to be read; a level page costs nothing more."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.check.documents import ocr
from assistant.check.documents.checks.identity import judge, readings_for
from assistant.check.documents.ocr import TextLine
from assistant.check.documents.paper import Paper
from assistant.check.documents.tilt.level import level_parts, tilt_of
from assistant.check.file_rules import FileRules
from assistant.intake.pages.picture import read_picture
from assistant.profile.zones import zones_of
from benchmarks._tilted import photo

needs_reading = pytest.mark.skipif(not ocr.installed(), reason="text recognition (the extra `ocr`) is not installed")


def line(
    degrees: float, text: str = "P<ABC<<<<<<<<<<<<", long: float = 400, at: tuple[float, float] = (100, 300)
) -> TextLine:
    angle = math.radians(degrees)
    along, down = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    box = [
        (at[0] + along[0] * a * long + down[0] * b * 20, at[1] + along[1] * a * long + down[1] * b * 20)
        for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    return TextLine(text, 0.9, tuple(box))


class White:
    """A page of which only the size counts."""

    def drawn(self, _side: int) -> object:
        import numpy as np

        return np.full((1200, 1600, 3), 255, np.uint8)


def parts_of(lines: Sequence[TextLine]) -> list[object]:
    return [part for part, _ in level_parts(White(), 0, (800, 600), lines, lambda one: "<" in one.text, lambda _: [])]  # type: ignore[arg-type]


def test_a_level_page_is_not_looked_at_again() -> None:
    assert parts_of([line(0), line(1.5), line(0.3)]) == [] and parts_of([]) == []


def test_the_tilt_is_that_of_the_long_lines_and_of_a_block_where_there_are_none() -> None:
    assert math.degrees(tilt_of([line(7), line(9), line(8), line(40, long=30)])) == pytest.approx(8)
    assert math.degrees(tilt_of([line(12, long=70), line(3, long=25)])) == pytest.approx(12)


def test_a_point_of_the_level_part_lies_where_it_was_on_the_page() -> None:
    (part,) = parts_of([line(10, at=(150, 200))])
    corner = part.line_on_page(TextLine("", 0, ((0, 0), (1, 0), (1, 1), (0, 1)))).box[0]  # type: ignore[attr-defined]
    assert math.dist(corner, (150, 200)) < 200 and math.degrees(part.tilt) == pytest.approx(10)  # type: ignore[attr-defined]


@needs_reading
def test_a_small_passport_askew_on_a_table_is_read_and_only_its_holders(tmp_path: Path) -> None:
    """As it lies its zone does not agree with itself."""
    taken = photo("t 1", 14.2, "far")
    (tmp_path / "a.jpg").write_bytes(taken.photo)
    rules = FileRules(types=("jpeg",), identity="passport")
    paper = Paper(tmp_path / "a.jpg", rules, "passport")
    (zone,) = read_picture(paper.pages[0], close=False).zones
    (read,) = zones_of([one.text for one in zone])
    assert read.sound and read.number.text == taken.case.passport_number
    assert all(0 <= one.left < one.right <= 1 and 0.5 < one.top < one.bottom <= 1 for one in zone), (
        "where it stands on the page"
    )
    assert judge(readings_for(paper, taken.case), "passport", taken.case) == []
