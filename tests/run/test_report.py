"""The report counts outcomes, lists what is not calm, and turns both into the exit status and the JSON contract."""

import itertools

import pytest

from assistant.errors import RunStopped
from assistant.messages import Text
from assistant.outcome import CALM, REASON_WORDS, REASONS, STATUS_WORDS, STATUSES, Outcome
from assistant.run.report import Report, SectionReport


def report(*outcomes: Outcome, **more: object) -> Report:
    section = SectionReport("personal", "个人信息", 0.5, 6, outcomes)
    return Report("fill", "shenzhen", "shenzhen", "sample-lee", 4.2, (section,), {"submit_attempts": 0}, True, **more)


@pytest.mark.parametrize("status", STATUSES)
def test_only_calm_statuses_exit_calmly(status):
    one = report(Outcome("passport.number", "护照号码", status))
    assert one.exit_code == (0 if status in CALM else 1)
    assert len(one.for_the_person) == (0 if status in CALM else 1)


def test_a_missing_slot_or_an_early_end_needs_the_person():
    calm = Outcome("passport.number", "护照号码", "verified")
    assert report(calm).exit_code == 0
    assert report(calm, missing_slots=("聘用合同原件",)).exit_code == 1
    assert report(calm, stopped=RunStopped(Text("停", "stopped"))).exit_code == 1


def test_the_json_is_the_contract():
    document = report(Outcome("passport.number", "护照号码", "kept", "different-value", "text", 0)).as_json()
    assert list(itertools.islice(document, 7)) == [
        "schema",
        "command",
        "city",
        "portal",
        "applicant",
        "seconds",
        "sections",
    ]
    assert document["schema"] == 1 and document["counts"] == {"kept": 1} and document["handed_over"] is True
    (section,) = document["sections"]
    assert section["key"] == "personal" and section["title"] == "个人信息" and section["round_trips"] == 6
    (outcome,) = section["outcomes"]
    wanted = {
        "field": "passport.number",
        "label": "护照号码",
        "row": 0,
        "control": "text",
        "status": "kept",
        "reason": "different-value",
        "how": None,
    }
    assert wanted.items() <= outcome.items()


def test_every_status_and_reason_is_explained_in_both_languages():
    assert set(STATUS_WORDS) == set(STATUSES) and set(REASON_WORDS) == set(REASONS)
    for text in (*STATUS_WORDS.values(), *REASON_WORDS.values()):
        assert text.zh and text.en and text.zh != text.en
