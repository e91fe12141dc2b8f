"""A heap becomes copies in slots, in real child processes; strangers' papers and bad files cost no other; originals stay as they are."""

import io
import random
import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from assistant.check.documents import ocr
from assistant.errors import InputError
from assistant.intake.prepare.keep import named_in
from assistant.jobs.check import CheckJob, check_quietly
from assistant.jobs.prepare import PrepareJob, prepare, preparing, straighten, undo
from assistant.profile.loading import read_raw
from assistant.store.applicant_folder import PlainFolder
from assistant.store.folders import FolderAt
from assistant.store.locations import PROFILES
from fixtures.papers import Facts, defects, draw, facts_of_folder
from fixtures.papers.heaps import jpeg, photographed

ON = date(2026, 11, 22)
pytestmark = pytest.mark.skipif(not ocr.installed(), reason="text recognition (the extra `ocr`) is not installed")


@pytest.fixture(scope="module")
def own() -> Facts:
    return facts_of_folder(PROFILES / "sample-lee")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, own: Facts) -> Iterator[Path]:
    """An applicant without papers, and a heap: two papers in one PDF, a passport photographed on its side, a stranger's, a double, files
    that can't be used."""
    home = tmp_path_factory.mktemp("desk")
    shutil.copy(PROFILES / "employer.yaml", home)
    (home / "lee").mkdir()
    text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    (home / "lee" / "profile.yaml").write_text(text[: text.index("\ndocuments:")] + "\n", encoding="utf-8")
    heap = home / "heap"
    heap.mkdir()
    letter, receipt = draw("guarantee_letter", own, ON), draw("photo_receipt", own, ON)
    (heap / "scan.pdf").write_bytes(defects.joined([letter, receipt]))
    (page,) = defects.pictures_of(draw("passport", own, ON), 220)
    (heap / "IMG_1.jpg").write_bytes(jpeg(page.rotate(90, expand=True), 85))
    (heap / "IMG_2.jpg").write_bytes((heap / "IMG_1.jpg").read_bytes())
    stranger = own.but(
        applicant__surname="PARK", applicant__given_names="JISOO", passport__number="M55667788", passport__mrz=""
    )
    (heap / "x.pdf").write_bytes(draw("guarantee_letter", stranger, ON))
    (heap / "cut.pdf").write_bytes(letter[: len(letter) // 2])
    (heap / "locked.pdf").write_bytes(defects.locked(letter))
    (heap / "note.jpg").write_bytes(b"this is no picture")
    (heap / "empty.png").write_bytes(b"")
    wide = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(wide, "PNG")
    (heap / "wide.png").write_bytes(wide.getvalue())
    yield home


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def test_a_heap_is_sorted_fitted_kept_and_taken_back(desk: Path) -> None:
    before, profile = hashes(desk / "heap"), (desk / "lee" / "profile.yaml").read_bytes()
    told: list[tuple[int, int]] = []
    job = PrepareJob(FolderAt(desk / "lee"), ON, (desk / "heap",), apply=True)
    done = prepare(job, lambda _what, count, total: told.append((count, total)))
    assert {paper.slot: paper.places for paper in done.papers} == {
        "guarantee_letter": ("scan.pdf#page=1",),
        "passport": ("IMG_1.jpg",),
        "photo_receipt": ("scan.pdf#page=2",),
    }
    assert all(paper.state == "ready" for paper in done.papers)
    reasons = {one.place: one.reason for one in done.listed}
    assert reasons.pop("IMG_2.jpg") == "double" and reasons.pop("x.pdf") == "stranger"
    assert set(reasons) == {"cut.pdf", "locked.pdf", "note.jpg", "empty.png", "wide.png"} and set(reasons.values()) == {
        "unusable"
    }
    assert hashes(desk / "heap") == before, "an original was written"
    assert told[0][0] == 0 and told[-1][0] == told[-1][1]

    kept = PlainFolder(desk / "lee")
    assert named_in(read_raw(kept).data, "passport") == ["documents/ready/passport.pdf"]
    checked = check_quietly(CheckJob(FolderAt(desk / "lee"), ON), lambda _done, _total: None)
    states = {slot.slot: slot.state for slot in checked.readiness.slots}
    assert [states[slot] for slot in ("guarantee_letter", "passport", "photo_receipt")] == ["ok", "ok", "ok"]

    answer = done.as_json("en")
    assert answer["schema"] == 1 and answer["applied"] is True
    assert answer["counts"] == {
        "files": 9, "pages": 5, "placed": 3, "doubles": 1, "strangers": 1, "listed": 0, "unusable": 5, "ready": 3, "failed": 0,
    }  # fmt: skip
    assert "M98765432" not in str(answer) and "MINJUN" not in str(answer)

    undone = undo(FolderAt(desk / "lee"), done.run)
    assert set(undone.restored) == {"guarantee_letter", "passport", "photo_receipt"}
    assert (desk / "lee" / "profile.yaml").read_bytes() == profile
    assert "IMG_1.jpg" in hashes(desk / "lee" / "documents" / "originals")


def test_without_scans_the_files_of_the_profile_are_made_to_fit(tmp_path: Path, own: Facts) -> None:
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    folder = tmp_path / "lee"
    (folder / "documents").mkdir(parents=True)
    text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    (folder / "profile.yaml").write_text(
        text[: text.index("\ndocuments:")] + "\ndocuments:\n  company_tax: documents/tax.pdf\n", encoding="utf-8"
    )
    (folder / "documents" / "tax.pdf").write_bytes(defects.locked(draw("company_tax", own, ON), user=""))
    with preparing(PrepareJob(FolderAt(folder), ON, bundle=True)) as done:
        assert done.bundle is not None
        bound = done.as_json("en")["bundle"]
        assert isinstance(bound, dict) and bound["pages"] == len(pypdfium2.PdfDocument(done.bundle.local.read_bytes()))
    assert [part["slot"] for part in bound["parts"]] == ["company_tax"] and "passport" in bound["missing"]
    assert not done.bundle.local.exists(), "the bundle stays in no folder of ours"
    (paper,) = done.papers
    assert paper.slot == "company_tax" and paper.state == "ready" and "unlocked" in paper.done
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["profile.yaml", "tax.pdf"], (
        "something was written"
    )


def test_a_fault_in_the_data_stops_nothing_and_one_paper_is_straightened(tmp_path: Path, own: Facts) -> None:
    """A letter goes by the number on it though the birthday is wrong; a photo of another, in a slot, is cut when that is asked for."""
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    folder, heap = tmp_path / "lee", tmp_path / "heap"
    folder.mkdir()
    heap.mkdir()
    text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    text = text[: text.index("\ndocuments:")].replace("birth_date: 1988-03-14", "birth_date: soon")
    (folder / "profile.yaml").write_text(text + "\n", encoding="utf-8")
    (page,) = defects.pictures_of(draw("guarantee_letter", own, ON), 150)
    (heap / "IMG_7.jpg").write_bytes(jpeg(photographed(page, random.Random(2)), 88))
    with preparing(PrepareJob(FolderAt(folder), ON, (heap,))) as found:
        assert [(paper.slot, paper.state) for paper in found.papers] == [("guarantee_letter", "ready")]
        assert "出生日期" in found.unjudged[1].zh and not found.calm
        assert any("date of birth" in str(one) for one in found.as_json("en")["unjudged"])  # type: ignore[attr-defined]
        assert "straightened" not in found.papers[0].done
        cut = straighten(found, 0)
        assert "straightened" in cut.papers[0].done
        assert [file.name for file in cut.papers[0].files] == ["documents/ready/guarantee_letter.pdf"]
        assert cut.papers[0].files[0].local.is_file() and found.papers[0].files[0].local.is_file()


def test_of_the_profiles_files_only_the_slots_that_are_asked_for_are_looked_at(tmp_path: Path, own: Facts) -> None:
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    folder = tmp_path / "lee"
    folder.mkdir()
    named = "\ndocuments:\n  company_tax: tax.pdf\n  company_bank: bank.pdf\n"
    text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    (folder / "profile.yaml").write_text(text[: text.index("\ndocuments:")] + named, encoding="utf-8")
    for name in ("tax", "bank"):
        (folder / f"{name}.pdf").write_bytes(draw(f"company_{name}", own, ON))
    found = prepare(PrepareJob(FolderAt(folder), ON, slot="company_tax"))
    assert [file.name for file in found.files] == ["tax.pdf"]


def test_without_a_city_nothing_is_sorted_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "lee").mkdir()
    (tmp_path / "lee" / "profile.yaml").write_text("city:\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        prepare(PrepareJob(FolderAt(tmp_path / "lee"), ON, (tmp_path,)))
    assert "city" in refused.value.what.en


def test_a_place_that_is_not_there_is_said_before_any_work(desk: Path) -> None:
    with pytest.raises(InputError):
        prepare(PrepareJob(FolderAt(desk / "lee"), ON, (desk / "nowhere",)))
