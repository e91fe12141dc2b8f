"""The job after submission: what the portal says of an application, and what a person takes along to the windows.

Promises: where nothing public says how the portal's pages after submission look, no browser is opened and nothing guessed.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.check.city.loading import City, load_city
from assistant.jobs.target import LIVE, SECONDS_ALONE, Target, is_watched
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import overlays_for
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.review.onsite import OnsitePack, onsite_pack
from assistant.store.base import Applicant, ApplicantAt

if TYPE_CHECKING:
    from assistant.run.follow_up import AfterReport


@dataclass(frozen=True)
class FollowUpJob:
    """One look after one applicant's submitted application. `city` is the profile's where it is empty."""

    applicant: ApplicantAt
    city: str = ""
    target: Target = LIVE
    headless: bool = False


@dataclass(frozen=True)
class ByHand:
    """What is known of the steps after submission, where the portal's pages are not."""

    applicant: str
    pack: OnsitePack


def onsite(job: FollowUpJob) -> OnsitePack:
    """What to take along, from the city's file. Raises InputError where the profile or the city can't be used."""
    with job.applicant.open() as kept:
        applicant, city = _case(job, kept)
    return onsite_pack(applicant, city)


def follow_up(job: FollowUpJob, console: Console) -> "AfterReport | ByHand":
    """Raises InputError where the profile or the city can't be used, SetupError where this machine can't run it."""
    with job.applicant.open() as kept:
        applicant, city = _case(job, kept)
        portal = load_portal(city.portal, overlays=overlays_for(city.portal, kept))
        if not portal.after:
            return ByHand(applicant.id, onsite_pack(applicant, city))
        return _follow_up_in_browser(job, kept, applicant, city, portal, console)


def _case(job: FollowUpJob, kept: Applicant) -> tuple[Profile, City]:
    applicant = load_profile(kept)
    return applicant, load_city(job.city or applicant.city)


def _follow_up_in_browser(
    job: FollowUpJob, kept: Applicant, applicant: Profile, city: City, portal: Portal, console: Console
) -> "AfterReport":
    """The person picks the time of the visit in it."""
    from assistant.page.browser.launch import find_or_install_browser, open_browser
    from assistant.review.terminal import TerminalObserver
    from assistant.run.follow_up import AfterRun
    from assistant.run.login import login_typing
    from assistant.run.options import Options
    from assistant.run.plan import make_plan, private_values
    from assistant.run.session import PortalSession, guarded_page

    watched = is_watched(console, headless=job.headless)
    browser = find_or_install_browser(console.line)
    with (
        job.target.reached(portal, city.city, applicant) as there,
        open_browser(
            headless=True if job.headless else None,
            user_data=there.browser_folder,
            found=browser,
            announce=console.line,
        ) as context,
    ):
        page, guard = guarded_page(context, portal, there.url, watched=watched)
        options = Options(
            there.url,
            login_seconds=None if watched else SECONDS_ALONE,
            log_in=login_typing(portal, city.city, console.line),
        )
        observer = TerminalObserver(console, interactive=watched)
        private = private_values(make_plan(applicant, portal))
        session = PortalSession.of(page, guard, portal, options, observer, private=private)
        return AfterRun(session, page, applicant, kept).run()
