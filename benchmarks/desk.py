"""The desk with many applicants: how long the roster takes, at the first look and when everybody is known, and what it weighs;
and what three lives at it cost a person (_desk_lives.py).

    uv run python -m benchmarks desk [--applicants 1000] [--looks 200] [--without-lives] [--json F]

Every applicant is an invented one in a folder of their own. Requests go through the whole application, its gate included, in this
process. Exit 1 where a look takes over a second, where memory grows by more than a tenth over the looks, or where a first
application costs the person over 6 minutes, or a renewal over 3.
"""

import shutil
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from assistant.jobs.outputs import write_json
from assistant.store.locations import PROFILES
from benchmarks._desk_lives import by_hand, lives, passed
from scripts.pictures_desk import desk_process

LIMIT_SECONDS, LIMIT_GROWTH = 1.0, 1.1


def run(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="benchmarks desk")
    parser.add_argument("--applicants", type=int, default=1000)
    parser.add_argument("--looks", type=int, default=200)
    parser.add_argument("--without-lives", action="store_true", help="leave out the lives, which read scans")
    parser.add_argument("--json", metavar="F", help="also write the result as JSON")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        result = measured(many(Path(name), options.applicants), options.looks)
    print(
        f"{options.applicants} applicants: first look {result['first']:.2f} s, all known after {result['known_after']:.1f} s, "
        f"then median {result['median']:.2f} s, slowest {result['slowest']:.2f} s; "
        f"{result['megabytes_before']:.0f} MB, after {options.looks} looks {result['megabytes_after']:.0f} MB"
    )
    lived = [] if options.without_lives else lives()
    for one in lived:
        print(one.say(by_hand()))
    if options.json:
        told = {"on": date.today().isoformat(), **result, "lives": [asdict(one) for one in lived], "by_hand": by_hand()}
        write_json(options.json, told)
    quick = max(result["first"], result["median"]) <= LIMIT_SECONDS
    flat = result["megabytes_after"] <= LIMIT_GROWTH * result["megabytes_before"]
    return 0 if quick and flat and (not lived or passed(lived)) else 1


def many(folder: Path, count: int) -> Path:
    """A folder with so many applicants, their papers empty files."""
    sample = PROFILES / "sample-lee"
    for number in range(count):
        home = folder / f"applicant-{number:04}"
        (home / "documents").mkdir(parents=True)
        shutil.copyfile(sample / "profile.yaml", home / "profile.yaml")
        for paper in (sample / "documents").iterdir():
            (home / "documents" / paper.name).touch()
    shutil.copyfile(PROFILES / "employer.yaml", folder / "employer.yaml")
    return folder


def measured(folder: Path, looks: int) -> dict[str, float]:
    with desk_process(folder) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        cookie = _asked(address.netloc, f"{address.path}?{address.query}", "")[1].partition(";")[0]
        began = time.perf_counter()
        page = _asked(address.netloc, "/", cookie)[0]
        first = time.perf_counter() - began
        while b"data-refresh" in page:
            time.sleep(0.5)
            page = _asked(address.netloc, "/", cookie)[0]
        known_after = time.perf_counter() - began
        weight = psutil.Process(process.pid)
        before = weight.memory_info().rss / 2**20
        took = []
        for _ in range(looks):
            start = time.perf_counter()
            _asked(address.netloc, "/", cookie)
            took.append(time.perf_counter() - start)
        after = weight.memory_info().rss / 2**20
    took.sort()
    return {
        "first": first,
        "known_after": known_after,
        "median": took[len(took) // 2],
        "slowest": took[-1],
        "megabytes_before": before,
        "megabytes_after": after,
    }


def _asked(place: str, path: str, cookie: str) -> tuple[bytes, str]:
    """The page, and the cookie that came with it."""
    with closing(HTTPConnection(place, timeout=120)) as asked:
        asked.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = asked.getresponse()
        return answer.read(), answer.getheader("set-cookie") or ""
