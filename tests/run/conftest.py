"""Runs of the filler on the mock portal, in this process, so that a test can look at both sides."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from assistant.browser import open_browser
from assistant.filler import Filler, Options
from assistant.form_page import FormPage
from assistant.guard import Guard
from assistant.locations import PROFILES
from assistant.messages import Text
from assistant.plan import Plan, make_plan
from assistant.portal import load_portal
from assistant.profile import Profile, load_profile
from assistant.report import Report
from assistant.run import guarded_page
from assistant.unattended import Unattended
from fixtures.server import MockPortal

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")


class Silent(Unattended):
    """Nobody watches; what was told is remembered."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, what: Text) -> None:
        self.told.append(what.en)


class Running:
    """One browser on the mock portal: `fill` as often as wanted, `page` and `guard` to look at afterwards."""

    def __init__(self, page: FormPage, guard: Guard, mock: MockPortal) -> None:
        self.page, self.guard, self.mock = page, guard, mock

    def fill(self, profile: Profile, *, companion: Silent | None = None, **options: object) -> Report:
        portal = load_portal("shenzhen")
        plan: Plan = make_plan(profile, portal)
        chosen = Options(start_url=self.mock.url, login_seconds=20, **options)  # type: ignore[arg-type]
        filler = Filler(self.page, self.guard, portal, plan, chosen, companion or Silent())
        return filler.run(command="fill", city="shenzhen")


@pytest.fixture
def running(playwright: Playwright, mock: MockPortal) -> Iterator[Running]:
    with running_on(playwright, mock) as one:
        yield one


@contextmanager
def running_on(playwright: Playwright, mock: MockPortal) -> Iterator[Running]:
    with open_browser(headless=True, driver=playwright) as context:
        page, guard = guarded_page(context, load_portal("shenzhen"), mock.url)
        yield Running(page, guard, mock)


@pytest.fixture
def lee() -> Profile:
    return load_profile(PROFILES / "sample-lee")


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Path]:
    """A sample's folder that a test may change."""

    def copy(sample: str) -> Path:
        shutil.copytree(PROFILES / sample, tmp_path / sample)
        shutil.copy(PROFILES / "employer.yaml", tmp_path)
        return tmp_path / sample

    return copy
