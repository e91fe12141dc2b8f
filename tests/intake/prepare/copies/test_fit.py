"""The least that is needed is done, the same way every time; what can't be done is said with its reason."""

import io
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from assistant.check.documents.worker import rules_as_json
from assistant.check.file_rules import FileRules
from assistant.intake.prepare.copies.fit import fitted
from fixtures.papers import defects, hostile
from fixtures.papers.heaps import grained, jpeg
from fixtures.papers.pdf import pdf_of
from fixtures.papers.photo import BLUE, portrait
from fixtures.papers.sheet import Sheet
from tests.support.filled_forms import work_permit_form


@pytest.fixture(autouse=True)
def without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """How papers are copied; reading them is the proof's, tested with a paper of every slot in tests/jobs/test_prepare.py."""
    monkeypatch.setattr("assistant.check.documents.ocr.installed", lambda: False)


def sheet(words: str = "兹证明该员工在我单位任职。") -> Sheet:
    made = Sheet()
    for row in range(14):
        made.text(24, 30 + row * 12, words, 12)
    made.seal(150, 240, "示例云帆科技有限公司")
    return made


def fit(
    tmp_path: Path, content: bytes, rules: FileRules | None = None, *, pages: tuple[int, ...] = (1,), quarters: int = 0
) -> dict[str, Any]:
    path = tmp_path / "scan"
    path.write_bytes(content)
    task = {
        "pages": [{"path": str(path), "number": number, "quarters": quarters} for number in pages],
        "rules": rules_as_json(rules or FileRules()),
        "into": str(tmp_path / "copy"),
    }
    before = sha256(content).hexdigest()
    answer = fitted(task)
    assert sha256(path.read_bytes()).hexdigest() == before, "an original was written"
    return answer


def made(answer: dict[str, Any]) -> bytes:
    assert "files" in answer, answer
    return Path(answer["files"][0]["path"]).read_bytes()


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    return [tuple(map(round, document[index].get_size())) for index in range(len(document))]


def noisy(width: int, height: int, quality: int = 96) -> bytes:
    """A page that weighs much more than the limit."""
    image = sheet().image.resize((width, height), Image.Resampling.BICUBIC)
    return jpeg(grained(image, random.Random(5), 0.12), quality, dpi=round(height / 11.69))


def test_a_file_that_fits_is_taken_over_byte_for_byte(tmp_path: Path) -> None:
    content = pdf_of([sheet()])
    answer = fit(tmp_path, content)
    assert made(answer) == content and answer["done"] == ["kept"]


def test_a_page_on_its_side_is_turned_without_encoding(tmp_path: Path) -> None:
    lying = sheet().image.rotate(90, expand=True)
    content = jpeg(lying, 85, dpi=150)
    answer = fit(tmp_path, content, quarters=3)
    assert answer["done"] == ["turned", "converted"]
    ((wide, high),) = sizes(made(answer))
    assert high > wide
    with pikepdf.open(io.BytesIO(made(answer))) as pdf:
        taken = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert taken[-2000:] == content[-2000:], "the picture was encoded anew"


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    content = noisy(1654, 2339)
    assert made(fit(tmp_path, content)) == made(fit(tmp_path, content))


def test_what_is_over_the_limit_comes_under_it_in_colour_at_150_dpi_or_more(tmp_path: Path) -> None:
    content = noisy(2067, 2923)
    assert len(content) > 1_500_000
    answer = fit(tmp_path, content)
    copy = made(answer)
    assert len(copy) <= 1_000_000 and "compressed" in answer["done"]
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        picture = pdf.pages[0].Resources.XObject.Im0
        assert picture.ColorSpace == "/DeviceRGB" and max(picture.Width, picture.Height) >= 150 * 297 / 25.4 - 1


def test_only_the_heavy_page_of_a_paper_is_encoded_anew(tmp_path: Path) -> None:
    light = pdf_of([sheet()], text_layer=True)
    heavy = io.BytesIO()
    Image.open(io.BytesIO(noisy(1654, 2339))).save(heavy, "PDF", resolution=200, quality=95)
    answer = fit(tmp_path, defects.joined([light, heavy.getvalue()]), FileRules(max_bytes=700_000), pages=(1, 2))
    document = pypdfium2.PdfDocument(made(answer))
    assert len(document) == 2 and len(made(answer)) <= 700_000
    assert "兹证明" in document[0].get_textpage().get_text_range()


def test_what_one_file_cannot_hold_legibly_becomes_several(tmp_path: Path) -> None:
    out = io.BytesIO()
    pages = [Image.open(io.BytesIO(noisy(1240, 1754)))] * 3
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=95)
    answer = fit(tmp_path, out.getvalue(), FileRules(max_bytes=120_000), pages=(1, 2, 3))
    assert "split" in answer["done"] and sum(file["pages"] for file in answer["files"]) == 3
    assert all(file["bytes"] <= 120_000 for file in answer["files"])


def test_what_cannot_fit_says_how_large_it_would_be(tmp_path: Path) -> None:
    answer = fit(tmp_path, noisy(1240, 1754), FileRules(max_bytes=30_000))
    assert answer["failed"] == "size" and answer["smallest"] > 30_000


def test_papers_are_taken_out_of_a_larger_file(tmp_path: Path) -> None:
    whole = defects.joined([pdf_of([sheet(words)]) for words in ("第一份", "第二份", "第三份")])
    answer = fit(tmp_path, whole, pages=(2,))
    assert answer["done"] == ["taken-out"] and len(sizes(made(answer))) == 1


def test_restrictions_that_need_no_password_are_removed(tmp_path: Path) -> None:
    answer = fit(tmp_path, defects.locked(pdf_of([sheet()]), user=""))
    assert "unlocked" in answer["done"]
    with pikepdf.open(io.BytesIO(made(answer))) as pdf:
        assert not pdf.is_encrypted


def test_a_filled_form_is_painted_and_is_no_form_any_more(tmp_path: Path) -> None:
    content = work_permit_form(1, 0).pdf(fields=True)
    answer = fit(tmp_path, content)
    with pikepdf.open(io.BytesIO(made(answer))) as pdf:
        assert "/AcroForm" not in pdf.Root and not any("/Annots" in page.obj for page in pdf.pages)
    assert "flattened" in answer["done"] and answer["files"][0]["proof"]["failed"] == ""


def test_nothing_of_the_camera_comes_along(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[271], exif[306] = "CANARY-CAMERA", "2026:11:20 08:00:00"
    out = io.BytesIO()
    sheet().image.save(out, "JPEG", quality=85, exif=exif, dpi=(150, 150))
    assert b"CANARY-CAMERA" in out.getvalue()
    assert b"CANARY-CAMERA" not in made(fit(tmp_path, out.getvalue()))


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (defects.locked(pdf_of([sheet()])), "file.encrypted"),
        (pdf_of([sheet()])[:900], "file.damaged"),
        (hostile.zip_bomb(), "file.too-heavy"),
    ],
)
def test_a_file_that_cannot_be_opened_is_a_code(content: bytes, trouble: str, tmp_path: Path) -> None:
    assert fit(tmp_path, content)["trouble"] == trouble


PHOTO = FileRules(types=("jpeg", "png"), min_bytes=20_000, min_pixels=(354, 472), aspect=(35, 48), background="white")


def test_a_photo_is_cut_to_shape_around_the_head_and_nothing_is_painted(tmp_path: Path) -> None:
    wide = Image.new("RGB", (1500, 1200), (255, 255, 255))
    wide.paste(portrait(7, (700, 960)), (500, 240))
    answer = fit(tmp_path, jpeg(wide, 95), PHOTO)
    photo = Image.open(io.BytesIO(made(answer)))
    assert "cropped" in answer["done"]
    assert abs(photo.width / photo.height - 35 / 48) < 0.01
    assert min(photo.size) >= 354


def test_a_photo_with_too_few_pixels_is_not_enlarged(tmp_path: Path) -> None:
    assert fit(tmp_path, jpeg(portrait(7, (200, 274)), 95), PHOTO)["failed"] == "pixels"


def test_a_photo_that_fits_stays_as_the_studio_made_it(tmp_path: Path) -> None:
    content = jpeg(portrait(7, (472, 648), BLUE), 97)
    assert made(fit(tmp_path, content, PHOTO)) == content
