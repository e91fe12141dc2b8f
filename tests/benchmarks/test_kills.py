"""The kill campaign and the hundred in a row: short seeded runs, and that their judgement sees what it is there for."""

import copy
import random
import sys

import pytest
from playwright.sync_api import Playwright

from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks import hundred, kills

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

FILE = {"name": "a.pdf", "size": 1, "sha256": "aa"}
DRAFT = {
    "applications": [
        {
            "applicant": {"name": "LEE MINA", "passport": "M1"},
            "status": "draft",
            "sections": {"personal": {"姓": "LEE", "名": "MINA"}, "education": [{"学校": "A"}, {"学校": "B"}]},
            "attachments": {"合同": [FILE]},
        }
    ],
    "requests": [],
    "submits": 0,
}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda one: one["sections"]["personal"].pop("名"), 0),
        (lambda one: one["sections"]["education"].pop(), 0),
        (lambda one: one["attachments"].clear(), 0),
        (lambda one: one["sections"]["personal"].update(名="MIN"), 1),
        (lambda one: one["sections"]["education"].append({"学校": "A"}), 1),
        (lambda one: one["sections"]["education"][0].update(学校="C"), 1),
        (lambda one: one["attachments"]["合同"].append(FILE), 1),
        (lambda one: one["attachments"].update(合同=[{**FILE, "sha256": "bb"}]), 1),
    ],
    ids=["less", "fewer-rows", "no-file", "wrong", "row-twice", "row-wrong", "file-twice", "file-other"],
)
def test_after_a_kill_less_is_right_and_anything_else_is_counted(change, wrong):
    state = copy.deepcopy(DRAFT)
    change(state["applications"][0])
    assert kills.beyond(state, DRAFT) == wrong
    assert not kills.same_draft(state, DRAFT)


def test_a_second_draft_is_wrong():
    state = copy.deepcopy(DRAFT)
    state["applications"] *= 2
    assert kills.beyond(state, DRAFT) == 1 and not kills.same_draft(state, DRAFT)


@linux
@pytest.mark.timeout(240)
def test_killed_at_random_moments_a_second_run_makes_the_draft_whole():
    """One kill -9 of the tool and one of its browser."""
    totals = kills.campaign(2, seed=11, sections=("personal", "education"))
    assert (totals.killed["tool"], totals.killed["browser"]) == (1, 1)
    assert (totals.wrong_after_kill, totals.wrong_after_second_run, totals.submits, totals.tracebacks) == (0, 0, 0, 0)
    assert totals.sections_redone_at_most <= 1
    assert totals.broken == []


def people(count: int):
    return list(hundred.invented(load_profile(PlainFolder(PROFILES / "sample-lee")), count, random.Random(7)))


def test_invented_applicants_share_no_value_of_their_own():
    values = [hundred.own_values(one) for one in people(100)]
    assert len(set().union(*values)) == sum(len(one) for one in values) == 100 * len(values[0])


def test_a_value_in_another_persons_draft_is_counted():
    first, second = people(2)
    own = {one.passport.number: hundred.own_values(one) for one in (first, second)}
    sections = {one.passport.number: {"personal": dict(enumerate(own[one.passport.number]))} for one in (first, second)}
    state = {
        "applications": [{"applicant": {"passport": key}, "sections": held} for key, held in sections.items()],
    }
    assert hundred.mixed_up(own, state) == (0, 0)
    sections[first.passport.number]["personal"][0] = second.applicant.email
    assert hundred.mixed_up(own, state)[0] == 1


@linux
def test_applicants_in_a_row_through_one_browser_don_t_mix(playwright: Playwright):
    result = hundred.measure(3, seed=5, sections=("personal",), driver=playwright)
    assert result.kept, result
    assert result.drafts == 3 and 0.5 < result.memory_ratio <= 1.5
