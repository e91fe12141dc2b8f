"""Puts one run together: browser, guard, page, filler; then stays until the person has the browser for good."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.messages import Text
from assistant.page.browser import FoundBrowser, find_or_install_browser, open_browser
from assistant.portal.loading import Portal
from assistant.profile.loading import Profile
from assistant.review.console import Console
from assistant.review.panel.review import ReviewPanel
from assistant.review.terminal import PanelCompanion, TerminalCompanion
from assistant.run.fill.filler import Filler
from assistant.run.fill.read_back import ReadBack, Reader
from assistant.run.follow_up import AfterReport, AfterRun
from assistant.run.options import LogIn, Options
from assistant.run.plan import Plan, make_plan, private_values
from assistant.run.report import Report
from assistant.run.session import PortalSession, guarded_page


def run_in_browser(
    *,
    command: str,
    city: str,
    portal: Portal,
    plan: Plan,
    options: Options,
    console: Console,
    browser: FoundBrowser,
    headless: bool | None,
    interactive: bool,
    panel: bool,
    user_data: Path | None,
    downloads: Path | None,
    deliver: Callable[[Report], None],
) -> Report:
    """Fills in a browser and delivers the report at hand-over; with a person present the browser then stays open until
    they close it, with the review panel in the page if `panel` is set. What the person downloads meanwhile goes to
    `downloads`."""
    with open_browser(
        headless=headless, user_data=user_data, downloads=downloads, found=browser, announce=console.line
    ) as context:
        page, guard = guarded_page(context, portal, options.start_url, watched=interactive)
        review = None
        companion = TerminalCompanion(console, interactive=interactive)
        if panel and interactive:
            review = ReviewPanel(page, guard, plan, console.language, sections=options.sections)
            companion = PanelCompanion(console, review)
            options = replace(options, read_back=_both(review.read, options.read_back))
        report = Filler(page, guard, portal, plan, options, companion).run(command=command, city=city)
        deliver(report)
        if interactive and not page.closed:
            console.line(
                Text(
                    "浏览器留给您：请核对、补充并提交；关闭浏览器窗口即结束。",
                    "The browser is yours: check, complete and submit; closing its window ends this.",
                ),
                style="title",
            )
            if review is not None:
                review.review(report.sections, report.stopped.what if report.stopped else None)
            page.wait_for_person(lambda: False)
    return report


def _both(first: Reader, second: Reader | None) -> Reader:
    def read(reading: ReadBack) -> None:
        first(reading)
        if second is not None:
            second(reading)

    return read


def after_in_browser(
    *,
    portal: Portal,
    profile: Profile,
    start_url: str,
    console: Console,
    headless: bool | None,
    interactive: bool,
    user_data: Path | None,
    log_in: LogIn | None,
) -> AfterReport:
    """Looks after a submitted application in a browser; the person picks the time of the visit in it."""
    browser = find_or_install_browser(console.line)
    with open_browser(headless=headless, user_data=user_data, found=browser, announce=console.line) as context:
        page, guard = guarded_page(context, portal, start_url, watched=interactive)
        companion = TerminalCompanion(console, interactive=interactive)
        options = Options(start_url, login_seconds=None if interactive else 30.0, log_in=log_in)
        private = private_values(make_plan(profile, portal))
        visit = PortalSession(page, guard, portal, options, companion, private=private)
        return AfterRun(visit, profile).run()
