"""`assistant after`: what follows submission, beginning with the page to take along."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.city import load_city
from assistant.console import write_private
from assistant.messages import Text
from assistant.profile import load_profile

HELP = Text(
    "提交之后：打印现场办理清单",
    "after submission: the page to take along to the windows",
)
GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument("--city", metavar="C", help="城市，默认取自资料 / city, default: the profile's")
    parser.add_argument(
        "--pack",
        metavar="F.html",
        type=Path,
        required=True,
        help="现场办理清单（一页 A4） / the on-site checklist, one A4 page",
    )


def run(args: Namespace) -> int:
    """Exit 0 when the page is written. Raises InputError."""
    from assistant.onsite import onsite_pack
    from assistant.onsite_page import onsite_page

    profile = load_profile(args.profile)
    city = load_city(args.city or profile.city)
    write_private(args.pack, onsite_page(onsite_pack(profile, city), args.lang))
    args.console.line(
        Text(f"已写入现场办理清单：{args.pack}（可打印为一页 A4）", f"Written: {args.pack} (prints on one A4 page)"),
        style="good",
    )
    return 0
