"""Reading and comparing the machine-readable zone."""

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.check.documents.mrz_compare import ExpectedZone, compare, soundness_of, zones_in
from fixtures.papers import mrz

SPECIMEN = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
ANNA = ExpectedZone("ERIKSSON", "ANNA MARIA", "UTO", "740812", "female", "120415", ("L898902C3",))
PRINTED = "L898902C3"
ALIKE = {"0": "O", "1": "I", "8": "B", "5": "S", "2": "Z"}


def verdicts(rows: list[str], wanted: ExpectedZone = ANNA, printed: str = PRINTED) -> dict[str, str]:
    (zone,) = zones_in(rows)
    return {name: verdict for name, verdict in compare(zone, wanted, printed).items() if verdict != "same"}


def test_icaos_own_specimen_agrees_with_itself() -> None:
    assert verdicts(SPECIMEN) == {}
    assert soundness_of(SPECIMEN[1]) == 12


def test_the_zone_is_found_between_other_lines_and_with_odd_brackets() -> None:
    rows = ["PASSPORT", SPECIMEN[0].replace("<<", "«", 1).lower(), " ".join(SPECIMEN[1]), "end"]
    assert verdicts(rows) == {}


def test_other_text_is_no_zone() -> None:
    assert list(zones_in(["劳动合同", "P" * 44, "1234567890" * 4, "<" * 44])) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"numbers": ("L898902C4",)}, "number"),
        ({"surname": "LINDQVIST"}, "name"),
        ({"given_names": "BERTHA"}, "name"),
        ({"nationality": "SWE"}, "nationality"),
        ({"birth": "740813"}, "birth"),
        ({"sex": "male"}, "sex"),
        ({"expiry": "130415"}, "expiry"),
    ],
)
def test_another_value_is_another_document(change: dict[str, object], field: str) -> None:
    assert verdicts(SPECIMEN, replace(ANNA, **change))[field] == "other"  # type: ignore[arg-type]


def test_look_alike_characters_alone_are_never_the_same_and_never_another() -> None:
    assert verdicts(SPECIMEN, replace(ANNA, numbers=("L8989O2C3",)))["number"] == "alike"
    misread = [SPECIMEN[0], SPECIMEN[1].replace("L898902C3", "L8989O2C3")]
    assert verdicts(misread)["number"] == "alike"


def test_a_reading_that_contradicts_its_check_digit_confirms_nothing() -> None:
    assert verdicts([SPECIMEN[0], SPECIMEN[1].replace("L898902C36", "L898902C37")])["number"] == "misread"
    assert verdicts([SPECIMEN[0], SPECIMEN[1].replace("7408122", "7408123")])["birth"] == "misread"


def test_what_the_check_digit_cannot_see_must_stand_on_the_page_again() -> None:
    assert verdicts(SPECIMEN, printed="")["number"] == "misread"
    assert "number" not in verdicts(SPECIMEN, printed="NO.\nL898902C3")


def test_letters_where_only_digits_may_stand_are_put_back() -> None:
    assert verdicts([SPECIMEN[0], SPECIMEN[1].replace("7408122F1204159", "74O8I22FI2O4I59")]) == {}


def test_a_name_too_long_for_the_line_may_be_cut_off() -> None:
    surname, given = "NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"
    lines = ["P<UTO" + mrz.name_field(surname, given), SPECIMEN[1]]
    assert len(lines[0]) == 44
    assert verdicts(lines, replace(ANNA, surname=surname, given_names=given)) == {}
    other = replace(ANNA, surname=surname, given_names="SOMCHAI DEJTHAMRONG KRASUANG")
    assert verdicts(lines, other)["name"] in ("other", "misread")


def test_a_broken_name_line_accuses_nobody() -> None:
    assert verdicts(["P<UTERKSN<<AN<MRA<<<<<<<<<<<<<<<<<<<<", SPECIMEN[1]])["name"] == "misread"


@settings(max_examples=300, deadline=None)
@given(
    number=st.text(string.ascii_uppercase + string.digits, min_size=7, max_size=9),
    place=st.integers(0, 6),
    sign=st.sampled_from(string.ascii_uppercase + string.digits),
)
def test_a_number_that_differs_anywhere_is_never_confirmed(number: str, place: int, sign: str) -> None:
    """The page holds `number`; the profile says another one; whatever is printed, it is not `same`."""
    typed = number[:place] + sign + number[place + 1 :]
    numbered = number.ljust(9, "<")
    rows = [SPECIMEN[0], numbered + mrz.check_digit(numbered) + SPECIMEN[1][10:]]
    got = verdicts(rows, replace(ANNA, numbers=(typed,)), printed=number).get("number", "same")
    assert (got == "same") == (typed == number)


@settings(max_examples=200, deadline=None)
@given(digits=st.text(string.digits, min_size=9, max_size=9), place=st.integers(0, 8))
def test_a_misread_that_turns_the_page_into_the_profile_is_not_confirmed(digits: str, place: int) -> None:
    """The page holds `digits`; reading takes one for its look-alike letter, which is just what the profile says."""
    letter = ALIKE.get(digits[place])
    if letter is None:
        return
    wrong = digits[:place] + letter + digits[place + 1 :]
    rows = [SPECIMEN[0], wrong + mrz.check_digit(digits) + SPECIMEN[1][10:]]
    assert verdicts(rows, replace(ANNA, numbers=(wrong,)), printed=wrong)["number"] != "same"


def zone_of(
    names: str = "ERIKSSON<<ANNA<MARIA", nation: str = "UTO", birth: str = "740812", sex: str = "F"
) -> list[str]:
    """The specimen with other fields, its digits right."""
    second = f"L898902C36{nation:<<3}{birth}{mrz.check_digit(birth)}{sex}1204159ZE184226B<<<<<10"
    return [f"P<{nation:<<3}{names:<<39}", second]


@pytest.mark.parametrize(
    ("code", "nationality"),
    [
        *(("D", "DEU"), ("DEU", "DEU"), ("GBR", "GBR"), ("GBD", "GBR"), ("GBN", "GBR"), ("GBO", "GBR"), ("GBP", "GBR")),
        *(("GBS", "GBR"), ("RKS", "RKS"), ("XXA", "XXA"), ("XXB", "XXB"), ("XXC", "XXC"), ("UNO", "UNO")),
    ],
)
def test_icaos_own_codes_are_known_on_scans_as_in_profiles(code: str, nationality: str) -> None:
    assert verdicts(zone_of(nation=code), replace(ANNA, nationality=nationality)) == {}
    assert verdicts(zone_of(nation=code), replace(ANNA, nationality="SWE"))["nationality"] == "other"


@pytest.mark.parametrize(
    ("names", "surname", "given_names"),
    [
        ("<<RAJU", "RAJU", ""),
        ("<<RAJU", "", "RAJU"),
        ("RAJU", "RAJU", ""),
        ("SUHARTO<<", "SUHARTO", ""),
        ("<<SITI<AMINAH", "SITI AMINAH", ""),
        ("<<THIRUVENGADAM", "", "THIRUVENGADAM"),
    ],
)
def test_a_single_name_is_known_wherever_the_passport_prints_it(names: str, surname: str, given_names: str) -> None:
    assert verdicts(zone_of(names), replace(ANNA, surname=surname, given_names=given_names)) == {}
    assert verdicts(zone_of(names), replace(ANNA, surname="KUMAR", given_names="RAJU"))["name"] == "other"


@pytest.mark.parametrize("sex", ["male", "female", "unspecified"])
@pytest.mark.parametrize("shown", ["<", "X"])
def test_an_unspecified_sex_contradicts_nobody(shown: str, sex: str) -> None:
    assert verdicts(zone_of(sex=shown), replace(ANNA, sex=sex)) == {}


@pytest.mark.parametrize("birth", ["7408<<", "74<<<<", "<<<<<<", "740800", "740000"])
def test_a_date_of_birth_is_compared_as_far_as_the_passport_gives_it(birth: str) -> None:
    assert verdicts(zone_of(birth=birth)) == {}
    other = verdicts(zone_of(birth=birth), replace(ANNA, birth="750912"))
    assert "birth" in other or birth == "<<<<<<"


@pytest.mark.parametrize("sign", "×✕✖╳ХΧⅩＸ")
def test_signs_that_reading_takes_for_an_x_are_one(sign: str) -> None:
    names, number = "MAXWELL<<XENIA<XAVIERA", "X12X45678"
    second = f"{number}{mrz.check_digit(number)}UTO7408122F1204159ZE184226B<<<<<10"
    rows = [f"P<UTO{names:<<39}".replace("X", sign), second.replace("X", sign)]
    expected = replace(ANNA, surname="MAXWELL", given_names="XENIA XAVIERA", numbers=(number,))
    assert verdicts(rows, expected, printed=number) == {}


@pytest.mark.parametrize("sign", "‹〈〈⟨❮＜﹤≤≦くㄑ㇔(（{［")
def test_brackets_that_reading_takes_for_a_filler_are_one(sign: str) -> None:
    assert verdicts([row.replace("<", sign) for row in SPECIMEN]) == {}


@pytest.mark.parametrize("sign", "«《≪⟪")
def test_double_brackets_are_two_fillers(sign: str) -> None:
    assert verdicts([row.replace("<<", sign) for row in SPECIMEN]) == {}


def test_letters_of_other_scripts_widths_and_accents_are_known_by_their_shape() -> None:
    cyrillic = [row.translate(str.maketrans("AEKMHOPCTX", "АЕКМНОРСТХ")) for row in SPECIMEN]
    greek = [row.translate(str.maketrans("AEIKMNOTZ", "ΑΕΙΚΜΝΟΤΖ")) for row in SPECIMEN]
    wide = [row.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}) for row in SPECIMEN]
    accented = [SPECIMEN[0].replace("ERIKSSON", "ÉRÍKSSÖN"), SPECIMEN[1]]
    for rows in (cyrillic, greek, wide, accented):
        assert verdicts(rows) == {}


def test_all_zones_of_a_page_are_found() -> None:
    other = ["P<UTOLINDQVIST<<BERTHA<<<<<<<<<<<<<<<<<<<<<<", SPECIMEN[1].replace("L898902C36", "B123456786")]
    for rows in ([*SPECIMEN, "between", *other], [*other, *SPECIMEN]):
        assert sorted(zone.number for zone in zones_in(rows)) == ["B12345678", "L898902C3"]
