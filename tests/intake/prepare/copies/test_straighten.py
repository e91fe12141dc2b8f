"""A photographed sheet is cut to its edge and made square; what would lose a word or a seal stays as it was taken."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from assistant.check.documents import ocr
from assistant.check.documents.worker import rules_as_json
from assistant.check.file_rules import FileRules
from assistant.intake.prepare.copies import straighten
from assistant.intake.prepare.copies.fit import fitted
from fixtures.papers.heaps import jpeg, photographed
from fixtures.papers.sheet import Sheet

DESK = (116, 92, 70)
needs_reading = pytest.mark.skipif(not ocr.installed(), reason="text recognition (the extra `ocr`) is not installed")


def sheet(*, seal: tuple[float, float] = (150, 240)) -> Image.Image:
    made = Sheet()
    for row in range(9):
        made.text(24, 36 + row * 18, f"第{row + 1}条 兹证明该员工在我单位任职。", 13)
    made.seal(*seal, "示例云帆科技有限公司")
    return made.image


def fit(folder: Path, photo: Image.Image) -> tuple[dict[str, Any], Image.Image]:
    """The answer, and the copy's page as it is drawn."""
    scan = folder / "IMG_1.jpg"
    scan.write_bytes(jpeg(photo, 90))
    before = scan.read_bytes()
    task = {
        "pages": [{"path": str(scan), "number": 1, "quarters": 0}],
        "rules": rules_as_json(FileRules()),
        "straighten": True,
        "into": str(folder / "copy"),
    }
    answer = fitted(task)
    assert scan.read_bytes() == before, "an original was written"
    page = pypdfium2.PdfDocument(Path(answer["files"][0]["path"]).read_bytes())[0]
    return answer, page.render(scale=1000 / page.get_height()).to_pil().convert("RGB")


def edges(picture: Image.Image) -> list[tuple[int, int, int]]:
    """The median colour of a thin strip along each edge."""
    pixels = np.asarray(picture)
    return [tuple(np.median(part.reshape(-1, 3), axis=0).astype(int)) for part in (pixels[3:9], pixels[-9:-3], pixels[:, 3:9], pixels[:, -9:-3])]  # fmt: skip


@needs_reading
def test_a_photographed_sheet_is_cut_to_its_edge_and_square(tmp_path: Path) -> None:
    flat = sheet()
    answer, copy = fit(tmp_path, photographed(flat, random.Random(2)))
    assert "straightened" in answer["done"] and answer["files"][0]["proof"]["failed"] == ""
    assert abs(copy.width / copy.height - 210 / 297) < 0.002
    assert min(min(edge) for edge in edges(copy)) > 150, "some of the desk is left"
    off = [abs(one - other) for one, other in zip(red_middle(copy), red_middle(flat), strict=True)]
    assert max(off) < 0.01, "the seal is elsewhere on the sheet"


def red_middle(picture: Image.Image) -> tuple[float, float]:
    """Where the middle of the red ink lies, in shares of the page."""
    pixels = np.asarray(picture.convert("RGB")).astype(int)
    rows, columns = np.nonzero(pixels[:, :, 0] - pixels[:, :, 1:].max(axis=2) > 60)
    return float(columns.mean()) / picture.width, float(rows.mean()) / picture.height


@needs_reading
def test_a_word_beside_the_sheet_keeps_the_photo_as_it_is(tmp_path: Path) -> None:
    lying = Image.new("RGB", (1700, 2300), DESK)
    lying.paste(sheet(), (180, 120))
    note = Sheet()
    note.text(5, 5, "附页：签收人已核对", 18)
    lying.paste(note.image.crop((0, 0, 700, 110)).rotate(0), (300, 2080))
    answer, copy = fit(tmp_path, lying)
    assert "straightened" not in answer["done"]
    assert abs(copy.width / copy.height - 1700 / 2300) < 0.01


@needs_reading
def test_a_seal_across_the_edge_keeps_the_photo_as_it_is(tmp_path: Path) -> None:
    lying = Image.new("RGB", (1700, 2300), DESK)
    lying.paste(sheet(), (180, 120))
    stamped = Sheet()
    stamped.seal(60, 60, "示例云帆科技有限公司")
    stamp = stamped.image.crop((180, 180, 530, 530))
    mask = Image.fromarray((np.asarray(stamp).min(axis=2) < 200).astype(np.uint8) * 255)
    lying.paste(stamp, (1250, 1300), mask)
    answer, _ = fit(tmp_path, lying)
    assert "straightened" not in answer["done"]


@needs_reading
def test_a_line_that_reads_otherwise_afterwards_keeps_the_photo_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photographed(sheet(), random.Random(1))
    real = straighten.text_kept
    monkeypatch.setattr(straighten, "text_kept", lambda before, after: min(real(before, after) or 0, 0.9))
    assert "straightened" not in fit(tmp_path, photo)[0]["done"]


@pytest.mark.parametrize(
    "photo",
    [sheet(), Image.effect_noise((900, 1200), 90).convert("RGB"), Image.new("RGB", (900, 1200), DESK)],
    ids=["a scan without a desk", "noise", "a desk without a sheet"],
)
def test_where_no_sheet_lies_on_something_else_none_is_seen(photo: Image.Image) -> None:
    assert straighten.corners_in(photo) is None


def test_the_corners_are_found_to_a_few_pixels() -> None:
    desk = Image.new("RGB", (1500, 1994), DESK)
    desk.paste(sheet(), (130, 120))
    found = straighten.corners_in(desk)
    assert found is not None
    wanted = [(130, 120), (1370, 120), (1370, 1874), (130, 1874)]
    off = [abs(x * 1500 - a) + abs(y * 1994 - b) for (x, y), (a, b) in zip(found, wanted, strict=True)]
    assert max(off) < 6


def test_without_text_recognition_nothing_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.check.documents.ocr.installed", lambda: False)
    answer, _ = fit(tmp_path, photographed(sheet(), random.Random(1)))
    assert "straightened" not in answer["done"]
