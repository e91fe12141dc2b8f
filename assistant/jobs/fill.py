"""The job of filling: fills, verifies, writes and shows the report, hands over; then stays until the person is done.

Promises: what can't be used is said before any browser opens; the report is written and shown at hand-over, while the
browser is still there; nothing is ever submitted.
"""

import getpass
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal

from assistant.check.city.loading import City, load_city
from assistant.check.deadlines.dates import today
from assistant.check.slots import slots_for
from assistant.errors import AssistantError, InputError
from assistant.jobs.outputs import NO_OUTPUTS, Outputs, RunOutputs
from assistant.jobs.target import LIVE, SECONDS_ALONE, Destination, Target, is_watched
from assistant.jobs.trouble.trail import Trail
from assistant.jobs.trouble.watching import WatchedRun, note_ending
from assistant.messages import Text
from assistant.page.browser.launch import FoundBrowser, find_or_install_browser, open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.contact.learned import Learned
from assistant.portal.loading import Portal, load_portal
from assistant.portal.model import pack_version
from assistant.portal.overlay import Laid, Overlay, overlay_home, overlays_for, write_overlay
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.review.panel.review import ReviewPanel
from assistant.review.prompter import Prompter
from assistant.review.terminal import PanelObserver, TerminalObserver
from assistant.review.terminal_report import show_report
from assistant.run.fill.filler import Filler
from assistant.run.fill.read_back import OnReadBack
from assistant.run.login import login_typing
from assistant.run.options import Options
from assistant.run.plan import Plan, make_plan, naming_values
from assistant.run.report import Report
from assistant.run.session import guarded_page
from assistant.store.base import Applicant, ApplicantAt


@dataclass(frozen=True)
class FillJob:
    """One applicant's form, filled once. `city` is the profile's where it is empty."""

    applicant: ApplicantAt
    city: str = ""
    target: Target = LIVE
    sections: tuple[str, ...] = ()
    """Only these, by key; none named means all."""
    overwrite: bool = False
    pause: Literal["end", "section"] = "end"
    headless: bool = False
    panel: bool = True
    outputs: Outputs = NO_OUTPUTS
    overlay: bool = True
    """Goes by what was learned of the portal; the demo shows the pack as it is."""
    command: Literal["fill", "demo"] = "fill"


@dataclass(frozen=True)
class FillCase:
    """What the job is about, loaded and sound."""

    applicant: Profile
    city: City
    portal: Portal
    plan: Plan


def fill(job: FillJob, console: Console) -> Report:
    """Raises InputError before anything is opened where the job can't be done, SetupError where this machine can't;
    ResultNotWritten at the end where a result could not be kept."""
    # A rehearsal changes nothing of the case: it goes beside whoever works on it.
    alone = nullcontext() if job.target.kind == "mock" else job.applicant.holding()
    with alone, job.applicant.open() as kept:
        return _fill(job, kept, load_profile(kept), console)


def _fill(job: FillJob, kept: Applicant, profile: Profile, console: Console) -> Report:
    case = case_of(job, kept, profile)
    evidence = RunOutputs(job.outputs, case.plan, case.portal, console)
    browser = find_or_install_browser(console.line)

    def deliver(report: Report) -> None:
        evidence.write(report)
        show_report(console, report)

    with (
        job.target.reached(case.portal, case.city.city, case.applicant) as there,
        trail_of(job, case, browser) as trail,
    ):
        options = options_of(job, case, there, console, pictures=evidence.wants_pictures)
        report = fill_in_browser(job, case, there, options, browser, console, deliver, evidence.read, trail)
    evidence.settle()
    return report


def trail_of(job: FillJob, case: FillCase, browser: FoundBrowser) -> Trail:
    """Where what goes wrong in this run is noted, to be kept for a report of it."""
    facts = {
        "portal": pack_version(case.portal),
        "city": case.city.city,
        "target": job.target.kind,
        "browser": browser.name,
    }
    return Trail(job.command, naming_values(case.plan), **facts)


def fill_in_browser(
    job: FillJob,
    case: FillCase,
    there: Destination,
    options: Options,
    browser: FoundBrowser,
    console: Console,
    deliver: Callable[[Report], None],
    keep: OnReadBack,
    trail: Trail,
) -> Report:
    """Fills and delivers the report at hand-over; with a person present the browser then stays open until they close it,
    with the review panel in the page if the job wants it. `keep` gets what each section held. What the person downloads meanwhile goes to their folder."""
    watched = is_watched(console, headless=job.headless)
    with open_browser(
        headless=True if job.headless else None,
        user_data=there.browser_folder,
        downloads=job.applicant if watched else None,
        found=browser,
        announce=console.line,
    ) as context:
        page, guard = guarded_page(context, case.portal, there.url, watched=watched)
        return fill_on_page(job, case, page, guard, options, console, deliver, keep, trail)[0]


def fill_on_page(
    job: FillJob,
    case: FillCase,
    page: FormPage,
    guard: Guard,
    options: Options,
    console: Console,
    deliver: Callable[[Report], None],
    keep: OnReadBack,
    trail: Trail,
    *,
    more: bool = False,
) -> tuple[Report, bool]:
    """The same on a page that is open already, and may stay so for the next applicant where there are `more`. Whether the
    work may go on to that one: not where a person took or closed the page without asking for the next."""
    watched = is_watched(console, headless=job.headless)
    if job.target.kind != "mock":
        # Before the first value: what could not be put on record is not filled.
        job.applicant.note_filled()
    review = None
    observer = TerminalObserver(console, interactive=watched, keep=keep, goes_on=more)
    if job.panel and watched:
        review = ReviewPanel(page, guard, case.plan, console.language, sections=options.sections)
        observer = PanelObserver(console, review, keep=keep)
    filler = Filler(page, guard, case.portal, case.plan, options, WatchedRun(observer, trail))
    report = filler.run(command=job.command, city=case.city.city)
    note_ending(trail, report, page)
    _remember(filler.learned, case, job.applicant, console)
    deliver(report)
    console.note("report", stays=watched and not page.closed)
    if not watched or page.closed:
        return report, not page.closed
    return report, _left_to_the_person(page, review, report, console, more=more)


def _left_to_the_person(
    page: FormPage, review: ReviewPanel | None, report: Report, console: Console, *, more: bool
) -> bool:
    """Whether they asked for the next applicant."""
    console.line(
        Text(
            "浏览器留给您：请核对、补充并提交；办完后按面板上的「下一位申请人」，或在此处按回车键。"
            if more
            else "浏览器留给您：请核对、补充并提交；关闭浏览器窗口即结束。",
            "The browser is yours: check, complete and submit; then press “Next applicant” on the panel, or Enter here."
            if more
            else "The browser is yours: check, complete and submit; closing its window ends this.",
        ),
        style="title",
    )
    enter = Prompter(console).enter() if more else None

    def entered() -> bool:
        return enter is not None and enter.given

    pressed = False
    if review is not None:
        what = report.stopped.what if report.stopped else None
        pressed = review.review(report.sections, what, entered, more=more)
    if not pressed:
        page.wait_for_person(entered)
    if review is not None and not page.closed:
        review.close()
    return more and not page.closed


def _remember(learned: Learned, case: FillCase, applicant: ApplicantAt, console: Console) -> None:
    """Keeps what was confirmed on pages that were new, beside the applicants; what can't be kept is said, and no more."""
    if learned == case.portal.learned:
        return
    try:
        with applicant.open() as kept:
            before = overlays_for(case.portal.name, kept)
            old = before[0].overlay if before else None
            overlay = Overlay(
                overlay=case.portal.name,
                written_on=today(),
                by=old.by if old else getpass.getuser(),
                note=old.note if old else "",
                sections=old.sections if old else {},
                hosts=old.hosts if old else (),
                learned=learned,
            )
            load_portal(case.portal.name, overlays=(Laid(overlay),))
            place = write_overlay(overlay_home(kept), overlay)
    except (OSError, AssistantError):
        console.line(
            Text(
                "本次学到的对应关系没有保存下来；下次会再问。",
                "What was learned could not be kept: it is asked again next time.",
            ),
            style="warning",
        )
        return
    console.line(
        Text(
            f"已记住这个平台的页面（{place}）；可用 assistant teach 查看、导出或撤销。",
            f"The portal's pages are remembered ({place}).",
        )
    )


def case_of(job: FillJob, kept: Applicant, profile: Profile) -> FillCase:
    """Raises InputError where the job can't be done."""
    city = load_city(job.city or profile.city)
    overlays = overlays_for(city.portal, kept) if job.overlay else ()
    portal = load_portal(city.portal, overlays=overlays)
    _check_sections(portal, job.sections)
    return FillCase(profile, city, portal, make_plan(profile, portal))


def options_of(
    job: FillJob, case: FillCase, there: Destination, console: Console, *, pictures: bool = False
) -> Options:
    """How a run goes for this job."""
    watched = is_watched(console, headless=job.headless)
    required = (slot.key for slot in slots_for(case.applicant, case.city) if slot.required == "required")
    mock = job.target.kind == "mock"
    return Options(
        start_url=there.url,
        overwrite=job.overwrite,
        sections=job.sections,
        required_slots=frozenset(required),
        pause=job.pause,
        login_seconds=None if watched else SECONDS_ALONE,
        pictures=pictures,
        log_in=None if mock else login_typing(case.portal, case.city.city, console.line),
    )


def _check_sections(portal: Portal, keys: tuple[str, ...]) -> None:
    known = [section.key for section in portal.sections]
    for key in keys:
        if key not in known:
            raise InputError(
                Text(
                    f"没有这一段：{key}。可选：{'、'.join(known)}",
                    f"no such section: {key}. Choose from: {', '.join(known)}",
                ),
                where="--section",
            )
