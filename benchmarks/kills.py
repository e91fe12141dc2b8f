"""kill -9 of the tool and of its browser at random moments of a run, then a second run over the same draft.

    python -m benchmarks kills --runs 50 --seed N [--json FILE]

The mock portal's server decides: after the kill it holds no value, row or file that the profile does not have; after the
second run the draft equals the one of an undisturbed run, with no row or file twice; at most one section was saved again;
nothing was submitted, and nobody met a traceback. The moment is so many requests into the run, and a random part of the
time until the next one, so that it does not depend on how fast the machine is. Exit 1 when something was not so. Linux only.
"""

import random
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from assistant.check.city.loading import load_city
from assistant.jobs.outputs import write_json
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._processes import below, browser_below, kill
from fixtures import expected
from fixtures.server import MockPortal

Target = Literal["tool", "browser"]
TARGETS: tuple[Target, ...] = ("tool", "browser")
SAMPLES = {"sample-lee": "shenzhen", "sample-okafor": "beijing", "sample-delacruz": "shenzhen"}
LONGEST_SECONDS = 300.0
# The longest wait between two requests of a run, and so the most that a kill comes after the one it counts to.
BETWEEN_SECONDS = 0.6
TRIES = 5


@dataclass
class Totals:
    """The campaign's figures, as written to JSON."""

    runs: int
    seed: int
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*TARGETS, "too late"), 0))
    wrong_after_kill: int = 0
    wrong_after_second_run: int = 0
    sections_redone_at_most: int = 0
    submits: int = 0
    tracebacks: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)


def run(arguments: Sequence[str]) -> int:
    """Prints a line for each run and the totals; 1 when a rule was broken."""
    parser = ArgumentParser(prog="python -m benchmarks kills", description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    totals = campaign(args.runs, args.seed)
    print(
        f"{totals.runs} kills (seed {totals.seed}): {totals.killed}; wrong after the kill {totals.wrong_after_kill}, after the "
        f"second run {totals.wrong_after_second_run}; sections redone at most {totals.sections_redone_at_most}; submits "
        f"{totals.submits}, tracebacks {totals.tracebacks}; {totals.seconds:.0f} s"
    )
    if args.json:
        write_json(args.json, {"benchmark": "kills", **asdict(totals)})
    return 1 if totals.broken else 0


def campaign(runs: int, seed: int, sections: Sequence[str] = ()) -> Totals:
    """So many kills, the tool and the browser in turn, over the samples in turn; `sections` is for a short trial."""
    started, chance, totals = time.monotonic(), random.Random(seed), Totals(runs, seed)
    undisturbed: dict[str, dict[str, Any]] = {}
    # A kill that came too late is none: it is done again, with another moment.
    for number in range(runs):
        sample = list(SAMPLES)[number // 2 % len(SAMPLES)]
        if sample not in undisturbed:
            undisturbed[sample] = _undisturbed(sample, sections)
        for _ in range(TRIES):
            if one_kill(number, sample, TARGETS[number % 2], chance, undisturbed[sample], totals, sections):
                break
        else:
            totals.broken.append(f"{number}: no kill came in time")
    totals.seconds = time.monotonic() - started
    return totals


def one_kill(
    number: int,
    sample: str,
    target: Target,
    chance: random.Random,
    wanted: Mapping[str, Any],
    totals: Totals,
    sections: Sequence[str],
) -> bool:
    """One run that is killed, the second run, and what the server says to both; False when the kill came too late."""
    # 0: while the tool starts, or its browser.
    requests = chance.randint(0, len(wanted["requests"]))
    later = chance.random() * BETWEEN_SECONDS
    with _mock(sample) as mock:
        process = _fill(mock, sample, sections)
        met = _reached(process, mock, requests)
        time.sleep(later)
        everyone = below(process.pid)
        victim = process.pid if target == "tool" else browser_below(process.pid)
        in_time = met and victim is not None and process.poll() is None
        if in_time and victim is not None:
            kill(victim)
        said = process.communicate(timeout=LONGEST_SECONDS)[0]
        for left in everyone:
            kill(left)
        totals.killed[target if in_time else "too late"] += 1

        after_kill = mock.state()
        totals.wrong_after_kill += (wrong := beyond(after_kill, wanted))
        totals.tracebacks += "Traceback" in said or process.returncode == 3
        again = _fill(mock, sample, sections)
        said_again = again.communicate(timeout=LONGEST_SECONDS)[0]
        in_the_end = mock.state()
        different = not same_draft(in_the_end, wanted)
        totals.wrong_after_second_run += different or again.returncode != 0
        totals.tracebacks += "Traceback" in said_again
        totals.submits += int(in_the_end["submits"])  # type: ignore[call-overload]
        redone = len(saves(in_the_end)) - len(set(saves(in_the_end)))
        totals.sections_redone_at_most = max(totals.sections_redone_at_most, redone)
    line = f"{number}: {sample}, {target} killed {later:.2f} s after request {requests} of {len(wanted['requests'])}"
    why = {
        "wrong after the kill": wrong,
        "draft differs": different,
        "second run ended with": again.returncode,
        "sections saved again": redone if redone > 1 else 0,
        "submits": in_the_end["submits"],
        "tracebacks": "Traceback" in said + said_again,
    }
    broken = ", ".join(f"{what} {count}" for what, count in why.items() if count)
    if broken:
        totals.broken.append(f"{line}: {broken}")
    print(f"{line}{'' if in_time else ' (too late)'}: {broken or 'right'}", flush=True)
    return in_time


def beyond(state: Mapping[str, Any], wanted: Mapping[str, Any]) -> int:
    """How many values, rows and files the server holds that an undisturbed run would not have left there."""
    right = wanted["applications"][0]
    count = max(0, len(state["applications"]) - 1)
    for application in state["applications"]:
        for key, held in application["sections"].items():
            good = right["sections"].get(key, {})
            if isinstance(held, list):
                count += sum(row not in good for row in held) + max(0, len(held) - len(good))
            else:
                count += sum(_differs(value, good.get(label)) for label, value in held.items())
        for label, files in application["attachments"].items():
            good = [_file(one) for one in right["attachments"].get(label, ())]
            count += sum(_file(one) not in good for one in files) + max(0, len(files) - len(good))
    return count


def _differs(value: object, good: object) -> bool:
    """A row table may still lack rows; what is there must be right. Nothing is no wrong value."""
    if isinstance(value, list) and isinstance(good, list):
        return any(one not in good for one in value) or len(value) > len(good)
    return value not in (good, "", None, [])


def same_draft(state: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the one draft holds what an undisturbed run leaves, nothing less and nothing twice."""
    return [_draft(one) for one in state["applications"]] == [_draft(one) for one in wanted["applications"]]


def _draft(application: Mapping[str, Any]) -> object:
    files = {label: [_file(one) for one in kept] for label, kept in application["attachments"].items()}
    # That a section without answers of its own (the files') was saved once more or once less is no difference.
    sections = {key: held for key, held in application["sections"].items() if held}
    return application["applicant"], application["status"], sections, files


def _file(attachment: Mapping[str, Any]) -> tuple[object, object]:
    return attachment["name"], attachment["sha256"]


def saves(state: Mapping[str, Any]) -> list[str]:
    """The saves of sections so far, by their address; each section has one of its own on the Shenzhen mock."""
    return [one["path"] for one in state["requests"] if one["method"] == "PUT"]


def _undisturbed(sample: str, sections: Sequence[str]) -> dict[str, Any]:
    with _mock(sample) as mock:
        process = _fill(mock, sample, sections)
        said = process.communicate(timeout=LONGEST_SECONDS)[0]
        if process.returncode != 0:
            raise RuntimeError(f"the undisturbed run ended with {process.returncode}: {said[-600:]}")
        state: dict[str, Any] = dict(mock.state())
        whole = [expected.filled(mock.city, load_profile(PlainFolder(PROFILES / sample)))]
        if not sections and [expected.held(one) for one in state["applications"]] != whole:
            raise RuntimeError(f"the undisturbed run did not leave what the profile says: {sample}")
        return state


def _mock(sample: str) -> MockPortal:
    expires = load_profile(PlainFolder(PROFILES / sample)).work_permit.expires_on
    return MockPortal(city=load_city(SAMPLES[sample]).city, auto_login=True, on=expires - timedelta(days=60))


def _fill(mock: MockPortal, sample: str, sections: Sequence[str]) -> "subprocess.Popen[str]":
    """The command as a person runs it, without a window."""
    words = ["fill", str(Path(PROFILES / sample)), "--city", SAMPLES[sample], "--url", mock.url, "--headless"]
    words += [word for section in sections for word in ("--section", section)]
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", *words, "--lang", "en"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def _reached(process: "subprocess.Popen[str]", mock: MockPortal, requests: int) -> bool:
    """Waits until the server has seen so many requests that change something; False when the run ended before."""
    while process.poll() is None:
        if len(mock.state()["requests"]) >= requests:  # type: ignore[arg-type]
            return True
        time.sleep(0.02)
    return False
