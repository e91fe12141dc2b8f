"""Next year's applicant from last year's: what is kept and with which source, and that last year's stays as it is."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.intake.sources import sources_of
from assistant.jobs.renew import RenewJob, renew
from assistant.profile.loading import read_raw
from assistant.store import credentials, sealing
from assistant.store.base import ApplicantRef
from assistant.store.folders import FolderAt, FolderStore
from assistant.store.locations import PROFILES

ON = date(2027, 11, 1)


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    shutil.copytree(PROFILES / "sample-lee", tmp_path / "2026" / "lee")
    shutil.copyfile(PROFILES / "employer.yaml", tmp_path / "2026" / "employer.yaml")
    return tmp_path / "2026" / "lee"


def test_the_new_applicant_has_what_stays_and_lacks_what_must_change(last_year: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in last_year.rglob("*") if path.is_file()}
    store = FolderStore(tmp_path / "2027")
    done = renew(RenewJob(FolderAt(last_year), store, ON))
    assert done.applicant == "lee"
    assert (
        "work_permit.expires_on" in done.missing and "education" not in done.missing and "employer" not in done.missing
    )
    assert len(done.missing) <= 11
    with store.open(ApplicantRef("lee")) as kept:
        data = read_raw(kept).data
        assert data["passport"]["number"] == "M98765432"  # type: ignore[index,call-overload]
        assert len(data["work_history"]) == 3
        assert "expires_on" not in data["work_permit"]
        assert data["documents"] == {"passport": "documents/passport.pdf"}
        assert kept.read("documents/passport.pdf") == before[last_year / "documents" / "passport.pdf"]
        assert sources_of(kept).values["passport.number"].source == "lee/profile.yaml#passport.number"
    assert {path: path.read_bytes() for path in last_year.rglob("*") if path.is_file()} == before
    assert (tmp_path / "2027" / "employer.yaml").is_file()


def test_beside_last_years_folder_the_new_one_bears_the_year_and_is_made_once(last_year: Path) -> None:
    job = RenewJob(FolderAt(last_year), FolderStore(last_year.parent), ON)
    assert renew(job).applicant == "lee-2027"
    with pytest.raises(InputError):
        renew(job)


def test_the_answer_holds_no_value(last_year: Path, tmp_path: Path) -> None:
    answer = renew(RenewJob(FolderAt(last_year), FolderStore(tmp_path / "new"), ON)).as_json("en")
    assert answer["fields"][0]["state"] == "change"  # type: ignore[index]
    assert "M98765432" not in str(answer) and "样例路" not in str(answer)


def test_a_sealed_applicant_is_renewed_and_stays_sealed(last_year: Path, tmp_path: Path) -> None:
    plain = renew(RenewJob(FolderAt(last_year), FolderStore(tmp_path / "plain"), ON))
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(last_year, key)
    done = renew(RenewJob(FolderAt(last_year), FolderStore(tmp_path / "sealed"), ON))
    assert done == plain
    assert [path.name for path in last_year.iterdir()] == [sealing.SEALED]
