"""Files that can't be used are one sentence; nothing is written anywhere; nothing that stands on a paper is printed."""

import io
from datetime import date
from pathlib import Path

import pikepdf
import pillow_heif  # type: ignore[import-untyped]
import pytest
from PIL import Image

from assistant.check.documents import ocr
from assistant.errors import InputError
from assistant.intake.draft import SourceFile
from assistant.intake.pages import child
from assistant.intake.pages.lines import Line, PageLines, as_json, page_of_json, turned_line
from assistant.intake.pages.reading import PagesRead, read_pages, take
from assistant.intake.readers import papers, read_source
from assistant.store.locations import PROFILES
from fixtures.papers import defects, draw, facts_of_folder, hostile
from tests.support.filled_forms import work_permit_form

TODAY = date(2026, 12, 1)
CANARY = "CANARY7X1"
PAGE = defects.written("在职证明", ["兹证明该员工在我单位任职。"] * 3)


def blank_pages(count: int) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def refused(path: Path, content: bytes) -> str:
    """The sentence that a file gets, read in this process."""
    path.write_bytes(content)
    found = PagesRead()
    with pytest.raises(InputError) as refusal:
        for answer in child.answers_to({"path": str(path)}):
            take(answer, found, path.name)
    return refusal.value.what.en


@pytest.mark.parametrize(("content", "words"), [
    (defects.locked(PAGE), "password"),
    (PAGE[: len(PAGE) // 2], "damaged"),
    (blank_pages(400), "400 pages"),
    (hostile.zip_bomb(), "abnormal size"),
])  # fmt: skip
def test_a_file_that_cannot_be_opened_is_one_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in refused(tmp_path / "paper.pdf", content)


PHOTOSHOP = b"8BPS\x00\x01" + b"\x00" * 64
CUT_HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0 bytes"),
        (b"hello, this is no picture", "not a source"),
        (PHOTOSHOP, "PSD"),
        (CUT_HEIC, "damaged"),
    ],
)
def test_what_is_no_paper_at_all_is_said(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        read_source(SourceFile(path), "", TODAY, (papers,))
    assert words in refusal.value.what.en


@pytest.mark.skipif(not ocr.installed(), reason="text recognition (the extra `ocr`) is not installed")
def test_a_phones_heic_is_read_as_any_other_photo(tmp_path: Path) -> None:
    (page,) = defects.pictures_of(draw("passport", facts_of_folder(PROFILES / "sample-lee"), TODAY), 150)
    path = tmp_path / "IMG_0001.HEIC"
    pillow_heif.from_pillow(page).save(path, quality=85)
    before = path.read_bytes()
    (draft,) = read_source(SourceFile(path), "", TODAY, (papers,)).drafts
    values = {value.path: value.value for value in draft.values}
    assert values["passport.number"] == "M98765432"
    assert path.read_bytes() == before


def test_a_picture_of_anything_else_gives_nothing_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without text recognition nobody knows; with it, nothing of use is found. Both are said."""
    path = tmp_path / "cat.png"
    Image.effect_noise((300, 200), 90).convert("RGB").save(path)
    monkeypatch.setattr(ocr, "installed", lambda: False)
    monkeypatch.setattr(papers, "read_pages", lambda path, name: PagesRead(unread=True))
    with pytest.raises(InputError, match=r"isn't installed"):
        papers.read(SourceFile(path), "", TODAY)
    monkeypatch.setattr(papers, "read_pages", lambda path, name: PagesRead([PageLines(1, ())]))
    with pytest.raises(InputError, match="nothing that can be used"):
        papers.read(SourceFile(path), "", TODAY)


def test_the_reading_process_leaves_nothing_behind_and_changes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    path = tmp_path / "form.pdf"
    content = work_permit_form(1, 0).pdf(fields=True)
    path.write_bytes(content)
    before = path.stat().st_mtime_ns
    assert read_pages(path, path.name).pages[0].lines
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, before)
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["form.pdf", "temporary"]


def test_a_file_longer_than_is_read_says_how_much_was_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    path = tmp_path / "long.pdf"
    path.write_bytes(blank_pages(30))
    answers = list(child.answers_to({"path": str(path)}))
    assert answers[-1] == {"left": 30 - child.MOST_PAGES}


def test_lines_cross_as_json_and_show_nothing_when_printed() -> None:
    line = Line(CANARY, 0.1, 0.2, 0.3, 0.4, 0.9, "form-field", f"{CANARY} field")
    page = PageLines(2, (line,), ((line, line),), (line,), 0.7, 1)
    assert page_of_json(as_json(page)) == page
    assert CANARY not in repr(page)


@pytest.mark.parametrize("quarters", range(4))
def test_a_box_on_a_turned_page_lies_where_the_eye_sees_it(quarters: int) -> None:
    """Turned by numpy and back by us."""
    import numpy as np

    picture = np.zeros((40, 60))
    picture[4:8, 6:30] = 1
    rows, columns = np.nonzero(np.rot90(picture, quarters))
    high, wide = np.rot90(picture, quarters).shape
    line = Line("x", columns.min() / wide, rows.min() / high, (columns.max() + 1) / wide, (rows.max() + 1) / high)
    box = turned_line(line, quarters)
    assert np.allclose((box.left, box.top, box.right, box.bottom), (6 / 60, 4 / 40, 30 / 60, 8 / 40))
