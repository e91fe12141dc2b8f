"""A batch of many applicants with faults, a killed browser and a killed desk: everybody else's form is right, and nobody's in another's.

    python -m benchmarks batch [--applicants 50] [--seed 1] [--json FILE]

Invented applicants on the Shenzhen mock portal: the command `assistant batch` in a process of its own, headless, without rehearsals. Three
cases can't be used (a profile that is no YAML, a paper that is not there, a city nobody knows). When a fifth of the forms is there the
browser gets kill -9, when half is there the command itself with all it started; then the same command is run again until it ends.
In the end the mock's server is asked: each draft holds its own applicant's numbers and nobody else's, nothing was submitted; the
three are named, the roster's copy says of everybody what became of them. Exit 1 when something was not so. Linux only.

Handlers' minutes are estimated by the keystroke-level model (_klm.py), reviews left out, which are the same either way.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from assistant.intake.sheets.results import results_in
from assistant.jobs.outputs import write_json
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from benchmarks._klm import BUTTON, HOMING, KEY, MENTAL, POINT
from benchmarks._processes import browser_below, kill, kill_below
from fixtures.server import MockPortal
from tests.support.crowds import crowd

FAULTS, LONGEST_SECONDS = 3, 3000.0
LOGIN = MENTAL + HOMING + POINT + BUTTON + 2 * MENTAL
"""A login by QR code as far as hands go: the code is fetched with a press; the telephone is taken up, and pressed once."""


def run(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 when a promise was broken."""
    parser = ArgumentParser(prog="python -m benchmarks batch", description=__doc__)
    parser.add_argument("--applicants", type=int, default=50)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as home,
        MockPortal(city="shenzhen", auto_login=True, on=date(2026, 12, 1)) as mock,
    ):
        found = _campaign(Path(home), mock, args.applicants)
    for name, figure in found.items():
        print(f"{name}: {figure}")
    if args.json:
        write_json(args.json, {"benchmark": "batch", **found})
    return 1 if found["broken"] else 0


def _campaign(home: Path, mock: MockPortal, count: int) -> dict[str, object]:
    folder = home / "applicants"
    cases = crowd(folder, count)
    numbers = {case: load_profile(PlainFolder(folder / case)).passport.number for case in cases}
    _roster(home / "roster.xlsx", numbers)
    faulty = [cases[number * count // FAULTS] for number in range(FAULTS)]
    _spoil(folder, faulty)
    began, browsers, starts, killed_browser, killed_desk = time.monotonic(), 0, 0, False, False
    report: dict[str, object] = {}
    while not report and time.monotonic() - began < LONGEST_SECONDS:
        running = _start(home, folder, mock.url)
        starts += 1
        while running.poll() is None and time.monotonic() - began < LONGEST_SECONDS:
            there = len(_drafts(mock))
            if not killed_browser and there >= count // 5 and (browser := browser_below(running.pid)):
                kill(browser)
                killed_browser = True
            if not killed_desk and there >= count // 2:
                kill_below(running.pid)
                running.kill()
                killed_desk = True
            time.sleep(0.2)
        running.wait()
        if (home / "report.json").is_file():
            report = json.loads((home / "report.json").read_text(encoding="utf-8"))
            browsers += int(str(report["browsers"]))
    seconds = time.monotonic() - began
    right = [case for case in cases if case not in faulty]
    results = results_in((home / "roster-results.xlsx").read_bytes())
    lines: list[dict[str, str]] = report.get("applicants", [])  # type: ignore[assignment]
    broken = list(_broken(mock, numbers, right, faulty, lines))
    broken += [f"{case} has no result in the roster's copy" for case in right if not results.get(case)]
    return {
        "applicants": count,
        "right": sum(numbers[case] in _drafts(mock) for case in right),
        "named as faulty": sorted(one["applicant"] for one in lines if one["ending"] == "unusable"),
        "killed": {"browser": killed_browser, "desk": killed_desk},
        "starts of the command": starts,
        "browsers of the last start": browsers,
        "endings of the last start": dict(Counter(one["ending"] for one in lines)),
        "seconds": round(seconds, 1),
        "seconds an applicant": round(seconds / count, 1),
        "hands, minutes an applicant": {"batch": _hands(count, True), "single runs": _hands(count, False)},
        "broken": broken,
    }


def _broken(
    mock: MockPortal, numbers: dict[str, str], right: list[str], faulty: list[str], lines: list[dict[str, str]]
) -> Iterator[str]:
    drafts = _drafts(mock)
    if missing := [case for case in right if numbers[case] not in drafts]:
        yield f"no form for {missing}"
    if len(drafts) != len(right):
        yield f"{len(drafts)} forms for {len(right)} applicants"
    every = set(numbers.values())
    for number, draft in drafts.items():
        held = repr(draft["sections"])
        if number not in held or any(other in held for other in every - {number}):
            yield "a form holds another's number, or not its own"
    if (submits := mock.state()["submits"]) != 0:
        yield f"{submits} forms were submitted"
    if sorted(one["applicant"] for one in lines if one["ending"] == "unusable") != sorted(faulty):
        yield "the faulty ones are not those that were named"


def _drafts(mock: MockPortal) -> dict[str, dict[str, object]]:
    kept: list[dict[str, dict[str, str]]] = mock.state()["applications"]  # type: ignore[assignment]
    return {one["applicant"]["passport"]: one for one in kept if one.get("sections")}  # type: ignore[misc]


def _start(home: Path, folder: Path, url: str) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "assistant", "batch", str(folder), "--url", url, "--headless", "--no-rehearsal"]
    words += ["--on", "2026-11-23", "--write-back", str(home / "roster.xlsx"), "--json", str(home / "report.json")]
    own = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    return subprocess.Popen(
        [*words, "--lang", "en"], env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _roster(path: Path, numbers: dict[str, str]) -> None:
    book = Workbook()
    book.active.append(["护照号码", "备注"])
    for number in numbers.values():
        book.active.append([number, "x"])
    book.save(path)


def _spoil(folder: Path, cases: list[str]) -> None:
    for number, case in enumerate(cases):
        profile = folder / case / "profile.yaml"
        if number == 0:
            profile.write_text("applicant: [", encoding="utf-8")
        elif number == 1:
            shutil.rmtree(folder / case / "documents")
        else:
            text = profile.read_text(encoding="utf-8").splitlines()
            changed = ["city: nowhere" if line.startswith("city:") else line for line in text]
            profile.write_text("\n".join(changed) + "\n", encoding="utf-8")


# ---- the handler's hands -------------------------------------------------------------------------------------------


def _hands(count: int, batch: bool) -> float:
    """Minutes of one applicant, without the review and the press that submits, which both ways have."""
    command = MENTAL + KEY * len("assistant batch --due 30")
    if batch:
        following = MENTAL + POINT + BUTTON
        return round((command + LOGIN + count * following) / count / 60, 2)
    single = MENTAL + KEY * len("assistant fill profiles/case-007") + LOGIN
    closing = MENTAL + POINT + BUTTON + HOMING
    return round((single + closing) / 60, 2)
