"""The case's papers in one PDF: bound beside the page, fetched at a press, gone with the desk."""

import shutil
import time
from contextlib import contextmanager

import pypdfium2
import pytest

from assistant.desk.runs import binding as room
from assistant.store.locations import PROFILES

PAGE = "/cases/sample-lee/documents"
BUNDLE, FILE = "/cases/sample-lee/bundle", "/cases/sample-lee/papers.pdf"


@pytest.fixture
def one_paper(desk_folder):
    """The applicant has one paper, whose words are the file's own: nothing has to be read."""
    file = desk_folder / "sample-lee" / "profile.yaml"
    text = file.read_text(encoding="utf-8")
    named = "documents:\n  photo_receipt: documents/photo_receipt.pdf\n"
    file.write_text(f"{text[: text.index(chr(10) + 'documents:')]}\n{named}", encoding="utf-8")
    source = PROFILES / "sample-lee" / "documents" / "photo_receipt.pdf"
    shutil.copy(source, desk_folder / "sample-lee" / "documents")
    return desk_folder / "sample-lee"


@pytest.fixture
def slow(monkeypatch):
    """A binding that goes on until it is told to stop."""

    @contextmanager
    def preparing(_job, progress):
        while True:
            progress(room.NOTHING, 0, 1)
            time.sleep(0.01)
        yield

    monkeypatch.setattr(room, "preparing", preparing)


def bound(visitor):
    visitor.post(BUNDLE, {"do": "bind"})
    until = time.monotonic() + 120
    while "正在装订" in (page := visitor.get(PAGE)).words and time.monotonic() < until:
        time.sleep(0.1)
    return page


def test_the_papers_are_bound_and_fetched_and_the_case_stays_as_it_was(visitor, desk, one_paper):
    """With a fault in the data too, since nothing of a binding rests on them."""
    file = one_paper / "profile.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2032-05-10\n  mrz", "soon\n  mrz"), encoding="utf-8")
    before = {path: path.read_bytes() for path in one_paper.rglob("*") if path.is_file()}
    assert visitor.get(FILE).status == 404
    page = bound(visitor)
    assert "装订好了：1 份材料" in page.words and "还缺的必交材料：" in page.words
    answer = visitor.get(FILE)
    assert answer.headers["content-type"] == "application/pdf" and "attachment" in answer.headers["content-disposition"]
    assert f"共 {len(pypdfium2.PdfDocument(answer.body))} 页" in page.words
    assert {path: path.read_bytes() for path in one_paper.rglob("*") if path.is_file()} == before
    home = desk.bindings["sample-lee"].home
    visitor.post(BUNDLE, {"do": "drop"})
    assert not home.exists() and visitor.get(FILE).status == 404


def test_a_binding_is_stopped_at_a_press_and_ends_with_the_desk(visitor, desk, slow):
    visitor.post(BUNDLE, {"do": "bind"})
    assert "停止装订" in visitor.get(PAGE).words and desk.busy
    visitor.post(BUNDLE, {"do": "drop"})
    assert "停止装订" not in visitor.get(PAGE).words and not desk.busy
    visitor.post(BUNDLE, {"do": "bind"})
    home = desk.bindings["sample-lee"].home
    desk.close()
    assert not home.exists()


def test_a_fault_of_ours_quotes_nothing(visitor, monkeypatch):
    @contextmanager
    def failing(_job, _progress):
        raise RuntimeError("LEE MINJUN")
        yield

    monkeypatch.setattr(room, "preparing", failing)
    page = bound(visitor)
    assert "装订时出错（RuntimeError）" in page.words and "出错（RuntimeError）；没有改动任何资料" in page.words
    assert visitor.get(FILE).status == 404


def test_without_papers_there_is_nothing_to_press(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("\ndocuments:")] + "\n", encoding="utf-8")
    assert "合订成一个 PDF" not in visitor.get(PAGE).words
