"""The job of probing: does the page still match its pack? And the guarded browser on a portal that probing and teaching
share.

Promises: nothing is written; a probe that found everything in its place becomes the baseline of the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.check.deadlines.dates import today
from assistant.drift.baseline import Fingerprint, keep
from assistant.errors import InputError
from assistant.jobs.target import LIVE, SAMPLE, SECONDS_ALONE, Target, city_and_portal, is_watched
from assistant.messages import Text
from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import overlays_for
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.review.terminal import TerminalObserver
from assistant.run.login import login_typing
from assistant.run.options import Options
from assistant.run.plan import Plan, make_plan
from assistant.run.probe import Probed, Prober
from assistant.run.session import guarded_page
from assistant.store.base import ApplicantAt, opened_if


@dataclass(frozen=True)
class ProbeJob:
    """One look at a portal. `applicant` says whose form to open; `city` is theirs where it is empty."""

    city: str = ""
    applicant: ApplicantAt | None = None
    target: Target = LIVE
    headless: bool = False
    pictures: bool = False


@dataclass(frozen=True)
class CityProbe:
    """What a probe of a city's portal found."""

    city: str
    found: Probed


@dataclass(frozen=True)
class Opened:
    """A browser on a portal, ready to be probed."""

    prober: Prober
    page: FormPage
    guard: Guard
    portal: Portal
    url: str
    interactive: bool


def probe(job: ProbeJob, console: Console) -> CityProbe:
    """Raises InputError where the city or the applicant can't be used, or the portal asks whose form it is."""
    with opened_if(job.applicant) as kept:
        applicant = load_profile(kept) if kept else None
        city, name = city_and_portal(job.city, applicant)
        portal = load_portal(name, overlays=overlays_for(name, kept))
        with opened(job.target, city, applicant, portal, console, headless=job.headless) as here:
            found = here.prober.probe(pictures=job.pictures)
            if found.verdict == "go":
                _keep(here.prober.fingerprint(found, today()), console)
    return CityProbe(city, found)


def _keep(fingerprint: Fingerprint, console: Console) -> None:
    """As the baseline of the next probe; what was found counts even where it can't be kept."""
    try:
        keep(fingerprint)
    except OSError:
        console.line(
            Text(
                "本次结果没能留存，下次无法与它比较（磁盘空间或权限）。",
                "This look could not be kept for the next one to compare with (disk space or permissions).",
            ),
            style="warning",
        )


@contextmanager
def opened(
    target: Target, city: str, applicant: Profile | None, portal: Portal, console: Console, *, headless: bool
) -> Iterator[Opened]:
    """Opens the browser on the portal. On a mock portal without an applicant, a sample's form is opened."""
    watched = is_watched(console, headless=headless)
    with target.reached(portal, city, applicant) as there:
        plan = _plan(portal, there.url, applicant)
        browser = find_or_install_browser(console.line)
        with open_browser(
            headless=True if headless else None,
            user_data=there.browser_folder,
            found=browser,
            announce=console.line,
        ) as context:
            page, guard = guarded_page(context, portal, there.url)
            options = Options(
                start_url=there.url,
                login_seconds=None if watched else SECONDS_ALONE,
                log_in=None if target.kind == "mock" else login_typing(portal, city, console.line),
            )
            observer = TerminalObserver(console, interactive=watched)
            prober = Prober(page, guard, portal, plan, options, observer)
            yield Opened(prober, page, guard, portal, there.url, watched)


def _plan(portal: Portal, url: str, applicant: Profile | None) -> Plan | None:
    """The applicant's, which opens their form; the sample's where the portal is a mock and nobody is named."""
    host = portal.host_of(url)
    if applicant is None and host is not None and host.kind == "mock":
        applicant = load_profile(SAMPLE)
    if applicant is None and host is not None and host.trusted and portal.entry.applicant:
        raise InputError(
            Text(
                "平台要先问申请人是谁：请用 --profile 指定一位申请人（只看不填），或用 --dry-run 在模拟平台上查看",
                "this portal asks whose application it is: name an applicant with --profile (nothing is written), or "
                "look at the mock portal with --dry-run",
            )
        )
    return make_plan(applicant, portal) if applicant else None
