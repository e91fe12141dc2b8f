"""What became of a field changes by the events of one table, and by nothing else; the outcome never holds a value."""

import ast
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import pytest

from assistant.outcome import STATUSES, Outcome, Status
from assistant.page.snapshot import Control
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill.result import TRANSITIONS, Event, FieldResult, UploadResult, settle
from assistant.run.plan import Step, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES, ROOT

PLAN = make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))
SECTION = next(section for section in PLAN.sections if section.uploads or section.steps)
CANARY = "canary-5b1e"


def outcome(status: Status) -> Outcome:
    return Outcome("passport.number", "护照号码", status, None, "text", None, "in-page")


def test_every_event_has_its_row_in_the_table_and_every_row_its_event() -> None:
    assert set(TRANSITIONS) == set(get_args(Event))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("event", get_args(Event))
def test_an_event_only_changes_what_it_applies_to(event: Event, status: Status) -> None:
    then, before = TRANSITIONS[event], outcome(status)
    after = settle(before, event)
    if then.of is None or status in then.of:
        assert (after.status, after.reason) == (then.status, then.reason)
    else:
        assert after == before


def test_only_a_look_that_shows_the_value_verifies_it() -> None:
    verifying = {event for event, then in TRANSITIONS.items() if then.status == "verified"}
    assert verifying == {"proved", "recognised"}
    assert {settle(outcome(status), "recognised").status for status in ("failed", "refused", "mismatched")} == {
        "failed",
        "refused",
        "mismatched",
    }


def test_what_was_not_written_says_nothing_of_how() -> None:
    assert settle(outcome("failed"), "refused", "no-such-option").how is None
    assert settle(outcome("failed"), "interrupted").how is None
    assert settle(outcome("failed"), "proved", how="keyboard").how == "keyboard"
    assert settle(outcome("failed"), "not-taken").how == "in-page"


def test_a_result_prints_no_value_and_its_outcome_has_no_place_for_one() -> None:
    step = PLAN.sections[0].steps[0]
    result = FieldResult.of(Step(step.field, CANARY, (CANARY,), said=(CANARY,)), "planned")
    result.found_at(Control(0, 1, "text", "native", step.field.label, value=CANARY))
    result.before = result.shown
    result.settle("proved", how="in-page")
    assert CANARY not in repr(result) and CANARY not in str(asdict(result.outcome or outcome("failed")))
    assert result.right and result.shown == CANARY


def test_a_slot_prints_no_name_of_a_file() -> None:
    plan = next(one for section in PLAN.sections for one in section.uploads)
    result = UploadResult.of(plan, "planned")
    result.control = Control(0, 1, "upload", "native", plan.upload.label, value=(CANARY,))
    assert CANARY not in repr(result) and plan.files[0].name not in repr(result) and result.files == (CANARY,)


def test_no_module_assigns_a_status_or_a_reason_by_hand() -> None:
    found = []
    for path in (ROOT / "assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            names = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Attribute)]
            if any(part.attr in ("status", "reason") and isinstance(part.ctx, ast.Store) for part in names):
                found.append(f"{Path(path).name}:{node.lineno}")
    assert found == []
