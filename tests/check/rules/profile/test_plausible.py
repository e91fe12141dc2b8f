"""Dates of the wrong year, century or order are found, whatever the machine readable zone says; ordinary lives are not."""

from datetime import date
from typing import Any

import pytest

from assistant.check.deadlines.dates import add_months
from assistant.check.rules.profile import check_profile
from assistant.check.rules.profile.plausible import DISTANCES, KINDS
from assistant.profile.mrz import check_digit

ON = date(2026, 11, 30)


def found(draft: Any, on: date = ON) -> list[tuple[str, str]]:
    codes = {kind.code: kind.severity for kind in KINDS}
    return [(codes[one.code], one.where) for one in check_profile(draft.load(), on) if one.code in codes]


def with_zone(draft: Any) -> None:
    """Gives the draft the zone that its own dates would have, as a passport with this slip in the file would."""
    first, second = draft["passport.mrz"].split()
    born, ends = draft["applicant.birth_date"], draft["passport.expires_on"]
    birth, expiry = (day[2:].replace("-", "") for day in (born, ends))
    second = f"{second[:13]}{birth}{check_digit(birth)}{second[20]}{expiry}{check_digit(expiry)}{second[28:43]}"
    draft["passport.mrz"] = f"{first}\n{second}{check_digit(second[0:10] + second[13:20] + second[21:43])}"


SLIPS: list[tuple[dict[str, Any], tuple[str, str]]] = [
    # the shared cases
    ({"passport.expires_on": "2132-05-10"}, ("error", "passport.expires_on")),
    ({"passport.issued_on": "2012-05-10"}, ("error", "passport.expires_on")),
    ({"family.0.birth_date": "1889-08-02"}, ("error", "family[1].birth_date")),
    ({"family.0.birth_date": "2019-08-02"}, ("error", "family[1].birth_date")),
    ({"education.0.from": "1904-03"}, ("error", "education[1].from")),
    ({"education.0.from": "1984-03"}, ("error", "education[1].from")),
    ({"employment.contract_from": "1925-01-16"}, ("error", "employment.contract_from")),
    ({"residence_request.entry_date": "2006-09-27"}, ("error", "residence_request.entry_date")),
    # more of the kind
    ({"applicant.birth_date": "1888-03-14"}, ("error", "applicant.birth_date")),
    ({"applicant.birth_date": "1930-03-14", "family": []}, ("warning", "applicant.birth_date")),
    ({"passport.expires_on": "2034-02-11"}, ("error", "passport.expires_on")),
    ({"passport.expires_on": "2022-08-10", "passport.issued_on": "2022-05-10"}, ("warning", "passport.expires_on")),
    ({"employment.contract_from": "2004-01-16"}, ("error", "employment.contract_from")),
    ({"employment.contract_to": "2128-01-15"}, ("error", "employment.contract_to")),
    ({"employment.contract_to": "2036-01-15"}, ("warning", "employment.contract_to")),
    ({"employment.contract_from": "2015-01-16"}, ("warning", "employment.contract_from")),
    ({"employment.in_china_since": "2001-01-16"}, ("error", "employment.in_china_since")),
    ({"employment.requested_from": "2016-01-16"}, ("warning", "employment.requested_from")),
    ({"work_permit.expires_on": "2127-01-15"}, ("error", "work_permit.expires_on")),
    ({"residence_permit.expires_on": "2037-01-15"}, ("error", "residence_permit.expires_on")),
    ({"residence_request.entry_date": "2020-09-27"}, ("warning", "residence_request.entry_date")),
    ({"education.0.from": "1997-03"}, ("warning", "education[1].from")),
    ({"education.1.from": "2000-03"}, ("warning", "education[2].from")),
    ({"education.1.to": "2043-02"}, ("error", "education[2].to")),
    ({"work_history.0.from": "1993-03"}, ("error", "work_history[1].from")),
    ({"work_history.1.to": "2120-12"}, ("warning", "work_history[2].to")),
    ({"family.0.birth_date": "1942-08-02"}, ("warning", "family[1].birth_date")),
    ({"family.1.birth_date": "1998-10-30"}, ("error", "family[2].birth_date")),
    ({"family.1.birth_date": "1918-10-30"}, ("error", "family[2].birth_date")),
    ({"family.1.relation": "parent"}, ("error", "family[2].birth_date")),
    ({"family.1.relation": "spouse_parent"}, ("error", "family[2].birth_date")),
]


@pytest.mark.parametrize(("slip", "finding"), SLIPS, ids=lambda value: str(value)[:60])
def test_a_slip_in_the_year_is_found_at_its_place_though_the_zone_agrees(
    lee: Any, slip: dict[str, Any], finding: tuple[str, str]
) -> None:
    for path, value in slip.items():
        lee[path] = value
    with_zone(lee)
    assert found(lee) == [finding]


def test_companions_are_held_to_the_same_distances(lee: Any) -> None:
    lee["companions"] = [
        {"surname": "LEE", "given_names": "A", "sex": "male", "birth_date": "1918-01-01", "relation": "child"}
    ]
    assert found(lee) == [("error", "companions[1].birth_date")]


def test_ordinary_lives_raise_nothing(sample: str, draft_of: Any) -> None:
    assert found(draft_of(sample)) == []


@pytest.mark.parametrize(
    "ordinary",
    [
        {"passport.issued_on": "2022-05-10", "passport.expires_on": "2033-02-10"},  # nine months carried over
        {"family.0.birth_date": "1970-01-01"},
        {"family.1.birth_date": "2026-11-29"},
        {"education.0.from": "1999-09"},
        {"residence_request.entry_date": "2021-12-31"},
        {"employment.contract_to": "2035-01-15"},
    ],
)
def test_what_is_rare_but_real_is_left_in_peace(lee: Any, ordinary: dict[str, Any]) -> None:
    for path, value in ordinary.items():
        lee[path] = value
    with_zone(lee)
    assert found(lee) == []


@pytest.mark.parametrize("distance", DISTANCES, ids=lambda distance: f"{distance.earlier}-{distance.later}")
def test_both_bounds_of_a_distance_are_allowed_and_a_day_beyond_is_not(distance: Any) -> None:
    start = date(2000, 6, 15)
    for bound, beyond in ((distance.least, -1), (distance.most, 1)):
        if bound is not None:
            edge = add_months(start, bound)
            assert distance.holds(start, edge)
            assert not distance.holds(start, date.fromordinal(edge.toordinal() + beyond))


def test_no_finding_repeats_a_date_of_the_person(lee: Any) -> None:
    lee["passport.expires_on"], lee["family.0.birth_date"] = "2132-05-10", "1889-08-02"
    with_zone(lee)
    said = repr(check_profile(lee.load(), ON))
    assert "2132" not in said and "1889" not in said
