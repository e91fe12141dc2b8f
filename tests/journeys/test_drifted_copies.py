"""Changed copies of both mock portals in a browser, one of every kind for each: the probe names the change before a write,
looks alone stop nothing, and a fill with the unchanged pack puts no value into another question; the server judges.

All copies, each filled: `python -m benchmarks probe`; its totals stand in docs/reliability.md."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks.probe import Bench, strayed
from fixtures.drifts import CITY_OF, DRIFTS, Drift
from fixtures.forms import load_form
from fixtures.onlooker import Listener
from fixtures.server import HERE, MockPortal
from tests.support.browsers import OpenContext

ONE_OF_EACH = {(one.portal, one.kind): one for one in reversed(DRIFTS.values())}
# What could lead a value astray, one section of each portal: a name that went, one that came, one that changed place.
FILLED = ("renamed", "moved", "new-required")


@pytest.fixture(scope="module")
def benches(open_context: OpenContext) -> Iterator[Callable[[str], Bench]]:
    """One browser and one mock portal each, for all copies of this module."""
    lee = load_profile(PlainFolder(PROFILES / "sample-lee"))
    made: dict[str, Bench] = {}
    with ExitStack() as stack:

        def bench(portal_name: str) -> Bench:
            if portal_name not in made:
                portal, on = load_portal(portal_name), lee.work_permit.expires_on - timedelta(days=60)
                mock = stack.enter_context(MockPortal(city=CITY_OF[portal_name], auto_login=True, on=on))
                context = stack.enter_context(open_context())
                made[portal_name] = Bench(mock, portal, lee, *guarded_page(context, portal, mock.url))
            return made[portal_name]

        yield bench


@pytest.mark.parametrize("drift", ONE_OF_EACH.values(), ids=lambda one: one.name)
def test_a_changed_copy_is_named_by_a_probe_that_writes_nothing(drift: Drift, benches: Callable[[str], Bench]) -> None:
    bench = benches(drift.portal)
    bench.mock.reset()
    bench.mock.change(drift)
    verdict, named = bench.probed()
    assert verdict == drift.verdict
    assert set(drift.names) <= named
    if drift.kind == "cosmetic":
        assert named == set()


@pytest.mark.parametrize("portal", CITY_OF)
def test_no_value_reaches_another_question_and_each_change_is_told_first(
    portal: str, benches: Callable[[str], Bench]
) -> None:
    bench, form = benches(portal), load_form(HERE / portal / "form.yaml")
    drifts = [ONE_OF_EACH[portal, kind] for kind in FILLED]
    bench.mock.reset()
    bench.mock.change(None)
    listener = Listener()
    sections = tuple(dict.fromkeys(key for one in drifts for key in one.sections(form)))
    reference = bench.filled(sections, listener)
    assert bench.filled(sections, listener) == reference
    # Empty or filled already: the unchanged portal is no news.
    assert [one for one in listener.told if "与资料包不同" in one.zh] == []
    for drift in drifts:
        bench.mock.reset()
        bench.mock.change(drift)
        listener = Listener()
        stored = bench.filled(drift.sections(form), listener)
        assert stored, drift.name
        assert strayed(stored, reference) == [], drift.name
        told = "\n".join(one.zh for one in listener.told if "与资料包不同" in one.zh)
        assert [label for _, label in drift.names if f"「{label}」" not in told] == [], drift.name
