"""Zones of all five forms, read well and badly: what is read is told, what is not proved is not said to be."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.profile.zones import Zone, zones_of
from fixtures.papers import mrz

# ICAO Doc 9303's own specimens (parts 4, 5, 6 and 7).
SPECIMENS = {
    "TD3": ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"],
    "TD1": ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"],
    "TD2": ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
    "MRV-A": ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"],
    "MRV-B": ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
}


def only(rows: list[str]) -> Zone:
    (zone,) = zones_of(rows)
    return zone


@pytest.mark.parametrize("form", SPECIMENS)
def test_each_form_is_known_and_agrees_with_itself(form: str) -> None:
    zone = only(["UTOPIA", *SPECIMENS[form], "page 3"])
    assert (zone.form, zone.issuer, zone.names, zone.sound) == (form, "UTO", "ERIKSSON<<ANNA<MARIA", True)


def test_several_zones_on_a_page_are_all_found() -> None:
    rows = [row for lines in SPECIMENS.values() for row in ["", *lines]]
    assert [zone.form for zone in zones_of(rows)] == list(SPECIMENS)


@pytest.mark.parametrize(("rows", "number"), [
    (["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"], "D23145890734"),
    (["I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8"], "D23145890734"),
])  # fmt: skip
def test_a_number_of_more_than_nine_signs_goes_on_in_the_optional_data(rows: list[str], number: str) -> None:
    zone = only(rows)
    assert (zone.number.text, zone.number.holds) == (number, True)


def test_a_second_line_without_any_filler_is_one() -> None:
    """As on passports that fill the optional data with a personal number."""
    lines = mrz.passport_lines(number="E12345678", nationality="CHN", surname="LI", given="NA", birth=date(1990, 1, 2), sex="female",
                               expires=date(2031, 3, 4), personal="LGMJLANLLIPPA9")  # fmt: skip
    assert "<" not in lines[1]
    assert only(list(lines)).sound


def test_fillers_read_as_k_or_as_brackets_are_fillers() -> None:
    first = "P<UTOERIKSSON«ANNA<MARIA<<<KK<<K<<くく<<K<<<"
    zone = only([first, SPECIMENS["TD3"][1]])
    assert zone.names == "ERIKSSON<<ANNA<MARIA"


@pytest.mark.parametrize("change", [(30, "<<"), (20, "")])
def test_miscounted_fillers_do_not_spoil_the_digits_after_them(change: tuple[int, str]) -> None:
    more = SPECIMENS["TD3"][1].replace("B<<<<<1", "B<<<<" + change[1] + "<1" if change[1] else "B<<<1")
    assert only([SPECIMENS["TD3"][0], more]).sound


def test_letters_where_only_digits_stand_are_put_back_and_names_lose_their_digits() -> None:
    zone = only(["P<UT0ER1KSS0N<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO74O8I22F12O4I59ZE184226B<<<<<1O"])
    assert (zone.issuer, zone.names, zone.sound) == ("UTO", "ERIKSSON<<ANNA<MARIA", True)


def test_a_number_is_mended_only_where_one_reading_alone_agrees_and_that_is_told() -> None:
    second = SPECIMENS["TD3"][1].replace("L898902C3", "L8989O2C3")
    zone = only([SPECIMENS["TD3"][0], second])
    assert (zone.number.text, zone.number.corrected, zone.sound) == ("L898902C3", True, False)


@settings(max_examples=300)
@given(
    st.text("ABCDEFGHJKMNPQRTUVWXYZ0123456789", min_size=9, max_size=9),
    st.integers(0, 8),
    st.sampled_from("ABCDEHKMNPX23457890"),
)
def test_one_misread_sign_of_a_number_is_never_taken_as_sound(number: str, place: int, sign: str) -> None:
    """But for the pairs whose values are ten or twenty apart, which no check digit can see and no caller may trust."""
    read = number[:place] + sign + number[place + 1 :]
    value = {**{str(n): n for n in range(10)}, **{chr(55 + n): n for n in range(10, 36)}}
    if (value[number[place]] - value[sign]) % 10 == 0:
        return
    rows = [SPECIMENS["TD3"][0], read + mrz.check_digit(number) + SPECIMENS["TD3"][1][10:]]
    assert not any(zone.sound for zone in zones_of(rows))


@pytest.mark.parametrize(
    "rows", [["P" * 44, "1" * 44], ["<" * 44, "<" * 44], ["", ""], ["P<UTO" + "A" * 39, "7" * 44], ["合同", "甲方"]]
)
def test_other_text_is_no_zone(rows: list[str]) -> None:
    assert list(zones_of(rows)) == []
