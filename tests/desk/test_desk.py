"""A desk on a team's database: the same pages, who has which case, and results that wait until the case is free."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.desk.desk import Desk
from assistant.desk.known_cases import KnownCases
from assistant.desk.runs.checks import Checks
from assistant.jobs import spoken
from assistant.store.base import ApplicantIn, ApplicantRef
from assistant.store.database.store import DatabaseStore
from assistant.store.folders import FolderAt, FolderStore
from assistant.store.team.copying import copy_store
from tests.support.desks import ON, Visitor, without_reading

LEE = ApplicantRef("sample-lee")


@pytest.fixture
def lin(
    desk_folder: Path, sqlite_with_tables: Path, team_begun: Callable[[str], DatabaseStore], tmp_path: Path
) -> DatabaseStore:
    """The store as another desk has it."""
    shutil.copy(sqlite_with_tables, tmp_path / "team.db")
    store = team_begun(f"sqlite:///{tmp_path / 'team.db'}")
    copy_store(FolderStore(desk_folder), store)
    return store


@pytest.fixture
def desk(lin: DatabaseStore, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "own", "en", f"sqlite:///{tmp_path / 'team.db'}", on=lambda: ON)
    made.checks = Checks(without_reading)
    made.known = KnownCases(made.store, made.on, patience=60)
    yield made
    made.close()


def test_the_roster_says_who_has_which_case(desk: Desk, visitor: Visitor, lin: DatabaseStore) -> None:
    assert "sample-lee" in visitor.get("/").text
    assert "lin has it" not in visitor.get("/").words
    with lin.holding(LEE):
        assert "lin has it" in visitor.get("/").words
    assert "lin has it" not in visitor.get("/").words


@pytest.mark.parametrize("page", ["profile", "documents", "check", "fill", "after"])
def test_every_page_of_a_case_opens(visitor: Visitor, page: str) -> None:
    assert visitor.get(f"/cases/sample-lee/{page}").status == 200


def test_a_stage_is_set_in_the_database_and_refused_while_another_has_the_case(
    visitor: Visitor, lin: DatabaseStore
) -> None:
    with lin.holding(LEE):
        refused = visitor.post("/cases/sample-lee/after", {"do": "stage", "stage": "submitted"})
    assert refused.status == 409 and "lin has this case" in refused.words
    visitor.post("/cases/sample-lee/after", {"do": "stage", "stage": "submitted"})
    assert [line.stage for line in lin.roster()] == ["submitted"]


def test_settings_name_the_store_and_never_its_password_and_seal_nothing(desk: Desk, visitor: Visitor) -> None:
    assert desk.address in visitor.get("/settings").text
    desk.address = "postgresql://lin:geheim@db/cases"
    shown = visitor.get("/settings").text
    assert "postgresql://lin@db/cases" in shown and "geheim" not in shown
    assert "geheim" not in repr(desk)


def test_a_result_waits_for_the_end_of_the_run_that_holds_the_case(
    desk: Desk, begun: dict[str, tuple], lin: DatabaseStore
) -> None:
    run = desk.runs.start("sample-lee", "fill", "live", "shenzhen", "en")
    assert (run.request["store"], run.request["case"]) == (desk.address, "sample-lee")
    (Path(run.request["out"]) / spoken.RESULT).write_text(json.dumps({"counts": {}}), encoding="utf-8")
    _, delivered, ended = begun["sample-lee"]
    with lin.holding(LEE):
        delivered(run)
    kept = f"results/live-{spoken.RESULT}"
    with lin.open(LEE) as applicant:
        assert kept not in applicant.names()
    run.state = "done"
    ended(run)
    with lin.open(LEE) as applicant:
        assert kept in applicant.names()
    assert not run.trouble


def test_a_run_of_its_own_finds_the_case_by_folder_or_by_store(desk: Desk, desk_folder: Path) -> None:
    assert spoken._applicant({"folder": str(desk_folder / "sample-lee")}) == FolderAt(desk_folder / "sample-lee")
    at = spoken._applicant({"store": desk.address, "case": "sample-lee"})
    assert isinstance(at, ApplicantIn) and at.ref == LEE
    with at.open() as applicant:
        assert applicant.id == "sample-lee"


def test_who_filled_is_refused_as_reviewer_on_the_page_too(visitor: Visitor, lin: DatabaseStore) -> None:
    page = "/cases/sample-lee/after"
    assert 'value="reviewed"' in visitor.get(page).text
    lin.note_filled(LEE)
    lin.team.set_two_eyes(True)
    refused = visitor.post(page, {"do": "reviewed"})
    assert refused.status == 400 and "two pairs of eyes" in refused.words
    assert lin.reviews.reviewers() == {}
    lin.team.set_two_eyes(False)
    assert "Reviewed by lin" in visitor.follow(visitor.post(page, {"do": "reviewed"})).words


def test_one_desk_alone_knows_no_reviews(desk_folder: Path) -> None:
    alone = Desk(desk_folder, "en", on=lambda: ON)
    try:
        page = Visitor(alone).let_in().get("/cases/sample-lee/after")
    finally:
        alone.close()
    assert page.status == 200
    assert 'value="reviewed"' not in page.text
