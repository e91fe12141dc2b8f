"""A heap of scans from the first look to proven copies: how many pages come into their slots, how long it takes, how much memory.

Heaps are drawn by `fixtures.papers.heaps` (photos, scans on their side, HEIC, TIFF, papers merged in one PDF, strangers' papers, doubles);
what is right is known from drawing them. Targets: no page in a wrong slot, none of a stranger in any; 95 % of the applicant's own pages placed
or named as doubles; in nine heaps of ten `check` finds every required slot `ok` afterwards; 60 pages in 90 s on two cores, below 1.2 GiB for
all processes together.

`--beside N` makes N scans over the limit small, beside Ghostscript and img2pdf where they are on the machine
(`uv run --with img2pdf python -m benchmarks prepare --beside 6`). `--other-hand` takes papers drawn by `benchmarks._other_papers`: other layouts, fonts and titles than the fixtures'. What is missed there is
listed; a wrong slot or a stranger's page in one is a failure there too.
"""

import json
import shutil
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import psutil

from assistant.intake.prepare.result import Prepared
from assistant.jobs.check import CheckJob, check_quietly
from assistant.jobs.prepare import PrepareJob, prepare
from assistant.store.folders import FolderAt
from assistant.store.locations import PROFILES
from benchmarks._beside import beside
from benchmarks._other_papers import other_heap
from fixtures.papers import Facts, facts_of_folder
from fixtures.papers.heaps import Heap, heap_of

ON = date(2026, 11, 22)
SAMPLES = ("lee", "okafor", "delacruz")
PLACED, SLOTS_OK, SECONDS_A_PAGE, MEMORY = 0.95, 0.9, 90 / 60, 1.2 * 2**30


@dataclass(frozen=True)
class HeapResult:
    """What became of one heap."""

    heap: str
    pages: int
    own: int
    placed: int
    doubles: int
    wrong: int
    strangers: int
    seconds: float
    memory: int
    files: int = 0
    slots: tuple[str, ...] = ()
    """The required slots that `check` does not find `ok` afterwards."""
    missed: tuple[str, ...] = ()
    """The applicant's own pages that are in no slot, with the reason."""
    misplaced: tuple[str, ...] = ()
    """Pages in a slot that is not theirs."""

    @property
    def holds(self) -> bool:
        fair = self.placed + self.doubles >= PLACED * self.own
        return fair and not self.wrong and not self.strangers and self.memory <= MEMORY

    def say(self) -> str:
        slots = f"; not ok in check: {', '.join(self.slots)}" if self.slots else "; all required slots ok"
        missed = "".join(f"\n    missed: {one}" for one in self.missed)
        missed += "".join(f"\n    MISPLACED: {one}" for one in self.misplaced)
        return (
            f"{self.heap:14} {self.files} files, {self.pages:3} pages, {self.own:3} own: {self.placed:3} placed, {self.doubles:3} as "
            f"doubles, {self.wrong} wrong, {self.strangers} strangers'; {self.seconds:6.1f} s, {self.memory / 2**20:6.0f} MiB{slots}{missed}"
        )


def run(arguments: Sequence[str]) -> int:
    """Prints each heap; 1 when a target is missed."""
    parser = ArgumentParser(prog="python -m benchmarks prepare", description=__doc__)
    parser.add_argument("--heaps", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--other-hand", action="store_true", help="papers drawn by other code than the fixtures'")
    parser.add_argument(
        "--beside", metavar="PAPERS", type=int, default=0, help="only: so many scans, beside other tools"
    )
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    if args.beside:
        ours = beside(args.beside, args.seed)["this tool"]
        return 0 if ours.under == ours.offered and not ours.planted_lost else 1
    results = []
    for number in range(args.heaps):
        sample = SAMPLES[number % len(SAMPLES)]
        results.append(measured(sample, args.seed + number, args.files, other_hand=args.other_hand))
        print(results[-1].say(), flush=True)
    pages, seconds = sum(one.pages for one in results), sum(one.seconds for one in results)
    print(f"{seconds / pages * 60:.0f} s for 60 pages (target 90 on two cores of its own)")
    if args.json:
        Path(args.json).write_text(json.dumps([asdict(one) for one in results]), encoding="utf-8")
    if args.other_hand:
        return 1 if any(one.wrong or one.strangers for one in results) else 0
    ready = sum(not one.slots for one in results) / len(results)
    print(f"{ready:.0%} of heaps with every required slot ok (target {SLOTS_OK:.0%})")
    fast = seconds / pages <= SECONDS_A_PAGE
    return 0 if all(one.holds for one in results) and fast and ready >= SLOTS_OK else 1


def measured(sample: str, seed: int, files: int = 60, *, other_hand: bool = False) -> HeapResult:
    """One heap of a sample's papers, among those of another sample and of a colleague with the same employer and duties."""
    own = facts_of_folder(PROFILES / f"sample-{sample}")
    other = facts_of_folder(PROFILES / f"sample-{SAMPLES[(SAMPLES.index(sample) + 1) % 3]}")
    others = [other, colleague_of(own)]
    heap = other_heap(own, others, ON, seed) if other_hand else heap_of(own, others, ON, seed, files=files)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(PROFILES / "employer.yaml", folder)
        (folder / sample).mkdir()
        text = (PROFILES / f"sample-{sample}" / "profile.yaml").read_text(encoding="utf-8")
        (folder / sample / "profile.yaml").write_text(text[: text.index("\ndocuments:")] + "\n", encoding="utf-8")
        scans = folder / "heap"
        scans.mkdir()
        for file, content in heap.files.items():
            (scans / file).write_bytes(content)
        watch = _Memory()
        start = time.monotonic()
        done = prepare(PrepareJob(FolderAt(folder / sample), ON, (scans,), apply=True))
        seconds = time.monotonic() - start
        memory = watch.most()
        checked = check_quietly(CheckJob(FolderAt(folder / sample), ON), lambda _done, _total: None)
        codes: dict[str | None, set[str]] = {}
        for finding in checked.readiness.findings:
            if finding.severity == "error":
                codes.setdefault(finding.slot, set()).add(finding.code)
        bad = [
            f"{one.slot} {one.state} ({', '.join(sorted(codes.get(one.slot, ())))})"
            for one in checked.readiness.slots
            if one.required == "required" and one.state != "ok"
        ]
        return replace(judged(f"{sample} {seed}", heap, done, seconds, memory), slots=tuple(bad))


def colleague_of(facts: Facts) -> Facts:
    """Somebody with the same employer, post and duties."""
    return facts.but(
        applicant__surname="PARK",
        applicant__given_names="JISOO",
        applicant__chinese_name="朴智秀",
        passport__number="M55667788",
        passport__mrz="",
        work_permit__number="EXAMPLE44039999",
        residence_permit__number="EX7777777",
    )


def judged(name: str, heap: Heap, done: Prepared, seconds: float, memory: int) -> HeapResult:
    """What was done, held against what was drawn."""
    found = {(page.file.name, page.number): paper.slot for paper in done.papers for page in paper.pages}
    doubles = {(one.file.name, one.number) for one in done.listed if one.reason == "double"}
    own = [page for page, slot in heap.truth.items() if slot]
    why = {(one.file.name, one.number): one.reason for one in done.listed}
    missed = [page for page in own if page not in found and page not in doubles]
    return HeapResult(
        name,
        len(heap.truth),
        len(own),
        sum(found.get(page) == heap.truth[page] for page in own),
        sum(page in doubles for page in own),
        sum(page in found and found[page] != heap.truth[page] for page in own),
        sum(not heap.truth[page] for page in found),
        seconds,
        memory,
        len(heap.files),
        misplaced=tuple(
            f"{name}#{page} in {slot}" for (name, page), slot in found.items() if slot != heap.truth[name, page]
        ),
        missed=tuple(
            f"{name}#{page} ({heap.truth[name, page]}): {why.get((name, page), '?')}" for name, page in missed
        ),
    )


class _Memory:
    """The most memory that this process and its children held at once, looked at four times a second."""

    def __init__(self) -> None:
        self._most, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def most(self) -> int:
        self._over.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        own = psutil.Process()
        while not self._over.wait(0.25):
            held = 0
            for one in (own, *own.children(recursive=True)):
                try:
                    held += one.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self._most = max(self._most, held)
