"""A hundred invented applicants in a row through one browser session on the mock portal.

    python -m benchmarks hundred [--applicants 100] [--seed N] [--json FILE]

Two promises are measured: memory stays flat (what this process, the browser's and its driver's hold once they have thrown
away what nobody needs any more: over the last ten applicants at most 1.2 times as much as over the first ten), and no draft
holds a value of another applicant: every applicant's own values are made so that they occur in nobody else's. The server's
truth decides. Exit 1 when a promise is broken. Memory is read from /proc, so on Linux only.
"""

import gc
import os
import random
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, Playwright

from assistant.jobs.outputs import write_json
from assistant.page.browser.launch import open_browser
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.run.fill.filler import Filler
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._processes import megabytes_from
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal

TARGET = 1.2
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Series:
    """The figures, as written to JSON."""

    applicants: int
    seed: int
    calm: int
    drafts: int
    strange_values: int
    own_values_missing: int
    submits: int
    first_ten_megabytes: float
    last_ten_megabytes: float
    memory_ratio: float
    seconds: float

    @property
    def kept(self) -> bool:
        whole = self.calm == self.drafts == self.applicants
        return whole and not (self.strange_values or self.own_values_missing or self.submits)


def run(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 when a promise is broken."""
    parser = ArgumentParser(prog="python -m benchmarks hundred", description=__doc__)
    parser.add_argument("--applicants", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    result = measure(args.applicants, args.seed)
    print(
        f"{result.applicants} applicants (seed {result.seed}) in {result.seconds:.0f} s: {result.calm} calm, values of others "
        f"{result.strange_values}, own values missing {result.own_values_missing}, submits {result.submits}; memory of the "
        f"first ten {result.first_ten_megabytes:.0f} MB, of the last ten {result.last_ten_megabytes:.0f} MB, ratio "
        f"{result.memory_ratio:.2f} (target {TARGET})"
    )
    if args.json:
        write_json(args.json, {"benchmark": "hundred", "target": TARGET, **asdict(result)})
    return 0 if result.kept and result.memory_ratio <= TARGET else 1


def measure(count: int, seed: int, sections: tuple[str, ...] = (), driver: Playwright | None = None) -> Series:
    """Fills so many applications one after the other; `sections` (all, unless given) is for a short trial, `driver` a
    Playwright that already runs."""
    started = time.monotonic()
    sample, portal = load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen")
    people = list(invented(sample, count, random.Random(seed)))
    held: list[float] = []
    calm = 0
    on = sample.work_permit.expires_on - timedelta(days=60)
    with (
        MockPortal(auto_login=True, on=on) as mock,
        open_browser(headless=True, driver=driver, announce=lambda _: None) as context,
    ):
        page, guard = guarded_page(context, portal, mock.url)
        for one in people:
            mock.register(
                one.passport.number,
                surname=one.applicant.surname or "",
                given_names=one.applicant.given_names or "",
                permit_number=one.work_permit.number,
                permit_expires=one.work_permit.expires_on,
            )
            options = Options(mock.url, login_seconds=60, sections=sections)
            report = Filler(page, guard, portal, make_plan(one, portal), options, Onlooker()).run(
                command="fill", city="shenzhen"
            )
            calm += report.exit_code == 0
            held.append(_held(page.page))
        state: Mapping[str, Any] = mock.state()
    own = {one.passport.number: own_values(one, sections) for one in people}
    strange, missing = mixed_up(own, state)
    # Of a short series, its first half and its last: a ratio of the same applicants would always be 1.
    some = min(10, max(1, count // 2))
    first, last = statistics.mean(held[:some]), statistics.mean(held[-some:])
    return Series(
        applicants=count,
        seed=seed,
        calm=calm,
        drafts=len(state["applications"]),
        strange_values=strange,
        own_values_missing=missing,
        submits=state["submits"],
        first_ten_megabytes=round(first, 1),
        last_ten_megabytes=round(last, 1),
        memory_ratio=round(last / first, 3),
        seconds=round(time.monotonic() - started, 1),
    )


def _held(page: Page) -> float:
    """Megabytes held now. Garbage is no leak: it is collected when its time comes, which is another one on every machine."""
    gc.collect()
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.detach()
    return megabytes_from(os.getpid())


def invented(sample: Profile, count: int, chance: random.Random) -> Iterator[Profile]:
    """So many applicants like the sample, each with values that nobody else has."""
    for number in range(count):
        # Five letters that no two applicants share; around them what chance gives.
        mark = "".join(LETTERS[number // 26**place % 26] for place in range(3)) + "".join(chance.choices(LETTERS, k=2))
        digits = f"{number:04}{chance.randrange(10**4):04}"
        applicant = sample.applicant.model_copy(
            update={
                "surname": f"SUR{mark}",
                "given_names": f"GIVEN{mark}",
                "chinese_name": None,
                "birth_place": f"TOWN{mark}",
                "email": f"{mark.lower()}@example.org",
                "phone": f"139{digits}",
                "address": sample.applicant.address.model_copy(update={"detail": f"示例路 {mark} 号"}),
                "emergency_contact": sample.applicant.emergency_contact.model_copy(
                    update={"name": f"FRIEND{mark}", "phone": f"138{digits}"}
                ),
            }
        )
        yield sample.model_copy(
            update={
                "applicant": applicant,
                "passport": sample.passport.model_copy(update={"number": f"E{digits}", "mrz": None}),
                "work_permit": sample.work_permit.model_copy(update={"number": f"EXAMPLE{digits}"}),
                "employment": sample.employment.model_copy(update={"duties": f"职责 {mark}"}),
            }
        )


def own_values(one: Profile, sections: Sequence[str] = ()) -> frozenset[str]:
    """The values that occur in this applicant's profile alone, as far as these sections (all, unless given) ask for them."""
    person = one.applicant
    shown = (
        person.surname,
        person.given_names,
        person.birth_place,
        person.email,
        person.phone,
        person.address.detail,
        person.emergency_contact.name,
        person.emergency_contact.phone,
        one.passport.number,
        one.work_permit.number,
    )
    duties = (one.employment.duties,) if not sections or "business" in sections else ()
    return frozenset(str(value) for value in (*shown, *duties))


def mixed_up(own: Mapping[str, frozenset[str]], state: Mapping[str, Any]) -> tuple[int, int]:
    """How many values of others the drafts hold, and how many of their applicant's own values they lack.
    `own` is by passport number."""
    of = {value: number for number, values in own.items() for value in values}
    strange = missing = 0
    for application in state["applications"]:
        number = application["applicant"]["passport"]
        texts = {str(value) for held in application["sections"].values() for value in _leaves(held)}
        strange += sum(of.get(text, number) != number for text in texts)
        missing += len(own[number] - texts)
    return strange, missing


def _leaves(held: object) -> Iterator[object]:
    if isinstance(held, Mapping):
        for value in held.values():
            yield from _leaves(value)
    elif isinstance(held, list):
        for value in held:
            yield from _leaves(value)
    else:
        yield held
