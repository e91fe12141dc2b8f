"""`assistant after`: what follows submission — status, booking and printed form on the portal, and the page to take along."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.city import City, load_city
from assistant.console import write_json, write_private
from assistant.messages import Text
from assistant.overlay import overlays_for
from assistant.portal import load_portal
from assistant.profile import Profile, load_profile

if TYPE_CHECKING:
    from assistant.after_run import AfterReport

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument("--city", metavar="C", help="城市，默认取自资料 / city, default: the profile's")
    parser.add_argument("--url", metavar="URL", help="代替平台网址 / stands for the portal's address")
    parser.add_argument("--headless", action="store_true", help="不显示窗口 / without a window")
    parser.add_argument(
        "--pack",
        metavar="F.html",
        type=Path,
        help="只写现场办理清单（一页 A4），不打开浏览器 / only write the on-site checklist, one A4 page; opens no browser",
    )


def run(args: Namespace) -> int:
    """Exit 0 when the pack is written, or the form is filed; 1 when something is still the person's. Raises InputError."""
    profile = load_profile(args.profile)
    city = load_city(args.city or profile.city)
    return _write_pack(args, profile, city) if args.pack else _look(args, profile, city)


def _write_pack(args: Namespace, profile: Profile, city: City) -> int:
    from assistant.onsite import onsite_pack
    from assistant.onsite_page import onsite_page

    write_private(args.pack, onsite_page(onsite_pack(profile, city), args.lang))
    args.console.line(
        Text(f"已写入现场办理清单：{args.pack}（可打印为一页 A4）", f"Written: {args.pack} (prints on one A4 page)"),
        style="good",
    )
    return 0


def _look(args: Namespace, profile: Profile, city: City) -> int:
    from assistant.locations import browser_folder
    from assistant.login_form import login_typing
    from assistant.run import after_in_browser

    portal = load_portal(city.portal, overlays=overlays_for(city.portal, profile.folder))
    report = after_in_browser(
        portal=portal,
        profile=profile,
        start_url=args.url or portal.live.origins[0] + portal.live.start,
        console=args.console,
        headless=True if args.headless else None,
        interactive=not args.headless and sys.stdin.isatty() and sys.stdout.isatty(),
        user_data=None if args.url else browser_folder(city.city),
        log_in=login_typing(portal, city.city, args.console.line),
    )
    if args.json:
        write_json(args.json, report.as_json())
    _show(args, report)
    return report.exit_code


def _show(args: Namespace, report: "AfterReport") -> None:
    nothing = Text("没有查到", "not found")
    found = (
        (Text("审核状态", "status"), report.status or nothing),
        (Text("预约状态", "booking"), report.booking or nothing),
        (Text("申请表", "form"), report.form or Text("未归档", "not filed")),
    )
    args.console.table(Text("提交之后", "After submission"), (Text("项目", "what"), Text("结果", "found")), found)
    if report.trouble:
        args.console.line(report.trouble, style="bad")
    if report.stopped:
        args.console.problem(report.stopped)
