"""Names, numbers and codes: what is typing noise, what is wrong, and that nothing wrong is quoted."""

import doctest
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from assistant.errors import Unfit
from assistant.profile import identifiers, mrz


def refused(check: Callable[[str], object], text: str) -> str:
    with pytest.raises(Unfit) as caught:
        check(text)
    return caught.value.what.en


# ---- names


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("Müller", "MUELLER"),
        ("Ångström", "AANGSTROEM"),
        ("Sørensen", "SOERENSEN"),
        ("Weiß", "WEISS"),
        ("Þórunn", "THORUNN"),
        ("Núñez", "NUNEZ"),
        ("O’Connor", "OCONNOR"),
        ("Jean-Paul", "JEAN PAUL"),
        ("Łukasz", "LUKASZ"),
        ("Ştefan", "STEFAN"),
        ("Œuvre", "OEUVRE"),
        ("Çağlar", "CAGLAR"),
        ("Đặng", "DANG"),
        ("  van   der  Berg ", "VAN DER BERG"),
    ],
)
def test_accents_and_signs_become_what_icao_writes(name: str, proposal: str) -> None:
    assert identifiers.transliterate(name) == proposal


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_proposal_holds_only_what_a_name_may_hold(name: str) -> None:
    proposal = identifiers.transliterate(name)
    assert identifiers.latin_name(proposal) == proposal


def test_case_width_and_spaces_of_a_name_are_no_mistake() -> None:
    assert identifiers.latin_name(" ｄｅ　la \u200b Cruz ") == "DE LA CRUZ"


@pytest.mark.parametrize("name", ["Müller", "O'Neil", "Jean-Paul", "李", "Lee2", "LEE."])
def test_a_name_with_accents_or_signs_is_refused_by_place_and_not_quoted(name: str) -> None:
    sentence = refused(identifiers.latin_name, name)
    odd = next(i for i, letter in enumerate(name.upper(), 1) if not ("A" <= letter <= "Z" or letter == " "))
    assert f"character {odd} " in sentence
    assert name not in sentence


# ---- numbers and codes


def test_passport_numbers_lose_typing_noise_only() -> None:
    assert identifiers.passport_number(" ｅ1234 5678") == "E12345678"
    for wrong in ("", "E123", "E1234-5678", "护照12345", "A" * 21):
        assert "letters and digits" in refused(identifiers.passport_number, wrong)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110108551385082Q", " ９１350100m000100y43"])
def test_published_credit_codes_pass(code: str) -> None:
    assert uscc.is_valid(identifiers.credit_code(code))


@settings(deadline=None)
@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_any_single_wrong_character_in_a_credit_code_is_caught(place: int, letter: str) -> None:
    code = "91350100M000100Y43"
    changed = code[:place] + letter + code[place + 1 :]
    if changed != code:
        assert "code" in refused(identifiers.credit_code, changed)


def test_a_wrong_check_character_is_told_from_a_wrong_shape() -> None:
    assert "check character" in refused(identifiers.credit_code, "91350100M000100Y44")
    assert "18 digits" in refused(identifiers.credit_code, "91350100M000100Y4")


def test_countries_are_iso_alpha_3() -> None:
    assert identifiers.country(" kor ") == "KOR"
    for wrong in ("NO", "KR", "XXX", "UTO", "中国", ""):
        assert "three-letter" in refused(identifiers.country, wrong)


@pytest.mark.parametrize("text", ["13800138000", "+86 138-0013-8000", "0086 13800138000", "１３８００１３８０００"])
def test_a_mobile_is_eleven_digits_however_it_is_typed(text: str) -> None:
    assert identifiers.mobile(text) == "13800138000"


@pytest.mark.parametrize(
    "text", ["1380013800", "138001380000", "12800138000", "0755-12345678", "手机", "", "1380013800O"]
)
def test_what_is_no_mobile_is_refused(text: str) -> None:
    assert "11 digits" in refused(identifiers.mobile, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0755-86000000", "0755-86000000"),
        ("(0755) 8600 0000", "0755-86000000"),
        ("+86 755 86000000", "0755-86000000"),
        ("010-80000000-123", "010-80000000-123"),
        ("无", "无"),
    ],
)
def test_a_landline_has_an_area_code_or_is_none(text: str, number: str) -> None:
    assert identifiers.landline(text) == number


@pytest.mark.parametrize("text", ["86000000", "13800138000", "0755-123", "none"])
def test_a_landline_without_area_code_is_refused(text: str) -> None:
    assert "area code" in refused(identifiers.landline, text)


def test_a_phone_may_be_mobile_landline_or_foreign() -> None:
    assert identifiers.phone("138 0013 8000") == "13800138000"
    assert identifiers.phone("0755 86000000") == "0755-86000000"
    assert identifiers.phone("+44 20 7946 0000") == "+442079460000"
    for wrong in ("无", "12345", "+86 123", "+44", "phone"):
        assert "country code" in refused(identifiers.phone, wrong) or "landline" in refused(identifiers.phone, wrong)


def test_an_email_is_checked_by_form_without_asking_a_server() -> None:
    assert identifiers.email(" Lee@Example.COM ") == "Lee@example.com"
    for wrong in ("lee", "lee@", "lee@@example.com", "lee@example", "王@example.com", "a b@example.com"):
        assert "e-mail" in refused(identifiers.email, wrong)


CHECKS = [
    identifiers.latin_name,
    identifiers.passport_number,
    mrz.mrz_text,
    identifiers.country,
    identifiers.credit_code,
    identifiers.mobile,
    identifiers.landline,
    identifiers.phone,
    identifiers.email,
]


@pytest.mark.parametrize("check", CHECKS)
@settings(deadline=None)
@given(text=st.text(max_size=100).map(lambda rest: f"CanAry77ÄÖ!{rest}"))
def test_whatever_is_wrong_is_refused_without_quoting_it(check: Callable[[str], object], text: str) -> None:
    with pytest.raises(Unfit) as caught:
        check(text)
    assert "canary" not in f"{caught.value} {caught.value!r}".casefold()


@pytest.mark.parametrize("check", CHECKS)
@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_is_taken_or_refused_and_taking_twice_changes_nothing(check: Callable[[str], str], text: str) -> None:
    try:
        value = check(text)
    except Unfit:
        return
    assert check(value) == value


def test_the_examples_in_the_documentation_hold() -> None:
    result = doctest.testmod(identifiers)
    assert result.failed == 0
    assert result.attempted > 0
