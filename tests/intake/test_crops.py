"""The picture beside a value: the part of the page it was read from, of a photo as of a PDF file."""

import io
from pathlib import Path

import pytest
from PIL import Image

from assistant.intake.crops import crop, crops_of
from assistant.intake.draft import PageBox, ReadValue, SourceFile
from assistant.store.locations import PROFILES

BOX = PageBox(1, 0.5, 0.5, 1.0, 1.0)


@pytest.fixture
def photo(tmp_path: Path) -> SourceFile:
    """White, but for its lower right quarter."""
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("red", (100, 50, 200, 100))
    picture.save(tmp_path / "photo.png")
    return SourceFile(tmp_path / "photo.png")


def test_the_box_is_cut_out_with_a_little_above_it(photo: SourceFile) -> None:
    found = crop(photo, BOX)
    assert found is not None
    cut = Image.open(io.BytesIO(found))
    assert (cut.width, cut.height) == (100, 58)
    assert cut.getpixel((50, 50)) == (255, 0, 0) and cut.getpixel((50, 2)) == (255, 255, 255)


def test_a_page_of_a_pdf_is_drawn_and_one_that_is_not_there_is_none() -> None:
    file = SourceFile(PROFILES / "sample-lee" / "documents" / "passport.pdf")
    assert crop(file, BOX) is not None
    assert crop(file, PageBox(99, 0, 0, 1, 1)) is None


def test_what_is_no_picture_and_a_box_of_no_size_show_nothing(photo: SourceFile, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"no picture")
    assert crop(SourceFile(tmp_path / "x.jpg"), BOX) is None
    assert crop(photo, PageBox(1, 0.5, 0.5, 0.5, 0.5)) is None


def test_only_values_that_need_a_look_get_a_picture_of_the_owners_alone(photo: SourceFile, tmp_path: Path) -> None:
    def value(path: str, state: str) -> ReadValue:
        return ReadValue(path, "x", "photo.png#page=1", "passport", "ocr", state, box=BOX)  # type: ignore[arg-type]

    found = crops_of(
        tmp_path / "crops", "lee", [value("passport.number", "doubtful"), value("applicant.sex", "sure")], [photo]
    )
    assert list(found) == ["passport.number photo.png#page=1"]
    (picture,) = found.values()
    assert picture.is_file() and picture.stat().st_mode & 0o077 == 0
    assert crops_of(None, "lee", [value("passport.number", "doubtful")], [photo]) == {}
