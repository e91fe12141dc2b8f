"""One desk among several, in a process of its own: claims one case again and again, or claims it and never lets go.

    python -m tests.support.claiming turns URL TRIES BOOK MARK      writes into BOOK when it begins and ends to hold
    python -m tests.support.claiming hold URL                       holds, edits, says `holds`, and waits to be killed

The member's key is the first line of standard input.
"""

import sys
import time
from pathlib import Path

from assistant.errors import InUse
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.connection import connect
from assistant.store.database.store import DatabaseStore

LEE = ApplicantRef("lee")


def take_turns(store: DatabaseStore, tries: int, book: Path, mark: str) -> None:
    for _ in range(tries):
        try:
            claim = store.claims.claim("lee")
        except InUse:
            continue
        for word in ("begins", "ends"):
            with book.open("a") as file:
                file.write(f"{mark} {word}\n")
        claim.release()


def hold(store: DatabaseStore, seconds: float) -> None:
    with store.holding(LEE, seconds=seconds), store.open(LEE) as lee:
        lee.write("profile.yaml", b"city: shenzhen\n", expected=version_of(lee.read("profile.yaml")))
        print("holds", flush=True)
        time.sleep(600)


def main() -> None:
    what, url, *rest = sys.argv[1:]
    store = DatabaseStore(connect(url), url, sys.stdin.readline().strip())
    if what == "turns":
        take_turns(store, int(rest[0]), Path(rest[1]), rest[2])
    else:
        hold(store, float(rest[0]))
    store.close()


if __name__ == "__main__":
    main()
