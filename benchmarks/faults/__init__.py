"""The attack: random mixes of faults over all samples, on both mock portals, in one browser; the server's truth decides.

    python -m benchmarks faults --runs 1000 --seed N [--first I] [--jobs J] [--minutes M] [--json FILE] [--only I]

Wrong values that no one was told of, another person's draft changed, submits, and tracebacks must each be 0; every run ends
calm or with a list that names each field concerned. Nobody is at the browser, so a submit is one too many whenever it came:
also after the report. A run that breaks a rule prints its number and its mix: `--only` repeats it alone. Exit 1 when a rule
was broken. Before the first mix of a portal and a sample, a run without faults must leave there what the profile says.
A campaign that is too long for one day goes on with `--first`: mix I is the same whatever came before it.

What a truncated upload is: what the pages of both portals show of a stored file is its name, so the tool can't see that half
of it is gone; such slots are counted on their own (`truncated_unseen`), and only those that a fault truncates.
"""

import sys
import time
import traceback
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from multiprocessing import get_context

from playwright.sync_api import Browser, sync_playwright

from assistant.check.city.loading import load_city
from assistant.errors import AssistantError
from assistant.jobs.outputs import write_json
from assistant.page.browser.discovery import find_browser
from assistant.page.browser.launch import QUIET
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill.filler import Filler
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.plan import Plan, make_plan
from assistant.run.report import Report
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks.faults.judgement import Judge, Judged, strangers_touched
from benchmarks.faults.mixes import CITY_OF, SAMPLES, Mix, make_mix
from fixtures import expected
from fixtures.fault_kinds import DRIFTS
from fixtures.faults import Faults
from fixtures.forms import load_form
from fixtures.held import Held
from fixtures.server import HERE, MockPortal
from fixtures.truth import Application

TODAY = date(2026, 12, 1)
# A run that takes longer is named; none may hang.
SLOW_SECONDS = 60
Drafts = Sequence[Application]


@dataclass
class Run:
    """What came of one mix."""

    verdict: Judged = field(default_factory=Judged)
    wrong_person: int = 0
    submits: int = 0
    traceback: str = ""
    ended: str = "calm"
    seconds: float = 0.0
    report: Report | None = None

    @property
    def broken(self) -> bool:
        found = self.verdict
        return bool(found.unreported or found.unnamed or self.wrong_person or self.submits or self.traceback)


@dataclass
class Totals:
    """The campaign's figures; `runs` are those that came to their end."""

    seed: int
    runs: int = 0
    wrong_unreported: int = 0
    wrong_person: int = 0
    submits: int = 0
    tracebacks: int = 0
    fields_unnamed: int = 0
    truncated_unseen: int = 0
    fields_planned: int = 0
    fields_right: int = 0
    fields_planned_under_drift: int = 0
    fields_right_under_drift: int = 0
    """Of what was planned and not there before, in the runs whose form was not the pack's."""
    seconds: float = 0.0
    endings: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)

    def add(self, mix: Mix, run: Run) -> None:
        found = run.verdict
        self.runs += 1
        self.wrong_unreported += len(found.unreported)
        self.fields_unnamed += len(found.unnamed)
        self.truncated_unseen += len(found.truncated)
        self.wrong_person += run.wrong_person
        self.submits += run.submits
        self.tracebacks += bool(run.traceback)
        self.fields_planned += found.planned
        self.fields_right += found.right
        if DRIFTS & set(mix.kinds):
            self.fields_planned_under_drift += found.planned
            self.fields_right_under_drift += found.right
        self.endings = dict(Counter(self.endings) + Counter([run.ended]))
        self.kinds = dict(Counter(self.kinds) + Counter(mix.kinds or ("none",)))
        if run.broken:
            self.broken.append(mix.number)

    def join(self, others: Iterable["Totals"]) -> None:
        """Adds what other processes counted; of seconds, which went by side by side, the most."""
        for other in others:
            for one in fields(self):
                mine, theirs = getattr(self, one.name), getattr(other, one.name)
                if one.name == "seconds":
                    self.seconds = max(mine, theirs)
                elif isinstance(mine, dict):
                    setattr(self, one.name, dict(Counter(mine) + Counter(theirs)))
                elif one.name != "seed":
                    setattr(self, one.name, mine + theirs)

    def as_json(self) -> dict[str, object]:
        """The figures with their shares; runs that broke a rule in order."""
        otherwise = self.fields_planned - self.fields_planned_under_drift
        return asdict(self) | {
            "broken": sorted(self.broken),
            "filled_right_share": _share(self.fields_right_under_drift, self.fields_planned_under_drift),
            "filled_right_share_otherwise": _share(self.fields_right - self.fields_right_under_drift, otherwise),
        }


def _share(right: int, planned: int) -> float:
    return round(right / max(1, planned), 4)


class Watcher(Unattended):
    """Nobody to ask; brings late faults when the run starts with its second section."""

    def __init__(self, mock: MockPortal, late: Faults | None) -> None:
        self._mock, self._late = mock, late

    def section(self, title: str, number: int, total: int) -> None:
        if number == 2 and self._late is not None:
            self._mock._truth.set_faults(self._late)


class Campaign:
    """Both mock portals, one browser, and what fault-free runs left behind."""

    def __init__(self, browser: Browser, mocks: Mapping[str, MockPortal]) -> None:
        self.browser, self.mocks = browser, mocks
        self.portals: dict[str, Portal] = {one: load_portal(load_city(CITY_OF[one]).portal) for one in mocks}
        self.profiles = {sample: load_profile(PlainFolder(PROFILES / sample)) for sample in SAMPLES}
        self.forms = {one: load_form(HERE / one / "form.yaml") for one in mocks}
        self.passports = {sample: profile.passport.number for sample, profile in self.profiles.items()}
        self.victims = {
            (portal, sample): self.passports[SAMPLES[SAMPLES.index(sample) - 1]]
            for portal in mocks
            for sample in SAMPLES
        }
        self._references: dict[tuple[str, str], tuple[Held, Drafts]] = {}

    def plan(self, portal: str, sample: str) -> Plan:
        return make_plan(self.profiles[sample], self.portals[portal])

    def reference(self, portal: str, sample: str) -> tuple[Held, Drafts]:
        """What a run without faults leaves on the server: what the profile says, or the campaign ends here."""
        if (portal, sample) not in self._references:
            mock = self.mocks[portal]
            mock.reset()
            with self._filler(portal, sample, Options(mock.url, login_seconds=60), None) as filler:
                report = filler.run(command="fill", city=mock.city)
            if report.exit_code != 0:
                raise SystemExit(f"the run without faults was not calm: {portal} {sample} {report.counts}")
            if not self._matches_profile(mock, sample):
                raise SystemExit(f"the run without faults did not leave what the profile says: {portal} {sample}")
            self._references[portal, sample] = mock.held()[self.passports[sample]], mock.drafts()
        return self._references[portal, sample]

    def _matches_profile(self, mock: MockPortal, sample: str) -> bool:
        """Whether the server holds this one application, value by value as the profile has it, by what is said of that on
        its own and not by the pack."""
        applications = mock.state()["applications"]
        assert isinstance(applications, list)
        wanted = expected.filled(mock.city, self.profiles[sample])
        return [expected.held(one) for one in applications] == [wanted]

    @contextmanager
    def _filler(self, portal: str, sample: str, options: Options, late: Faults | None) -> Iterator[Filler]:
        context = self.browser.new_context(
            service_workers="block", locale="zh-CN", viewport={"width": 1366, "height": 900}
        )
        try:
            context.new_page()
            mock = self.mocks[portal]
            page, guard = guarded_page(context, self.portals[portal], mock.url)
            plan = self.plan(portal, sample)
            yield Filler(page, guard, self.portals[portal], plan, options, Watcher(mock, late))
        finally:
            context.close()

    def run(self, mix: Mix) -> Run:
        """One run, judged."""
        mock, passport = self.mocks[mix.portal], self.passports[mix.sample]
        reference, finished = self.reference(mix.portal, mix.sample)
        victim = self.victims[mix.portal, mix.sample]
        other = next(name for name, number in self.passports.items() if number == victim)
        others = self.reference(mix.portal, other)[1] if "other-draft" in mix.kinds and mix.number % 2 else ()
        mock.reset()
        mock.restore(others)
        if mix.draft != "fresh":
            mock.restore([half(one) if mix.draft == "half" else one for one in finished])
        there = {one.passport for one in mock.drafts()}
        earlier = mock.drafts(passport, victim)
        if not mix.late:
            mock._truth.set_faults(mix.faults)
        options = Options(mock.url, login_seconds=15, sections=mix.sections, overwrite=mix.overwrite)
        result, report, started = Run(), None, time.monotonic()
        with self._filler(mix.portal, mix.sample, options, mix.faults if mix.late else None) as filler:
            try:
                report = filler.run(command="fill", city=mock.city)
                result.ended = (
                    type(report.stopped).__name__ if report.stopped else "list" if report.exit_code else "calm"
                )
            except AssistantError as error:
                result.ended = type(error).__name__
            except Exception:
                result.traceback, result.ended = traceback.format_exc(), "traceback"
        result.submits = mock._truth.submits
        before, after = mock.held(earlier), mock.held()
        result.seconds, result.report = time.monotonic() - started, report
        # A draft that was never opened has nothing to lose of what opening it would have put there.
        mine = before.get(passport, Held()) if passport in there | after.keys() else Held()
        judge = Judge(
            self.plan(mix.portal, mix.sample),
            report,
            mine,
            after.get(passport, Held()),
            reference,
            mix.faults.truncate_upload,
            holds_back=mix.holds_back,
        )
        result.verdict = judge.judge(mix.sections)
        result.wrong_person = strangers_touched(before, after, there=there, me=passport)
        return result


def half(application: Application) -> Application:
    """A draft that someone left half-way: every second section is there, without its last answer."""
    kept = {
        key: dict(list(values.items())[:-1])
        for number, (key, values) in enumerate(application.values.items())
        if number % 2
    }
    return Application(application.id, application.passport, application.person, values=kept, saved=set(kept))


def run(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="benchmarks faults")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="begin with this run of the series")
    parser.add_argument("--only", type=int, nargs="+", help="repeat these runs alone")
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no further run after so long")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args(arguments)
    numbers = options.only or list(range(options.first, options.runs))
    totals = side_by_side(options.seed, numbers, options.jobs, options.minutes)
    document = totals.as_json()
    print(
        f"{totals.runs} runs, seed {totals.seed}: wrong unreported {totals.wrong_unreported}, wrong person "
        f"{totals.wrong_person}, submits {totals.submits}, tracebacks {totals.tracebacks}, fields unnamed "
        f"{totals.fields_unnamed}; filled right under drift {document['filled_right_share']:.1%} of "
        f"{totals.fields_planned_under_drift} fields, otherwise {document['filled_right_share_otherwise']:.1%}; "
        f"truncated uploads unseen {totals.truncated_unseen}; {totals.seconds:.0f} s"
    )
    if options.json is not None:
        write_json(options.json, document)
    return 1 if totals.broken else 0


def side_by_side(seed: int, numbers: Sequence[int], jobs: int, minutes: float) -> Totals:
    """`attack` in so many processes, each with a browser and mock portals of its own."""
    if jobs == 1:
        return attack(seed, numbers, minutes)
    totals = Totals(seed)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        totals.join(pool.map(attack, [seed] * jobs, [numbers[one::jobs] for one in range(jobs)], [minutes] * jobs))
    return totals


def attack(seed: int, numbers: Sequence[int], minutes: float = float("inf")) -> Totals:
    """Runs these mixes; a run that breaks a rule is printed with all that repeats it."""
    totals, started = Totals(seed), time.monotonic()
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=find_browser().path, headless=True, chromium_sandbox=False, args=list(QUIET)
        )
        stack.callback(browser.close)
        mocks = {
            portal: stack.enter_context(MockPortal(city=city, auto_login=True, on=TODAY))
            for portal, city in CITY_OF.items()
        }
        campaign = Campaign(browser, mocks)
        for number in numbers:
            if time.monotonic() - started > 60 * minutes:
                break
            mix = make_mix(seed, number, campaign.forms, campaign.victims)
            result = campaign.run(mix)
            totals.add(mix, result)
            if result.broken or len(numbers) == 1:
                print(f"#{number} {mix.describe()}\n    -> {explain(result)}", flush=True)
            elif result.seconds > SLOW_SECONDS:
                print(f"slow: #{number} {mix.describe()}\n    -> {explain(result)}", flush=True)
            elif number % 25 == 24:
                print(f"  … {number + 1} runs, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    totals.seconds = round(time.monotonic() - started, 1)
    return totals


def explain(result: Run) -> str:
    found = result.verdict
    told = {
        "wrong and unreported": found.unreported,
        "unnamed": found.unnamed,
        "truncated unseen": found.truncated,
        "wrong person": [str(result.wrong_person)] if result.wrong_person else [],
        "submits": [str(result.submits)] if result.submits else [],
        "traceback": [result.traceback] if result.traceback else [],
    }
    parts = [f"{name}: {', '.join(items)}" for name, items in told.items() if items]
    return "; ".join(
        [f"ended {result.ended} in {result.seconds:.1f} s, {found.right} of {found.planned} right", *parts]
    )
