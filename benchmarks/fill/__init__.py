"""How long a whole application takes: this tool, what a user would pick instead, and a lower bound, in one run.

All fill the same invented sample on the same mock portal, all seven sections with rows and uploads, in turn and in a new
random order each round; every run starts from an empty portal. Counted is from opening the portal to the end (with this
tool: filled, verified and read back from the server; the others only fill and save), the browser's launch excluded for
all. What each left on the server is compared with what was to be entered. Figures are medians with their spread; ratios are
this tool's median divided by the other's, and are told of an idle machine only. The scripts are written for Shenzhen; on
Beijing's portal the tool runs beside the lower bound. `--latency` and `--megabits` put an office's line before the portal.
"""

import random
import statistics
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from assistant.jobs.outputs import write_json
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._line import SlowLine
from benchmarks._machine import Machine, add_force
from benchmarks.fill.job import Job, make_job
from benchmarks.fill.runners import OTHERS, OWN, SCRIPTS, NotSetUp, Run, command_of, run_once
from fixtures.server import CITIES, MockPortal

# This tool's median divided by the other's, at most; on a slow line the page's own requests are most of it for everybody.
TARGETS = {
    "playwright-sync": 0.2,
    "playwright-async": 0.2,
    "playwright-codegen": 0.2,
    "selenium": 0.12,
    "robotframework-browser": 0.2,
    "lower-bound": 1.4,
}
SLOW_TARGET = 1.3
VERIFICATION_TARGET = 0.15
# What their users and makers tell of agents led by a language model; none was run here (see docs/performance.md).
PUBLISHED = {
    "browser-use": "3.4 to 50 s a step, up to 1.50 USD a task (its own raw results)",
    "Skyvern": "4 to 5 minutes for five or six fields (a user's report, issue 4439)",
}


def run(arguments: Sequence[str]) -> int:
    """Prints the table; 1 when a target is missed or this tool's run was not right."""
    parser = ArgumentParser(prog="python -m benchmarks fill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=SCRIPTS, default=list(SCRIPTS), metavar="NAME")
    parser.add_argument("--profile", type=Path, default=PROFILES / "sample-lee")
    parser.add_argument("--city", choices=CITIES, default="shenzhen")
    parser.add_argument("--latency", type=float, default=0.0, metavar="MS", help="the line's round trip")
    parser.add_argument("--megabits", type=float, default=1000.0, help="a second, each way")
    parser.add_argument("--json", metavar="FILE")
    add_force(parser)
    args = parser.parse_args(arguments)

    machine = Machine.met(force=args.force)
    if machine.refuses():
        return 2
    commands, left_out = _set_up([OWN, *(name for name in OTHERS if name in args.only)], args.city)
    runs, failed = _measure(commands, args)
    machine.finish()
    document = summary(runs, rounds=args.rounds, compared=machine.comparable)
    document |= {"left_out": left_out | failed, "machine": machine.as_json(), "published": PUBLISHED, "city": args.city}
    document["line"] = {"latency_ms": args.latency, "megabits": args.megabits} if args.latency else None
    print("\n".join(table(document)))
    if args.json:
        write_json(args.json, document)
    if not machine.comparable:
        return 2
    own_right = OWN in runs and not any(one.wrong for one in runs[OWN])
    return 0 if own_right and not missed(document) else 1


def missed(document: Mapping[str, object]) -> list[str]:
    """Whose ratio is above its target."""
    ratios = document["ratios"]
    assert isinstance(ratios, Mapping)
    return [name for name, ratio in ratios.items() if ratio > _target(document, name)]


def _target(document: Mapping[str, object], name: str) -> float:
    return SLOW_TARGET if document.get("line") and name == "lower-bound" else TARGETS[name]


def _set_up(names: Sequence[str], city: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    commands, left_out = {}, {}
    for name in names:
        try:
            commands[name] = command_of(name, city)
        except NotSetUp as reason:
            left_out[name] = str(reason)
    return commands, left_out


def _measure(commands: Mapping[str, list[str]], args: Namespace) -> tuple[dict[str, list[Run]], dict[str, str]]:
    runs: dict[str, list[Run]] = {}
    failed: dict[str, str] = {}
    job = make_job(args.profile, args.city)
    day = load_profile(PlainFolder(args.profile)).work_permit.expires_on - timedelta(days=60)
    with ExitStack() as both:
        mock = both.enter_context(MockPortal(city=args.city, auto_login=True, on=day))
        url = mock.url
        if args.latency:
            url = both.enter_context(SlowLine(url, latency=args.latency, megabits=args.megabits)).url
        for number in range(args.rounds):
            for name in random.sample(list(commands), len(commands)):
                try:
                    one = _run_within_two_tries(name, commands[name], mock, url, job, args.profile.resolve())
                except RuntimeError as error:
                    failed[name] = str(error)
                    continue
                runs.setdefault(name, []).append(one)
                print(f"round {number + 1}  {name:<24}{one.seconds:8.2f} s  {_rightness(one.wrong)}", flush=True)
    return runs, failed


def _run_within_two_tries(name: str, command: list[str], mock: MockPortal, url: str, job: Job, profile: Path) -> Run:
    """A run, or a second one where the first did not come to its end: a browser's session may not start on a busy machine."""
    try:
        return run_once(name, command, mock, url, job, profile)
    except RuntimeError as error:
        print(f"{error}; once more", flush=True)
        return run_once(name, command, mock, url, job, profile)


def summary(runs: Mapping[str, Sequence[Run]], *, rounds: int, compared: bool = True) -> dict[str, object]:
    """Medians by name, and, where they may be `compared`, the ratio of this tool's to each of the others'."""
    every = {name: [run.seconds for run in those] for name, those in runs.items()}
    seconds = {name: statistics.median(all_of) for name, all_of in every.items()}
    cpu = {name: _median([run.cpu_seconds for run in those]) for name, those in runs.items()}
    own = seconds.get(OWN)
    document: dict[str, object] = {
        "benchmark": "fill",
        "rounds": rounds,
        "seconds": seconds,
        "ratios": {name: own / seconds[name] for name in OTHERS if own and name in seconds and compared},
        "targets": TARGETS,
        "cpu_seconds": cpu,
        "spread": {name: [min(all_of), max(all_of)] for name, all_of in every.items()},
        "cpu_ratios": _ratios(cpu) if compared else {},
        "peak_bytes": {name: max((run.peak or 0 for run in those), default=0) or None for name, those in runs.items()},
        "wrong": {name: sorted({label for run in those for label in run.wrong}) for name, those in runs.items()},
        "all_seconds": every,
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
    spread = document["spread"]
    assert isinstance(spread, Mapping)
    lines = [
        f"{'':<24}{'seconds':>9}{'from':>7}{'to':>7}{'this ÷ it':>11}{'target':>8}{'processor s':>13}{'memory':>10}  result"
    ]
    for name, median in seconds.items():
        ratio = f"{ratios[name]:.2f}" if name in ratios else ""
        target = f"{_target(document, name):.2f}" if name in ratios else ""
        used = f"{cpu[name]:.1f}" if cpu[name] else "-"
        memory = f"{peak[name] / 1024**2:.0f} MiB" if peak[name] else "-"
        low, high = spread[name]
        lines.append(
            f"{name:<24}{median:>9.2f}{low:>7.1f}{high:>7.1f}{ratio:>11}{target:>8}{used:>13}{memory:>10}  "
            f"{_rightness(wrong[name])}"
        )
    lines += [f"{name:<24} not measured: {reason}" for name, reason in left_out.items()]
    published = document.get("published")
    if isinstance(published, Mapping):
        lines += [f"{name:<24} not run here; published: {what}" for name, what in published.items()]
    shares = document.get("shares")
    if isinstance(shares, Mapping):
        told = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        lines.append(f"this tool: {document['round_trips']} round trips; time in {told}")
        proof = document["verification"]
        lines.append(f"this tool: verification {proof:.0%} of the run (target {VERIFICATION_TARGET:.0%})")
        lines.append(
            f"this tool: {document['judged']} requests judged by the guard, {document['guard']:.1%} of the run"
        )
    phases = document.get("phases")
    if isinstance(phases, Mapping):
        lines += [f"this tool: {seconds:6.2f} s {name}" for name, seconds in phases.items()]
    return lines


def _rightness(wrong: Sequence[str]) -> str:
    return "all values right" if not wrong else f"wrong: {'、'.join(wrong)}"
