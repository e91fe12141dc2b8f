"""What the data left open is named, and nothing else; no value is in it."""

import pytest

from assistant.intake.prepare.sorting.unjudged import needs_are_known, unjudged_in
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(PlainFolder(PROFILES / "sample-lee"))


def test_whole_data_leave_nothing_open(profile: Profile) -> None:
    assert unjudged_in(profile, 0) == ()


def test_what_no_sorting_compares_with_is_only_counted(profile: Profile) -> None:
    (said,) = unjudged_in(profile, 2)
    assert said.en.startswith("the data have 2 things") and "2 处" in said.zh


def test_each_datum_stands_beside_what_it_would_have_told(profile: Profile) -> None:
    passport = profile.passport.model_copy(update={"number": ""})
    work = profile.work_permit.model_copy(update={"category": ""})
    told = unjudged_in(profile.model_copy(update={"passport": passport, "work_permit": work}), 2)
    assert [one.zh.partition("：")[0] for one in told[1:]] == ["护照号码", "护照号码", "人才类别"]
    assert not any("M98765432" in one.zh + one.en or "LEE" in one.en for one in told)


def test_needs_rest_on_category_and_occupation(profile: Profile) -> None:
    work = profile.work_permit.model_copy(update={"category": ""})
    assert needs_are_known(profile) and not needs_are_known(profile.model_copy(update={"work_permit": work}))
