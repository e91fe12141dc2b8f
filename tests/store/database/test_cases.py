"""A case's versions: so many are kept, what none of them needs is dropped, and the columns follow the profile."""

import pytest
from sqlalchemy import func, select

from assistant.errors import InputError
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.cases import KEPT_VERSIONS
from assistant.store.database.connection import reading
from assistant.store.database.store import CaseLine, DatabaseStore
from assistant.store.database.tables import paper, version
from tests.support.stores import put_case

LEE = ApplicantRef("lee")
SCAN = bytes(range(256)) * 200


def test_older_versions_go_and_so_do_the_papers_that_only_they_had(database: DatabaseStore) -> None:
    put_case(database, "lee", {"profile.yaml": b"city: a\n", "documents/kept.pdf": SCAN})
    with database.open(LEE) as lee:
        lee.write("documents/gone.pdf", SCAN + b"x", expected=None)
        lee.remove("documents/gone.pdf", expected=version_of(SCAN + b"x"))
        for number in range(KEPT_VERSIONS + 3):
            lee.write("profile.yaml", f"city: c{number}\n".encode(), expected=version_of(lee.read("profile.yaml")))
        assert lee.read("documents/kept.pdf") == SCAN
    with reading(database.engine) as look:
        assert look.execute(select(func.count()).select_from(version)).scalar() == KEPT_VERSIONS
        assert look.execute(select(func.count()).select_from(paper)).scalar() == 1


def test_a_paper_that_did_not_change_is_not_sealed_again(database: DatabaseStore) -> None:
    put_case(database, "lee", {"profile.yaml": b"city: a\n", "documents/kept.pdf": SCAN})
    with reading(database.engine) as look:
        before = look.execute(select(paper.c.digest, paper.c.sealed)).all()
    with database.open(LEE) as lee:
        lee.write("profile.yaml", b"city: b\n", expected=version_of(b"city: a\n"))
        lee.write("documents/same.pdf", SCAN, expected=None)
    with reading(database.engine) as look:
        assert look.execute(select(paper.c.digest, paper.c.sealed)).all() == before


def test_the_roster_is_read_from_columns_most_urgent_first(database: DatabaseStore) -> None:
    put_case(database, "kim", {"profile.yaml": b"city: beijing\nwork_permit: {expires_on: 2027-03-01}\n"})
    put_case(database, "lee", {"profile.yaml": b"city: shenzhen\nwork_permit: {expires_on: 2027-01-01}\n"})
    put_case(database, "odd", {"profile.yaml": b"city: M1234 5678\nwork_permit: {expires_on: soon}\n"})
    with database.open(LEE) as lee:
        lee.write("case.yaml", b"stage: submitted\n", expected=None)
    lines = {one.id: one for one in database.roster()}
    assert lines["lee"] == CaseLine("lee", "shenzhen", "2027-01-01", "submitted", 2)
    assert lines["odd"] == CaseLine("odd", "", None, "", 1)
    assert [one.id for one in database.roster(due_before="2027-02-01")] == ["lee"]
    assert [one.id for one in database.roster(city="beijing")] == ["kim"]
    assert [one.id for one in database.roster(limit=1, after="2027-01-01")] == ["kim"]


def test_an_applicant_without_a_profile_is_none_and_can_come_again(database: DatabaseStore) -> None:
    put_case(database, "lee", {"profile.yaml": b"city: a\n"})
    with database.open(LEE) as lee:
        lee.remove("profile.yaml", expected=version_of(b"city: a\n"))
    assert list(database.applicants()) == []
    with pytest.raises(InputError), database.open(LEE):
        pass
    put_case(database, "lee", {"profile.yaml": b"city: b\n", "documents/a.pdf": b"%PDF"})
    with database.open(LEE) as lee:
        assert lee.read("profile.yaml") == b"city: b\n"
        assert list(lee.names()) == ["documents/a.pdf", "profile.yaml"]


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", "a:b", "x" * 201, "a\nb"])
def test_a_name_that_is_no_folders_name_is_no_cases(name: str, database: DatabaseStore) -> None:
    with pytest.raises(InputError), database.new(ApplicantRef(name)):
        pass
