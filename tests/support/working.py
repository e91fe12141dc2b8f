"""A worker in a process of its own, whose work is to wait a moment, or to look for real.

    python -m tests.support.working URL POLLING SECONDS [PAPERS]       waits so many seconds for each item and keeps a verdict

The member's key is the first line of standard input; the worker ends when its input does.
"""

import sys
import threading
import time

from assistant.jobs.work.durable import Worker
from assistant.jobs.work.item import Ending, WorkItem, checker
from assistant.jobs.work.workplace import TeamsPlace
from assistant.store.database.connection import connect
from assistant.store.database.store import DatabaseStore


def waiting(seconds: float, papers: int = 3):  # type: ignore[no-untyped-def]
    """Work that takes so long: one verdict a paper, and one for the case."""

    def do(place: TeamsPlace, item: WorkItem) -> Ending:
        if place.recall(item.case, item.work, item.state, checker()) is not None:
            return "already"
        for paper in range(papers):
            if place.recall(item.case, "look", f"{item.state} {paper}", checker()) is None:
                time.sleep(seconds / papers)
                place.keep(item.case, "look", f"{item.state} {paper}", checker(), b"{}")
        return "done" if place.keep(item.case, item.work, item.state, checker(), b"{}") else "already"

    return do


def main() -> None:
    url, polling, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    papers = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    store = DatabaseStore(connect(url), url, sys.stdin.readline().strip())
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    with Worker(store, url, waiting(seconds, papers), polling=polling).running():
        print("ready", flush=True)
        over.wait()
    store.close()


if __name__ == "__main__":
    main()
