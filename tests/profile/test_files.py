"""The files of a profile: its documents, the employer's file, and files that are no profile."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ProfileError
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.folders import FolderAt


def test_a_missing_document_is_named_with_its_slot_and_file(okafor: Any) -> None:
    (okafor.folder / "documents" / "contract-2.pdf").unlink()
    (okafor.folder / "documents" / "photo.jpg").unlink()
    refusal = okafor.refusal()
    assert refusal.keys == ["documents.contract[2]", "documents.photo"]
    assert "documents/contract-2.pdf" in refusal.said


@pytest.mark.parametrize("name", ["../employer.yaml", "/etc/hostname", "documents/../../employer.yaml", "documents"])
def test_a_document_outside_the_folder_or_no_file_is_refused(lee: Any, name: str) -> None:
    lee["documents.contract"] = name
    refusal = lee.refusal()
    assert refusal.keys == ["documents.contract"]
    assert ("inside the applicant's folder" in refusal.said) == (name != "documents")


def test_a_document_that_links_outside_is_refused(lee: Any) -> None:
    contract = lee.folder / "documents" / "contract.pdf"
    contract.unlink()
    try:
        contract.symlink_to(lee.employer_file)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert lee.refusal().keys == ["documents.contract"]


@pytest.mark.parametrize("name", ["a\0b.pdf", "x" * 5000])
def test_an_impossible_file_name_is_refused(lee: Any, name: str) -> None:
    lee["documents.contract"] = name
    assert lee.refusal().keys == ["documents.contract"]


def test_an_empty_slot_has_no_files(lee: Any) -> None:
    lee["documents.company_tax"] = ""
    assert lee.load().documents["company_tax"] == ()


@pytest.mark.parametrize("given", ["../none.yaml", "", "~", [], "documents"])
def test_an_unusable_employer_is_told_at_its_key(lee: Any, given: Any) -> None:
    lee.data["employer"] = given
    assert lee.refusal().keys == ["employer"]


def test_an_employer_file_that_is_no_yaml_is_told_at_its_own_line(lee: Any) -> None:
    lee.write()
    lee.employer_file.write_text("name: x\n\tuscc: y\n", encoding="utf-8")
    assert f"{lee.employer_file}:2" in lee.refusal(as_it_stands=True).said


def test_a_folder_without_profile_and_a_wrong_path_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nobody", tmp_path / "profile.yaml"):
        with pytest.raises(ProfileError, match="not found"), FolderAt(path).open() as kept:
            load_profile(kept)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_bytes(b"%PDF-1.7\0\xff")
    with pytest.raises(ProfileError, match="binary"):
        load_profile(PlainFolder(tmp_path))


@pytest.mark.parametrize(
    ("written", "on_disk"),
    [
        ("여권 사본.pdf", unicodedata.normalize("NFD", "여권 사본.pdf")),
        (unicodedata.normalize("NFD", "여권 사본.pdf"), "여권 사본.pdf"),
        ("Müller Vertrag.pdf", unicodedata.normalize("NFD", "Müller Vertrag.pdf")),
        ("がく証明.pdf", unicodedata.normalize("NFD", "がく証明.pdf")),
        ("hợp đồng.pdf", unicodedata.normalize("NFD", "hợp đồng.pdf")),
        ("Scan at 9.41 AM.pdf", "Scan at 9.41\u202fAM.pdf"),
        ("护照 LEE.pdf", "护照\u00a0LEE.pdf"),
        ("居留 许可.pdf", "居留\u3000许可.pdf"),
        ("LEE MINJUN visa.pdf", "LEE  MINJUN visa.pdf"),
        ("ab.pdf", "a\u200bb.pdf"),
    ],
)
def test_a_name_that_only_looks_another_way_is_found(lee: Any, written: str, on_disk: str) -> None:
    folder = lee.folder / "documents"
    (folder / "contract.pdf").rename(folder / on_disk)
    lee["documents.contract"] = f"documents/{written}"
    (found,) = lee.load().documents["contract"]
    assert found.name in (on_disk, written) and found.is_file()


def test_of_two_names_that_look_alike_none_is_guessed(lee: Any) -> None:
    for blank in ("\u202f", "\u00a0"):
        (lee.folder / "documents" / f"a{blank}b.pdf").write_bytes(b"%PDF-")
    lee["documents.contract"] = "documents/a b.pdf"
    assert lee.refusal().keys == ["documents.contract"]
