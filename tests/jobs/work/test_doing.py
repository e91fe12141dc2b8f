"""A piece of work is done once for one content, here as for a team, and says of itself one word."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check.documents import worker_pool
from assistant.jobs.work import doing
from assistant.jobs.work.doing import do, found_by, item_for
from assistant.jobs.work.here import work_here
from assistant.jobs.work.item import WorkItem
from assistant.jobs.work.workplace import OwnPlace, TeamsPlace, Workplace, place_of
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.store import DatabaseStore
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES
from assistant.store.team.copying import copy_store

ON = date(2026, 11, 23)
LEE = ApplicantRef("sample-lee")


@pytest.fixture
def folders(tmp_path: Path) -> FolderStore:
    root = tmp_path / "applicants"
    shutil.copytree(PROFILES / "sample-lee", root / "sample-lee")
    shutil.copy(PROFILES / "employer.yaml", root)
    return FolderStore(root)


@pytest.fixture(params=["folders", "team"])
def place(
    request: pytest.FixtureRequest,
    folders: FolderStore,
    sqlite_with_tables: Path,
    team_begun: Callable[[str], DatabaseStore],
    tmp_path: Path,
) -> Workplace:
    """One desk's folders, and a team's database."""
    if request.param == "folders":
        return place_of(folders)
    shutil.copy(sqlite_with_tables, tmp_path / "team.db")
    store = team_begun(f"sqlite:///{tmp_path / 'team.db'}")
    copy_store(folders, store)
    return place_of(store)


def test_the_same_work_is_done_once(place: Workplace, looks: list[str]) -> None:
    item = item_for(place, LEE, "documents", ON)
    assert found_by(place, item) is None
    assert do(place, item) == "done"
    count = len(looks)
    assert count > 5
    found = found_by(place, item)
    assert found is not None and found["en"]["command"] == "check"  # type: ignore[index]
    assert do(place, item) == "already"
    assert len(looks) == count


def test_another_day_or_profile_is_other_work_but_papers_are_not_read_again(place: Workplace, looks: list[str]) -> None:
    first = item_for(place, LEE, "documents", ON)
    do(place, first)
    with place.store.open(LEE) as kept:
        content = kept.read("profile.yaml")
        kept.write("profile.yaml", content + b"# a remark\n", expected=version_of(content))
    again = item_for(place, LEE, "documents", ON)
    assert again.id != first.id
    assert do(place, first) == "changed"
    if isinstance(place, TeamsPlace):
        count = len(looks)
        assert do(place, again) == "done"
        assert len(looks) == count


def test_who_is_killed_loses_one_papers_work(
    place: Workplace, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    kept, left = doing.LooksInPlace.keep, [3]

    def keep(self: doing.LooksInPlace, key: str, look: worker_pool.FileResult) -> None:
        kept(self, key, look)
        left[0] -= 1
        if not left[0]:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(doing.LooksInPlace, "keep", keep)
        with pytest.raises(Killed):
            do(place, item_for(place, LEE, "documents", ON))
    all_of_them = len(looks)
    looks.clear()
    assert do(place, item_for(place, LEE, "documents", ON)) == "done"
    assert len(looks) <= all_of_them - 3 or all_of_them <= 4


def test_what_can_not_be_done_is_one_word(place: Workplace, looks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert do(place, WorkItem("documents", "nobody", "x", "2026-11-23")) == "gone"

    def fail(*_: object) -> None:
        raise ValueError("M12345678")

    monkeypatch.setitem(doing.DOING, "documents", fail)
    assert do(place, item_for(place, LEE, "documents", ON)) == "failed"
    monkeypatch.undo()
    with place.store.open(LEE) as kept:
        kept.write("profile.yaml", b"city: nowhere\n", expected=version_of(kept.read("profile.yaml")))
    assert do(place, item_for(place, LEE, "documents", ON)) == "unusable"


def test_here_several_items_are_done_side_by_side(place: Workplace, looks: list[str]) -> None:
    items = [item_for(place, ref, "documents", ON) for ref in place.store.applicants()]
    steps: list[int] = []
    assert work_here(place, items, 2, lambda: steps.append(1)) == {item.id: "done" for item in items}
    assert len(steps) == len(items)


def test_no_value_and_no_file_name_is_in_an_item(place: Workplace, canaries_of: Callable[[Path], set[bytes]]) -> None:
    item = repr(item_for(place, LEE, "documents", ON)).encode()
    assert not [canary for canary in canaries_of(PROFILES / "sample-lee") if canary in item]
    assert b"pdf" not in item


def test_folders_have_an_own_place(folders: FolderStore) -> None:
    assert isinstance(place_of(folders), OwnPlace)
