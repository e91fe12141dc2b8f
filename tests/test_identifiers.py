"""Names, numbers and codes: what is typing noise, what is wrong, and that nothing wrong is quoted."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from assistant import identifiers
from assistant.identifiers import Unfit

# The specimen of ICAO Doc 9303-4, appendix B.
SPECIMEN = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def refused(check: Callable[[str], object], text: str) -> str:
    with pytest.raises(Unfit) as caught:
        check(text)
    return caught.value.what.en


# ---- machine readable zone


def test_icaos_specimen_is_read() -> None:
    mrz = identifiers.read_mrz(SPECIMEN)
    assert (mrz.number, mrz.nationality, mrz.sex) == ("L898902C3", "UTO", "F")
    assert mrz.has_names("ERIKSSON", "ANNA MARIA")
    assert mrz.has_birth(date(1974, 8, 12))
    assert mrz.has_expiry(date(2012, 4, 15))
    assert mrz.has_sex("female")
    assert not mrz.has_sex("male")


def test_the_zone_is_taken_however_it_was_copied() -> None:
    lines = SPECIMEN.split("\n")
    for spelling in (
        SPECIMEN,
        " ".join(lines),
        "".join(lines).lower(),
        SPECIMEN.replace("<", "＜"),
        f"\n {SPECIMEN}\n",
    ):
        assert identifiers.mrz_text(spelling) == SPECIMEN


@given(st.integers(44, 87), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_a_wrong_character_in_line_two_never_passes_unless_it_counts_the_same(place: int, letter: str) -> None:
    # Nationality and sex carry no check digit; letters ten apart have the same weight (ICAO 9303-3, 4.9).
    compact = SPECIMEN.replace("\n", "")
    changed = compact[:place] + letter + compact[place + 1 :]
    values = [0 if c == "<" else int(c, 36) for c in (compact[place], letter)]
    covered = place - 44 not in (10, 11, 12, 20)
    if covered and (values[0] - values[1]) % 10:
        assert refused(identifiers.mrz_text, changed)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (44, "passport number"),
        (53, "passport number"),
        (57, "birth"),
        (65, "expiry"),
        (72, "whole line"),
        (87, "whole line"),
    ],
)
def test_the_part_with_the_wrong_check_digit_is_named(place: int, named: str) -> None:
    compact = SPECIMEN.replace("\n", "")
    wrong = "2" if compact[place] != "2" else "1"
    assert named in refused(identifiers.mrz_text, compact[:place] + wrong + compact[place + 1 :])


@pytest.mark.parametrize("text", ["", "P<UTO", SPECIMEN[:-1], SPECIMEN + "0", SPECIMEN.replace("P<", "I<"), "X" * 88])
def test_what_is_no_zone_is_refused(text: str) -> None:
    assert "44" in refused(identifiers.mrz_text, text)


def test_an_unused_personal_number_may_have_a_zero_or_a_filler_for_its_digit() -> None:
    for digit in "0<":
        body = "L898902C36UTO7408122F1204159" + "<" * 14 + digit
        composite = identifiers.check_digit(body[0:10] + body[13:20] + body[21:43])
        assert identifiers.mrz_text(SPECIMEN.split("\n")[0] + body + composite)


@pytest.mark.parametrize(("code", "iso"), [("D<<", "DEU"), ("GBD", "GBR"), ("KOR", "KOR")])
def test_icaos_own_country_codes_become_iso(code: str, iso: str) -> None:
    first, second = SPECIMEN.split("\n")
    assert identifiers.read_mrz(first + second[:10] + code + second[13:]).nationality == iso


def zone(names: str) -> identifiers.Mrz:
    return identifiers.read_mrz(f"P<UTO{names}\n" + SPECIMEN.split("\n")[1])


@pytest.mark.parametrize(
    ("names", "surname", "given_names"),
    [
        ("DE<LA<CRUZ<<MARIA<JOSE<<<<<<<<<<<<<<<<<", "DE LA CRUZ", "MARIA JOSE"),
        ("ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "ARKFREITH", None),
        # Cut off as ICAO 9303-4, 4.2.3 shows: at the end, in the given names, in each part.
        ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", "NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"),
        ("NILAVADHANANANDA<<ARNPOL<PETCH<C<CHARAN", "NILAVADHANANANDA", "ARNPOL PETCHARATANA CHAROENSUK CHARANRAT"),
        ("BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNA", "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO"),
    ],
)
def test_names_agree_with_the_zone_when_compound_single_or_cut_off(
    names: str, surname: str, given_names: str | None
) -> None:
    assert zone(names).has_names(surname, given_names)


@pytest.mark.parametrize(
    ("surname", "given_names"),
    [("DE LA CRUZ", "MARIA"), ("DE LA", "CRUZ MARIA JOSE"), ("CRUZ", "MARIA JOSE"), ("DELACRUZ", "MARIA JOSE")],
)
def test_other_names_do_not_agree(surname: str, given_names: str) -> None:
    assert not zone("DE<LA<CRUZ<<MARIA<JOSE<<<<<<<<<<<<<<<<<").has_names(surname, given_names)


def test_a_long_name_that_begins_otherwise_does_not_agree() -> None:
    mrz = zone("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K")
    assert not mrz.has_names("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG SRASUANG")
    assert not mrz.has_names("NILAVADHANANANDO", "CHAYAPA DEJTHAMRONG KRASUANG")


def test_a_birth_date_with_unknown_day_is_compared_as_far_as_it_goes() -> None:
    born = "7408<<"
    body = "L898902C36UTO" + born + identifiers.check_digit(born) + "F1204159ZE184226B<<<<<1"
    composite = identifiers.check_digit(body[0:10] + body[13:20] + body[21:43])
    mrz = identifiers.read_mrz(SPECIMEN.split("\n")[0] + body + composite)
    assert mrz.has_birth(date(1974, 8, 3))
    assert not mrz.has_birth(date(1974, 9, 3))


letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=25)


@given(st.lists(letters, min_size=1, max_size=3), st.lists(letters, max_size=3))
def test_the_zone_written_for_a_name_always_agrees_with_it(surname: list[str], given_names: list[str]) -> None:
    field = identifiers.mrz_names(" ".join(surname), " ".join(given_names))
    assert len(field) == 39
    assert zone(field).has_names(" ".join(surname), " ".join(given_names) or None)


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
    identifiers.mrz_text,
    identifiers.country,
    identifiers.credit_code,
    identifiers.mobile,
    identifiers.landline,
    identifiers.phone,
    identifiers.email,
]


@pytest.mark.parametrize("check", CHECKS)
@given(text=st.text(max_size=100).map(lambda rest: f"CanAry77ÄÖ!{rest}"))
def test_whatever_is_wrong_is_refused_without_quoting_it(check: Callable[[str], object], text: str) -> None:
    with pytest.raises(Unfit) as caught:
        check(text)
    assert "canary" not in f"{caught.value} {caught.value!r}".casefold()


@pytest.mark.parametrize("check", CHECKS)
@given(text=st.text(max_size=40))
def test_any_text_is_taken_or_refused_and_taking_twice_changes_nothing(check: Callable[[str], str], text: str) -> None:
    try:
        value = check(text)
    except Unfit:
        return
    assert check(value) == value


def test_a_read_zone_does_not_show_itself() -> None:
    assert "ERIKSSON" not in repr(identifiers.read_mrz(SPECIMEN))
