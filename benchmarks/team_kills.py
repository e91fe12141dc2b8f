"""A team's background work while its workers are killed: every verdict is there exactly once, nothing is stuck, no value lies about.

    python -m benchmarks team_kills [--workers 1,2,4] [--cases 500] [--papers 12] [--seconds 0.02] [--every 5] [--json FILE]

A PostgreSQL server of its own, so many cases with so many papers, whose reading is a wait of `--seconds` each. Every `--every` seconds
one worker, drawn at random, gets kill -9 and another one begins; once, in the middle, the server itself is stopped at once and
started again. In the end the store holds one verdict a paper and one a case, the engine has nothing left to do, each task says it was
done, and a dump of the whole database is searched for what stands in the cases. Exit 1 when something was not so. Linux only.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.jobs.outputs import write_json
from assistant.jobs.work.doing import item_for
from assistant.jobs.work.durable import endings, make_tables, open_tasks, order
from assistant.jobs.work.workplace import TeamsPlace
from assistant.store import sealing
from assistant.store.base import ApplicantRef
from assistant.store.database.connection import connect
from assistant.store.database.store import DatabaseStore
from tests.support.postgres import PostgreSQL, server

ON = date(2027, 1, 1)
LONGEST_SECONDS = 1800.0
ROOT = Path(__file__).resolve().parents[1]


def run(arguments: Sequence[str]) -> int:
    """Prints a line for each number of workers; 1 when a promise was broken."""
    parser = ArgumentParser(prog="python -m benchmarks team_kills", description=__doc__)
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--papers", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=0.02)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    draw, found = random.Random(args.seed), []
    with tempfile.TemporaryDirectory() as home, server() as postgres:
        os.environ["XDG_DATA_HOME"] = home
        for workers in map(int, args.workers.split(",")):
            found.append(_campaign(postgres, workers, args.cases, args.papers, args.seconds, args.every, draw))
            print(", ".join(f"{name} {figure}" for name, figure in found[-1].items()), flush=True)
    if args.json:
        write_json(args.json, {"benchmark": "team_kills", "campaigns": found})
    return 1 if any(one["broken"] for one in found) else 0


def _campaign(
    postgres: PostgreSQL, workers: int, cases: int, papers: int, seconds: float, every: float, draw: random.Random
) -> dict[str, object]:
    name = f"kills_{workers}"
    address, key = postgres.create(name), sealing.new_key()
    store = DatabaseStore(connect(address), address, key)
    store.team.begin("benchmark")
    make_tables(address)
    refs = [ApplicantRef(f"case-{number:04d}") for number in range(cases)]
    for number, ref in enumerate(refs):
        with store.new(ref) as made:
            made.write(
                "profile.yaml", f"city: beijing\npassport: {{number: {_canary(number)}}}\n".encode(), expected=None
            )
    items = [item_for(TeamsPlace(store), ref, "documents", ON) for ref in refs]
    running = [_worker(address, key, seconds, papers) for _ in range(workers)]
    began, kills, restarted = time.monotonic(), 0, False
    order(address, items)
    next_kill = time.monotonic() + every
    while (left := _left(address)) and time.monotonic() - began < LONGEST_SECONDS:
        if time.monotonic() >= next_kill:
            killed = draw.randrange(workers)
            running[killed].kill()
            running[killed].communicate()
            running[killed] = _worker(address, key, seconds, papers)
            kills, next_kill = kills + 1, time.monotonic() + every
        if not restarted and left <= cases / 2:
            postgres.stop(signal.SIGQUIT)
            time.sleep(1)
            postgres.start()
            restarted = True
        time.sleep(0.5)
    took = time.monotonic() - began
    for one in running:
        one.communicate(timeout=120)
    broken = list(_broken(postgres, store, address, name, [item.id for item in items], papers))
    store.close()
    work = cases * papers * seconds
    return {
        "workers": workers,
        "kills": kills,
        "restarted": restarted,
        "seconds": round(took, 1),
        "share of their time that came out as work": round(work / workers / took, 2),
        "broken": broken,
    }


def _broken(
    postgres: PostgreSQL, store: DatabaseStore, address: str, name: str, ids: list[str], papers: int
) -> Iterator[str]:
    """What is not as it was promised."""
    if left := open_tasks(address):
        yield f"{left} tasks are stuck"
    if (count := store.verdicts.count("documents")) != len(ids):
        yield f"{count} verdicts of {len(ids)} cases"
    if (count := store.verdicts.count("look")) != len(ids) * papers:
        yield f"{count} looks at {len(ids) * papers} papers"
    ended = endings(address, ids)
    if wrong := [one for one in ids if ended.get(one) not in ("done", "already")]:
        yield f"{len(wrong)} tasks did not say they were done"
    dump = postgres.dump(name)
    assert b"case-0000" in dump
    if any(
        _canary(number).encode() in dump or _canary(number).encode().hex().encode() in dump
        for number in range(len(ids))
    ):
        yield "a value lies in the database"
    if b"AGE-SECRET-KEY" in dump:
        yield "a key lies in the database"


def _canary(number: int) -> str:
    return f"QX{7_310_000 + number}"


def _left(address: str) -> int:
    """How much is still to do; everything while the server is being started again."""
    try:
        return open_tasks(address)
    except Exception:
        return sys.maxsize


def _worker(address: str, key: str, seconds: float, papers: int) -> "subprocess.Popen[str]":
    """One worker in a process of its own, which is at work once it has begun."""
    words = [sys.executable, "-m", "tests.support.working", address, "0.2", str(seconds * papers), str(papers)]
    made = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert made.stdin is not None
    made.stdin.write(f"{key}\n")
    made.stdin.flush()
    return made
