"""What `assistant demo` promises for the second city as for the first: everything filled and proved, nothing submitted."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.outcome import CALM
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.expected import filled, held
from fixtures.server import MockPortal


def test_beijings_demo_fills_everything_and_submits_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command starts its own mock portal; what that one holds is asked when it stops."""
    states: list[dict[str, object]] = []
    stop = MockPortal.stop

    def stop_and_tell(mock: MockPortal) -> None:
        states.append(mock.state())
        stop(mock)

    monkeypatch.setattr(MockPortal, "stop", stop_and_tell)
    report = tmp_path / "result.json"
    # A thread of its own: the one of the tests may have a Playwright running already.
    with ThreadPoolExecutor(1) as thread:
        status = thread.submit(main, ["demo", "--city", "beijing", "--headless", "--json", str(report)]).result()

    assert status == 0
    (state,) = states
    assert state["submits"] == 0
    (application,) = state["applications"]  # type: ignore[misc]
    assert application["status"] == "draft"
    assert held(application) == filled("beijing", load_profile(PlainFolder(PROFILES / "sample-lee")))
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["city"], told["portal"]) == ("beijing", "national")
    assert (told["guard"]["submitted"], told["guard"]["submit_attempts"]) == (0, 0)
    assert set(told["counts"]) <= CALM and told["counts"]["verified"] > 50
