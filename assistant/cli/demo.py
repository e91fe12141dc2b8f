"""`assistant demo`: the whole job on a sample applicant and the mock portal, with nothing to set up."""

from argparse import ArgumentParser, Namespace

from assistant.check.city.loading import load_city
from assistant.cli.fill import fill
from assistant.jobs.outputs import add_evidence
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.store.locations import PROFILES

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", default="shenzhen", metavar="C", help="城市 / city (shenzhen)")
    parser.add_argument(
        "--sample", default="sample-lee", metavar="NAME", help="示例申请人 / sample applicant (sample-lee)"
    )
    parser.add_argument("--headless", action="store_true", help="不显示窗口 / without a window")
    parser.add_argument(
        "--no-panel", action="store_true", help="网页中不显示核对面板 / without the review panel in the page"
    )
    add_evidence(parser)


def run(args: Namespace) -> int:
    """Exit 0 when every planned value was verified."""
    profile = load_profile(PROFILES / args.sample)
    city = load_city(args.city)
    args.dry_run, args.url, args.overwrite, args.section, args.pause = True, None, False, [], "end"
    return fill(args, profile, city, load_portal(city.portal), command="demo")
