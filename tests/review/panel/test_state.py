"""What is on the panel, made of plain data."""

import dataclasses

import pytest

from assistant.outcome import Outcome
from assistant.page.kinds import Shown
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.review.cards import cards
from assistant.review.panel.refresh import as_it_is_now, outcomes_of
from assistant.review.panel.state import Board, applicant, key_of, tone_of
from assistant.run.fill.read_back import ReadBack, read_back
from assistant.run.fill.result import Stray
from assistant.run.plan import make_plan
from assistant.run.report import SectionReport
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


@pytest.fixture(scope="module")
def plan():
    return make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))


def looked(section, **other: Shown) -> Snapshot:
    """A page that holds what was planned, but for what `other` says."""
    values = {step.field.key: step.value for step in section.steps}
    return Snapshot(
        tuple(
            Control(
                0,
                number,
                step.field.control,
                "x",
                step.field.label,
                context=(step.field.block or "",),
                value=other.get(step.field.key, values[step.field.key]),
            )
            for number, step in enumerate(section.steps)
        )
    )


def reading(section, status="verified", **other: Shown) -> ReadBack:
    outcomes = [Outcome(step.field.key, step.field.label, status, None, step.field.control) for step in section.steps]
    plain = dataclasses.replace(section, tables=(), uploads=())
    return read_back(plain, outcomes, looked(section, **other))


def test_the_applicants_number_is_masked_and_the_name_is_not(plan):
    said = applicant(plan)
    assert "LEE MINJUN" in said.zh and "M***2" in said.zh and "M98765432" not in said.zh + said.en


def test_an_unchanged_renewal_has_at_most_twelve_cards_above_the_fold(plan):
    board = Board(plan, cards=cards([reading(section) for section in plan.sections]))
    message = board.as_message("zh")
    assert 0 < len(message["cards"]) <= 12 and len(message["rest"]) > 12
    kinds = [one["kindText"] for one in message["cards"]]
    assert kinds == sorted(kinds, key=["证件号码", "关键日期", "换算值"].index), "numbers and dates before all else"


def test_a_value_that_is_right_by_now_is_calm_and_one_that_no_longer_is_needs_a_look(plan):
    section = next(one for one in plan.sections if one.section.key == "personal")
    place = next(step for step in section.steps if step.field.key == "applicant.birth_place").field.key
    kept = reading(section)
    trouble = [
        dataclasses.replace(one, outcome=dataclasses.replace(one.outcome, status="kept", reason="different-value"))
        if one.field.key == place
        else one
        for one in kept.fields
    ]
    before = dataclasses.replace(kept, fields=tuple(trouble))
    mended = as_it_is_now(before, looked(section))
    assert {one.status for one in outcomes_of(mended) if one.field == place} == {"already"}
    spoilt = as_it_is_now(mended, looked(section, **{place: "PARIS"}))
    found = next(one for one in cards([spoilt]) if one.field == place)
    assert (tone_of(found), found.shown, found.folded) == ("conflict", "PARIS", False)
    assert as_it_is_now(before, Snapshot()).fields == before.fields, "what a look does not show stays as it was"


def test_what_was_not_saved_does_not_become_calm_by_looking_at_it(plan):
    section = next(one for one in plan.sections if one.section.key == "personal")
    plain = dataclasses.replace(section, tables=(), uploads=())
    outcomes = [Outcome(step.field.key, step.field.label, "failed", "not-saved") for step in section.steps]
    unsaved = as_it_is_now(read_back(plain, outcomes, None), looked(section))
    assert {one.status for one in outcomes_of(unsaved)} == {"failed"}
    assert len([one for one in cards([unsaved]) if not one.folded]) == len(section.steps)


def test_all_is_well_is_said_only_of_a_run_that_read_back_every_section(plan):
    section = next(one for one in plan.sections if one.section.key == "residence")
    title = section.section.title
    calm = SectionReport("residence", title, 1.0, 1, (Outcome("x", "x", "verified"),))
    left = SectionReport("residence", title, 1.0, 1, (Outcome("x", "x", "failed", "not-saved"),))

    def verdict(*, titles=(title,), reports=(calm,), read=(title,), **more):
        named = {one.title: one for one in reports}
        board = Board(plan, titles, phase="review", reports=named, read=set(read), **more)
        return board.as_message("en")["verdict"]

    assert verdict() == "all-calm"
    assert verdict(stopped=True) == "unfinished"
    assert verdict(reports=(left,)) == "unfinished", "something is left though no card says so"
    assert verdict(read=()) == "unfinished", "a section that nobody read back"
    assert verdict(titles=(title, "another")) == "unfinished", "a section the run never came to"
    assert verdict(cards=cards([reading(section)])) == "", "there are cards to look at first"


def test_done_is_the_persons_word_or_their_own_filling_in(plan):
    section = next(one for one in plan.sections if one.section.key == "personal")
    every = cards([reading(section)])
    board = Board(plan, cards=every)
    first = every[0]
    assert not board.is_done(first)
    board.done.add(key_of(first))
    assert board.is_done(first)
    left = dataclasses.replace(first, of=Stray(label="x", key="x", outcome=Outcome("x", "x", "by-hand", "no-value")))
    other = Board(plan, cards=[left])
    assert not other.is_done(left) and other.as_message("en")["paste"] == [key_of(left)]
    assert other.is_done(dataclasses.replace(left, of=dataclasses.replace(left.of, shown="typed")))


def test_no_two_cards_of_a_run_share_a_name(plan):
    keys = [key_of(one) for one in cards([reading(section) for section in plan.sections])]
    assert len(keys) == len(set(keys))
