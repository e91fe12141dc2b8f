"""How long a whole application takes: this tool, what a user would pick instead, and a lower bound, in one run.

All fill the same invented sample on the same mock portal, all seven sections with rows and uploads, in turn and in a new
random order each round; every run starts from an empty portal. Counted is from opening the portal to the end (with this
tool: filled, verified and read back from the server; the others only fill and save), the browser's launch excluded for
all. What each left on the server is compared with what was to be entered. Figures are medians; ratios are this tool's
median divided by the other's.
"""

import os
import random
import statistics
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from assistant.jobs.outputs import write_json
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks.fill.job import Job, make_job
from benchmarks.fill.runners import OTHERS, OWN, SCRIPTS, NotSetUp, Run, command_of, run_once
from fixtures.server import MockPortal

# This tool's median divided by the other's, at most.
TARGETS = {
    "playwright-sync": 0.2,
    "playwright-async": 0.2,
    "selenium": 0.12,
    "robotframework-browser": 0.2,
    "lower-bound": 2.5,
}
VERIFICATION_TARGET = 0.2


def run(arguments: Sequence[str]) -> int:
    """Prints the table; 1 when a target is missed or this tool's run was not right."""
    parser = ArgumentParser(prog="python -m benchmarks fill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=SCRIPTS, default=list(SCRIPTS), metavar="NAME")
    parser.add_argument("--profile", type=Path, default=PROFILES / "sample-lee")
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)

    commands, left_out = _set_up([OWN, *(name for name in OTHERS if name in args.only)])
    runs, failed = _measure(commands, args.profile, args.rounds)
    document = summary(runs, rounds=args.rounds)
    document["left_out"] = left_out | failed
    document["load"] = list(os.getloadavg()) if hasattr(os, "getloadavg") else None
    print("\n".join(table(document)))
    if args.json:
        write_json(args.json, document)
    ratios = document["ratios"]
    assert isinstance(ratios, Mapping)
    own_right = OWN in runs and not any(one.wrong for one in runs[OWN])
    return 0 if own_right and all(ratio <= TARGETS[name] for name, ratio in ratios.items()) else 1


def _set_up(names: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    commands, left_out = {}, {}
    for name in names:
        try:
            commands[name] = command_of(name)
        except NotSetUp as reason:
            left_out[name] = str(reason)
    return commands, left_out


def _measure(
    commands: Mapping[str, list[str]], profile: Path, rounds: int
) -> tuple[dict[str, list[Run]], dict[str, str]]:
    runs: dict[str, list[Run]] = {}
    failed: dict[str, str] = {}
    job, day = make_job(profile), load_profile(PlainFolder(profile)).work_permit.expires_on - timedelta(days=60)
    with MockPortal(city="shenzhen", auto_login=True, on=day) as mock:
        for number in range(rounds):
            for name in random.sample(list(commands), len(commands)):
                try:
                    one = _run_within_two_tries(name, commands[name], mock, job, profile)
                except RuntimeError as error:
                    failed[name] = str(error)
                    continue
                runs.setdefault(name, []).append(one)
                print(f"round {number + 1}  {name:<24}{one.seconds:8.2f} s  {_rightness(one.wrong)}", flush=True)
    return runs, failed


def _run_within_two_tries(name: str, command: list[str], mock: MockPortal, job: Job, profile: Path) -> Run:
    """A run, or a second one where the first did not come to its end: a browser's session may not start on a busy machine."""
    try:
        return run_once(name, command, mock, job, profile)
    except RuntimeError as error:
        print(f"{error}; once more", flush=True)
        return run_once(name, command, mock, job, profile)


def summary(runs: Mapping[str, Sequence[Run]], *, rounds: int) -> dict[str, object]:
    """Medians by name, and the ratio of this tool's to each of the others'."""
    seconds = {name: statistics.median(run.seconds for run in those) for name, those in runs.items()}
    cpu = {name: _median([run.cpu_seconds for run in those]) for name, those in runs.items()}
    own = seconds.get(OWN)
    document: dict[str, object] = {
        "benchmark": "fill",
        "rounds": rounds,
        "seconds": seconds,
        "ratios": {name: own / seconds[name] for name in OTHERS if own and name in seconds},
        "targets": TARGETS,
        "cpu_seconds": cpu,
        "cpu_ratios": _ratios(cpu),
        "peak_bytes": {name: max((run.peak or 0 for run in those), default=0) or None for name, those in runs.items()},
        "wrong": {name: sorted({label for run in those for label in run.wrong}) for name, those in runs.items()},
        "all_seconds": {name: [run.seconds for run in those] for name, those in runs.items()},
    }
    own_runs = sorted(runs.get(OWN, ()), key=lambda run: run.seconds)
    if own_runs:
        document |= own_runs[len(own_runs) // 2].more
    return document


def _ratios(figures: Mapping[str, float | None]) -> dict[str, float]:
    own = figures.get(OWN)
    return {name: own / other for name in OTHERS if own and (other := figures.get(name))}


def _median(figures: Sequence[float | None]) -> float | None:
    known = [one for one in figures if one is not None]
    return statistics.median(known) if known else None


def table(document: Mapping[str, object]) -> list[str]:
    """The figures as lines of text."""
    seconds, ratios, wrong = document["seconds"], document["ratios"], document["wrong"]
    peak, cpu, left_out = document["peak_bytes"], document["cpu_seconds"], document["left_out"]
    assert isinstance(seconds, Mapping) and isinstance(ratios, Mapping) and isinstance(wrong, Mapping)
    assert isinstance(peak, Mapping) and isinstance(cpu, Mapping) and isinstance(left_out, Mapping)
    lines = [f"{'':<24}{'seconds':>9}{'this ÷ it':>11}{'target':>8}{'processor s':>13}{'memory':>10}  result"]
    for name, median in seconds.items():
        ratio = f"{ratios[name]:.2f}" if name in ratios else ""
        target = f"{TARGETS[name]:.2f}" if name in ratios else ""
        used = f"{cpu[name]:.1f}" if cpu[name] else "-"
        memory = f"{peak[name] / 1024**2:.0f} MiB" if peak[name] else "-"
        lines.append(f"{name:<24}{median:>9.2f}{ratio:>11}{target:>8}{used:>13}{memory:>10}  {_rightness(wrong[name])}")
    lines += [f"{name:<24} not measured: {reason}" for name, reason in left_out.items()]
    shares = document.get("shares")
    if isinstance(shares, Mapping):
        told = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        lines.append(f"this tool: {document['round_trips']} round trips; time in {told}")
        proof = document["verification"]
        lines.append(f"this tool: verification {proof:.0%} of the run (target {VERIFICATION_TARGET:.0%})")
    load = document.get("load")
    if isinstance(load, list):
        lines.append(f"load of the machine at the end: {load[0]:.1f} over {os.cpu_count()} processors")
    return lines


def _rightness(wrong: Sequence[str]) -> str:
    return "all values right" if not wrong else f"wrong: {'、'.join(wrong)}"
