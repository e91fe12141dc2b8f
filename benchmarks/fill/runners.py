"""Who takes part in the fill benchmark, how each is started, and what one start of it came to.

Each run is a process of its own (the mock portal's is another), so that its memory can be measured. What the project does
not need itself (Selenium, Robot Framework Browser) comes from `peers.txt`, in an environment that `uv` makes beside the
project's own; where that can't be had, the peer is left out with the reason.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.page.browser.discovery import find_browser
from assistant.store.locations import ROOT
from benchmarks._processes import kill_below
from benchmarks.check import Peak
from benchmarks.fill.job import Job, wrong
from fixtures.server import MockPortal

HERE = Path(__file__).parent
PEERS = HERE / "peers.txt"
SCRIPTS = {
    "this-tool": "this_tool.py",
    "playwright-sync": "playwright_sync.py",
    "playwright-async": "playwright_async.py",
    "playwright-codegen": "playwright_codegen.py",
    "selenium": "selenium_script.py",
    "robotframework-browser": "robot_script.py",
    "lower-bound": "in_page.py",
}
OWN = "this-tool"
OTHERS = tuple(name for name in SCRIPTS if name != OWN)
# Written for both portals; the others are for Shenzhen's.
EVERYWHERE = (OWN, "lower-bound")
# Several times what the slowest needs; a session that never starts is tried again.
LIMIT_SECONDS = 240


class NotSetUp(Exception):
    """This peer can't run on this machine; says why."""


@dataclass(frozen=True)
class Run:
    """One run: wall-clock seconds without the browser's launch, the processor's seconds and peak bytes of all its
    processes (None where not measured), wrong labels, and what the script told beside its seconds."""

    seconds: float
    cpu_seconds: float | None
    peak: int | None
    wrong: tuple[str, ...]
    more: Mapping[str, object] = field(default_factory=dict)


def command_of(name: str, city: str = "shenzhen") -> list[str]:
    """The start of a runner's command line, its environment made where it needs one; NotSetUp where it can't be."""
    if city != "shenzhen" and name not in EVERYWHERE:
        raise NotSetUp("written for Shenzhen's portal only")
    if name not in ("selenium", "robotframework-browser"):
        return [sys.executable, str(HERE / SCRIPTS[name])]
    uv = shutil.which("uv")
    if uv is None:
        raise NotSetUp("uv is not on the path")
    if name == "selenium" and shutil.which("chromedriver") is None:
        raise NotSetUp("no chromedriver (Debian: apt-get install chromium-driver)")
    prefix = [uv, "run", "--quiet", "--no-project", "--python", sys.executable, "--with-requirements", str(PEERS)]
    if name == "robotframework-browser":
        made = subprocess.run([*prefix, "rfbrowser", "init", "--skip-browsers"], capture_output=True, text=True)
        if made.returncode:
            raise NotSetUp("`rfbrowser init --skip-browsers` failed")
    found = subprocess.run(
        [*prefix, "python", "-c", "import sys; print(sys.executable)"], capture_output=True, text=True
    )
    if found.returncode:
        raise NotSetUp("its packages can't be installed")
    return [*prefix, "python", str(HERE / SCRIPTS[name])]


def run_once(name: str, command: Sequence[str], mock: MockPortal, url: str, job: Job, profile: Path) -> Run:
    """One run on the mock as new, reached at `url`. RuntimeError when the script ends without a result."""
    mock.reset()
    with tempfile.TemporaryDirectory() as folder:
        job_file = Path(folder) / "job.json"
        job_file.write_text(job.as_json(), encoding="utf-8")
        words = [*command, str(job_file), url, str(find_browser().path)]
        words += {OWN: [str(profile)], "selenium": [shutil.which("chromedriver") or ""]}.get(name, [])
        before = os.times()
        process = subprocess.Popen(
            words,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        peak = Peak(process.pid, every=0.5)
        try:
            told, complaint = process.communicate(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            kill_below(process.pid)
            process.kill()
            process.communicate()
            raise RuntimeError(f"{name}: no result within {LIMIT_SECONDS} s") from None
        finally:
            highest = peak.stop()
        after = os.times()
    if process.returncode:
        raise RuntimeError(f"{name}: {complaint.strip().splitlines()[-1] if complaint.strip() else 'failed'}")
    answer = json.loads(told.strip().splitlines()[-1])
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(answer.pop("seconds"), used or None, highest, tuple(wrong(job, mock.state())), answer)
