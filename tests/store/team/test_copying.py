"""A move from folders to a database and back loses nothing, writes over nothing, and goes on where it was stopped."""

from pathlib import Path

import pytest

from assistant.store.base import ApplicantRef, Store, version_of
from assistant.store.database.store import DatabaseStore
from assistant.store.folders import FolderStore
from assistant.store.team.copying import CopiedCase, copy_store
from tests.store.contract import FILES

LEE = ApplicantRef("lee")
SHARED = {"employer.yaml": b"name: x\n", "overlays/shenzhen.yaml": b"overlay: shenzhen\n"}


@pytest.fixture
def folders(tmp_path: Path) -> FolderStore:
    root = tmp_path / "applicants"
    kim = {f"kim/{name}": content for name, content in {"profile.yaml": b"city: beijing\n"}.items()}
    for name, content in {**SHARED, **kim, **{f"lee/{name}": content for name, content in FILES.items()}}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return FolderStore(root)


def all_of(store: Store) -> dict[str, dict[str, bytes]]:
    """Everything that a store holds."""
    found = {"": {name: store.shared.read(name) for name in store.shared_names()}}
    for ref in store.applicants():
        with store.open(ref) as applicant:
            found[ref.id] = {name: applicant.read(name) for name in applicant.names()}
    return found


def test_everything_is_there_on_the_other_side_and_back_again(
    folders: FolderStore, database: DatabaseStore, tmp_path: Path
) -> None:
    copied = copy_store(folders, database)
    assert copied.whole
    assert (copied.cases, copied.shared.put) == ((CopiedCase("kim", 1), CopiedCase("lee", 3)), 2)
    assert (
        all_of(database) == all_of(folders) == {"": SHARED, "kim": {"profile.yaml": b"city: beijing\n"}, "lee": FILES}
    )
    back = FolderStore(tmp_path / "back")
    assert copy_store(database, back).whole
    assert all_of(back) == all_of(folders)


def test_a_second_copy_writes_nothing(folders: FolderStore, database: DatabaseStore) -> None:
    copy_store(folders, database)
    before = database.states()
    again = copy_store(folders, database)
    assert [(one.put, one.there) for one in again.cases] == [(0, 1), (0, 3)]
    assert database.states() == before


class Stopped(Exception):
    pass


@pytest.mark.parametrize("after", range(4))
def test_a_copy_that_was_stopped_goes_on_where_it_stopped(
    after: int, folders: FolderStore, database: DatabaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.store.applicant_folder import PlainFolder

    copy_store(folders, database)
    read, left = PlainFolder.write, [after]

    def write(self: PlainFolder, name: str, content: bytes, *, expected: object) -> object:
        if not left[0]:
            raise Stopped
        left[0] -= 1
        return read(self, name, content, expected=expected)  # type: ignore[arg-type]

    back = FolderStore(tmp_path / "back")
    with monkeypatch.context() as patch:
        patch.setattr(PlainFolder, "write", write)
        with pytest.raises(Stopped):
            copy_store(database, back)
    assert copy_store(database, back).whole
    assert all_of(back) == all_of(folders)


def test_what_differs_there_is_named_and_left_alone(folders: FolderStore, database: DatabaseStore) -> None:
    copy_store(folders, database)
    with database.open(LEE) as lee:
        lee.write("profile.yaml", b"city: theirs\n", expected=version_of(FILES["profile.yaml"]))
    again = copy_store(folders, database)
    assert not again.whole
    assert {one.id: one.differ for one in again.cases} == {"kim": (), "lee": ("profile.yaml",)}
    with database.open(LEE) as lee:
        assert lee.read("profile.yaml") == b"city: theirs\n"
