"""Cases of a store: every verb works on them by their id, and what several desks must settle is settled by commands."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import ChangedMeanwhile
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.store import DatabaseStore
from assistant.store.locations import PROFILES

LEE = ApplicantRef("sample-lee")
DAY = ("--on", "2026-11-23")
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def url(sqlite_with_tables: Path, tmp_path: Path, team_begun: Callable[[str], DatabaseStore]) -> str:
    shutil.copy(sqlite_with_tables, tmp_path / "team.db")
    address = f"sqlite:///{tmp_path / 'team.db'}"
    team_begun(address)
    return address


@pytest.fixture
def say(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """One command on the store; its exit status and what it said."""
    monkeypatch.setenv("ASSISTANT_STORE", url)

    def run(*words: str) -> tuple[int, str]:
        status = main([*words, "--lang", "en"])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


@pytest.fixture
def lee(say: Say, url: str, tmp_path: Path) -> DatabaseStore:
    """The store with one of the samples in it."""
    folders = tmp_path / "applicants"
    shutil.copytree(PROFILES / "sample-lee", folders / "sample-lee")
    shutil.copy(PROFILES / "employer.yaml", folders)
    status, told = say("store", "copy", f"folder:{folders}", url)
    assert status == 0 and "1 cases" in told
    return DatabaseStore.at(url)


@pytest.mark.usefixtures("lee")
def test_a_case_is_checked_planned_and_listed_by_its_id(say: Say) -> None:
    status, told = say("plan", "sample-lee", "--json", "-")
    assert status in (0, 1)
    assert json.loads(told)["applicant"] == "sample-lee"
    status, told = say("due", *DAY, "--json", "-")
    assert [one["applicant"] for one in json.loads(told)["applicants"]] == ["sample-lee"]
    assert json.loads(told)["applicants"][0]["slots"]["present"] > 5
    status, told = say("plan", "nobody")
    assert status == 2 and "no such applicant" in told


@pytest.mark.usefixtures("lee")
def test_a_case_is_the_same_by_its_id_as_in_its_folder(say: Say) -> None:
    by_id = json.loads(say("plan", "sample-lee", "--json", "-")[1])
    in_folder = json.loads(say("plan", "sample-lee", "--store", f"folder:{PROFILES}", "--json", "-")[1])
    assert by_id == in_folder


@pytest.mark.usefixtures("lee")
def test_next_years_case_is_made_in_the_store(say: Say) -> None:
    status, told = say("renew", "sample-lee", "--on", "2027-11-23")
    assert status == 1 and "sample-lee-2027" in told
    assert "sample-lee-2027" in say("store", "cases")[1]


def test_who_has_a_case_is_shown_and_a_case_is_taken_only_when_agreed(say: Say, lee: DatabaseStore) -> None:
    claim = lee.claims.claim("sample-lee")
    listed = json.loads(say("store", "cases", "--json", "-")[1])["cases"]
    assert [(one["id"], one["city"], one["holder"]) for one in listed] == [("sample-lee", "shenzhen", "lin")]
    assert say("store", "take", "sample-lee")[0] == 1
    assert claim.prolong()
    assert say("store", "take", "sample-lee", "--yes")[0] == 0
    assert not claim.prolong()
    assert "Nobody has" in say("store", "take", "sample-lee")[1]


def test_a_conflict_is_shown_masked_and_settled_field_by_field(say: Say, lee: DatabaseStore) -> None:
    with lee.open(LEE) as kept:
        base = kept.read("profile.yaml")
        theirs, mine = base.replace(b"M12345678", b"M99999999"), base.replace(b"shenzhen", b"beijing", 1)
        theirs = base + b"# theirs\n" if theirs == base else theirs
        kept.write("profile.yaml", theirs, expected=version_of(base))
        with pytest.raises(ChangedMeanwhile):
            kept.write("profile.yaml", mine, expected=version_of(base))
    status, told = say("store", "conflicts", "sample-lee")
    assert status == 1 and "city" in told and "kept aside" in told
    for value in ("shenzhen", "M99999999"):
        assert value not in told
    status, told = say("store", "conflicts", "sample-lee", "--mine", "city", "--settle", "--json", "-")
    assert status == 0
    assert "beijing" not in told
    with lee.open(LEE) as kept:
        assert kept.read("profile.yaml") == theirs.replace(b"shenzhen", b"beijing", 1)
    assert "no conflict" in say("store", "conflicts", "sample-lee")[1]


@pytest.mark.usefixtures("lee")
def test_the_trail_is_exported_without_values(say: Say, canaries_of: Callable[[Path], set[bytes]]) -> None:
    status, told = say("store", "trail", "--json", "-")
    assert status == 0
    answer = json.loads(told)
    assert answer["broken"] == [] and len(answer["entries"]) > 50
    assert not [canary for canary in canaries_of(PROFILES / "sample-lee") if canary in told.encode()]


@pytest.mark.usefixtures("lee")
def test_a_copy_that_meets_other_contents_is_not_calm(say: Say, url: str, tmp_path: Path) -> None:
    (tmp_path / "applicants" / "sample-lee" / "profile.yaml").write_bytes(b"city: beijing\n")
    status, told = say("store", "copy", f"folder:{tmp_path / 'applicants'}", url)
    assert status == 1 and "left alone" in told


def test_a_copy_needs_two_addresses(say: Say) -> None:
    status, told = say("store", "copy", "folder:x")
    assert status == 2 and "FROM TO" in told


def test_who_filled_is_refused_as_reviewer_and_the_other_is_listed(say: Say, url: str, tmp_path: Path) -> None:
    store = DatabaseStore.at(url)
    with store.new(ApplicantRef("case-007")) as made:
        made.write("profile.yaml", b"city: beijing\n", expected=None)
    assert say("store", "reviewed", "case-007")[0] == 2
    store.note_filled(ApplicantRef("case-007"))
    store.team.set_two_eyes(True)
    status, told = say("store", "reviewed", "case-007")
    assert status == 2 and "two pairs of eyes" in told
    store.team.set_two_eyes(False)
    assert say("store", "reviewed", "case-007")[0] == 0
    say("store", "cases", "--json", str(tmp_path / "cases.json"))
    (listed,) = json.loads((tmp_path / "cases.json").read_text(encoding="utf-8"))["cases"]
    assert listed["reviewed_by"] == "lin"
    store.close()
