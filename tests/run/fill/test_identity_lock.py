"""The identity lock: one contradicting sign stops the run; without any sign nothing is written."""

import pytest

from assistant.errors import WrongPerson
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill.identity_lock import IdentityLock, same_identity
from assistant.run.plan import make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

PLAN = make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))
PERSONAL = next(one for one in PLAN.sections if one.section.key == "personal")
RESIDENCE = next(one for one in PLAN.sections if one.section.key == "residence")
OURS = {"申请人": {"LEE MINJUN"}, "护照号码": {"M98765432"}}


def form(**values: str) -> Snapshot:
    return Snapshot(
        tuple(
            Control(0, number, "text", "native", label, value=value)
            for number, (label, value) in enumerate(values.items())
        )
    )


def test_the_applicants_own_page_is_let_through():
    IdentityLock(PLAN.identity).check(RESIDENCE, form(), OURS)


@pytest.mark.parametrize(
    "facts",
    [
        {"申请人": {"LEE MINJUN"}, "护照号码": {"M98765433"}},
        {"申请人": {"KIM MINJUN"}, "护照号码": {"M98765432"}},
        {"申请人": {"LEE MINJUN", "OKAFOR ADA"}, "护照号码": {"M98765432"}},
    ],
)
def test_one_contradicting_mark_stops_the_run(facts):
    with pytest.raises(WrongPerson) as stopped:
        IdentityLock(PLAN.identity).check(RESIDENCE, form(), facts)
    assert "M9876543" not in str(stopped.value) and "OKAFOR" not in str(stopped.value)


def test_another_persons_value_in_an_identity_field_stops_the_run():
    with pytest.raises(WrongPerson):
        IdentityLock(PLAN.identity).check(PERSONAL, form(姓="LEE", 护照号码="X1234567"), OURS)


def test_a_blank_form_that_asks_who_it_is_for_may_be_filled():
    IdentityLock(PLAN.identity).check(PERSONAL, form(姓="", 护照号码=""), {})


def test_a_section_without_any_sign_is_not_written_until_identity_was_proved():
    lock = IdentityLock(PLAN.identity)
    with pytest.raises(WrongPerson):
        lock.check(RESIDENCE, form(证件号码=""), {})
    lock.prove()
    lock.check(RESIDENCE, form(证件号码=""), {})


@pytest.mark.parametrize(
    ("wanted", "shown", "same"),
    [
        ("LEE MINJUN", "MINJUN LEE", True),
        ("LEE MINJUN", "Lee, Minjun", True),
        ("DE LA CRUZ MARIA", "MARIA DE LA CRUZ", True),
        ("LEE MINJUN", "LEE MIN", False),
        ("LEE MINJUN", "LEE", False),
        ("M98765432", "M98****32", True),
        ("M98765432", "M97****32", False),
        ("M98765432", "*********", False),
        ("M98765432", "M9876543", False),
    ],
)
def test_names_and_numbers_agree_only_when_they_are_the_same(wanted, shown, same):
    assert same_identity(wanted, shown) is same


def test_where_the_page_is_asked_anew_saying_nothing_is_not_enough():
    lock = IdentityLock(PLAN.identity)
    lock.check_marks(OURS, needed=True)
    with pytest.raises(WrongPerson):
        lock.check_marks({"申请人": set(), "护照号码": set()}, needed=True)
