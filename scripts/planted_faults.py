"""Do the tests notice? Breaks a copy of this tree in one place a room and runs the tests that must fail.

    uv run python -m scripts.planted_faults [ROOM …] [--seed N --count N]

Each fault is an exact change of text, as a slip of the pen would be; its place must be there once, so that a fault which no
longer fits is said instead of being passed over. A fault counts as caught only if its tests pass without it and fail with
it. Exit status: 0 all caught, 1 not all.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "pictures")
SECONDS = 600
# What pytest answers with: all passed; some failed. Anything else says that the tests did not run.
PASSED, FAILED = 0, 1


@dataclass(frozen=True)
class Fault:
    """One change of text, and the tests of `uv run pytest` that must fail for it."""

    room: str
    file: str
    old: str
    new: str
    tests: str

    def plant(self, tree: Path) -> None:
        """Raises ValueError where the place is not there exactly once."""
        path = tree / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file} holds {text.count(self.old)} times: {self.old}")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


FAULTS = (
    Fault("values", "assistant/values.py", "year, month, day = (", "year, day, month = (", "tests/test_values.py"),
    Fault(
        "store",
        "assistant/store/journal.py",
        "os.O_APPEND, 0o600)",
        "os.O_APPEND, 0o644)",
        "tests/store/test_journal.py::test_it_is_its_owners_alone",
    ),
    Fault(
        "profile",
        "assistant/profile/identifiers.py",
        "return str(uscc.validate(code))",
        "return str(uscc.compact(code))",
        "tests/profile/test_identifiers.py",
    ),
    Fault(
        "portal",
        "assistant/portal/linter.py",
        "yield from clicked(document, place, words, file.forbidden_buttons)",
        "yield from clicked(document, place, words, ())",
        "tests/portal/test_refused_packs.py",
    ),
    Fault(
        "page",
        "assistant/page/matching.py",
        "claims[hit.control.place] > 1",
        "claims[hit.control.place] > 2",
        "tests/page/test_matching.py",
    ),
    Fault(
        "page/engine",
        "assistant/page/engine/parts/writing.js",
        "if (!parts.some((part) => part.contains(element))) throw",
        "if (!parts.length) throw",
        "tests/page/engine/test_engine.py::test_a_writer_that_reaches_outside_its_control_or_for_a_submit_button_clicks_nothing",
    ),
    Fault(
        "check",
        "assistant/check/rules/window.py",
        'elif state == "too-early":',
        'elif state == "early":',
        "tests/check/rules/test_window.py",
    ),
    Fault(
        "drift",
        "assistant/drift/constraints.py",
        "(before is None or now < before)",
        "(before is None or now > before)",
        "tests/drift/test_compare.py",
    ),
    Fault(
        "intake",
        "assistant/intake/merge.py",
        "len(groups) > 1 else ()",
        "len(groups) > 2 else ()",
        "tests/intake/test_merge.py",
    ),
    Fault(
        "run",
        "assistant/run/fill/identity_lock.py",
        "if not same_identity(step.value, text):",
        "if same_identity(step.value, text):",
        "tests/run/fill/test_identity_lock.py",
    ),
    Fault(
        "review",
        "assistant/review/cross_check.py",
        '"女": "female"',
        '"女": "male"',
        "tests/review/test_cross_check.py",
    ),
    Fault(
        "jobs",
        "assistant/jobs/target.py",
        "yield Destination(self.address)",
        "yield Destination(self.address, browser_folder(city))",
        "tests/jobs/test_target.py::test_only_the_live_portal_is_opened_with_the_folder_kept_for_its_city",
    ),
    Fault(
        "desk",
        "assistant/desk/gate.py",
        'return said == "same-origin" if said is not None else',
        'return said != "cross-site" if said is not None else',
        "tests/desk/test_gate.py::test_what_another_site_posts_is_refused",
    ),
    Fault(
        "cli",
        "assistant/cli/main.py",
        "return 130",
        "return 0",
        "tests/cli/test_main.py::test_an_interrupted_run_says_that_nothing_was_submitted",
    ),
)


def caught(fault: Fault) -> str:
    """`caught`, or what went otherwise."""
    with tempfile.TemporaryDirectory(prefix="planted-") as scratch:
        tree = copied(Path(scratch) / "tree")
        if (before := answer(tree, fault.tests)) != PASSED:
            return f"its tests answer {before} without it"
        fault.plant(tree)
        after = answer(tree, fault.tests)
    if after == FAILED:
        return "caught"
    return "NOT CAUGHT" if after == PASSED else f"its tests answer {after} with it"


def copied(tree: Path) -> Path:
    """This tree in another place; packages of JavaScript, hundreds of megabytes that nobody changes, are links to it."""
    packages: list[Path] = []

    def left_out(folder: str, names: list[str]) -> set[str]:
        packages.extend(Path(folder, name) for name in names if name == "node_modules")
        return {*LEFT_OUT(folder, names), *({"node_modules"} & set(names))}

    shutil.copytree(ROOT, tree, ignore=left_out, symlinks=True)
    for one in packages:
        (tree / one.relative_to(ROOT)).symlink_to(one)
    return tree


def answer(tree: Path, tests: str) -> int:
    """What pytest answers for these tests of that tree, with its modules and no other's."""
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:randomly", *tests.split()]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=tree, env=environment, capture_output=True, timeout=SECONDS, check=False)
    return done.returncode


def chosen(rooms: Sequence[str], seed: int | None, count: int) -> list[Fault]:
    """The faults of these rooms, or of all; with a seed only so many of them."""
    faults = [fault for fault in FAULTS if not rooms or fault.room in rooms]
    return faults if seed is None else random.Random(seed).sample(faults, min(count, len(faults)))


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(fault.room for fault in FAULTS))
    parser.add_argument("--seed", type=int)
    parser.add_argument("--count", type=int, default=1)
    args = parser.parse_args(words)
    if unknown := set(args.rooms) - {fault.room for fault in FAULTS}:
        parser.error(f"no fault is planted in {', '.join(sorted(unknown))}")
    missed = 0
    for fault in chosen(args.rooms, args.seed, args.count):
        try:
            came = caught(fault)
        except ValueError as error:
            came = str(error)
        missed += came != "caught"
        print(f"{fault.room:12} {came}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
