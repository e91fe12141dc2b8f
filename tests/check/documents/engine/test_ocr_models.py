"""The models by themselves: what they load, and how a line is handed to them."""

import subprocess
import sys

import numpy as np
import pytest

from assistant.check.documents.engine.ocr_models import cut_out, from_upper_left

READ_A_LINE = """
import sys
import cv2, numpy as np
from assistant.check.documents.ocr import TextReader
page = np.full((80, 600, 3), 255, np.uint8)
cv2.putText(page, "PASSPORT 2026", (20, 55), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 3, cv2.LINE_AA)
line, = TextReader().lines_at(page, np.array([[[0, 0], [599, 0], [599, 79], [0, 79]]], np.float32))
print(line.text.replace(" ", ""), sorted({"rapidocr", "requests", "omegaconf", "shapely"} & set(sys.modules)))
"""


def test_reading_a_line_loads_nothing_that_could_fetch() -> None:
    told = subprocess.run([sys.executable, "-c", READ_A_LINE], capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.strip() == "PASSPORT2026 []"


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 3, 0, 1), (3, 1, 0, 2)])
def test_corners_are_told_from_the_upper_left_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    corners = np.array([[10, 5], [90, 9], [89, 29], [9, 25]], np.float32)
    assert from_upper_left(corners[list(order)]).tolist() == corners.tolist()


def test_a_line_that_stands_upright_is_laid_down() -> None:
    page = np.zeros((100, 60, 3), np.uint8)
    page[10:90, 20:30] = 200
    part = cut_out(page, np.array([[20, 10], [30, 10], [30, 90], [20, 90]], np.float32))
    assert part.shape[1] > 4 * part.shape[0]


def test_a_slanting_line_is_made_level() -> None:
    page = np.zeros((200, 300, 3), np.uint8)
    corners = np.array([[40, 60], [240, 100], [236, 120], [36, 80]], np.float32)
    for step in range(201):
        page[60 + step // 5 : 80 + step // 5, 40 + step] = 255
    assert cut_out(page, corners)[4:-4, 8:-8].min() > 200
