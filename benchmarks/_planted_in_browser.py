"""Planted errors on the real mock portal, in a browser: its own late changes, stale drafts, wrong plans. The server's truth
says whether the error is really there."""

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from playwright.sync_api import Playwright

from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.cards import Card, cards
from assistant.run.fill.filler import Filler
from assistant.run.options import Options
from assistant.run.plan import Plan, Step, make_plan
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._planted import KINDS, Kind, Plant, Run, converted_wrong
from fixtures.onlooker import Keeper
from fixtures.server import MockPortal

CITY, SECTION = "shenzhen", "personal"
# Free texts of that section, which the mock can be told to change late and an older draft may hold otherwise.
TEXTS = ("applicant.birth_place", "applicant.address.detail", "applicant.emergency_contact.name", "applicant.email")
CHOICES = ("applicant.nationality", "applicant.marital_status", "applicant.highest_degree", "applicant.birth_date")
MOMENTS = ("300ms", "blur", "save", "reload")


def browser_runs(
    count: int, seed: int, *, calm: bool = True, driver: Playwright | None = None
) -> tuple[list[Run], list[list[Card]]]:
    """So many runs with one planted error each, and (unless `calm` is not wanted) the cards of an unchanged renewal, filled
    anew and from its draft. `driver` is a Playwright that runs already."""
    profile, portal = load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal(CITY)
    on = profile.work_permit.expires_on - timedelta(days=60)
    with (
        MockPortal(city=CITY, auto_login=True, on=on) as mock,
        open_browser(headless=True, driver=driver) as context,
    ):
        page, guard = guarded_page(context, portal, mock.url)
        bench = _Bench(mock, portal, profile, page, guard)
        unchanged = [bench.cards(bench.plan) for _ in range(2)] if calm else []
        runs = [bench.planted(Random(f"{seed}:browser:{n}"), KINDS[n % len(KINDS)], n) for n in range(count)]
    return runs, unchanged


@dataclass
class _Bench:
    mock: MockPortal
    portal: Portal
    profile: Profile
    page: FormPage
    guard: Guard

    @property
    def plan(self) -> Plan:
        return make_plan(self.profile, self.portal)

    def cards(self, plan: Plan, *sections: str) -> list[Card]:
        """Fills what is asked for, all for none, and makes the cards from what was read back."""
        options, keeper = Options(self.mock.url, login_seconds=90, sections=sections), Keeper()
        report = Filler(self.page, self.guard, self.portal, plan, options, keeper).run(command="fill", city=CITY)
        assert report.stopped is None, report.stopped
        return cards(keeper.held.values())

    def planted(self, random: Random, kind: Kind, number: int) -> Run:
        """One run with one error of that kind; AssertionError where the server holds no wrong value in the end."""
        plan = self.plan
        if kind == "late":
            return self._changed_late(_step(plan, random.choice(TEXTS)), number // len(KINDS) % len(MOMENTS))
        self.mock.reset()
        if kind == "stale":
            step, what = _step(plan, random.choice(TEXTS)), "an older draft held another value"
            self.cards(_with(plan, step, replace(step, value=f"OLD {step.value}")), SECTION)
        else:
            step = _step(plan, random.choice(CHOICES if kind == "transformation" else CHOICES[:3]))
            value = converted_wrong(random, step, self.portal)
            assert value is not None
            wrong = replace(step, value=value, accepted=(value,) if step.accepted else ())
            if kind == "transformation":
                plan, what = _with(plan, step, wrong), "the plan has another value"
            else:
                self.cards(_with(plan, step, wrong), SECTION)
                plan, what = _with(plan, step, replace(step, accepted=(*step.accepted, value))), "a wrong alias"
        seen = self.cards(plan, SECTION)
        plant = Plant(kind, f"{what} (browser)", _title(plan), step.field.key)
        assert self._stored(step.field.label) != step.value, plant
        return Run(self.portal.name, plant, seen)

    def _changed_late(self, step: Step, first: int) -> Run:
        """A run in which the page changes the value late. Where the tool had saved before the change came, the server holds
        the right value and there is no error to find: then another moment is taken."""
        for moment in MOMENTS[first:] + MOMENTS[:first]:
            self.mock.reset()
            self.mock.faults(revert={"label": step.field.label, "on": moment})
            seen = self.cards(self.plan, SECTION)
            if self._stored(step.field.label) != step.value:
                plant = Plant("late", f"the page changes it: {moment} (browser)", _title(self.plan), step.field.key)
                return Run(self.portal.name, plant, seen)
        raise AssertionError(f"no late change of {step.field.key} reached the server")

    def _stored(self, label: str) -> object:
        """What the server holds for a question."""
        applications = self.mock.state()["applications"]
        assert isinstance(applications, list)
        return applications[0]["sections"][SECTION].get(label)


def _step(plan: Plan, key: str) -> Step:
    return next(step for section in plan.sections for step in section.steps if step.field.key == key)


def _title(plan: Plan) -> str:
    return next(one.section.title for one in plan.sections if one.section.key == SECTION)


def _with(plan: Plan, old: Step, new: Step) -> Plan:
    sections = tuple(
        replace(one, steps=tuple(new if step == old else step for step in one.steps))
        if one.section.key == SECTION
        else one
        for one in plan.sections
    )
    return replace(plan, sections=sections)
