"""A check on a team's case uses what the team has found, and leaves what it finds to the team."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check.deadlines.roster import make_roster
from assistant.jobs.check import CheckJob, check, check_quietly
from assistant.jobs.work.doing import do, item_for
from assistant.jobs.work.workplace import place_of
from assistant.review.console import Console
from assistant.store.base import ApplicantIn, ApplicantRef
from assistant.store.database.cases import Cases
from assistant.store.database.store import DatabaseStore
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES
from assistant.store.team.copying import copy_store

ON = date(2026, 11, 23)
LEE = ApplicantRef("sample-lee")


@pytest.fixture
def store(sqlite_with_tables: Path, team_begun: Callable[[str], DatabaseStore], tmp_path: Path) -> DatabaseStore:
    root = tmp_path / "applicants"
    shutil.copytree(PROFILES / "sample-lee", root / "sample-lee")
    shutil.copy(PROFILES / "employer.yaml", root)
    shutil.copy(sqlite_with_tables, tmp_path / "team.db")
    made = team_begun(f"sqlite:///{tmp_path / 'team.db'}")
    copy_store(FolderStore(root), made)
    return made


def test_what_a_worker_has_looked_at_a_desk_does_not(store: DatabaseStore, looks: list[str]) -> None:
    place = place_of(store)
    assert do(place, item_for(place, LEE, "documents", ON)) == "done"
    count = len(looks)
    assert count > 5
    console = Console("en")
    console.silence()
    job = CheckJob(ApplicantIn(store, LEE), ON)
    first = check(job, console)
    assert check_quietly(job, lambda done, total: None).as_json("en") == first.as_json("en")
    assert len(looks) == count


def test_what_a_desk_has_looked_at_a_worker_does_not(store: DatabaseStore, looks: list[str]) -> None:
    check_quietly(CheckJob(ApplicantIn(store, LEE), ON), lambda done, total: None)
    count = len(looks)
    assert count > 5
    place = place_of(store)
    assert do(place, item_for(place, LEE, "documents", ON)) == "done"
    assert len(looks) == count


def test_who_is_due_is_told_without_fetching_a_paper(store: DatabaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.open(LEE) as kept:
        papers = [name for name in kept.names() if name.startswith("documents/")]
    assert papers

    def refuse(*_: object) -> bytes:
        raise AssertionError("a paper was fetched")

    monkeypatch.setattr(Cases, "_paper", staticmethod(refuse))
    monkeypatch.setattr("assistant.store.database.applicant.passing_folder", refuse)
    roster = make_roster(store, ON)
    assert roster.unreadable == ()
    (due,) = roster.due
    assert due.present == due.required > 5
