"""A heap of scans from the first look to proven copies: how many pages come into their slots, how long it takes, how much memory.

Heaps are drawn by `fixtures.papers.heaps` (photos, scans on their side, HEIC, TIFF, papers merged in one PDF, strangers' papers, doubles);
what is right is known from drawing them. Targets: no page in a wrong slot, none of a stranger in any; 95 % of the applicant's own pages placed
or named as doubles; 60 pages in 90 s on two cores, below 1.2 GiB for all processes together.
"""

import json
import shutil
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import psutil

from assistant.intake.prepare.result import Prepared
from assistant.jobs.prepare import PrepareJob, prepare
from assistant.store.folders import FolderAt
from assistant.store.locations import PROFILES
from fixtures.papers import Facts, facts_of_folder
from fixtures.papers.heaps import Heap, heap_of

ON = date(2026, 11, 22)
SAMPLES = ("lee", "okafor", "delacruz")
PLACED, SECONDS_A_PAGE, MEMORY = 0.95, 90 / 60, 1.2 * 2**30


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

    @property
    def holds(self) -> bool:
        fair = self.placed + self.doubles >= PLACED * self.own
        return fair and not self.wrong and not self.strangers and self.memory <= MEMORY

    def say(self) -> str:
        return (
            f"{self.heap:14} {self.pages:3} pages, {self.own:3} own: {self.placed:3} placed, {self.doubles:3} as doubles, "
            f"{self.wrong} wrong, {self.strangers} strangers'; {self.seconds:6.1f} s, {self.memory / 2**20:6.0f} MiB"
        )


def run(arguments: Sequence[str]) -> int:
    """Prints each heap; 1 when a target is missed."""
    parser = ArgumentParser(prog="python -m benchmarks prepare", description=__doc__)
    parser.add_argument("--heaps", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    results = []
    for number in range(args.heaps):
        results.append(measured(SAMPLES[number % len(SAMPLES)], args.seed + number))
        print(results[-1].say(), flush=True)
    pages, seconds = sum(one.pages for one in results), sum(one.seconds for one in results)
    print(f"{seconds / pages * 60:.0f} s for 60 pages (target 90 on two cores of its own)")
    if args.json:
        Path(args.json).write_text(json.dumps([asdict(one) for one in results]), encoding="utf-8")
    return 0 if all(one.holds for one in results) and seconds / pages <= SECONDS_A_PAGE else 1


def measured(sample: str, seed: int) -> HeapResult:
    """One heap of a sample's papers, among those of another sample and of a colleague with the same employer and duties."""
    own = facts_of_folder(PROFILES / f"sample-{sample}")
    other = facts_of_folder(PROFILES / f"sample-{SAMPLES[(SAMPLES.index(sample) + 1) % 3]}")
    heap = heap_of(own, [other, colleague_of(own)], ON, seed)
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
        done = prepare(PrepareJob(FolderAt(folder / sample), ON, (scans,)))
        seconds = time.monotonic() - start
        return judged(f"{sample} {seed}", heap, done, seconds, watch.most())


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
