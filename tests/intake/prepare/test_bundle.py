"""One PDF of a case: numbered parts in the city's order, found by outline, labels and cover; what is not in it is named."""

import io
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from assistant.check.city.loading import load_city
from assistant.check.slots import Slot, every_slot, slots_for
from assistant.intake.prepare.bundle import Bundle, bundle_of, parts_of
from assistant.intake.prepare.child import answer_to
from assistant.intake.prepare.copies.cover import Cover, CoverRow, drawn
from assistant.intake.prepare.heap import HeapFile, PageAt, PageSeen
from assistant.intake.prepare.result import PreparedPaper, ReadyFile
from assistant.messages import Text
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.papers.heaps import jpeg
from fixtures.papers.pdf import pdf_of
from fixtures.papers.photo import portrait
from fixtures.papers.sheet import Sheet
from tests.support.heaps import seen

FACTS = [(Text("申请人", "Applicant"), "LEE & SON <MINJUN>"), (Text("城市", "City"), "深圳 Shenzhen")]


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the child does, without starting one; a real one binds in tests/jobs/test_prepare.py."""

    def answered(tasks: Sequence[dict[str, Any]], _done: object) -> list[dict[str, Any]]:
        return [answer_to(task) for task in tasks]

    monkeypatch.setattr("assistant.intake.prepare.bundle.answers_to", answered)


@pytest.fixture(scope="module")
def slots() -> tuple[Slot, ...]:
    return every_slot(load_profile(PlainFolder(PROFILES / "sample-lee")), load_city("shenzhen"))


@pytest.fixture(scope="module")
def needed() -> tuple[Slot, ...]:
    return slots_for(load_profile(PlainFolder(PROFILES / "sample-lee")), load_city("shenzhen"))


def sheets(*words: str) -> bytes:
    made = []
    for text in words:
        sheet = Sheet()
        sheet.text(30, 40, text, 14)
        made.append(sheet)
    return pdf_of(made, text_layer=True)


def paper(
    folder: Path, slot: str, *words: str, pages: Sequence[PageSeen] = (), failed: str = "", broken: bool = False
) -> PreparedPaper:
    """A paper of this run: its scan, and a copy of each of its pages that says what is its own."""
    content = sheets(*words)
    scan, copy = folder / f"{slot}-scan.pdf", folder / f"{slot}.pdf"
    scan.write_bytes(sheets(*[f"{text} as scanned" for text in words]))
    copy.write_bytes(content[: len(content) // 3] if broken else content)
    looks = tuple(pages) or tuple(PageSeen(number, seen(number, []).read) for number in range(1, len(words) + 1))
    file = HeapFile(scan.name, scan, "0" * 64, 10, "pdf", looks, len(words))
    at = tuple(PageAt(file, number) for number in range(1, len(words) + 1))
    if failed:
        return PreparedPaper(slot, Text(slot, slot), at, "failed", failed=failed)
    ready = ReadyFile(copy, f"documents/ready/{slot}.pdf", copy.stat().st_size, len(words), {})
    return PreparedPaper(slot, Text(slot, slot), at, "ready", (ready,))


def opened(bundle: Bundle) -> tuple[list[tuple[str, int]], list[str], list[str]]:
    """Outline entries with their pages (from 1), the pages' labels, the pages' texts."""
    document = pypdfium2.PdfDocument(bundle.local.read_bytes())
    outline = [(one.get_title(), one.get_dest().get_index() + 1) for one in document.get_toc()]
    labels = [document.get_page_label(index) for index in range(len(document))]
    texts = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    return outline, labels, texts


def test_parts_stand_in_the_citys_order_under_the_number_the_cover_gives_them(
    tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]
) -> None:
    papers = [paper(tmp_path, "contract", "clause one", "clause two"), paper(tmp_path, "extension_form", "extension")]
    bundle = bundle_of(parts_of(papers, {}, slots), needed, FACTS, tmp_path)
    outline, labels, texts = opened(bundle)
    order = [slot.key for slot in slots if slot.key in ("contract", "extension_form")]
    assert [one["slot"] for one in bundle.as_json()["parts"]] == order == ["extension_form", "contract"]
    cover = bundle.cover_pages
    labelled = {slot.key: slot.label for slot in slots}
    assert outline[1:] == [
        (f"1 {labelled['extension_form']}", cover + 1),
        (f"2 {labelled['contract']}", cover + 2),
    ]
    assert labels[cover:] == ["1-1", "2-1", "2-2"]
    assert ["extension" in texts[cover], "clause one" in texts[cover + 1], "clause two" in texts[cover + 2]] == [
        True
    ] * 3
    listed = "".join(texts[:cover])
    assert labelled["contract"] in listed and f"{cover + 2}–{cover + 3}" in listed
    assert "LEE & SON <MINJUN>" in listed


def test_required_papers_that_are_not_there_are_named(
    tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]
) -> None:
    bundle = bundle_of(parts_of([paper(tmp_path, "passport", "P<KOR")], {}, slots), needed, FACTS, tmp_path)
    required = [slot.key for slot in needed if slot.required == "required"]
    assert [slot.key for slot in bundle.missing] == [key for key in required if key != "passport"]
    listed = "".join(opened(bundle)[2][: bundle.cover_pages]).replace("\r\n", "")
    assert "还缺的必交材料" in listed
    assert all(slot.label in listed for slot in bundle.missing)


def test_slots_without_a_paper_in_this_run_come_from_the_profile(
    tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]
) -> None:
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(sheets("kept one", "kept two"))
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg(portrait(7, (472, 648)), 92))
    named = {"company_tax": [kept], "passport": [kept], "photo": [photo]}
    bundle = bundle_of(parts_of([paper(tmp_path, "passport", "the new one")], named, slots), needed, FACTS, tmp_path)
    pages = {one.part.slot.key: (one.first, one.pages) for one in bundle.parts}
    texts = opened(bundle)[2]
    assert pages["company_tax"][1] == 2 and "kept two" in texts[pages["company_tax"][0]]
    assert pages["passport"][1] == 1 and "the new one" in texts[pages["passport"][0] - 1]
    printed = pypdfium2.PdfDocument(bundle.local.read_bytes())[pages["photo"][0] - 1].get_size()
    assert [round(side * 25.4 / 72) for side in printed] == [35, 48]


def test_a_paper_whose_copy_is_not_offered_is_bound_as_it_was_scanned_and_a_broken_file_is_named(
    tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]
) -> None:
    papers = [
        paper(tmp_path, "contract", "large", failed="size"),
        paper(tmp_path, "company_tax", "broken", broken=True),
        paper(tmp_path, "passport", "whole"),
    ]
    scans = {path.name: sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*-scan.pdf")}
    bundle = bundle_of(parts_of(papers, {}, slots), needed, FACTS, tmp_path)
    assert bundle.as_json()["left_out"] == ["company_tax"]
    texts = opened(bundle)[2]
    (contract,) = (one for one in bundle.parts if one.part.slot.key == "contract")
    assert "large as scanned" in texts[contract.first - 1]
    listed = "".join(texts[: bundle.cover_pages])
    assert "没有装订的材料" in listed and "原件（没有合格的副本）" in listed.replace("\r\n", "")
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*-scan.pdf")} == scans


def test_the_cover_says_on_which_pages_seals_and_signatures_belong(
    tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]
) -> None:
    looks = (seen(1, ["甲方：示例"]), seen(2, ["乙方（签字）：", "用人单位（盖章）："], seal="no"))
    sealed = (seen(1, ["承诺书"], seal="yes"),)
    papers = [
        paper(tmp_path, "contract", "one", "two", pages=looks),
        paper(tmp_path, "guarantee_letter", "letter", pages=sealed),
    ]
    bundle = bundle_of(parts_of(papers, {}, slots), needed, FACTS, tmp_path)
    first = {one.part.slot.key: one.first for one in bundle.parts}
    listed = "".join(opened(bundle)[2][: bundle.cover_pages]).replace("\r\n", "").replace(" ", "")
    assert f"请盖章：第{first['contract'] + 1}页" in listed
    assert f"印章在第{first['guarantee_letter']}页" in listed


def test_the_same_papers_give_the_same_bytes(tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]) -> None:
    parts = parts_of([paper(tmp_path, "contract", "a", "b")], {}, slots)
    first = bundle_of(parts, needed, FACTS, tmp_path).local.read_bytes()
    assert bundle_of(parts, needed, FACTS, tmp_path).local.read_bytes() == first
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert "/AcroForm" not in pdf.Root and pdf.Root.PageMode == "/UseOutlines"


def test_a_case_without_papers_is_a_cover_alone(
    tmp_path: Path, slots: tuple[Slot, ...], needed: tuple[Slot, ...]
) -> None:
    bundle = bundle_of([], needed, FACTS, tmp_path)
    assert bundle.pages == bundle.cover_pages == len(pypdfium2.PdfDocument(bundle.local.read_bytes()))


def test_a_long_list_goes_on_the_next_page() -> None:
    rows = [CoverRow(str(number), Text("材料", "paper"), "1", Text("–", "–")) for number in range(60)]
    content, pages = drawn(Cover(Text("题", "title"), [], rows, [], Text("末", "foot")))
    document = pypdfium2.PdfDocument(content)
    assert len(document) == pages > 1
    assert "序号" in document[pages - 1].get_textpage().get_text_range()
