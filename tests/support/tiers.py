"""Which tests run when. Three tiers, each holding the one before it:

`scripts/test` (fast: units, and one test in a browser for each promise), `uv run pytest` and `.ci/run` (all but the
nightly ones), `scripts/nightly` (what is left, with the campaigns). Names begin as pytest tells them; docs/testing.md
shows this table.
"""

from collections.abc import Iterator

import pytest

SLOW = {
    "tests/journeys/": "whole runs: their steps are tested one by one in their rooms",
    "tests/adversary/": "campaigns against what the rooms promise; the cases found by them are tests of the rooms",
    "tests/benchmarks/": "the product's measures are no promise of its behaviour",
    "tests/test_packaging.py::test_the_wheel": "builds a wheel",
    "tests/test_packaging.py::test_of_the_profiles": "builds a wheel",
    "tests/test_packaging.py::test_each_library": "builds a wheel",
    "tests/test_packaging.py::test_libraries": "builds a wheel",
    "tests/support/test_watchdog.py": "waits for a suite to stand still",
    "tests/check/documents/checks/": "reads drawn papers as scans",
    "tests/check/documents/test_check_files.py": "starts processes that read papers",
    "tests/check/documents/test_ocr.py": "loads the models that read scans",
    "tests/fixtures/papers/": "draws every paper",
    "tests/fixtures/test_faults.py": "the mock's faults, which only the adversary's tests use",
    "tests/fixtures/unseen/test_ways.py": "four portals nobody has seen, each opened in a browser",
    "tests/fixtures/test_national.py": "the second mock portal, request by request",
    "tests/page/guard/test_every_vector.py": "every way of sending against every layer; test_guard.py tries each kind once",
    "tests/page/guard/test_saving.py": "one kind of portal; test_guard.py has the rule",
    "tests/page/browser/": "launches of browsers",
    "tests/portal/test_pack_national.py": "fills the second mock portal; the first is filled in tests/run",
    "tests/jobs/test_doctor.py": "starts what it examines",
    "tests/review/panel/test_lesson.py": "lessons on the panel; tests/run/teach has them in the terminal",
    "tests/run/teach/": "lessons on changed copies of the portal",
    "tests/run/test_follow_up.py": "what follows submission, on every state that the portal may be in",
    "tests/run/test_interruptions.py": "runs that are interrupted, each in its own way",
    "tests/run/test_probe.py": "probes of changed copies; tests/drift compares without a browser",
    "tests/scripts/test_planted_faults.py::test_a_fault_of_this_week": "runs the tests of a room twice",
    "tests/store/test_sealing.py::test_a_verb_on": "each verb as a command of its own",
}
# Of what stands above, what the fast tier runs all the same: the promise in a browser.
FAST = (
    "tests/journeys/test_nothing_said.py",
    "tests/run/test_probe.py::test_the_unchanged_portal",
    "tests/check/documents/checks/test_identity.py::test_a_card_without",
    "tests/check/documents/checks/test_identity.py::test_one_page_that",
)
NIGHTLY = {
    "tests/journeys/test_nothing_left.py::test_a_verb_on_a_sealed_folder_leaves_nothing_of_the_applicant[everything]": (
        "every verb and every section; the daily one tries the verbs that open a browser"
    ),
    "tests/fixtures/unseen/test_ways.py::test_a_typist": "four whole forms, typed and attached control by control",
    **{
        f"tests/check/documents/checks/test_identity.py::test_a_spoiled_passport_is_right_or_unsure_and_every_swap_is_caught[{seed}]": (
            "36 of 42 passport pages; the daily six show each way of spoiling a page"
        )
        for seed in range(1, 7)
    },
}


def tier(name: str) -> str:
    """`nightly`, `slow` or `fast`."""
    if any(name.startswith(one) for one in NIGHTLY):
        return "nightly"
    if any(name.startswith(one) for one in FAST):
        return "fast"
    return "slow" if any(name.startswith(one) for one in SLOW) else "fast"


# Run once more when they fail, and told in the summary. On a host that gave less than its two cores, some of these were seen
# to fail once and to pass alone on the same version: they hold a browser or a command against limits in seconds.
FLAKY = {
    "tests/journeys/": "whole runs of commands and windows, against limits in seconds",
    "tests/review/panel/": "presses in a page that redraws itself",
    "tests/run/": "runs over the whole mock portal, against limits in seconds",
    "tests/page/browser/": "starts and stops browsers, against limits in seconds",
    "tests/page/engine/test_contract.py": "real widget libraries with animations of their own",
    "tests/adversary/": "pages made to be slow or hostile",
    "tests/fixtures/test_shenzhen_pages.py": "a form filled by hand's speed",
}

# Files whose tests share one thing that is dear to make: one process runs them all, one after another.
TOGETHER = {
    "tests/journeys/test_drifted_copies.py": "two mock portals, each with a page",
    "tests/journeys/test_every_button.py": "a filled section in a window",
    "tests/journeys/test_reviewing.py": "a filled section",
    "tests/test_packaging.py": "a wheel",
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks each test; of what is left after the choice, the long ones begin, so that none is alone at the end."""
    for item in items:
        if (name := tier(item.nodeid)) != "fast":
            item.add_marker(getattr(pytest.mark, name))
        if reason := next((why for place, why in FLAKY.items() if item.nodeid.startswith(place)), ""):
            item.add_marker(pytest.mark.flaky(reruns=1, reason=reason))
        if (file := item.nodeid.partition("::")[0]) in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(file))
    result = yield
    items.sort(key=lambda item: not item.nodeid.startswith("tests/journeys/"))
    return result


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: not in scripts/test (tests/support/tiers.py)")
    config.addinivalue_line("markers", "nightly: in scripts/nightly only (tests/support/tiers.py)")
