"""The log of a run is there when the program dies, holds no value, and does not grow for ever."""

import json
import os
import stat
from pathlib import Path

import pytest

from assistant.errors import WrongPerson
from assistant.jobs.trouble import trail
from assistant.jobs.trouble.trail import KEPT, Trail, last_run
from assistant.messages import Text


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(trail, "private_data", lambda: tmp_path)
    return tmp_path / "runs"


def test_each_event_is_on_the_disk_as_soon_as_it_happened(folder: Path) -> None:
    log = Trail("fill", ["CANARY"], city="shenzhen")
    log.add("section", title="个人信息", labels=["姓", "CANARY"], more={"why": "of canary"})
    events = last_run()
    assert [event["event"] for event in events] == ["begin", "section"]
    assert events[0]["city"] == "shenzhen" and events[0]["at"].startswith("20")
    assert events[1]["labels"] == ["姓", "▒"]
    assert "canary" not in json.dumps(events).casefold()
    (file,) = folder.iterdir()
    assert os.name != "posix" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_how_it_ended_is_its_last_line() -> None:
    with Trail("fill", []):
        pass
    assert last_run()[-1]["event"] == "end" and "error" not in last_run()[-1]
    with pytest.raises(WrongPerson), Trail("fill", []):
        raise WrongPerson(Text("是另一位", "another person's"))
    assert last_run()[-1] | {"after": 0} == {
        "event": "end",
        "after": 0,
        "error": "WrongPerson",
        "zh": "是另一位",
        "en": "another person's",
    }


def test_a_bug_is_told_by_its_kind_and_place_never_by_its_words() -> None:
    with pytest.raises(KeyError), Trail("fill", []):
        trail.places_of(None)
        raise KeyError("CANARY")
    end = last_run()[-1]
    assert end["error"] == "KeyError" and "CANARY" not in json.dumps(end)


def test_only_the_newest_are_kept(folder: Path) -> None:
    for number in range(KEPT + 5):
        Trail(f"run{number}", [])
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == KEPT
    assert last_run()[0]["command"] == f"run{KEPT + 4}"


def test_a_log_that_grows_too_large_keeps_its_end(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(trail, "MOST_BYTES", 2000)
    with Trail("fill", []) as log:
        for _ in range(100):
            log.add("told", zh="说" * 50)
    (file,) = folder.iterdir()
    assert file.stat().st_size < 2500
    assert last_run()[-1]["event"] == "end"


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Path:
        raise OSError(28, "full")

    monkeypatch.setattr(trail, "private_data", full)
    with Trail("fill", []) as log:
        log.add("section", title="x")


def test_a_line_that_was_cut_off_is_left_out(folder: Path) -> None:
    Trail("fill", []).add("section", title="x")
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    assert [event["event"] for event in last_run()] == ["begin"]
