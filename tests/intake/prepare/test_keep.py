"""Copies are put beside the profile in one step and taken back in one; originals are copied and never written."""

import shutil
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest

from assistant.errors import InputError
from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.intake.prepare.keep import LOG, keep, named_in, runs_of, take_back
from assistant.intake.prepare.result import PreparedPaper, ReadyFile
from assistant.messages import Text
from assistant.profile.loading import read_raw
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

NOW = datetime(2026, 11, 22, 9, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    (tmp_path / "lee").mkdir()
    shutil.copy(PROFILES / "sample-lee" / "profile.yaml", tmp_path / "lee")
    return tmp_path / "lee"


def paper(
    tmp_path: Path, slot: str = "contract", content: bytes = b"%PDF-copy", original: bytes = b"original"
) -> PreparedPaper:
    scan, local = tmp_path / f"{slot}-scan.jpg", tmp_path / f"{slot}-copy.pdf"
    scan.write_bytes(original)
    local.write_bytes(content)
    file = HeapFile(scan.name, scan, sha256(original).hexdigest(), len(original), count=1)
    ready = ReadyFile(local, f"documents/ready/{slot}.pdf", len(content), 1, {})
    return PreparedPaper(slot, Text(slot, slot), (PageAt(file, 1),), "ready", (ready,))


def all_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_profile_names_the_copy_and_the_original_lies_beside_it(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    run = keep(kept, [paper(tmp_path)], NOW)
    assert run.startswith("20261122-093000")
    assert named_in(read_raw(kept).data, "contract") == ["documents/ready/contract.pdf"]
    assert kept.read("documents/ready/contract.pdf") == b"%PDF-copy"
    assert kept.read("documents/originals/contract-scan.jpg") == b"original"


def test_comments_and_other_slots_stay(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    before = kept.read("profile.yaml").decode()
    keep(kept, [paper(tmp_path)], NOW)
    after = kept.read("profile.yaml").decode()
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [
        "  contract: documents/contract.pdf"
    ]


def test_a_second_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    keep(kept, [paper(tmp_path)], NOW)
    before = all_files(folder)
    assert keep(kept, [paper(tmp_path)], NOW) == ""
    assert all_files(folder) == before


def test_no_file_that_is_there_is_replaced(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    kept.write("documents/ready/contract.pdf", b"somebody's own", expected=None)
    kept.write("documents/originals/contract-scan.jpg", b"another scan", expected=None)
    keep(kept, [paper(tmp_path)], NOW)
    assert kept.read("documents/ready/contract.pdf") == b"somebody's own"
    assert kept.read("documents/originals/contract-scan.jpg") == b"another scan"
    assert named_in(read_raw(kept).data, "contract") == ["documents/ready/contract-b.pdf"]


def test_taken_back_the_profile_is_as_before_and_originals_stay(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    before = kept.read("profile.yaml")
    run = keep(kept, [paper(tmp_path)], NOW)
    undone = take_back(kept, run)
    assert undone.restored == ("contract",) and undone.removed == ("documents/ready/contract.pdf",)
    assert kept.read("profile.yaml") == before
    assert "documents/ready/contract.pdf" not in kept.names()
    assert kept.read("documents/originals/contract-scan.jpg") == b"original"
    with pytest.raises(InputError):
        take_back(kept, run)


def test_what_was_changed_since_stays(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    keep(kept, [paper(tmp_path), paper(tmp_path, "passport")], NOW)
    text = (folder / "profile.yaml").read_text().replace("documents/ready/contract.pdf", "documents/mine.pdf")
    (folder / "profile.yaml").write_text(text)
    undone = take_back(kept)
    assert undone.kept == ("contract",) and undone.restored == ("passport",)
    assert named_in(read_raw(kept).data, "contract") == ["documents/mine.pdf"]


def test_a_paper_without_a_copy_changes_nothing(folder: Path, tmp_path: Path) -> None:
    failed = PreparedPaper("contract", Text("合同", "contract"), paper(tmp_path).pages, "failed", failed="size")
    before = all_files(folder)
    assert keep(PlainFolder(folder), [failed], NOW) == ""
    assert all_files(folder) == before


@pytest.mark.parametrize("until", range(5))
def test_a_full_disk_leaves_the_profile_as_it_was(
    until: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the first, second … file that is written."""
    import assistant.store.applicant_folder as written_by

    before = (folder / "profile.yaml").read_bytes()
    real, count = written_by.write_private, [0]

    def full(path: Path, content: bytes | str) -> Path:
        count[0] += 1
        if count[0] > until:
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(written_by, "write_private", full)
    if until < 4:
        with pytest.raises(InputError):
            keep(PlainFolder(folder), [paper(tmp_path)], NOW)
        assert (folder / "profile.yaml").read_bytes() == before
        assert "documents/ready/contract.pdf" not in all_files(folder)
    else:
        keep(PlainFolder(folder), [paper(tmp_path)], NOW)
        assert (folder / "profile.yaml").read_bytes() != before
    assert (tmp_path / "contract-scan.jpg").read_bytes() == b"original"


def test_a_process_killed_before_the_profile_is_named_leaves_a_run_that_can_be_repeated(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What no handler catches, as a signal is."""

    def killed(*_given: object) -> NoReturn:
        raise Killed

    before = (folder / "profile.yaml").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("assistant.intake.prepare.keep._with_documents", killed)
        with pytest.raises(Killed):
            keep(PlainFolder(folder), [paper(tmp_path)], NOW)
    assert (folder / "profile.yaml").read_bytes() == before
    keep(PlainFolder(folder), [paper(tmp_path)], NOW)
    assert named_in(read_raw(PlainFolder(folder)).data, "contract") == ["documents/ready/contract.pdf"]


def test_a_damaged_log_costs_only_what_it_knew(folder: Path, tmp_path: Path) -> None:
    kept = PlainFolder(folder)
    kept.write(LOG, b"{not json", expected=None)
    run = keep(kept, [paper(tmp_path)], NOW)
    assert list(runs_of(kept)) == [run]
