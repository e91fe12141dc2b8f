"""A profile as far as it is right: what is wrong is never in it, and everything else is."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import ProfileError
from assistant.profile.loading import load_profile
from assistant.profile.partly import PartProfile, load_what_is_right
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    shutil.copytree(PROFILES / "sample-lee", tmp_path / "lee")
    return tmp_path / "lee"


def changed(folder: Path, *changes: tuple[str, str], file: str = "profile.yaml") -> PartProfile:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return load_what_is_right(PlainFolder(folder))


def test_a_whole_profile_is_the_same(folder: Path) -> None:
    read = load_what_is_right(PlainFolder(folder))
    assert not read.problems
    assert read.profile == load_profile(PlainFolder(folder))


def test_a_wrong_value_is_left_out_and_its_neighbours_stay(folder: Path) -> None:
    read = changed(folder, ("birth_date: 1988-03-14", "birth_date: soon"))
    assert not read.profile.applicant.birth_date
    assert read.profile.applicant.surname == "LEE" and read.profile.passport.number == "M98765432"
    assert len(read.problems) == 1


def test_of_two_values_that_differ_neither_is_used(folder: Path) -> None:
    read = changed(folder, ("number: M98765432", "number: M98765433"))
    assert read.profile.passport.number == ""
    read = changed(folder, ("contract_to: 2028-01-15", "contract_to: 2024-01-15"))
    assert not read.profile.employment.contract_from and not read.profile.employment.contract_to


def test_of_a_name_that_is_half_wrong_nothing_is_used(folder: Path) -> None:
    read = changed(folder, ("surname: LEE", "surname: 李"))
    assert read.profile.applicant.full_name == "" and read.profile.applicant.given_names is None
    assert read.profile.applicant.chinese_name == "李敏俊"


def test_what_is_not_written_is_empty_and_every_path_is_there(folder: Path) -> None:
    (folder / "profile.yaml").write_text("city: shenzhen\n", encoding="utf-8")
    profile = load_what_is_right(PlainFolder(folder)).profile
    assert (profile.city, profile.passport.number, profile.applicant.birth_date) == ("shenzhen", "", None)
    assert (profile.employer.name, profile.employment.salary_commitment, profile.education) == ("", False, ())
    assert profile.documents == {}


def test_the_employers_file_counts_by_its_values_too(folder: Path) -> None:
    read = changed(folder, ("uscc: ", "uscc: 1"), file="../employer.yaml")
    assert read.profile.employer.uscc == "" and read.profile.employer.name
    (folder / ".." / "employer.yaml").unlink()
    assert load_what_is_right(PlainFolder(folder)).profile.employer.name == ""


def test_a_missing_file_costs_no_other(folder: Path) -> None:
    (folder / "documents" / "contract.pdf").unlink()
    documents = load_what_is_right(PlainFolder(folder)).profile.documents
    assert not documents["contract"] and documents["passport"]


def test_what_can_t_be_read_at_all_is_refused(folder: Path) -> None:
    (folder / "profile.yaml").write_text("city: [\n", encoding="utf-8")
    with pytest.raises(ProfileError):
        load_what_is_right(PlainFolder(folder))
