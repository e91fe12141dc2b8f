"""Changed copies of the mock portals, each in a browser: is the change named before a write, and does a fill with the
unchanged pack put anything into a wrong question?

    python -m benchmarks probe [--kind KIND] [--portal PORTAL] [--no-fill] [--json F]

The server's truth decides, by the keys that a change leaves as they are: a value that stands under another key than in the
reference run is a wrong-field write. Filled is every section whose questions changed. Prints one line a copy, then the
totals. Exit 1 when a change is not named, a verdict is another than expected, or a wrong-field write happened.
"""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from assistant.check.city.loading import load_city
from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.run.fill.filler import Filler
from assistant.run.handover import RunObserver
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Prober
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.drifts import CITY_OF, DRIFTS, Drift
from fixtures.forms import load_form
from fixtures.onlooker import Onlooker
from fixtures.server import HERE as FIXTURES
from fixtures.server import MockPortal

Stored = Mapping[str, object]


@dataclass(frozen=True)
class Tried:
    """What became of one changed copy."""

    drift: Drift
    verdict: str
    missed: frozenset[tuple[str, str]]
    astray: tuple[str, ...]
    seconds: float

    @property
    def named(self) -> bool:
        return bool(self.drift.names) and not self.missed

    @property
    def stopped_for_looks(self) -> bool:
        return self.drift.cosmetic and self.verdict == "stop"

    @property
    def as_expected(self) -> bool:
        return not self.missed and not self.astray and self.verdict == self.drift.verdict

    def line(self) -> str:
        mark = "named " if self.named else "MISSED" if self.missed else "calm  "
        other = "" if self.verdict == self.drift.verdict else f"  EXPECTED {self.drift.verdict}"
        astray = f"  ASTRAY {', '.join(self.astray)}" if self.astray else ""
        return f"{mark} {self.verdict:13} wrong {len(self.astray)}  {self.seconds:5.1f} s  {self.drift.name}{other}{astray}"

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.drift.name,
            "kind": self.drift.kind,
            "portal": self.drift.portal,
            "verdict": self.verdict,
            "expected_verdict": self.drift.verdict,
            "unnamed": sorted(f"{kind}: {label}" for kind, label in self.missed),
            "wrong_fields": list(self.astray),
            "seconds": round(self.seconds, 1),
        }


def run(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="benchmarks probe")
    parser.add_argument("--kind", help="only drifts of this kind")
    parser.add_argument("--portal", choices=sorted(CITY_OF), help="only this mock portal")
    parser.add_argument("--no-fill", action="store_true", help="probe only")
    parser.add_argument("--json", metavar="F", type=Path, help="also write the totals and each copy as JSON")
    options = parser.parse_args(arguments)
    chosen = [
        one for one in DRIFTS.values() if options.kind in (None, one.kind) and options.portal in (None, one.portal)
    ]
    tried: list[Tried] = []
    for folder in dict.fromkeys(one.portal for one in chosen):
        for one in _try_all(folder, [drift for drift in chosen if drift.portal == folder], fill=not options.no_fill):
            tried.append(one)
            print(one.line(), flush=True)
    totals = summed(tried, filled=not options.no_fill)
    print(
        f"{totals['copies']} changed copies: {totals['named']} of {totals['drifts']} changes named before a write, "
        f"{totals['cosmetic_stops']} stops for the {totals['cosmetic']} changes of looks, "
        f"wrong-field writes {totals['wrong_field_writes'] if not options.no_fill else 'not tried'}"
    )
    if options.json:
        document = totals | {"each": [one.as_json() for one in tried]}
        options.json.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.as_expected for one in tried) else 1


def summed(tried: Sequence[Tried], *, filled: bool) -> dict[str, int | None]:
    """The totals. Order of siblings is both a drift, which is named as a note, and a change of looks, which stops nothing."""
    return {
        "copies": len(tried),
        "drifts": sum(bool(one.drift.names) for one in tried),
        "named": sum(one.named for one in tried),
        "cosmetic": sum(one.drift.cosmetic for one in tried),
        "cosmetic_stops": sum(one.stopped_for_looks for one in tried),
        "wrong_field_writes": sum(len(one.astray) for one in tried) if filled else None,
        "other_verdicts": sum(one.verdict != one.drift.verdict for one in tried),
    }


def _try_all(folder: str, drifts: Sequence[Drift], *, fill: bool) -> Iterator[Tried]:
    """Every changed copy of one mock portal, in one browser."""
    city, profile = CITY_OF[folder], load_profile(PlainFolder(PROFILES / "sample-lee"))
    portal, form = load_portal(load_city(city).portal), load_form(FIXTURES / folder / "form.yaml")
    on = profile.work_permit.expires_on - timedelta(days=60)
    with MockPortal(city=city, auto_login=True, on=on) as mock, open_browser(headless=True) as context:
        page, guard = guarded_page(context, portal, mock.url)
        bench = Bench(mock, portal, profile, page, guard)
        reference = bench.filled(()) if fill else {}
        for drift in drifts:
            started = time.monotonic()
            mock.reset()
            mock.change(drift)
            verdict, named = bench.probed()
            astray = strayed(bench.filled(drift.sections(form)), reference) if fill else []
            missed = frozenset(set(drift.names) - named)
            yield Tried(drift, verdict, missed, tuple(astray), time.monotonic() - started)


@dataclass
class Bench:
    """One browser on one mock portal."""

    mock: MockPortal
    portal: Portal
    profile: Profile
    page: FormPage
    guard: Guard

    def probed(self) -> tuple[str, set[tuple[str, str]]]:
        """The verdict, and what was named; a probe that saves anything is a failure."""
        plan = make_plan(self.profile, self.portal)
        options = Options(self.mock.url, login_seconds=90)
        # An onlooker, so that the browser stays open for the next copy.
        result = Prober(self.page, self.guard, self.portal, plan, options, Onlooker()).probe()
        requests = self.mock.state()["requests"]
        assert isinstance(requests, list)
        saves = [one for one in requests if one["method"] == "PUT" or one["path"].endswith("save.do")]
        if result.stopped or saves:
            print(f"  probe stopped: {result.stopped}; saves: {len(saves)}", file=sys.stderr)
            return "stop", set()
        return result.verdict, {(one.kind, one.label) for one in result.drifts}

    def filled(self, sections: tuple[str, ...], observer: RunObserver | None = None) -> Stored:
        """What the server holds by question key after a fill of these sections (all for none)."""
        plan = make_plan(self.profile, self.portal)
        options = Options(self.mock.url, login_seconds=90, sections=sections)
        filler = Filler(self.page, self.guard, self.portal, plan, options, observer or Onlooker())
        filler.run(command="fill", city=self.mock.city)
        return self.mock.stored()


def strayed(stored: Stored, reference: Stored) -> list[str]:
    """Keys that hold something else than in the run on the unchanged portal. What was left empty is no wrong write."""
    return [key for key, value in stored.items() if value not in (None, "", []) and value != reference.get(key)]
