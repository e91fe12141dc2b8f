"""`python -m benchmarks papers [--pages N] [--first N] [--json FILE]`: how much of travel documents is read, and whether what is said to be
sure is right.

Draws documents of invented persons from many countries (passports, visas, cards in every form of zone) as scanners, copiers and phones
give them, and reads each as `intake` does. A page counts as read when its zone was found and agrees with itself.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.intake.draft import ReadValue, SourceFile
from assistant.intake.pages.child import answers_to
from assistant.intake.pages.reading import PagesRead, take
from assistant.intake.papers.identity import zone_of
from assistant.intake.papers.kinds import parts_of
from assistant.intake.readers.papers import values_of
from fixtures.papers.travel import TravelPage, travel_page

TODAY = date(2026, 12, 1)


@dataclass(frozen=True)
class PageJudged:
    """Whether the zone was read whole; the paths that are right, and those that are wrong though said to be sure, or to be looked at."""

    whole: bool
    right: tuple[str, ...]
    wrong_sure: tuple[str, ...]
    wrong_doubtful: tuple[str, ...]


def judged(page: TravelPage, folder: Path) -> PageJudged:
    """Reads the page as a file and compares every value with what stands on it."""
    path = folder / "page.jpg"
    page.image.save(path, "JPEG", quality=92)
    found = PagesRead()
    for answer in answers_to({"path": str(path)}):
        take(answer, found, path.name)
    values: list[ReadValue] = []
    whole = False
    for part in parts_of(found.pages):
        zone = zone_of(part.zone) if part.zone else None
        whole = whole or (zone is not None and zone.whole)
        values += values_of(part, SourceFile(path).name, TODAY)
    told = [one for one in values if one.path in page.truth and one.value is not None]
    other = [one for one in values if one.path not in page.truth and one.path not in ("passport.kind", "passport.mrz")]
    wrong = [one for one in told if one.value != page.truth[one.path]] + other
    return PageJudged(
        whole,
        tuple(one.path for one in told if one.value == page.truth[one.path]),
        tuple(one.path for one in wrong if one.state == "sure"),
        tuple(one.path for one in wrong if one.state == "doubtful"),
    )


def campaign(seeds: Sequence[int]) -> dict[str, object]:
    """Counts over these pages."""
    began = time.process_time()
    whole: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    wrong: list[tuple[int, str]] = []
    right = doubtful = total = 0
    with TemporaryDirectory() as folder:
        for seed in seeds:
            page = travel_page(seed)
            seen = judged(page, Path(folder))
            for key in (page.form, page.how, "all"):
                pages[key] += 1
                whole[key] += seen.whole
            right, doubtful, total = (
                right + len(seen.right),
                doubtful + len(seen.wrong_doubtful),
                total + len(page.truth),
            )
            wrong += [(seed, path) for path in seen.wrong_sure]
    return {
        "pages": pages["all"], "whole": whole["all"], "by": {key: f"{whole[key]}/{pages[key]}" for key in pages},
        "values": total, "right": right, "wrong_but_doubtful": doubtful, "wrong_but_sure": wrong,
        "processor_seconds": round(time.process_time() - began, 1),
    }  # fmt: skip


def run(argv: list[str]) -> int:
    """Exit status 1 when a wrong value was said to be sure, or fewer than 95 % of the pages were read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks papers", description=__doc__)
    parser.add_argument("--pages", type=int, default=49)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(argv)
    result = campaign(range(chosen.first, chosen.first + chosen.pages))
    for name, found in result.items():
        print(f"{name}: {found}")
    if chosen.json:
        chosen.json.write_text(json.dumps({"schema": 1, "benchmark": "papers", **result}, indent=1), encoding="utf-8")
    read = int(str(result["whole"])) / max(1, int(str(result["pages"])))
    return 1 if result["wrong_but_sure"] or read < 0.95 else 0
