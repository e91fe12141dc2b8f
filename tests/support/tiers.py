"""Which tests run when. Three tiers, each holding the one before it:

`scripts/test` (fast: units, and one test in a browser for each promise), `uv run pytest` and `.ci/run` (all but the
nightly ones), `scripts/nightly` (what is left, with the campaigns). Names begin as pytest tells them; docs/testing.md
shows this table.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

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
    "tests/cli/test_check.py::test_each_sample": "looks at all papers of all applicants for each city",
    "tests/check/documents/test_ocr.py": "loads the models that read scans",
    "tests/fixtures/papers/": "draws every paper",
    "tests/fixtures/test_faults.py": "the mock's faults, which only the adversary's tests use",
    "tests/fixtures/unseen/test_ways.py": "four portals nobody has seen, each opened in a browser",
    "tests/fixtures/test_national.py": "the second mock portal, request by request",
    "tests/page/engine/test_contract.py::test_every_kind_is_written_and_proved": "every library; two of them are quick tests",
    "tests/page/engine/test_contract.py::test_every_kind_works_wherever": "every library in frames, at a zoom, in a shadow root",
    "tests/page/guard/test_every_vector.py": "every way of sending against every layer; test_guard.py tries each kind once",
    "tests/page/guard/test_saving.py": "one kind of portal; test_guard.py has the rule",
    "tests/page/browser/": "launches of browsers",
    "tests/portal/test_pack_national.py": "fills the second mock portal; the first is filled in tests/run",
    "tests/jobs/doctor/": "starts what it examines",
    "tests/review/panel/test_review.py::test_what_the_portal_receives": "two whole forms",
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
    "tests/page/engine/test_contract.py::test_every_kind_is_written_and_proved[chromium-element_ui]",
    "tests/page/engine/test_contract.py::test_every_kind_is_written_and_proved[chromium-native]",
)
NIGHTLY = {
    "tests/journeys/test_desk_life.py::test_from_an_empty_folder_to_next_year": (
        "a whole life with two forms in a window, in both cities and languages and with the keyboard alone"
    ),
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

# One in so many of these is run each day, another one the next; the rest of that day is nightly. TESTS_OF_DAY=2026-12-01
# runs what ran on that day.
ROTATED = {
    "tests/cli/test_check.py::test_each_sample_is_ready_in_each_city": (
        3,
        "one of three applicants; their papers are looked at daily in tests/check/documents/test_check_files.py",
    ),
    "tests/journeys/test_accessible.py::test_the_checker_finds_no_serious_fault_in_any_phase": (
        2,
        "one of two languages",
    ),
    "tests/journeys/test_drifted_copies.py::test_a_changed_copy_is_named_by_a_probe_that_writes_nothing": (
        3,
        "a third of the changed copies; tests/drift compares them all without a browser",
    ),
    "tests/journeys/test_drifted_copies.py::test_no_value_reaches_another_question_and_each_change_is_told_first": (
        2,
        "one of two portals",
    ),
    "tests/journeys/test_every_button.py::test_every_button_of_the_review_does_its_work_in_a_window": (
        2,
        "two of four, by language and size of the window",
    ),
    "tests/journeys/test_whole_form.py::test_the_command_fills_the_profile_in_says_nothing_of_it_and_a_second_run_writes_nothing": (
        3,
        "one of three applicants",
    ),
    "tests/page/engine/test_contract.py::test_every_kind_works_wherever_the_form_stands": (
        3,
        "each library in one of three surroundings; on a page of its own it is tried daily",
    ),
    "tests/page/guard/test_every_vector.py::test_with_both_layers_nothing_reaches_the_server": (
        4,
        "a quarter of the vectors; the network layer alone has to stop each of them daily",
    ),
    "tests/page/guard/test_every_vector.py::test_without_a_guard_every_vector_reaches_the_server": (
        4,
        "a quarter of the vectors: that each would send is about the tests, not about the guard",
    ),
    "tests/portal/test_pack_national.py::test_the_server_holds_the_profile_and_a_second_run_writes_nothing": (
        3,
        "one of three applicants",
    ),
    "tests/run/fill/test_filler.py::test_a_value_that_the_page_changes_later_is_said": (2, "two of four moments"),
    "tests/run/test_follow_up.py::test_a_form_of_somebody_or_something_else_is_refused": (3, "one of three marks"),
    "tests/run/test_interruptions.py::test_after_a_lost_login_the_draft_is_opened_again_and_the_section_goes_on": (
        2,
        "one of two moments",
    ),
    "tests/run/test_probe.py::test_a_good_probe_is_kept_and_the_next_one_compares_with_it": (2, "one of two portals"),
}
DAY = "TESTS_OF_DAY"


def tier(name: str) -> str:
    """`nightly`, `slow` or `fast`."""
    if any(name.startswith(one) for one in NIGHTLY):
        return "nightly"
    if any(name.startswith(one) for one in FAST):
        return "fast"
    return "slow" if any(name.startswith(one) for one in SLOW) else "fast"


def not_today(names: Iterable[str], day: date) -> set[str]:
    """Of the tests that take turns, those whose day it is not."""
    turns = defaultdict(list)
    for name in sorted(names):
        turns[name.partition("[")[0]].append(name)
    return {
        name
        for test, (every, _) in ROTATED.items()
        for number, name in enumerate(turns[test])
        if (number + day.toordinal()) % every
    }


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
    resting = not_today((item.nodeid for item in items), date.fromisoformat(os.environ[DAY]))
    for item in items:
        if (name := "nightly" if item.nodeid in resting else tier(item.nodeid)) != "fast":
            item.add_marker(getattr(pytest.mark, name))
        if reason := next((why for place, why in FLAKY.items() if item.nodeid.startswith(place)), ""):
            item.add_marker(pytest.mark.flaky(reruns=1, reason=reason))
        if (file := item.nodeid.partition("::")[0]) in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(file))
    result = yield
    items.sort(key=lambda item: not item.nodeid.startswith("tests/journeys/"))
    return result


def pytest_configure(config: pytest.Config) -> None:
    # One day for all processes of a run, which may go on past midnight.
    os.environ.setdefault(DAY, date.today().isoformat())
    config.addinivalue_line("markers", "slow: not in scripts/test (tests/support/tiers.py)")
    config.addinivalue_line("markers", "nightly: in scripts/nightly only (tests/support/tiers.py)")
