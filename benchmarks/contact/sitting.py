"""One application on one unseen form: the whole job as the command runs it, with the scripted person at the page.

The pack is the city's own with one change: its live host is the form's server. So nothing there is trusted, as on the first
day on a live portal. What is learned stays in the folders of `handler_home`, for the next sitting.
"""

import io
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from playwright.sync_api import BrowserContext, Page, Playwright

from assistant.errors import AssistantError
from assistant.jobs import fill as filling
from assistant.jobs.fill import FillJob
from assistant.jobs.target import Target
from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.page.form_page import FormPage
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.run.report import Report
from assistant.store.folders import FolderAt
from assistant.store.locations import PROFILES
from benchmarks.contact.person import Doings, Person
from fixtures.unseen.server import UnseenPortal
from fixtures.unseen.truth import Case
from fixtures.unseen.ways import WAYS

LIMIT_SECONDS = 300.0
_TURN_SECONDS = 0.2
# So long after the login a person looks at a page on which nothing is said, before they close it.
_SILENCE_SECONDS = 8.0


@dataclass
class Sitting:
    """What came of one application. `case` is None where no form was ever opened."""

    applicant: Profile = field(repr=False)
    doings: Doings
    case: Case | None
    report: Report | None
    stopped: str
    seconds: float

    @property
    def told_of(self) -> set[str]:
        """The labels of all that the person was told to look at: what the report does not call calm, and the entries of the
        panel's lists that were not ticked."""
        sections = self.report.sections if self.report else ()
        reported = {one.label for section in sections for one in section.outcomes if not one.calm}
        return reported | {label for label, ticked in self.doings.offered.items() if not ticked} | self.doings.cards


def named(label: str, told_of: set[str]) -> bool:
    """Whether one of these labels is this one: badges, brackets and signs do not count.

    >>> named("有效期限", {"* 有效期限："}), named("手机", {"联系电话"})
    (True, False)
    """
    return _bare(label) in {_bare(one) for one in told_of}


def _bare(label: str) -> str:
    return re.sub(r"[\W_]+|必填|必传|mandatory", "", re.sub(r"[（(][^）)]*[）)]", "", label)).casefold()


@contextmanager
def handler_home(learned: Path | None = None) -> Iterator[Path]:
    """A folder of applicants (the samples), and private folders, as on a machine where the tool was never used; `learned` is
    such a folder of another day, taken over."""
    found = str(find_or_install_browser().path)
    with tempfile.TemporaryDirectory(prefix="contact-", ignore_cleanup_errors=True) as home:
        places = {
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_CACHE_HOME": f"{home}/cache",
            "XDG_CONFIG_HOME": f"{home}/config",
        }
        with patch.dict(os.environ, {**places, "LOCALAPPDATA": home, "ASSISTANT_BROWSER": found}):
            if learned is not None:
                shutil.copytree(learned.parent, home, dirs_exist_ok=True, symlinks=True)
            shutil.copytree(PROFILES, applicants := Path(home) / "applicants", dirs_exist_ok=True)
            yield applicants


def sit(
    portal: UnseenPortal,
    applicant: Path,
    *,
    city: str = "shenzhen",
    driver: Playwright | None = None,
    prepare: Callable[[Person, UnseenPortal], None] | None = None,
    seconds: float = LIMIT_SECONDS,
    parts: int | None = None,
) -> Sitting:
    """One application of one applicant. `prepare` may hang troubles on the person's moments; after so many `parts` of the
    form the person takes over."""
    at = FolderAt(applicant)
    with at.open() as kept:
        profile = load_profile(kept)
    before = set(portal.truth.cases)
    began = time.monotonic()
    desk = _Desk(portal, profile, prepare, began + seconds, parts)
    report, stopped = None, ""
    with desk.in_place(city, driver):
        try:
            report = filling.fill(FillJob(at, city=city, target=Target.of(portal.url + portal.form.start)), _silent())
        except AssistantError as error:
            stopped = str(error)
    opened = [case for identity, case in portal.truth.cases.items() if identity not in before]
    doings = desk.person.doings if desk.person else Doings()
    told = report or desk.report
    if told is not None and told.stopped is not None:
        stopped = stopped or told.stopped.what.en
    return Sitting(profile, doings, opened[0] if opened else None, told, stopped, time.monotonic() - began)


class _Desk:
    """Puts the person beside the run: they act whenever the run waits."""

    def __init__(
        self,
        portal: UnseenPortal,
        profile: Profile,
        prepare: Callable[[Person, UnseenPortal], None] | None,
        until: float,
        parts: int | None,
    ) -> None:
        self.portal, self.profile, self.prepare = portal, profile, prepare
        self.until, self.parts = until, parts
        self.person: Person | None = None
        self.report: Report | None = None
        self._last = 0.0
        self._spoken = time.monotonic()
        self._asked = 0

    @contextmanager
    def in_place(self, city: str, driver: Playwright | None) -> Iterator[None]:
        @contextmanager
        def hidden(**words: Any) -> Iterator[BrowserContext]:
            with open_browser(headless=True, found=words.get("found"), driver=driver) as context:
                yield context

        pause = FormPage.pause
        with ExitStack() as stack:
            for where, name, stands_in in (
                (filling, "load_portal", self._portal),
                (filling, "is_watched", lambda *_, **__: True),
                (filling, "open_browser", hidden),
                (filling, "show_report", lambda console, report: setattr(self, "report", report)),
                (FormPage, "wait_for_person", lambda form, until: self._wait(form, until)),
                (FormPage, "pause", lambda form, milliseconds: self._pause(form, milliseconds, pause)),
            ):
                stack.enter_context(patch.object(where, name, stands_in))
            yield

    def _portal(self, name: str, **words: Any) -> Portal:
        found = load_portal(name, **words)
        live = found.live.model_copy(update={"origins": (self.portal.url,), "start": self.portal.form.start})
        return replace(found, file=found.file.model_copy(update={"hosts": (live,)}))

    def _at(self, page: Page) -> Person:
        if self.person is None:
            page.set_default_timeout(8000)
            applicant, form = self.profile.applicant, self.portal.form
            self.person = Person(
                page, WAYS[form.name], form.parts[: self.parts], applicant.full_name, self.profile.passport.number
            )
            if self.prepare is not None:
                self.prepare(self.person, self.portal)
        return self.person

    def _pause(self, form: FormPage, milliseconds: int, pause: Callable[[FormPage, int], None]) -> None:
        """A run that waits for the login is waited on by nobody: the person sees the page and logs in."""
        if not form.page.is_closed() and WAYS[self.portal.form.name].at_login(form.page):
            self._at(form.page).attend_login()
            self._spoken = time.monotonic()
        silent = self._asked == 0 and time.monotonic() - self._spoken > _SILENCE_SECONDS
        if (silent or time.monotonic() > self.until) and not form.page.is_closed():
            form.page.close()
        pause(form, milliseconds)

    def _wait(self, form: FormPage, until: Callable[[], bool]) -> bool:
        self._asked += 1
        while not until() and not form.page.is_closed() and self.report is None:
            now = time.monotonic()
            if now > self.until:
                form.page.close()
                break
            if now - self._last > _TURN_SECONDS:
                self._last = now
                self._at(form.page).turn()
            if not form.page.is_closed():
                form.page.wait_for_timeout(50)
        return not form.page.is_closed()


def _silent() -> Console:
    console = Console("zh")
    console._rich.file = io.StringIO()
    return console
