"""A heap of scans at the desk: sorted beside the page, compared, kept at one press and taken back at another."""

import io
import time
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from assistant.desk.runs import preparing as room
from assistant.intake.prepare.heap import PageAt
from assistant.store import credentials, sealing
from assistant.store.locations import PROFILES

PAGE = "/cases/sample-lee/documents"
HEAP = "/cases/sample-lee/heap"
CONTRACT = (PROFILES / "sample-lee" / "documents" / "contract.pdf").read_bytes()


@pytest.fixture(autouse=True)
def without_reading(heap_by_name: None) -> None:
    """No test here waits for the reading of scans."""


def settled(visitor):
    """The page once nothing runs."""
    until = time.monotonic() + 30
    while "正在整理" in (page := visitor.get(PAGE)).words and time.monotonic() < until:
        time.sleep(0.05)
    return page


def drop(visitor, *names):
    visitor.upload(HEAP, [("heap", name, CONTRACT) for name in names])
    return settled(visitor)


def test_what_came_is_shown_beside_its_copy_and_nothing_is_written_before_the_press(visitor, desk_folder):
    home = desk_folder / "sample-lee"
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    page = drop(visitor, "contract scan.pdf", "odd.pdf")
    assert "聘用合同" in page.words and "压缩" in page.words and "odd.pdf" in page.words
    for side in ("before", "after"):
        picture = visitor.get(f"{HEAP}/{side}/0/0")
        assert picture.headers["content-type"] == "image/jpeg" and picture.body[:2] == b"\xff\xd8"
    assert visitor.get(f"{HEAP}/after/0/7").status == visitor.get(f"{HEAP}/after/9/0").status == 404
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_one_press_keeps_the_copies_and_another_takes_them_back(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    before = file.read_bytes()
    drop(visitor, "contract scan.pdf")
    visitor.post(HEAP, {"do": "keep"})
    assert "documents/ready/contract.pdf" in file.read_text(encoding="utf-8")
    page = settled(visitor)
    assert "撤销整理" in page.words and "采用" not in page.words
    visitor.post(HEAP, {"do": "undo", "run": ""})
    assert file.read_bytes() == before


def test_a_heap_that_is_dropped_again_leaves_nothing(visitor, desk):
    drop(visitor, "contract scan.pdf")
    home = desk.heaps["sample-lee"].home
    visitor.post(HEAP, {"do": "drop"})
    assert not home.exists() and "sample-lee" not in desk.heaps
    assert visitor.post(HEAP, {"do": "keep"}).status == 404


def test_data_with_a_fault_stop_nothing_but_what_they_would_have_told(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("2032-05-10\n  mrz", "soon\n  mrz"), encoding="utf-8")
    page = drop(visitor, "contract scan.pdf")
    assert "压缩" in page.words and "采用" in page.words
    assert "资料里有 1 处有误或没填" in page.words and "护照有效期：护照、许可是不是本人的" in page.words
    file.write_text(whole, encoding="utf-8")
    visitor.post(HEAP, {"do": "sort"})
    page = settled(visitor)
    assert "压缩" in page.words and "没有判断" not in page.words and "再整理一次" not in page.words


def test_without_a_city_what_came_stays_until_one_is_chosen(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("city: shenzhen", "city:", 1), encoding="utf-8")
    page = drop(visitor, "contract scan.pdf")
    assert "收到的 1 个文件还在" in page.words and "请先在资料里选城市" in page.words
    file.write_text(whole, encoding="utf-8")
    visitor.post(HEAP, {"do": "sort"})
    assert "压缩" in settled(visitor).words


def long_pdf(pages):
    made = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        made.new_page(200, 280)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_every_page_of_a_long_file_is_shown(visitor):
    visitor.upload(HEAP, [("heap", "contract long.pdf", long_pdf(19))])
    settled(visitor)
    heap = visitor.app.state.desk.heaps["sample-lee"]
    (paper,) = heap.found.papers
    pages = tuple(PageAt(replace(paper.pages[0].file, count=19), number) for number in range(1, 20))
    heap.found = replace(heap.found, papers=(replace(paper, pages=pages, files=(replace(paper.files[0], pages=19),)),))
    for side in ("before", "after"):
        for place in (7, 8, 18):
            assert visitor.get(f"{HEAP}/{side}/0/{place}").body[:2] == b"\xff\xd8", (side, place)
        assert visitor.get(f"{HEAP}/{side}/0/19").status == 404


def test_one_paper_of_the_heap_is_straightened_at_a_press(visitor, monkeypatch):
    drop(visitor, "contract scan.pdf", "passport.pdf")
    asked = []

    def straightened(prepared, place, _progress):
        asked.append(prepared.papers[place].slot)
        return replace(prepared, papers=tuple(replace(one, done=("straightened",)) for one in prepared.papers))

    monkeypatch.setattr(room, "straighten", straightened)
    heap = visitor.app.state.desk.heaps["sample-lee"]
    pictures = [
        replace(paper, pages=tuple(replace(page, file=replace(page.file, kind="jpeg")) for page in paper.pages))
        for paper in heap.found.papers
    ]
    heap.found = replace(heap.found, papers=tuple(pictures))
    assert visitor.get(PAGE).words.count("拉正") == 2
    visitor.post(HEAP, {"do": "straighten", "paper": "1"})
    until = time.monotonic() + 30
    while "已按纸边裁切、拉正" not in (page := visitor.get(PAGE)).words and time.monotonic() < until:
        time.sleep(0.05)
    assert asked == ["passport"] and "按纸边裁切拉正" in page.words
    assert visitor.post(HEAP, {"do": "straighten", "paper": "7"}).status == 404
    monkeypatch.setattr(room, "straighten", lambda prepared, _place, _progress: prepared)
    visitor.post(HEAP, {"do": "straighten", "paper": "0"})
    while "没有裁" not in (page := visitor.get(PAGE)).words and time.monotonic() < until:
        time.sleep(0.05)
    assert "看不出四条直的纸边" in page.words


def test_a_photo_in_a_slot_is_straightened_and_nothing_is_kept_before_the_press(visitor, desk_folder):
    home = desk_folder / "sample-lee"
    picture = io.BytesIO()
    Image.new("RGB", (400, 560), "white").save(picture, "JPEG")
    visitor.upload(PAGE, [("contract", "a.jpg", picture.getvalue())])
    before = (home / "profile.yaml").read_bytes()
    assert "拉正 聘用合同" in visitor.get(PAGE).text
    visitor.post(HEAP, {"do": "straighten", "slot": "contract"})
    page = settled(visitor)
    assert "已按纸边裁切、拉正" in page.words and "采用" in page.words
    assert (home / "profile.yaml").read_bytes() == before


def test_a_heap_that_waits_is_not_dropped_for_a_photo_in_a_slot(visitor, desk):
    drop(visitor, "contract scan.pdf")
    assert visitor.post(HEAP, {"do": "straighten", "slot": "passport"}).status == 400
    assert desk.heaps["sample-lee"].found is not None


def test_no_file_at_all_is_said(visitor):
    assert visitor.post(HEAP, {"do": "sort"}).status == 400


def test_a_fault_of_ours_quotes_nothing_and_loses_no_file(visitor, monkeypatch):
    @contextmanager
    def failing(_job, _progress):
        raise RuntimeError("LEE MINJUN")
        yield

    monkeypatch.setattr(room, "preparing", failing)
    page = drop(visitor, "contract scan.pdf")
    assert "RuntimeError" in page.words and "收到的 1 个文件还在" in page.words
    assert "整理时出错（RuntimeError）" in page.words and "LEE MINJUN）" not in page.words


def test_of_a_sealed_applicant_the_copies_are_sealed_too(visitor, desk_folder):
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(desk_folder / "sample-lee", key)
    drop(visitor, "contract scan.pdf")
    visitor.post(HEAP, {"do": "keep"})
    settled(visitor)
    assert [path.name for path in (desk_folder / "sample-lee").rglob("*") if path.is_file()] == [sealing.SEALED]
    assert "documents/ready/contract.pdf" in sealing.read_archive(desk_folder / "sample-lee" / sealing.SEALED, key)


def test_the_names_of_files_are_only_text(visitor):
    page = drop(visitor, "contract<img src=x>.pdf", "odd<script>.pdf")
    assert "<img src=x" not in page.text and "<script>." not in page.text
