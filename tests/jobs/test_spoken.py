"""A job that speaks JSON lines to another program."""

import io
import json
import subprocess
import sys

from assistant.errors import InputError
from assistant.jobs.spoken import SpokenConsole
from assistant.messages import Text


def test_everything_is_one_line_of_json_and_tables_are_not_said():
    out = io.StringIO()
    console = SpokenConsole("zh", out, person=True)
    console.line(Text("登录", "log in"))
    console.table(None, ("a",), [("b",)])
    console.problem(InputError(Text("不行", "no"), where="city"))
    console.note("section", title="个人信息", number=1, total=7)
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["say", "problem", "section"]
    assert events[1]["zh"] == "city: 不行" and console.has_person


def test_whoever_listened_may_be_gone():
    out = io.StringIO()
    out.close()
    SpokenConsole("zh", out, person=False).line(Text("登录", "log in"))


def test_a_job_that_can_t_be_done_says_why_and_ends(tmp_path):
    request = {
        "job": "fill",
        "folder": str(tmp_path / "nobody"),
        "target": "rehearse",
        "language": "zh",
        "out": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "assistant.jobs.spoken"],
        input=json.dumps(request) + "\n",
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["problem", "ended"]
    assert (done.returncode, done.stderr) == (2, "")
