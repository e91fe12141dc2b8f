"""Small pictures of pages: any page of any file, some at a time; a file that can't be drawn costs only its own."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from assistant.check.documents.page_pictures import MOST_PAGES, PagePictures


@pytest.fixture
def pictures() -> Iterator[PagePictures]:
    made = PagePictures()
    yield made
    made.close()


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """Each page is as many points high as its number says, above two hundred."""
    made = pypdfium2.PdfDocument.new()
    for number in range(1, 2 * MOST_PAGES + 4):
        made.new_page(1000, 200 + number)
    made.save(tmp_path / "long.pdf")
    return tmp_path / "long.pdf"


def height(picture: bytes | None) -> int:
    import io

    from PIL import Image

    assert picture is not None
    return Image.open(io.BytesIO(picture)).height


def test_each_page_is_the_one_that_was_asked_for(pictures: PagePictures, long_file: Path) -> None:
    for number in (1, MOST_PAGES, MOST_PAGES + 1, 2 * MOST_PAGES + 3):
        assert height(pictures.page(long_file, number)) == 200 + number
    assert pictures.page(long_file, 0) is None and pictures.page(long_file, 2 * MOST_PAGES + 4) is None


def test_the_first_pages_tell_how_many_there_are(pictures: PagePictures, long_file: Path) -> None:
    assert pictures.known(long_file) is None
    found = pictures.of(long_file)
    assert (found.count, len(found.pictures)) == (2 * MOST_PAGES + 3, MOST_PAGES)
    assert pictures.known(long_file) == found


def test_a_file_that_can_t_be_drawn_costs_no_other(pictures: PagePictures, long_file: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(long_file.read_bytes()[:200])
    assert pictures.page(tmp_path / "cut.pdf", 1) is None
    assert height(pictures.page(long_file, 3)) == 203
