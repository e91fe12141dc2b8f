"""Fifteen of the campaign's mixes on forms nobody described: another person's form holds nothing of the applicant's, no wrong
value goes unreported, nothing is submitted. The others are played at night (scripts/nightly)."""

import pytest
from playwright.sync_api import Playwright

from benchmarks.contact.attack import learn, play
from benchmarks.contact.mixes import make_mix
from benchmarks.contact.sitting import handler_home
from fixtures.unseen.server import NAMES, UnseenPortal, form_of

FORMS = [form_of(name) for name in NAMES]
SEED, SECONDS, PARTS = 20261201, 12.0, 1


@pytest.mark.parametrize("number", range(15))
def test_no_mix_of_troubles_leaves_anything_with_another_person_or_untold(number: int, playwright: Playwright) -> None:
    mix = make_mix(SEED, number, FORMS)
    with UnseenPortal(mix.form) as portal, handler_home() as applicants:
        if "renamed" in mix.kinds:
            learn(portal, applicants, playwright, parts=PARTS)
        played = play(mix, portal, applicants, playwright, seconds=SECONDS, parts=PARTS)
    assert played.kept, (mix.describe(), played.wrong_person, played.unreported, played.submits, played.broken)
