"""Writing an import and taking it back: nothing but what is sure, comments kept, edits kept, the applicant sealed or not."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.intake.draft import NewPaper, ReadValue
from assistant.intake.imports import Imported, Ready, write_import
from assistant.intake.sources import sources_of
from assistant.intake.undo import imports_in, undo_import
from assistant.store import credentials, sealing
from assistant.store.base import ApplicantRef
from assistant.store.folders import FolderStore

NOW = datetime.fromisoformat("2026-12-01T10:00:00+08:00")
OLD = """# my notes on Lee
city: shenzhen
passport:
  number: M98765432   # checked
  kind: ordinary
"""


def value(path: str, text: str | None, state: str = "sure", source: str = "roster.xlsx#S!C4") -> ReadValue:
    return ReadValue(path, text, source, "roster", "typed", state)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    (tmp_path / "lee").mkdir()
    (tmp_path / "lee" / "profile.yaml").write_text(OLD, encoding="utf-8")
    return FolderStore(tmp_path)


def put(
    store: FolderStore, who: str, *values: ReadValue, new: bool = False, papers: tuple[NewPaper, ...] = ()
) -> Imported:
    return write_import(store, [Ready(who, new, values, papers)], {"roster.xlsx": "ab12"}, NOW)


def profile(store: FolderStore, who: str = "lee") -> str:
    with store.open(ApplicantRef(who)) as kept:
        return kept.read("profile.yaml").decode()


def test_only_what_is_sure_is_written_and_comments_stay(store: FolderStore) -> None:
    put(
        store,
        "lee",
        value("passport.expires_on", "2032-05-10"),
        value("applicant.surname", "LEE", "doubtful"),
        value("applicant.sex", "male", "conflict"),
        value("applicant.email", None, "error"),
    )
    assert profile(store) == OLD + "  expires_on: 2032-05-10\n"


def test_each_value_keeps_where_it_came_from(store: FolderStore) -> None:
    name = put(store, "lee", value("passport.expires_on", "2032-05-10")).name
    with store.open(ApplicantRef("lee")) as kept:
        origin = sources_of(kept).values["passport.expires_on"]
        assert (origin.source, origin.how, origin.confirmed, origin.by_import) == (
            "roster.xlsx#S!C4",
            "typed",
            "sources",
            name,
        )
        assert sources_of(kept).imports[name].files == {"roster.xlsx": "ab12"}


def test_an_import_taken_back_leaves_the_profile_as_it_was(store: FolderStore) -> None:
    name = put(store, "lee", value("passport.expires_on", "2032-05-10"), value("education.0.school", "A")).name
    assert list(imports_in(store)) == [name]
    undone = undo_import(store, name)
    assert profile(store) == OLD
    assert undone.restored == {"lee": ("passport.expires_on", "education.0.school")}
    assert imports_in(store) == {}
    assert undo_import(store, name).notes


def test_what_was_edited_since_is_kept_and_named(store: FolderStore, tmp_path: Path) -> None:
    name = put(store, "lee", value("passport.expires_on", "2032-05-10"), value("applicant.surname", "LEE")).name
    edited = profile(store).replace("2032-05-10", "2033-05-10")
    (tmp_path / "lee" / "profile.yaml").write_text(edited, encoding="utf-8")
    undone = undo_import(store, name)
    assert undone.edited == {"lee": ("passport.expires_on",)}
    assert "2033-05-10" in profile(store) and "LEE" not in profile(store)


def test_an_applicant_that_an_import_made_is_gone_when_it_is_taken_back(store: FolderStore, tmp_path: Path) -> None:
    paper = NewPaper("passport", "passport.jpg", b"picture")
    name = put(store, "kim", value("passport.number", "M1"), new=True, papers=(paper,)).name
    assert (tmp_path / "kim" / "documents" / "passport.jpg").read_bytes() == b"picture"
    assert "documents/passport.jpg" in profile(store, "kim")
    assert undo_import(store, name).removed == ("kim",)
    assert not (tmp_path / "kim").exists()


def test_an_applicant_with_papers_of_their_own_stays(store: FolderStore, tmp_path: Path) -> None:
    name = put(store, "kim", value("passport.number", "M1"), new=True).name
    (tmp_path / "kim" / "documents").mkdir()
    (tmp_path / "kim" / "documents" / "contract.pdf").write_bytes(b"mine")
    assert undo_import(store, name).removed == ()
    assert (tmp_path / "kim" / "documents" / "contract.pdf").is_file()


def test_a_second_import_of_the_same_changes_nothing(store: FolderStore) -> None:
    paper = NewPaper("passport", "passport.jpg", b"picture")
    put(store, "lee", value("passport.expires_on", "2032-05-10"), papers=(paper,))
    before = profile(store)
    assert put(store, "lee", value("passport.expires_on", "2032-05-10"), papers=(paper,)).written == ()
    assert profile(store) == before


def test_a_sealed_applicant_stays_sealed_and_its_sources_with_it(store: FolderStore, tmp_path: Path) -> None:
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(tmp_path / "lee", key)
    name = put(store, "lee", value("passport.expires_on", "2032-05-10")).name
    assert [path.name for path in (tmp_path / "lee").iterdir()] == [sealing.SEALED]
    assert "2032-05-10" in profile(store)
    assert undo_import(store, name).restored == {"lee": ("passport.expires_on",)}
    assert profile(store) == OLD


def test_one_that_cannot_be_written_costs_no_other(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    ready = [
        Ready("taken", True, (value("passport.number", "M1"),)),
        Ready("kim", True, (value("passport.number", "M2"),)),
    ]
    done = write_import(store, ready, {}, NOW)
    assert [one.applicant for one in done.written] == ["kim"]
    assert [note.source for note in done.notes] == ["taken"]


def test_the_employers_shared_file_is_named_and_never_changed(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "employer.yaml").write_text("name: 样例公司\n", encoding="utf-8")
    before = sha256((tmp_path / "employer.yaml").read_bytes()).digest()
    put(store, "kim", value("passport.number", "M1"), value("employer.name", "别的公司"), new=True)
    assert "employer: ../employer.yaml" in profile(store, "kim")
    assert sha256((tmp_path / "employer.yaml").read_bytes()).digest() == before


def test_a_list_of_codes_is_written_as_a_list_and_taken_back(store: FolderStore) -> None:
    name = put(store, "lee", value("passport.previous_nationalities", "KOR, JPN")).name
    assert "[KOR, JPN]" in profile(store)
    undo_import(store, name)
    assert profile(store) == OLD
