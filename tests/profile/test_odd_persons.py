"""Persons whose passports leave something open: each can be stated, loads, and agrees with its own zone."""

from datetime import date
from typing import Any

import pytest

from assistant.profile.mrz import check_digit


def zone(names: str, *, nationality: str = "KOR", birth: str = "880314", sex: str = "M") -> str:
    """A zone with these parts and right check digits; number and expiry as in the sample."""
    first = f"P<{nationality.ljust(3, '<')}{names}".ljust(44, "<")
    second = f"M987654320{nationality.ljust(3, '<')}{birth}{check_digit(birth)}{sex}3205105" + "<" * 15
    return f"{first}\n{second}{check_digit(second[0:10] + second[13:20] + second[21:43])}"


@pytest.mark.parametrize("names", ["<<RAJU", "RAJU"])
@pytest.mark.parametrize("box", ["surname", "given_names"])
def test_a_single_name_stands_in_either_box_and_agrees_with_either_zone(lee: Any, names: str, box: str) -> None:
    lee["applicant.surname"] = lee["applicant.given_names"] = ""
    lee[f"applicant.{box}"] = "RAJU"
    lee["applicant.nationality"] = "IND"
    lee["passport.mrz"] = zone(names, nationality="IND")
    person = lee.load().applicant
    assert (person.surname, person.given_names) == (("RAJU", None) if box == "surname" else (None, "RAJU"))
    assert person.full_name == "RAJU"


def test_another_single_name_than_the_zone_s_is_refused(lee: Any) -> None:
    lee["applicant.surname"], lee["applicant.given_names"] = "", "RAJA"
    lee["applicant.nationality"] = "IND"
    lee["passport.mrz"] = zone("<<RAJU", nationality="IND")
    assert lee.refusal().keys == ["applicant.surname"]


@pytest.mark.parametrize("place", ["applicant", "family.0"])
def test_somebody_without_any_name_is_refused(lee: Any, place: str) -> None:
    lee["passport.mrz"] = ""
    lee[f"{place}.surname"] = lee[f"{place}.given_names"] = ""
    (key,) = lee.refusal().keys
    assert key.endswith("surname")


@pytest.mark.parametrize(
    ("stated", "printed", "kept"),
    [
        ("RKS", "RKS", "RKS"),
        ("XXA", "XXA", "XXA"),
        ("xxb", "XXB", "XXB"),
        ("XXC", "XXC", "XXC"),
        ("UNO", "UNO", "UNO"),
        ("D", "D", "DEU"),
        ("DEU", "D", "DEU"),
        ("GBR", "GBS", "GBR"),
        *((code, code, code) for code in ("GBD", "GBN", "GBO", "GBP", "GBS")),
    ],
)
def test_nationalities_that_are_no_country_load_with_their_zone(lee: Any, stated: str, printed: str, kept: str) -> None:
    lee["applicant.nationality"] = stated
    lee["passport.mrz"] = zone("LEE<<MINJUN", nationality=printed)
    assert lee.load().applicant.nationality == kept


@pytest.mark.parametrize("invented", ["XXZ", "KOS", "GBX", "Germany"])
def test_an_invented_nationality_is_refused(lee: Any, invented: str) -> None:
    lee["passport.mrz"] = ""
    lee["applicant.nationality"] = invented
    assert lee.refusal().keys == ["applicant.nationality"]


@pytest.mark.parametrize("written", ["X", "x", "<", "unspecified"])
@pytest.mark.parametrize("printed", ["<", "X"])
def test_an_unspecified_sex_can_be_stated(lee: Any, written: str, printed: str) -> None:
    lee["applicant.sex"] = written
    lee["passport.mrz"] = zone("LEE<<MINJUN", sex="<") if printed == "<" else ""
    assert lee.load().applicant.sex == "unspecified"


@pytest.mark.parametrize(
    ("known", "stated", "printed"),
    [
        ("month", "1988-03-01", "8803<<"),
        ("month", "1988-03-01", "880300"),
        ("year", "1988-01-01", "88<<<<"),
        ("year", "1988-01-01", "880000"),
        ("year", "1988-01-01", "880701"),  # some states print 1 July for an unknown day
    ],
)
def test_an_unknown_day_of_birth_can_be_stated(lee: Any, known: str, stated: str, printed: str) -> None:
    lee["applicant.birth_date"], lee["applicant.birth_date_known"] = stated, known
    lee["passport.mrz"] = zone("LEE<<MINJUN", birth=printed)
    person = lee.load().applicant
    assert (person.birth_date, person.birth_date_known) == (date.fromisoformat(stated), known)


@pytest.mark.parametrize("printed", ["87<<<<", "8804<<"])
def test_what_the_passport_does_give_must_still_agree(lee: Any, printed: str) -> None:
    lee["applicant.birth_date"], lee["applicant.birth_date_known"] = "1988-03-01", "month"
    lee["passport.mrz"] = zone("LEE<<MINJUN", birth=printed)
    assert lee.refusal().keys == ["applicant.birth_date"]


@pytest.mark.parametrize("kind", ["Z", "K", "X9"])
def test_a_visa_of_any_kind_can_be_stated(lee: Any, kind: str) -> None:
    lee["residence_permit.held"], lee["residence_permit.visa_kind"] = "visa", kind
    permit = lee.load().residence_permit
    assert (permit.held, permit.visa_kind) == ("visa", kind)


def test_a_visa_free_entry_is_a_kind_of_its_own(lee: Any) -> None:
    lee["residence_permit.held"] = "visa_free"
    assert lee.load().residence_permit.held == "visa_free"
