"""Changed copies of the mock portals, each in a browser: is the change named before a write, and does a fill with the
unchanged pack put anything into a wrong question?

    python -m benchmarks probe [--kind KIND] [--no-fill]

The server's truth decides, by the keys that a change leaves as they are: a value that stands under another key than in the
reference run is a wrong-field write. Prints one line a copy, then the totals. Exit 1 when a change is not named, a change of
looks raises an alarm, or a wrong-field write happened.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assistant.browser import open_browser
from assistant.city import load_city
from assistant.filler import Filler, Options
from assistant.fingerprint import last_good
from assistant.form_page import FormPage
from assistant.guard import Guard
from assistant.locations import PROFILES
from assistant.messages import Text
from assistant.plan import make_plan
from assistant.portal import Portal, load_portal
from assistant.probe_run import Prober, plan_without_person
from assistant.profile import Profile, load_profile
from assistant.run import guarded_page
from fixtures.drifts import CITY_OF, DRIFTS
from fixtures.server import MockPortal

Stored = Mapping[str, object]


class Nobody:
    """There is nobody to ask."""

    def tell(self, what: Text) -> None: ...

    def section(self, title: str, number: int, total: int) -> None: ...

    def finished(self, section: object) -> None: ...

    def wants_pause(self) -> bool:
        return False

    def taken_over(self) -> bool:
        return False

    def ask(self, what: Text, page: object) -> bool:
        return False


def run(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="benchmarks probe")
    parser.add_argument("--kind", help="only drifts of this kind")
    parser.add_argument("--no-fill", action="store_true", help="probe only")
    options = parser.parse_args(arguments)
    chosen = [one for one in DRIFTS.values() if options.kind in (None, one.kind)]
    profile = load_profile(PROFILES / "sample-lee")
    unnamed, alarms, wrong = [], [], 0
    for folder in dict.fromkeys(one.portal for one in chosen):
        city = CITY_OF[folder]
        portal = load_portal(load_city(city).portal)
        on = profile.work_permit.expires_on - timedelta(days=60)
        with MockPortal(city=city, auto_login=True, on=on) as mock, open_browser(headless=True) as context:
            page, guard = guarded_page(context, portal, mock.url)
            bench = Bench(mock, portal, profile, page, guard)
            reference = {} if options.no_fill else bench.filled(())
            for drift in (one for one in chosen if one.portal == folder):
                started = time.monotonic()
                mock.reset()
                mock.change(drift)
                verdict, named = bench.probed()
                missed = {(kind, label) for kind, label in drift.names if kind not in bench.unproven} - named
                if missed:
                    unnamed.append(drift.name)
                if drift.kind == "cosmetic" and verdict == "stop":
                    alarms.append(drift.name)
                astray = [] if options.no_fill else strayed(bench.filled((drift.section,)), reference)
                wrong += len(astray)
                mark = "named " if drift.names and not missed else "calm  " if not drift.names else "MISSED"
                seconds = time.monotonic() - started
                print(f"{mark} {verdict:13} wrong {len(astray)}  {seconds:5.1f} s  {drift.name}", flush=True)
    total = len(chosen)
    real = sum(bool(one.names) for one in chosen)
    print(
        f"{total} changed copies: {real - len(unnamed)} of {real} changes named before a write, {len(alarms)} stops for looks "
        f"alone, wrong-field writes {wrong}"
    )
    return 1 if unnamed or alarms or wrong else 0


@dataclass
class Bench:
    """One browser on one mock portal."""

    mock: MockPortal
    portal: Portal
    profile: Profile
    page: FormPage
    guard: Guard

    @property
    def unproven(self) -> frozenset[str]:
        """Kinds that only a fingerprint of the unchanged portal can show, where there is none."""
        known = last_good(self.portal, self.mock.url)
        return (
            frozenset() if known else frozenset({"length-changed", "accept-changed", "order-changed", "options-added"})
        )

    def probed(self) -> tuple[str, set[tuple[str, str]]]:
        """The verdict, and what was named; a probe that saves anything is a failure."""
        plan = plan_without_person(self.portal, make_plan(self.profile, self.portal).opening)
        options = Options(self.mock.url, login_seconds=90)
        result = Prober(self.page, self.guard, self.portal, plan, options, Nobody()).probe()
        requests = self.mock.state()["requests"]
        assert isinstance(requests, list)
        saves = [one for one in requests if one["method"] == "PUT" or one["path"].endswith("save.do")]
        if result.stopped or saves:
            print(f"  probe stopped: {result.stopped}; saves: {len(saves)}", file=sys.stderr)
            return "stop", set()
        return result.verdict, {(one.kind, one.label) for one in result.drifts}

    def filled(self, sections: tuple[str, ...]) -> Stored:
        """What the server holds by question key after a fill of these sections (all for none)."""
        plan = make_plan(self.profile, self.portal)
        options = Options(self.mock.url, login_seconds=90, sections=sections)
        Filler(self.page, self.guard, self.portal, plan, options, Nobody()).run(command="fill", city=self.mock.city)
        return self.mock.stored()


def strayed(stored: Stored, reference: Stored) -> list[str]:
    """Keys that hold something else than in the run on the unchanged portal. What was left empty is no wrong write."""
    return [key for key, value in stored.items() if value not in (None, "", []) and value != reference.get(key)]
