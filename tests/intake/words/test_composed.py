"""A text that answers several questions is taken apart where it names each part, and only there."""

import pytest

from assistant.intake.words.composed import PREVIOUS, composed, parts_of

WORKPLACE = ["employment.workplace.province", "employment.workplace.city", "employment.workplace.district"]


def test_what_can_be_taken_apart_is_known() -> None:
    assert {"workplace.region", "address.line", "contract.range", "passport.former"} <= composed().keys()


@pytest.mark.parametrize("text", ["广东省 / 深圳市 / 南山区", "广东省深圳市南山区"])
def test_a_place_is_divided_into_its_levels(text: str) -> None:
    assert parts_of("workplace.region", text) == dict(zip(WORKPLACE, ("广东省", "深圳市", "南山区"), strict=True))


def test_a_street_by_itself_is_the_detail_alone() -> None:
    assert parts_of("address.line", "样例路18号3栋1201室") == {"applicant.address.detail": "样例路18号3栋1201室"}


def test_two_days_in_order_are_the_ends_of_a_stretch_and_one_day_is_neither() -> None:
    both = parts_of("contract.range", "2025年1月16日至2028年1月15日")
    assert both == {"employment.contract_from": "2025-01-16", "employment.contract_to": "2028-01-15"}
    assert parts_of("contract.range", "2025-01-16") == {}
    assert parts_of("contract.range", "2028-01-15 至 2025-01-16") == {}


def test_every_nationality_is_told_at_once() -> None:
    assert parts_of("passport.former", "西班牙、墨西哥") == {PREVIOUS: "西班牙、墨西哥"}
