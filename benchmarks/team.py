"""What a team's store costs as it grows, and what workers bring: roster page, who is due, claim, one look for changes, one edit.

    python -m benchmarks team [--store URL] [--cases 10,1000,100000] [--workers 1,2,4] [--json FILE]

Cases are generated and small; their rows are put straight into the table where there are many, since only columns are read
here. Workers are processes whose work is to wait a known time, so that what is measured is the engine and the store and not the
reading: the figure is how much of that many workers' time came out as work. Without --store it measures a SQLite file of its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from assistant.jobs.outputs import write_json
from assistant.jobs.work.doing import item_for
from assistant.jobs.work.durable import Worker, make_tables, open_tasks, order
from assistant.jobs.work.item import Ending, WorkItem, checker
from assistant.jobs.work.workplace import TeamsPlace
from assistant.store import sealing
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.connection import connect, writing
from assistant.store.database.store import DatabaseStore
from assistant.store.database.tables import case

FIRST = date(2027, 1, 1)
SECONDS = 2.0


def run(arguments: Sequence[str]) -> int:
    """Prints the figures; 0."""
    parser = ArgumentParser(prog="python -m benchmarks team", description=__doc__)
    parser.add_argument("--store")
    parser.add_argument("--cases", default="10,1000,100000")
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--work")
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    if args.work:
        return _work(args.work)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        address, key = args.store or f"sqlite:///{Path(folder) / 'team.db'}", sealing.new_key()
        store = DatabaseStore(connect(address), address, key)
        store.team.begin("benchmark")
        costs = {count: _costs(store, count) for count in map(int, args.cases.split(","))}
        workers = {
            count: _share(store, address, key, count)
            for count in map(int, args.workers.split(",") if args.workers else ())
        }
        store.close()
    for count, cost in costs.items():
        print(f"{count:>7} cases: " + ", ".join(f"{what} {1000 * seconds:.1f} ms" for what, seconds in cost.items()))
    for count, share in workers.items():
        print(f"{count:>7} workers: {share:.2f} of their time came out as work")
    if args.json:
        write_json(
            args.json,
            {
                "costs": {str(one): cost for one, cost in costs.items()},
                "workers": {str(one): share for one, share in workers.items()},
            },
        )
    return 0


def _costs(store: DatabaseStore, count: int) -> dict[str, float]:
    """Seconds, the median of five, with so many cases."""
    there = len(store.applicants())
    rows = [
        {
            "id": f"case-{number:06d}",
            "city": "beijing",
            "expires_on": (FIRST + timedelta(days=number % 730)).isoformat(),
            "version": 0,
        }
        for number in range(there, count - 1)
    ]
    if rows:
        with writing(store.engine) as change:
            change.execute(insert(case), rows)
    ref, profile = ApplicantRef(f"real-{count}"), b"city: beijing\n"
    with store.new(ref) as made:
        made.write("profile.yaml", profile, expected=None)

    def edit() -> None:
        with store.open(ref) as kept:
            content = kept.read("profile.yaml")
            kept.write("profile.yaml", content + b"# x\n", expected=version_of(content))

    until = (FIRST + timedelta(days=30)).isoformat()
    return {
        "roster page (50)": _median(lambda: store.roster(limit=50)),
        "due in 30 days": _median(lambda: store.roster(due_before=until)),
        "claim and release": _median(lambda: store.claims.claim(ref.id).release()),
        "look for changes": _median(lambda: store.states()),
        "edit": _median(edit),
    }


def _median(act: Callable[[], object]) -> float:
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _share(store: DatabaseStore, address: str, key: str, workers: int) -> float:
    """How much of so many workers' time came out as work, six items each."""
    make_tables(address)
    refs = [ApplicantRef(f"work-{workers}-{number}") for number in range(6 * workers)]
    for ref in refs:
        with store.new(ref) as made:
            made.write("profile.yaml", b"city: beijing\n", expected=None)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks", "team", "--work", address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(workers)
    ]
    for one in running:
        assert one.stdin is not None and one.stdout is not None
        one.stdin.write(f"{key}\n")
        one.stdin.flush()
        one.stdout.readline()
    began = time.monotonic()
    order(address, [item_for(TeamsPlace(store), ref, "documents", FIRST) for ref in refs])
    while open_tasks(address):
        time.sleep(0.2)
    seconds = time.monotonic() - began
    for one in running:
        one.communicate()
    return len(refs) * SECONDS / workers / seconds


def _work(address: str) -> int:
    """One worker, in a process of its own, until its input ends."""
    store = DatabaseStore(connect(address), address, sys.stdin.readline().strip())

    def wait(place: TeamsPlace, item: WorkItem) -> Ending:
        time.sleep(SECONDS)
        return "done" if place.keep(item.case, item.work, item.state, checker(), b"{}") else "already"

    with Worker(store, address, wait).running():
        print("ready", flush=True)
        sys.stdin.read()
    store.close()
    return 0
