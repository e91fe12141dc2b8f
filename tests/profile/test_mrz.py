"""The passport's machine readable zone: its check digits, its cut-off names, its agreement with a profile."""

import doctest
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Unfit
from assistant.profile import mrz
from assistant.profile.mrz import Mrz

# The specimen of ICAO Doc 9303-4, appendix B.
SPECIMEN = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def refused(text: str) -> str:
    with pytest.raises(Unfit) as caught:
        mrz.mrz_text(text)
    return caught.value.what.en


def test_icaos_specimen_is_read() -> None:
    read = mrz.read_mrz(SPECIMEN)
    assert (read.number, read.nationality, read.sex) == ("L898902C3", "UTO", "F")
    assert read.has_names("ERIKSSON", "ANNA MARIA")
    assert read.has_birth(date(1974, 8, 12))
    assert read.has_expiry(date(2012, 4, 15))
    assert read.has_sex("female")
    assert not read.has_sex("male")


def test_the_zone_is_taken_however_it_was_copied() -> None:
    lines = SPECIMEN.split("\n")
    for spelling in (
        SPECIMEN,
        " ".join(lines),
        "".join(lines).lower(),
        SPECIMEN.replace("<", "＜"),
        f"\n {SPECIMEN}\n",
    ):
        assert mrz.mrz_text(spelling) == SPECIMEN


@settings(deadline=None)
@given(st.integers(44, 87), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_a_wrong_character_in_line_two_never_passes_unless_it_counts_the_same(place: int, letter: str) -> None:
    # Nationality and sex carry no check digit; letters ten apart have the same weight (ICAO 9303-3, 4.9).
    compact = SPECIMEN.replace("\n", "")
    changed = compact[:place] + letter + compact[place + 1 :]
    values = [0 if c == "<" else int(c, 36) for c in (compact[place], letter)]
    covered = place - 44 not in (10, 11, 12, 20)
    if covered and (values[0] - values[1]) % 10:
        assert refused(changed)


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
    assert named in refused(compact[:place] + wrong + compact[place + 1 :])


@pytest.mark.parametrize("text", ["", "P<UTO", SPECIMEN[:-1], SPECIMEN + "0", SPECIMEN.replace("P<", "I<"), "X" * 88])
def test_what_is_no_zone_is_refused(text: str) -> None:
    assert "44" in refused(text)


def test_an_unused_personal_number_may_have_a_zero_or_a_filler_for_its_digit() -> None:
    for digit in "0<":
        body = "L898902C36UTO7408122F1204159" + "<" * 14 + digit
        composite = mrz.check_digit(body[0:10] + body[13:20] + body[21:43])
        assert mrz.mrz_text(SPECIMEN.split("\n")[0] + body + composite)


@pytest.mark.parametrize(("code", "iso"), [("D<<", "DEU"), ("GBD", "GBR"), ("KOR", "KOR")])
def test_icaos_own_country_codes_become_iso(code: str, iso: str) -> None:
    first, second = SPECIMEN.split("\n")
    assert mrz.read_mrz(first + second[:10] + code + second[13:]).nationality == iso


def zone(names: str) -> Mrz:
    return mrz.read_mrz(f"P<UTO{names}\n" + SPECIMEN.split("\n")[1])


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
    read = zone("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K")
    assert not read.has_names("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG SRASUANG")
    assert not read.has_names("NILAVADHANANANDO", "CHAYAPA DEJTHAMRONG KRASUANG")


def test_a_birth_date_with_unknown_day_is_compared_as_far_as_it_goes() -> None:
    born = "7408<<"
    body = "L898902C36UTO" + born + mrz.check_digit(born) + "F1204159ZE184226B<<<<<1"
    composite = mrz.check_digit(body[0:10] + body[13:20] + body[21:43])
    read = mrz.read_mrz(SPECIMEN.split("\n")[0] + body + composite)
    assert read.has_birth(date(1974, 8, 3))
    assert not read.has_birth(date(1974, 9, 3))


letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=25)


@settings(deadline=None)
@given(st.lists(letters, min_size=1, max_size=3), st.lists(letters, max_size=3))
def test_the_zone_written_for_a_name_always_agrees_with_it(surname: list[str], given_names: list[str]) -> None:
    field = mrz.name_field(" ".join(surname), " ".join(given_names))[:39].ljust(39, "<")
    assert zone(field).has_names(" ".join(surname), " ".join(given_names) or None)


def test_a_read_zone_does_not_show_itself() -> None:
    assert "ERIKSSON" not in repr(mrz.read_mrz(SPECIMEN))


def test_the_examples_in_the_documentation_hold() -> None:
    result = doctest.testmod(mrz)
    assert result.failed == 0
    assert result.attempted > 1
