"""What lost anything is not offered: a copy is held against its original in detail, seal, colour and pages."""

import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from assistant.intake.prepare.copies.assembly import pdf_of, pictures_of
from assistant.intake.prepare.copies.pages import CopiedPage, jpeg_of, sources_of
from assistant.intake.prepare.copies.prove import Proof, proof_of
from fixtures.papers.sheet import RED, Sheet

PEN = (60, 70, 130)


def paper(*, faint_seal: bool = False, small_print: bool = False) -> Sheet:
    """A page at 300 dpi: text, and what copies lose first."""
    sheet = Sheet(dpi=300)
    for row in range(22):
        sheet.text(22, 30 + row * 7, "本合同为固定期限合同，自二零二五年一月十六日起至二零二八年一月十五日止。", 11)
    sheet.seal(150, 220, "示例云帆科技有限公司", ink=(246, 214, 212) if faint_seal else RED)
    if small_print:
        for row in range(6):
            sheet.text(22, 250 + row * 3, "注：本页小字为附加条款，与正文具有同等效力，请仔细阅读全部内容后签字。", 6)
    return sheet


def source_of(sheet: Sheet, folder: Path) -> CopiedPage:
    path = folder / "paper.png"
    sheet.image.save(path, dpi=(300, 300))
    return sources_of([{"path": str(path), "number": 1, "quarters": 0}])[0]


def copied(source: CopiedPage, image: Image.Image, quality: int = 70) -> bytes:
    return pdf_of(list(pictures_of([image], [source], [jpeg_of(image, quality)])))


def held(source: CopiedPage, image: Image.Image, quality: int = 70) -> Proof:
    return proof_of([source], copied(source, image, quality), encoded=[0])


@pytest.fixture(autouse=True)
def without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the pictures alone tell; reading them is tested in test_fit.py."""
    monkeypatch.setattr("assistant.check.documents.ocr.installed", lambda: False)


def test_a_good_copy_is_proven(tmp_path: Path) -> None:
    source = source_of(paper(faint_seal=True, small_print=True), tmp_path)
    proof = held(source, source.picture(220), 72)
    assert proof.holds, proof.as_json()


def erased(image: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    made = image.copy()
    wide, high = made.size
    place = (round(box[0] * wide), round(box[1] * high), round(box[2] * wide), round(box[3] * high))
    ImageDraw.Draw(made).rectangle(place, fill=made.getpixel((5, 5)))
    return made


@pytest.mark.parametrize(
    ("what", "box"),
    [
        ("a line of text", (0.1, 0.24, 0.9, 0.262)),
        ("the faint seal", (0.6, 0.66, 0.83, 0.83)),
        ("one date", (0.36, 0.313, 0.56, 0.335)),
    ],
)
def test_a_copy_that_lacks_something_fails(what: str, box: tuple[float, float, float, float], tmp_path: Path) -> None:
    source = source_of(paper(faint_seal=True), tmp_path)
    assert not held(source, erased(source.picture(220), box)).holds, what


def test_a_faint_seal_that_encoding_washed_out_fails(tmp_path: Path) -> None:
    source = source_of(paper(faint_seal=True), tmp_path)
    washed = source.picture(150).point(lambda level: 255 if level > 205 else level)
    assert not held(source, washed, 60).holds


def test_a_grey_copy_of_a_sealed_page_fails(tmp_path: Path) -> None:
    source = source_of(paper(), tmp_path)
    assert held(source, source.picture(220).convert("L").convert("RGB")).why in ("colour", "seal", "detail", "picture")


def test_a_blurred_copy_fails(tmp_path: Path) -> None:
    source = source_of(paper(small_print=True), tmp_path)
    assert not held(source, source.picture(220).filter(ImageFilter.GaussianBlur(2.6))).holds


def test_a_copy_that_lost_a_page_fails(tmp_path: Path) -> None:
    source = source_of(paper(), tmp_path)
    content = copied(source, source.picture(200))
    assert proof_of([source, source], content, encoded=[0, 1]).why == "pages"


def test_a_page_that_was_not_encoded_must_be_the_same_picture(tmp_path: Path) -> None:
    source = source_of(paper(), tmp_path)
    assert proof_of([source], pdf_of([source]), encoded=()).holds
    other = copied(source, erased(source.picture(300), (0.1, 0.2, 0.9, 0.5)), 95)
    assert proof_of([source], other, encoded=()).why == "picture"


def test_handwriting_in_thin_pale_ink_must_stay(tmp_path: Path) -> None:
    sheet = paper()
    chance = random.Random(3)
    pen = ImageDraw.Draw(sheet.image)
    for start in range(5):
        x = sheet.px(30 + start * 12)
        points = [(x + sheet.px(k), sheet.px(236 + chance.uniform(-3, 3))) for k in range(9)]
        pen.line(points, fill=(168, 176, 210), width=3)
    source = source_of(sheet, tmp_path)
    assert held(source, source.picture(220), 72).holds
    assert not held(source, erased(source.picture(220), (0.12, 0.775, 0.5, 0.82))).holds


def test_the_proof_shows_shares_and_no_words(tmp_path: Path) -> None:
    source = source_of(paper(), tmp_path)
    shown = held(source, source.picture(220)).as_json()
    assert set(shown) == {"pages", "detail", "text", "seal", "failed"}
    assert 0.9 <= float(shown["seal"]) <= 1
