"""What a run leaves behind: masked unless asked, values only encrypted, a proof sheet only where asked and private."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.errors import InputError, ResultNotWritten
from assistant.jobs.outputs import NO_OUTPUTS, Outputs, RunOutputs
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.run.fill.read_back import read_back
from assistant.run.plan import Plan, make_plan
from assistant.run.report import Report, SectionReport
from assistant.store import credentials, sealing
from assistant.store.applicant_folder import PlainFolder
from assistant.store.journal import journal_file
from assistant.store.locations import PROFILES
from benchmarks._pages import outcomes_of, page_of

PASSPORT = "M98765432"
GUARD = {
    "submitted": 0,
    "submit_attempts": 0,
    "blocked": [{"method": "GET", "path": "/stats", "why": "other-origin", "count": 2}],
    "allowed": [{"method": "PUT", "path": "/api/applications/*", "count": 7}],
}


@pytest.fixture(scope="module")
def portal() -> Portal:
    return load_portal("shenzhen")


@pytest.fixture(scope="module")
def plan(portal: Portal) -> Plan:
    return make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), portal)


@pytest.fixture
def key() -> str:
    made = sealing.new_key()
    credentials.keep_seal_key(made)
    return made


def evidence(outputs: Outputs, plan: Plan, portal: Portal) -> RunOutputs:
    return RunOutputs(outputs, plan, portal, Console("en"))


def run(plan: Plan, kept: RunOutputs) -> None:
    """A run in which everything went well."""
    sections = []
    for one in plan.sections:
        kept.read(read_back(one, outcomes_of(one), page_of(one)))
        sections.append(SectionReport(one.section.key, one.section.title, 0.5, 6, tuple(outcomes_of(one))))
    kept.write(Report("fill", "shenzhen", "shenzhen", "sample-lee", 4.2, tuple(sections), GUARD, True))


def is_private(path: Path) -> bool:
    return os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_report_is_masked_and_says_what_the_guard_saw_and_which_versions_ran(
    plan: Plan, portal: Portal, tmp_path: Path
) -> None:
    run(plan, evidence(Outputs(report=tmp_path / "r.html"), plan, portal))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert PASSPORT not in page and "M***2" in page
    assert "/stats" in page and "/api/applications/*" in page and "submitted by this tool" in page
    assert "assistant 0." in page and "pack shenzhen " in page
    assert is_private(tmp_path / "r.html")


def test_a_report_with_values_is_encrypted_and_opens_again(
    plan: Plan, portal: Portal, tmp_path: Path, key: str
) -> None:
    run(plan, evidence(Outputs(report=tmp_path / "r.html", unmasked=True), plan, portal))
    assert [path.name for path in tmp_path.iterdir()] == ["r.html.age"]
    sealed = tmp_path / "r.html.age"
    assert PASSPORT.encode() not in sealed.read_bytes() and is_private(sealed)

    assert main(["unseal", str(sealed)]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"<code>{PASSPORT}</code>" in page and f"<td>{PASSPORT}</td>" in page
    assert "contract.pdf" in page and is_private(tmp_path / "r.html") and sealed.exists()
    assert main(["unseal", str(sealed)]) == 2, "an opened report is not overwritten"
    lines = [json.loads(line) for line in journal_file().read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["verb"] == "unseal" and lines[-1]["applicant"] is None


def test_without_a_key_a_report_with_values_is_refused_before_anything_runs(
    plan: Plan, portal: Portal, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        evidence(Outputs(report=tmp_path / "r.html", unmasked=True), plan, portal)
    assert "assistant seal" in refused.value.what.en and "assistant seal" in refused.value.what.zh
    with pytest.raises(InputError):
        evidence(Outputs(unmasked=True), plan, portal)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(
    plan: Plan, portal: Portal, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place in (tmp_path, tmp_path / "file" / "r.html"):
        for outputs in (Outputs(report=place), Outputs(proof_sheet=place)):
            with pytest.raises(InputError):
                evidence(outputs, plan, portal)


def test_another_key_does_not_open_a_report(plan: Plan, portal: Portal, tmp_path: Path, key: str) -> None:
    run(plan, evidence(Outputs(report=tmp_path / "r.html", unmasked=True), plan, portal))
    other = tmp_path / "other.txt"
    other.write_text(sealing.new_key(), encoding="utf-8")
    assert main(["unseal", str(tmp_path / "r.html.age"), "--key", str(other)]) == 2
    assert not (tmp_path / "r.html").exists()


def test_only_a_sealed_file_is_unsealed(tmp_path: Path, key: str) -> None:
    plain = tmp_path / "r.html"
    plain.write_text("x", encoding="utf-8")
    assert main(["unseal", str(plain)]) == 2
    damaged = tmp_path / "d.html.age"
    damaged.write_bytes(b"no age file")
    assert main(["unseal", str(damaged)]) == 2
    assert not (tmp_path / "d.html").exists()


def test_a_proof_sheet_is_written_only_where_asked_and_is_private(
    plan: Plan, portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(plan, evidence(Outputs(proof_sheet=tmp_path / "p.html", proof_language="ko"), plan, portal))
    sheet = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert PASSPORT in sheet and 'lang="ko"' in sheet and "여권번호" in sheet
    assert [path.name for path in tmp_path.iterdir()] == ["p.html"] and is_private(tmp_path / "p.html")
    assert PASSPORT not in capsys.readouterr().out


def test_nothing_is_written_where_nothing_was_asked(
    plan: Plan, portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(plan, evidence(NO_OUTPUTS, plan, portal))
    assert list(tmp_path.iterdir()) == []


def test_a_run_on_the_mock_portal_leaves_what_was_asked_for(tmp_path: Path) -> None:
    """From the command line to the files: what stands on the sheet was read from the mock's page."""
    words = ["fill", str(PROFILES / "sample-lee"), "--dry-run", "--headless", "--section", "personal", "--lang", "en"]
    words += ["--report", "r.html", "--json", "r.json", "--proof-sheet", "p.html", "--proof-lang", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *words], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=240
    )
    assert done.returncode == 0, done.stderr
    sheet, masked = ((tmp_path / name).read_text(encoding="utf-8") for name in ("p.html", "r.html"))
    assert all(text in sheet for text in (PASSPORT, "MINJUN", "韩国", "South Korea", "广东省 / 深圳市 / 南山区"))
    assert "Proof sheet" in sheet and "not on this sheet: Work information" in sheet
    for told in (masked, (tmp_path / "r.json").read_text(encoding="utf-8"), done.stdout, done.stderr):
        assert PASSPORT not in told and "MINJUN" not in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
def test_one_result_that_can_not_be_written_costs_no_other_and_ends_the_job(
    plan: Plan, portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = evidence(Outputs("/dev/full", tmp_path / "r.html", proof_sheet=tmp_path / "p.html"), plan, portal)
    run(plan, kept)
    assert {path.name for path in tmp_path.iterdir()} == {"r.html", "p.html"}
    with pytest.raises(ResultNotWritten, match="/dev/full"):
        kept.settle()
    assert "Proof sheet" in capsys.readouterr().out


def test_a_run_whose_results_are_all_written_ends_calmly(plan: Plan, portal: Portal, tmp_path: Path) -> None:
    kept = evidence(Outputs(report=tmp_path / "r.html"), plan, portal)
    run(plan, kept)
    kept.settle()
