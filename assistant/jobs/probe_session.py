"""What `probe` and `teach` share: which portal, where, for whom, and a browser under guard."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.city.loading import load_city
from assistant.errors import InputError
from assistant.messages import Text
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import Laid, overlays_for
from assistant.profile.loading import Profile, load_profile
from assistant.run.plan import make_plan
from assistant.store.locations import PROFILES, browser_folder

if TYPE_CHECKING:
    from assistant.page.form_page import FormPage
    from assistant.page.guard.guard import Guard
    from assistant.run.probe import Prober

SAMPLE = "sample-lee"


def add_where(parser: ArgumentParser) -> None:
    """`--city`, `--url`, `--dry-run`, `--profile`, `--headless`."""
    parser.add_argument("--city", metavar="C", help="城市 / city")
    parser.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    parser.add_argument("--dry-run", action="store_true", help="在模拟平台上演练 / rehearse on the mock portal")
    parser.add_argument(
        "--profile",
        metavar="PROFILE",
        type=Path,
        help="打开谁的申请表（只看不填）/ whose form to open; nothing is written",
    )
    parser.add_argument("--headless", action="store_true", help="不显示窗口 / without a window")


@dataclass(frozen=True)
class Opened:
    """A browser on a portal, ready to be probed."""

    prober: "Prober"
    page: "FormPage"
    guard: "Guard"
    portal: Portal
    url: str
    interactive: bool


def portal_of(args: Namespace, laid: tuple[Laid, ...] | None = None) -> tuple[str, Profile | None, Portal]:
    """City, profile and portal (with its overlay) that the arguments ask for."""
    profile = load_profile(args.profile) if args.profile else None
    if args.city is None and profile is None:
        raise InputError(
            Text("请用 --city 指定城市，例如 --city shenzhen", "name the city, for example --city shenzhen")
        )
    city = load_city(args.city or (profile.city if profile else ""))
    overlays = overlays_for(city.portal, profile.folder if profile else None) if laid is None else laid
    return city.city, profile, load_portal(city.portal, overlays=overlays)


@contextmanager
def opened(args: Namespace, city: str, profile: Profile | None, portal: Portal) -> Iterator[Opened]:
    """Opens the browser on the portal. On a mock portal without a profile, a sample's form is opened."""
    from assistant.page.browser import find_or_install_browser, open_browser
    from assistant.review.terminal import TerminalCompanion
    from assistant.run.login import login_typing
    from assistant.run.options import Options
    from assistant.run.probe import Prober
    from assistant.run.session import guarded_page

    interactive = not args.headless and sys.stdin.isatty() and sys.stdout.isatty()
    with ExitStack() as stack:
        url, user_data = args.url, None
        if args.dry_run:
            url = stack.enter_context(_mock_for(profile, city)).url
        elif not url:
            url, user_data = portal.live.origins[0] + portal.live.start, browser_folder(city)
        host = portal.host_of(url)
        if profile is None and host is not None and host.kind == "mock":
            profile = load_profile(PROFILES / SAMPLE)
        if profile is None and host is not None and host.trusted and portal.entry.applicant:
            raise InputError(
                Text(
                    "平台要先问申请人是谁：请用 --profile 指定一位申请人（只看不填），或用 --dry-run 在模拟平台上查看",
                    "this portal asks whose application it is: name an applicant with --profile (nothing is written), or "
                    "look at the mock portal with --dry-run",
                )
            )
        plan = make_plan(profile, portal) if profile else None
        browser = find_or_install_browser(args.console.line)
        context = stack.enter_context(
            open_browser(
                headless=True if args.headless else None, user_data=user_data, found=browser, announce=args.console.line
            )
        )
        page, guard = guarded_page(context, portal, url)
        options = Options(
            start_url=url,
            login_seconds=None if interactive else 30.0,
            log_in=None if args.dry_run else login_typing(portal, city, args.console.line),
        )
        companion = TerminalCompanion(args.console, interactive=interactive)
        yield Opened(Prober(page, guard, portal, plan, options, companion), page, guard, portal, url, interactive)


def _mock_for(profile: Profile | None, city: str):  # type: ignore[no-untyped-def]
    from datetime import timedelta

    from fixtures.server import MockPortal

    person = profile or load_profile(PROFILES / SAMPLE)
    return MockPortal(city=city, auto_login=True, on=person.work_permit.expires_on - timedelta(days=60))
