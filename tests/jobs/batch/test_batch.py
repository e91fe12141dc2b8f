"""Many forms one after another: each its own person's, one login, a fault in one costs no other, a stop resumes."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import psutil
import pytest

from assistant.jobs.batch import batch as module
from assistant.jobs.batch.batch import BatchJob, BatchReport, batch
from assistant.jobs.fill import FillJob
from assistant.jobs.target import Target
from assistant.portal.loading import load_portal
from assistant.review.console import Console
from assistant.store.base import ApplicantRef, Store, version_of
from assistant.store.database.store import DatabaseStore
from assistant.store.folders import FolderStore
from assistant.store.team.copying import copy_store
from fixtures.server import MockPortal
from tests.support.crowds import crowd

ON = date(2026, 11, 23)
LEFT_OPEN = {"filled", "for-the-person"}


@pytest.fixture
def folders(tmp_path: Path) -> FolderStore:
    crowd(tmp_path / "crowd", 3)
    return FolderStore(tmp_path / "crowd")


@pytest.fixture
def fill_all(mock: MockPortal) -> Callable[..., BatchReport]:
    """One batch on the mock portal, without a window and without rehearsals."""

    def run(store: Store, **how: object) -> BatchReport:
        console = Console("en")
        console.silence()
        job = BatchJob(store, ON, target=Target("address", mock.url), headless=True, rehearse=False, **how)  # type: ignore[arg-type]
        # A thread of its own: where this worker has had a browser before, its own thread has a loop already.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(batch, job, console).result()

    return run


def endings(report: BatchReport) -> dict[str, str]:
    return {one.applicant: one.ending for one in report.lines}


def drafts(mock: MockPortal) -> dict[str, dict[str, object]]:
    """What the server keeps, by the number of the passport."""
    kept: list[dict[str, object]] = mock.state()["applications"]  # type: ignore[assignment]
    return {one["applicant"]["passport"]: one for one in kept}  # type: ignore[index,misc]


def numbers(count: int) -> set[str]:
    return {f"M{70_000_000 + number}" for number in range(count)}


def test_every_form_is_its_own_persons_and_one_browser_fills_them_all(
    folders: FolderStore, mock: MockPortal, fill_all: Callable[..., BatchReport]
) -> None:
    report = fill_all(folders)
    assert set(endings(report).values()) <= LEFT_OPEN
    assert report.logins == 1
    kept = drafts(mock)
    assert kept.keys() == numbers(3)
    for number, draft in kept.items():
        own = repr(draft["sections"])
        assert number in own
        assert not [other for other in numbers(3) - {number} if other in own]
    assert mock.state()["submits"] == 0


def test_a_fault_in_one_is_named_and_costs_no_other(
    folders: FolderStore,
    tmp_path: Path,
    mock: MockPortal,
    fill_all: Callable[..., BatchReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "crowd" / "case-000" / "profile.yaml").write_text("city: shenzhen\n", encoding="utf-8")
    real = module.fill_on_page

    def fail_for_one(job: FillJob, *rest: object, **more: object) -> object:
        if job.applicant.ref.id == "case-001":  # type: ignore[attr-defined]
            raise ZeroDivisionError("M70000001")
        return real(job, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "fill_on_page", fail_for_one)
    report = fill_all(folders)
    assert endings(report)["case-000"] == "unusable"
    assert endings(report)["case-001"] == "fault"
    assert endings(report)["case-002"] in LEFT_OPEN
    assert drafts(mock).keys() == {"M70000002"}
    told = repr(report.as_json())
    assert "ZeroDivisionError" in told and "M7000" not in told
    assert not report.calm


@pytest.mark.nightly
def test_what_was_filled_is_not_filled_again_until_its_data_change(
    folders: FolderStore, mock: MockPortal, fill_all: Callable[..., BatchReport]
) -> None:
    assert set(endings(fill_all(folders)).values()) <= LEFT_OPEN
    mock.reset()
    assert set(endings(fill_all(folders)).values()) == {"done-before"}
    assert drafts(mock) == {}
    with folders.open(ApplicantRef("case-001")) as one:
        content = one.read("profile.yaml")
        one.write("profile.yaml", content + b"# new\n", expected=version_of(content))
    again = endings(fill_all(folders))
    assert (again["case-000"], again["case-002"]) == ("done-before", "done-before")
    assert drafts(mock).keys() == {"M70000001"}


def browsers() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if any(word.startswith("--remote-debugging") for word in process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.nightly
@pytest.mark.skipif(os.name != "posix", reason="processes are ended as POSIX has it")
def test_a_browser_that_was_killed_is_opened_again_and_nobody_is_left_out(
    folders: FolderStore, mock: MockPortal, fill_all: Callable[..., BatchReport]
) -> None:
    killed: list[int] = []

    def kill_once() -> None:
        until = time.monotonic() + 120
        while not drafts(mock) and time.monotonic() < until:
            time.sleep(0.05)
        for process in browsers():
            killed.append(process.pid)
            process.send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_once)
    killer.start()
    report = fill_all(folders)
    killer.join()
    assert killed
    assert report.logins == 2
    assert set(endings(report).values()) <= LEFT_OPEN
    assert drafts(mock).keys() == numbers(3)


@pytest.mark.nightly
def test_a_case_that_another_desk_has_is_left_to_them(
    folders: FolderStore,
    mock: MockPortal,
    fill_all: Callable[..., BatchReport],
    team_begun: Callable[[str], DatabaseStore],
    tmp_path: Path,
) -> None:
    address = f"sqlite:///{tmp_path / 'team.db'}"
    store = team_begun(address)
    copy_store(folders, store)
    with store.holding(ApplicantRef("case-001")) as held:
        report = fill_all(DatabaseStore.at(address))
        assert held.prolong()
    assert drafts(mock).keys() == numbers(3) - {"M70000001"}
    (line,) = [one for one in report.lines if one.applicant == "case-001"]
    assert line.ending == "unusable"
    assert line.why is not None and "lin has this case" in line.why.en
    assert store.claims.holders() == {}


@pytest.mark.nightly
def test_a_portal_that_turns_visitors_away_ends_the_batch_which_resumes(
    folders: FolderStore, mock: MockPortal, fill_all: Callable[..., BatchReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module.Filling, "_turned_away", lambda *_: True)
        report = fill_all(folders)
    assert sorted(endings(report).values()) == ["not-reached", "not-reached", "stopped"]
    assert "half an hour" in str(next(one.why for one in report.lines if one.ending == "stopped"))
    assert set(endings(fill_all(folders)).values()) <= LEFT_OPEN


def test_packs_say_their_pace_and_it_is_kept_but_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(module, "pause", waited.append)
    console = Console("en")
    console.silence()
    filling = module.Filling(None, None, None, {}, console)  # type: ignore[arg-type]
    for name in ("shenzhen", "national"):
        portal = load_portal(name)
        assert portal.pace is not None and portal.pace.between_applicants >= 10 and portal.pace.blocked
        case = module.FillCase(None, None, portal, None)  # type: ignore[arg-type]
        filling._keep_pace(case, module.Destination("https://portal.example/x"), time.monotonic() - 5)
        filling._keep_pace(case, module.Destination("http://127.0.0.1:8000"), time.monotonic() - 5)
    assert [round(one) for one in waited] == [15, 15]


@pytest.mark.nightly
def test_what_would_stop_tomorrow_is_told_before_the_first_form(
    folders: FolderStore, mock: MockPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    report = batch(BatchJob(folders, ON, target=Target("address", mock.url), headless=True, cores=2), Console("en"))
    assert {one.rehearsed for one in report.lines} <= {"calm", "for-the-person"}
    assert drafts(mock).keys() == numbers(3)
    told = capsys.readouterr().out
    assert "in the rehearsal" not in told or told.index("in the rehearsal") < told.index("—— case")
