"""`assistant fill`: fills, verifies, reports and hands over. It never submits."""

import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path

from assistant.check.city.loading import City, load_city
from assistant.check.slots import slots_for
from assistant.errors import InputError
from assistant.jobs.outputs import Evidence, add_evidence
from assistant.messages import Text
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import overlays_for
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import write_json
from assistant.run.plan import make_plan

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument("--city", metavar="C", help="城市，默认取自资料 / city, default: the profile's")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    where.add_argument("--dry-run", action="store_true", help="在模拟平台上演练 / rehearse on the mock portal")
    parser.add_argument("--headless", action="store_true", help="不显示窗口 / without a window")
    parser.add_argument(
        "--overwrite", action="store_true", help="覆盖页面上已有的不同值 / overwrite values that differ"
    )
    parser.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="KEY",
        help="只填这一段，可重复 / only this section; repeatable",
    )
    parser.add_argument(
        "--pause", choices=("end", "section"), default="end", help="在哪里停下等您 / where to wait for you"
    )
    parser.add_argument(
        "--no-panel", action="store_true", help="网页中不显示核对面板 / without the review panel in the page"
    )
    add_evidence(parser)


def run(args: Namespace) -> int:
    """Exit 0 when everything is calm, 1 when something needs the person, 2 when the input can't be used."""
    profile = load_profile(args.profile)
    city = load_city(args.city or profile.city)
    portal = load_portal(city.portal, overlays=overlays_for(city.portal, profile.folder))
    _check_sections(portal, args.section)
    return fill(args, profile, city, portal, command="fill")


def fill(args: Namespace, profile: Profile, city: City, portal: Portal, *, command: str) -> int:
    """What `fill` and `demo` share: everything is loaded and sound, now the browser comes in."""
    from assistant.jobs.browser_runs import run_in_browser
    from assistant.page.browser import find_or_install_browser
    from assistant.review.terminal_report import show_report
    from assistant.run.login import login_typing
    from assistant.run.options import Options
    from assistant.run.report import Report
    from assistant.store.locations import browser_folder

    plan = make_plan(profile, portal)
    evidence = Evidence(args, plan, portal)
    browser = find_or_install_browser(args.console.line)
    interactive = not args.headless and sys.stdin.isatty() and sys.stdout.isatty()

    def deliver(report: Report) -> None:
        if args.json:
            write_json(args.json, report.as_json())
        evidence.write(report)
        show_report(args.console, report)

    with ExitStack() as stack:
        start_url, user_data = args.url, None
        if args.dry_run:
            start_url = stack.enter_context(_mock_for(profile, city.city)).url
        elif not start_url:
            start_url, user_data = portal.live.origins[0] + portal.live.start, browser_folder(city.city)
        options = Options(
            start_url=start_url,
            overwrite=args.overwrite,
            sections=tuple(args.section),
            required_slots=frozenset(slot.key for slot in slots_for(profile, city) if slot.required == "required"),
            pause=args.pause,
            login_seconds=None if interactive else 30.0,
            pictures=evidence.wants_pictures,
            read_back=evidence.read,
            log_in=None if args.dry_run else login_typing(portal, city.city, args.console.line),
        )
        report = run_in_browser(
            command=command,
            city=city.city,
            portal=portal,
            plan=plan,
            options=options,
            console=args.console,
            browser=browser,
            headless=True if args.headless else None,
            interactive=interactive,
            panel=not args.no_panel,
            user_data=user_data,
            downloads=profile.folder if interactive else None,
            deliver=deliver,
        )
    args.counts = report.counts
    return report.exit_code


def _mock_for(profile: Profile, city: str):  # type: ignore[no-untyped-def]
    """A mock portal that knows this applicant, on a day inside the filing window."""
    from datetime import timedelta

    from fixtures.server import MockPortal

    return MockPortal(city=city, auto_login=True, on=profile.work_permit.expires_on - timedelta(days=60))


def _check_sections(portal: Portal, keys: list[str]) -> None:
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
