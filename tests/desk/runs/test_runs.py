"""All runs of a desk: one at a time on each login; results among the applicant's own files."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.desk.runs.runs import Runs
from assistant.errors import InputError
from assistant.jobs.course import read_course
from assistant.store import credentials, sealing
from assistant.store.folders import FolderStore, opened


@pytest.fixture
def runs(desk_folder) -> Runs:
    for name in ("second", "third"):
        shutil.copytree(desk_folder / "sample-lee", desk_folder / name)
    return Runs(FolderStore(desk_folder), lambda case: {"folder": str(desk_folder / case)})


def end(begun, case: str) -> None:
    run, _, ended = begun[case]
    run.state = "over"
    ended(run)


def test_one_login_has_one_run_at_a_time_and_the_others_wait_in_line(runs, begun):
    first, second, third = (
        runs.start(name, "fill", "live", "shenzhen", "zh") for name in ("sample-lee", "second", "third")
    )
    assert (first.state, second.state, third.state) == ("running", "waiting", "waiting")
    assert (runs.before(second), runs.before(third)) == (1, 2)
    end(begun, "sample-lee")
    assert (second.state, third.state) == ("running", "waiting")
    third.stop()
    end(begun, "second")
    assert third.state == "stopped"


def test_another_login_does_not_wait(runs, begun):
    runs.start("sample-lee", "fill", "live", "shenzhen", "zh")
    assert runs.start("second", "fill", "live", "beijing", "zh").state == "running"
    assert runs.start("third", "fill", "rehearse", "shenzhen", "zh").state == "running"


def test_an_applicant_has_one_at_a_time(runs, begun):
    runs.start("sample-lee", "fill", "live", "shenzhen", "zh")
    with pytest.raises(InputError, match="已有一次"):
        runs.start("sample-lee", "fill", "rehearse", "shenzhen", "zh")


@pytest.mark.parametrize("sealed", [False, True])
def test_the_result_is_kept_among_the_applicant_s_files_and_nothing_else_is_left(runs, begun, desk_folder, sealed):
    home = desk_folder / "sample-lee"
    if sealed:
        key = sealing.new_key()
        credentials.keep_seal_key(key)
        sealing.seal(home, key)
    run = runs.start("sample-lee", "fill", "live", "shenzhen", "zh")
    out = Path(run.request["out"])
    (out / "fill.json").write_text(
        json.dumps({"sections": [], "counts": {"verified": 5, "already": 2}}), encoding="utf-8"
    )
    (out / "report.html").write_text("<p>", encoding="utf-8")
    run.hear({"event": "report", "stays": False})
    begun["sample-lee"][1](run)
    end(begun, "sample-lee")
    assert not out.exists()
    with opened(home) as kept:
        assert kept.read("results/live-report.html") == b"<p>"
        (event,) = read_course(kept).events
    assert (event.what, event.note) == ("filled", "7")
    assert not sealed or sorted(path.name for path in home.rglob("*")) == ["sealed.age"]


def test_the_request_is_no_argument_of_the_process(runs, begun):
    run = runs.start("sample-lee", "fill", "live", "shenzhen", "zh", url="http://127.0.0.1:1")
    assert run.request["folder"].endswith("sample-lee")
    assert "LEE" not in json.dumps(dict(run.request))


def test_when_the_desk_ends_what_waits_does_not_begin(runs, begun):
    runs.start("sample-lee", "fill", "live", "shenzhen", "zh")
    waiting = runs.start("second", "fill", "live", "shenzhen", "zh")
    runs.close()
    end(begun, "sample-lee")
    assert waiting.state == "stopped"
