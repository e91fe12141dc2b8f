"""Steps go from fine to coarse and stop where small print would be lost."""

from pathlib import Path

import pytest

from assistant.intake.prepare.copies.pages import CopiedPage, sources_of
from assistant.intake.prepare.copies.shrink import LEAST_DPI, Shrinking, smallest_print_mm, steps_for
from fixtures.papers.sheet import Sheet


def page(tmp_path: Path, points: float, dpi: int = 300) -> CopiedPage:
    sheet = Sheet(dpi=dpi)
    for row in range(12):
        sheet.text(22, 40 + row * 8, "附加条款与正文具有同等效力请仔细阅读全部内容后签字", points)
    path = tmp_path / f"{points}-{dpi}.png"
    sheet.image.save(path, dpi=(dpi, dpi))
    return sources_of([{"path": str(path), "number": 1, "quarters": 0}])[0]


@pytest.mark.parametrize(("points", "least", "most"), [(6, 1.5, 2.3), (12, 3.2, 4.6)])
def test_the_smallest_print_is_measured_in_millimetres(
    points: float, least: float, most: float, tmp_path: Path
) -> None:
    height = smallest_print_mm(page(tmp_path, points))
    assert height is not None and least <= height <= most


def test_small_print_keeps_more_dots_than_150(tmp_path: Path) -> None:
    small, usual = Shrinking([page(tmp_path, 6)], 10_000), Shrinking([page(tmp_path, 12)], 10_000)
    assert small.least > usual.least == LEAST_DPI


def test_no_step_is_finer_than_the_scan_nor_coarser_than_needed(tmp_path: Path) -> None:
    steps = steps_for([page(tmp_path, 12, 200)], 180)
    assert {step.dpi for step in steps} <= set(range(180, 201))
    assert [step.dpi * step.quality for step in steps] == sorted(
        (step.dpi * step.quality for step in steps), reverse=True
    )
