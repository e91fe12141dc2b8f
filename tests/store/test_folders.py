"""Plain and sealed folders keep what every store promises; what was unsealed is gone when the applicant is closed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import InUse
from assistant.store import credentials, locks, sealing
from assistant.store.applicant_folder import SealedFolder
from assistant.store.base import Applicant, ApplicantRef, Store, add, version_of
from assistant.store.folders import FolderStore, opened
from tests.store.contract import FILES, StoreContract


def put(root: Path) -> Path:
    """Two applicants, and what is none."""
    for name, files in {"lee": FILES, "kim": {"profile.yaml": b"city: beijing\n"}, "overlays": {"x.yaml": b""}}.items():
        for file, content in files.items():
            (root / name / file).parent.mkdir(parents=True, exist_ok=True)
            (root / name / file).write_bytes(content)
    (root / "employer.yaml").write_bytes(b"")
    return root


@pytest.fixture
def sealed_root(tmp_path: Path) -> Path:
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    root = put(tmp_path)
    for name in ("lee", "kim"):
        sealing.seal(root / name, key)
    return root


class TestPlainFolders(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return FolderStore(put(tmp_path))


class TestSealedFolders(StoreContract):
    @pytest.fixture
    def store(self, sealed_root: Path) -> Store:
        return FolderStore(sealed_root)

    def test_nothing_of_it_lies_plain_on_the_disk_beside_it(self, sealed_root: Path, lee: Applicant) -> None:
        lee.write("documents/new.pdf", b"secret", expected=None)
        assert [path.name for path in (sealed_root / "lee").rglob("*") if path.is_file()] == [sealing.SEALED]


class TestSealedFoldersWithNewerFilesBeside(StoreContract):
    """What lies beside the sealed file counts: here the profile and a document do."""

    @pytest.fixture
    def store(self, sealed_root: Path) -> Store:
        (sealed_root / "lee" / "documents").mkdir()
        for name in ("profile.yaml", "documents/contract.pdf"):
            (sealed_root / "lee" / name).write_bytes(FILES[name])
        return FolderStore(sealed_root)


def test_what_was_unsealed_is_gone_when_the_applicant_is_closed(sealed_root: Path) -> None:
    with opened(sealed_root / "lee") as applicant:
        assert isinstance(applicant, SealedFolder)
        copy = applicant.local_copy("documents/contract.pdf")
        assert copy.is_file()
        assert applicant._held
    assert not copy.exists()
    assert not applicant._held


def test_a_sealed_file_that_was_replaced_is_read_anew(sealed_root: Path) -> None:
    with opened(sealed_root / "lee") as one, opened(sealed_root / "lee") as other:
        assert one.local_copy("documents/contract.pdf").read_bytes() == FILES["documents/contract.pdf"]
        other.write("documents/contract.pdf", b"new", expected=version_of(FILES["documents/contract.pdf"]))
        assert one.read("documents/contract.pdf") == b"new"
        assert one.local_copy("documents/contract.pdf").read_bytes() == b"new"


def test_many_writers_at_once_lose_nothing(sealed_root: Path) -> None:
    wrong: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with opened(sealed_root / "lee") as applicant:
                add(applicant, "documents/form.pdf", str(number).encode())
        except BaseException as error:
            wrong.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert wrong == []
    with opened(sealed_root / "lee") as applicant:
        added = [applicant.read(name) for name in applicant.names() if "form" in name]
    assert sorted(added) == [b"0", b"1", b"2", b"3", b"4"]


def test_a_writer_that_holds_on_too_long_is_named_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.1)
    store = FolderStore(put(tmp_path))
    refused: list[BaseException] = []

    def write() -> None:
        with store.open(ApplicantRef("lee")) as applicant:
            try:
                applicant.write("new", b"x", expected=None)
            except InUse as error:
                refused.append(error)

    with held(tmp_path / "lee"):
        other = threading.Thread(target=write)
        other.start()
        other.join()
    assert len(refused) == 1
    write()
    assert len(refused) == 1


@contextmanager
def held(folder: Path) -> Iterator[None]:
    with locks.writing(folder):
        yield
