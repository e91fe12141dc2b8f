"""Ctrl-C ends with one line and 130: while the program loads, while a verb runs, while it writes its last line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.store.locations import PROFILES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

# Stands still where a module is about to be loaded: a moment that is the same on every machine.
STANDS_STILL = """
import sys, time
class Still:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            sys.stderr.write("here\\n"); sys.stderr.flush()
            time.sleep(60)
sys.meta_path.insert(0, Still())
"""
MOMENTS = {
    "loading the command line": ("assistant.cli.main", "plan"),
    "loading the terminal": ("rich.console", "plan"),
    "loading the verb": ("assistant.cli.plan", "plan"),
    "reading the applicant": ("pycountry", "plan"),
    "starting a browser": ("assistant.page.browser.launch", "fill"),
    "writing the journal": ("assistant.store.journal", "plan"),
}


def interrupted(process: "subprocess.Popen[str]") -> str:
    """What it said after Ctrl-C, which a terminal sends to all that it started."""
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    return out + err


def start(*words: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", *words, "--lang", "en"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | environment,
        start_new_session=True,
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_at_any_moment_is_one_line_and_130(tmp_path: Path, moment: str) -> None:
    module, verb = MOMENTS[moment]
    (tmp_path / "sitecustomize.py").write_text(STANDS_STILL.format(module=module), encoding="utf-8")
    words = [str(PROFILES / "sample-lee"), *(["--dry-run", "--headless"] if verb == "fill" else [])]
    process = start(verb, *words, PYTHONPATH=str(tmp_path), PYTHONDONTWRITEBYTECODE="1")
    assert process.stderr is not None
    assert process.stderr.readline() == "here\n"
    said = interrupted(process)
    assert "Traceback" not in said and "bug" not in said
    assert [line for line in said.splitlines() if "nterrupted" in line] == [said.splitlines()[-1]]


def test_ctrl_c_while_a_form_is_filled_is_one_line_and_130() -> None:
    process = start("fill", str(PROFILES / "sample-lee"), "--dry-run", "--headless")
    assert process.stdout is not None
    while "[1/" not in process.stdout.readline():
        assert process.poll() is None, process.stderr
    said = interrupted(process).splitlines()
    assert [line for line in said if "Traceback" in line or "bug" in line or "rror" in line] == []
    assert said[-1] == "Interrupted; nothing was submitted."
