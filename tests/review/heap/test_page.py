"""The page of a heap shows each page beside its copy, in either language, and loads nothing from anywhere."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from assistant.intake.prepare.child import answer_to
from assistant.intake.prepare.heap import HeapFile, PageAt, PageSeen
from assistant.intake.prepare.make import with_pictures
from assistant.intake.prepare.result import FAILED_WORDS, PagePair, Prepared, PreparedPaper, ReadyFile
from assistant.intake.prepare.sorting.found import ListedPage
from assistant.messages import Language, Text
from assistant.review.console import Console
from assistant.review.heap.page import heap_page
from assistant.review.heap.terminal import show
from fixtures.papers.heaps import jpeg
from fixtures.papers.pdf import pdf_of
from fixtures.papers.sheet import Sheet
from tests.support.heaps import seen

PROOF = {"pages": 1, "detail": 1.0, "text": 0.99, "seal": 0.95, "failed": ""}


def picture(colour: tuple[int, int, int]) -> bytes:
    return jpeg(Image.new("RGB", (40, 60), colour), 80)


@pytest.fixture
def prepared() -> Prepared:
    file = HeapFile("<scan>.jpg", Path("scan.jpg"), "a" * 64, 3_200_000, "jpeg", (PageSeen(1, seen(1, []).read),), 1)
    ready = ReadyFile(Path("contract.pdf"), "documents/ready/contract.pdf", 640_000, 1, PROOF)
    papers = (
        PreparedPaper(
            "contract", Text("聘用合同", "Contract"), (PageAt(file, 1),), "ready", (ready,), ("turned", "compressed"),
            limit=1_000_000, pairs=(PagePair(picture((250, 0, 0)), picture((240, 0, 0))),),
        ),
        PreparedPaper(
            "passport", Text("护照", "Passport"), (PageAt(file, 1),), "failed", failed="text", why=FAILED_WORDS["text"],
            limit=1_000_000, pairs=(PagePair(picture((0, 0, 250)), b""),),
        ),
    )  # fmt: skip
    return Prepared("lee", "shenzhen", (file,), papers, (ListedPage(file, 1, "stranger"),))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_page_stands_beside_its_copy_with_size_work_and_proof(prepared: Prepared, language: Language) -> None:
    page = heap_page(prepared, language)
    pictures = [base64.b64decode(one) for one in re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)]
    assert pictures == [
        pair for paper in prepared.papers for pair in (paper.pairs[0].before, paper.pairs[0].after) if pair
    ]
    said = {
        "zh": ("聘用合同", "3.2 MB", "640 KB", "转正、压缩", "文字 99%，印章一致", "没有采用", "别人"),
        "en": ("Contract", "3.2 MB", "640 KB", "turned upright, compressed", "text 99%, seal the same", "not offered", "somebody else"),
    }  # fmt: skip
    assert [word for word in said[language] if word not in page] == []
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page
    if language == "en":
        assert not re.search(r"[\u4e00-\u9fff]", page)


def test_the_page_loads_nothing_and_runs_nothing(prepared: Prepared) -> None:
    page = heap_page(prepared, "en")
    assert "default-src 'none'" in page and "<script" not in page
    assert all(one.startswith(("data:", "#")) for one in re.findall(r'(?:src|href)="([^"]*)"', page))
    assert "url(" not in page and "&lt;scan&gt;.jpg" in page and "<scan>" not in page


def test_the_terminal_names_files_and_slots_alone(prepared: Prepared, capsys: pytest.CaptureFixture[str]) -> None:
    show(Console("en"), prepared, applied=False)
    said = capsys.readouterr().out
    assert "Contract" in said and "under the limit words would be lost" in said and "Nothing is written yet" in said


def test_pages_are_drawn_upright_and_what_cannot_be_drawn_leaves_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "assistant.intake.prepare.make.answers_to", lambda tasks, _done, _children: [answer_to(task) for task in tasks]
    )
    lying, copy = tmp_path / "lying.jpg", tmp_path / "copy.pdf"
    sheet = Sheet()
    sheet.text(30, 40, "聘用合同", 30)
    lying.write_bytes(jpeg(sheet.image.rotate(90, expand=True), 85))
    copy.write_bytes(pdf_of([sheet]))
    file = HeapFile("lying.jpg", lying, "a" * 64, 10, "jpeg", (PageSeen(1, seen(1, []).read),), 1)
    gone = HeapFile("gone.jpg", tmp_path / "gone.jpg", "b" * 64, 10, "jpeg", (PageSeen(1, seen(1, []).read),), 1)
    ready = ReadyFile(copy, "documents/ready/contract.pdf", 10, 1, PROOF)
    paper = PreparedPaper("contract", Text("合同", "c"), (PageAt(file, 1, 3), PageAt(gone, 1)), "ready", (ready,))
    ((pair, gap),) = (one.pairs for one in with_pictures([paper], 1, lambda _what, _done, _total: None))
    before, after = (Image.open(io.BytesIO(one)) for one in (pair.before, pair.after))
    assert before.height > before.width and abs(before.height - after.height) <= 1
    assert (gap.before, gap.after) == (b"", b"")
