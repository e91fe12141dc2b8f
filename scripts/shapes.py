"""Writes the shapes of the mock portals beside their packs, so that the first probe of a changed copy can name limits and order.

    uv run python -m scripts.shapes

Looks at each mock portal as it is now; run it after a mock's form changed. A test compares what is kept with what is seen.
"""

from datetime import date, timedelta

from assistant.check.city.loading import load_city
from assistant.drift.baseline import Fingerprint
from assistant.page.browser.launch import open_browser
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Prober
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES, SELECTORS
from fixtures.drifts import CITY_OF
from fixtures.server import MockPortal


def shape_now(city: str) -> Fingerprint:
    """The shape of a city's mock portal, as a probe without anything to say sees it."""
    portal, person = load_portal(load_city(city).portal), load_profile(PlainFolder(PROFILES / "sample-lee"))
    on = person.work_permit.expires_on - timedelta(days=60)
    with MockPortal(city=city, auto_login=True, on=on) as mock, open_browser(headless=True) as context:
        page, guard = guarded_page(context, portal, mock.url)
        plan = make_plan(person, portal)
        prober = Prober(page, guard, portal, plan, Options(mock.url, login_seconds=90), Unattended())
        result = prober.probe()
        if [one for one in result.drifts if one.weight != "note"] or result.stopped:
            raise SystemExit(f"{city}: the mock does not match its pack: {[one.what.en for one in result.drifts]}")
        return prober.fingerprint(result, date.today())


def main() -> None:
    for folder, city in CITY_OF.items():
        path = SELECTORS / "portals" / folder / "fingerprint.json"
        path.write_text(shape_now(city).model_dump_json(indent=1) + "\n", encoding="utf-8")
        print(path.relative_to(SELECTORS))


if __name__ == "__main__":
    main()
