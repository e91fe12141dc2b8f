"""How long `due` takes for many applicants, against only reading and validating the same files.

The yardstick reads each applicant's YAML and the employer's with PyYAML's C loader and validates them with the same pydantic
models; nothing else. Both are measured alternately, several times, in processor time, so that a busy machine does not decide.
The best of each counts. Target: at most 3 times the yardstick.
"""

import re
import shutil
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import yaml

from assistant.check.deadlines.roster import make_roster
from assistant.jobs.outputs import write_json
from assistant.profile.model import Employer, ProfileFile
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES

TARGET = 3.0
ON = date(2026, 11, 22)


def run(arguments: Sequence[str]) -> int:
    """Prints the times and their ratio; 1 when the target is missed."""
    parser = ArgumentParser(prog="python -m benchmarks due", description=__doc__)
    parser.add_argument("--applicants", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_applicants(folder, args.applicants)
        result = measure(folder, args.rounds)
    print(
        f"{args.applicants} applicants: due {result['due_seconds']:.2f} s, reading and validating "
        f"{result['yardstick_seconds']:.2f} s, ratio {result['ratio']:.2f} (target {TARGET})"
    )
    if args.json:
        write_json(args.json, {"benchmark": "due", "applicants": args.applicants, "target": TARGET, **result})
    return 0 if result["ratio"] <= TARGET else 1


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """Processor seconds of both, best of `rounds`, and their ratio."""
    yardstick, due = [], []
    for _ in range(rounds):
        yardstick.append(_seconds(lambda: read_and_validate(folder)))
        due.append(_seconds(lambda: _roster(folder)))
    return {
        "due_seconds": min(due),
        "yardstick_seconds": min(yardstick),
        "ratio": min(due) / min(yardstick),
        "median_ratio": statistics.median(a / b for a, b in zip(due, yardstick, strict=True)),
    }


def read_and_validate(folder: Path) -> int:
    """The yardstick: every YAML once for each applicant, loaded by libyaml as text and validated."""
    count = 0
    for path in folder.glob("*/profile.yaml"):
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        employer = path.parent / data.pop("employer")
        ProfileFile.model_validate(data)
        Employer.model_validate(yaml.load(employer.read_text(encoding="utf-8"), yaml.CBaseLoader))
        count += 1
    return count


def write_applicants(folder: Path, count: int) -> None:
    """So many applicants with expiries over a year, each with files for its documents, from the invented samples."""
    samples = sorted(PROFILES.glob("sample-*"))
    shutil.copy(PROFILES / "employer.yaml", folder / "employer.yaml")
    for number in range(count):
        sample = samples[number % len(samples)]
        applicant = folder / f"applicant-{number:04}"
        (applicant / "documents").mkdir(parents=True)
        expiry = ON + timedelta(days=number % 365)
        text = (sample / "profile.yaml").read_text(encoding="utf-8")
        text = re.sub(r"(_permit:\n(?:  .*\n)*?  expires_on: )\S+", rf"\g<1>{expiry}", text)
        (applicant / "profile.yaml").write_text(text, encoding="utf-8")
        for paper in (sample / "documents").iterdir():
            (applicant / "documents" / paper.name).write_bytes(b"paper")


def _roster(folder: Path) -> None:
    roster = make_roster(FolderStore.at(folder), ON)
    if roster.unreadable:
        raise RuntimeError("the measurement's own applicants can't be read")


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
