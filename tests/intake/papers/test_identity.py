"""What a zone says is sure only where it proves itself; names never; a stranger's paper is a person of its own."""

from datetime import date

import pytest

from assistant.intake.draft import ReadValue
from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.papers.identity import passport_values, printed_values, zone_of
from assistant.intake.papers.kinds import parts_of
from assistant.intake.papers.permits import residence_values, work_permit_values
from assistant.intake.papers.values import Where
from fixtures.papers import mrz

TODAY = date(2026, 12, 1)
ANNA = {"nationality": "SWE", "surname": "LINDQVIST", "given": "ANNA MARIA", "birth": date(1979, 5, 4), "sex": "female"}


def passport(number: str = "AB5349870", **changes: object) -> list[str]:
    return list(mrz.passport_lines(**{"number": number, "expires": date(2031, 4, 15), **ANNA, **changes}))  # type: ignore[arg-type]


def page(rows: list[str], printed: list[str] = [], codes: tuple[Line, ...] = ()) -> PageLines:  # noqa: B006
    """Printed lines one below another, then the zone."""
    told = tuple(
        Line(text, 0.3, 0.05 + 0.03 * at, 0.3 + 0.012 * len(text), 0.07 + 0.03 * at, 0.99, "ocr")
        for at, text in enumerate(printed)
    )
    zone = tuple(Line(row, 0.05, 0.8 + 0.06 * at, 0.95, 0.84 + 0.06 * at, 0.95, "ocr") for at, row in enumerate(rows))
    return PageLines(1, told, (zone,) if zone else (), codes, 1.4)


def read(of: PageLines) -> dict[str, ReadValue]:
    (part,) = parts_of([of])
    zone = zone_of(part.zone)
    assert zone is not None and part.kind is not None
    return {one.path: one for one in passport_values(Where("p.jpg", part.kind, part.pages[0]), zone, part.zone, TODAY)}


def states(found: dict[str, ReadValue]) -> dict[str, str]:
    return {path: one.state for path, one in found.items()}


def test_a_zone_that_proves_itself_is_sure_but_for_the_names() -> None:
    found = read(page(passport()))
    sure = {path for path, state in states(found).items() if state == "sure"}
    assert sure == {
        "passport.number",
        "passport.expires_on",
        "passport.kind",
        "applicant.sex",
        "applicant.nationality",
        "applicant.birth_date",
    }
    assert (found["applicant.surname"].state, found["applicant.given_names"].value) == ("doubtful", "ANNA MARIA")
    assert found["applicant.birth_date"].value == "1979-05-04"


@pytest.mark.parametrize(
    ("printed", "state"), [([], "doubtful"), (["Passport No.", "AB5346871"], "sure"), (["AB534G871"], "doubtful")]
)
def test_what_no_check_digit_sees_must_be_printed_once_more(printed: list[str], state: str) -> None:
    """6 and G, 1 and L are worth the same to a check digit."""
    assert read(page(passport("AB5346871"), printed))["passport.number"].state == state


def test_one_wrong_digit_anywhere_takes_the_proof_from_all() -> None:
    rows = passport()
    rows[1] = rows[1][:-1] + str((int(rows[1][-1]) + 1) % 10)
    assert "sure" not in states(read(page(rows))).values()


def test_a_number_mended_by_its_check_digit_is_for_the_persons_eyes() -> None:
    rows = passport("L898902C3")
    rows[1] = rows[1].replace("L898902C3", "L8989O2C3")
    found = read(page(rows, ["Passport No.", "L8989O2C3"]))
    assert (found["passport.number"].value, found["passport.number"].state) == ("L898902C3", "doubtful")


def test_a_birth_of_which_only_the_year_is_known_says_so() -> None:
    rows = passport()
    born = "79<<<<"
    rows[1] = rows[1][:13] + born + mrz.check_digit(born) + rows[1][20:]
    found = read(page(rows))
    assert (found["applicant.birth_date"].value, found["applicant.birth_date_known"].value) == ("1979-01-01", "year")
    assert found["applicant.birth_date"].state == "doubtful"


def test_what_is_printed_beside_the_zone_is_read_by_its_labels() -> None:
    printed = ["Date of issue / Date de délivrance", "15 APR/AVR 2021", "Place of birth / Lieu de naissance", "UPPSALA"]
    found = read(page(passport(), printed))
    assert {path: found[path].value for path in ("passport.issued_on", "applicant.birth_place")} == {
        "passport.issued_on": "2021-04-15",
        "applicant.birth_place": "UPPSALA",
    }
    assert found["passport.issued_on"].state == "doubtful"


@pytest.mark.parametrize("day", ["15 APR 2032", "01 JAN 1970", "15 APR 2031"])
def test_a_day_on_which_no_passport_can_be_issued_is_not_taken(day: str) -> None:
    assert "passport.issued_on" not in read(page(passport(), ["Date of issue", day]))


def test_a_passport_page_without_a_zone_is_all_for_the_persons_eyes() -> None:
    printed = ["PASSPORT", "Passport No.", "AB5349870", "Date of expiry", "15 APR 2031"]
    (part,) = parts_of([page([], printed)])
    found = {one.path: one for one in printed_values(Where("p.jpg", "passport", part.pages[0]))}
    assert part.kind == "passport" and {one.state for one in found.values()} == {"doubtful"}
    assert found["passport.number"].value == "AB5349870"


def test_two_passports_on_one_page_are_two_papers_with_the_lines_of_their_own() -> None:
    first, second = passport(), passport("XY0022334", surname="OKAFOR", given="CHIDI", nationality="NGA")
    lines = [
        Line("Place of birth: UPPSALA", 0.1, 0.1, 0.5, 0.12, 0.99, "ocr"),
        Line("Place of birth: LAGOS", 0.1, 0.6, 0.5, 0.62, 0.99, "ocr"),
    ]
    zones = [tuple(Line(row, 0.05, top + 0.05 * at, 0.95, top + 0.05 * at + 0.03, 0.95, "ocr") for at, row in enumerate(rows))
             for rows, top in ((first, 0.3), (second, 0.8))]  # fmt: skip
    parts = parts_of([PageLines(1, tuple(lines), tuple(zones))])
    assert [part.kind for part in parts] == ["passport", "passport"]
    assert [[line.text for line in part.pages[0].lines] for part in parts] == [
        ["Place of birth: UPPSALA"],
        ["Place of birth: LAGOS"],
    ]


# ---- permits -------------------------------------------------------------------------------------------------------------


def permit(zone: list[str], printed: list[str]) -> dict[str, ReadValue]:
    (part,) = parts_of([page(zone, printed)])
    assert part.kind == "residence_permit"
    where = Where("r.jpg", part.kind, part.pages[0])
    return {one.path: one for one in residence_values(where, zone_of(part.zone), part.zone, TODAY)}


STICKER = [
    "外国人居留许可",
    "证件号码/No.",
    "12345678",
    "居留事由/Purpose",
    "工作",
    "护照号码/Passport No.",
    "AB5349870",
    "有效期至/Valid until",
    "2027-01-15",
]


def test_a_residence_permits_expiry_is_proved_by_its_zone_and_its_number_is_never_the_zones() -> None:
    zone = list(mrz.visa_lines(number="AB5349870", issuer="CHN", expires=date(2027, 1, 15), **ANNA))  # type: ignore[arg-type]
    found = permit(zone, STICKER)
    assert (found["residence_permit.expires_on"].value, found["residence_permit.expires_on"].state) == (
        "2027-01-15",
        "sure",
    )
    assert (found["residence_permit.number"].value, found["residence_permit.number"].state) == ("12345678", "doubtful")
    assert found["residence_permit.purpose"].value == "work"


def test_an_expiry_that_differs_from_the_zones_is_doubtful() -> None:
    zone = list(mrz.visa_lines(number="AB5349870", issuer="CHN", expires=date(2027, 6, 15), **ANNA))  # type: ignore[arg-type]
    assert permit(zone, STICKER)["residence_permit.expires_on"].state == "doubtful"


CARD = [
    "外国人工作许可证",
    "编号/No.",
    "EXAMPLE44030001",
    "类别/Category",
    "B",
    "有效期限/Validity",
    "2025-01-16 至 2027-01-15",
]


@pytest.mark.parametrize(
    ("code", "state"),
    [(None, "doubtful"), ("https://permit.example.invalid/?n=EXAMPLE44030001", "sure"), ("x", "doubtful")],
)
def test_a_work_permit_is_read_and_its_qr_code_can_only_confirm(code: str | None, state: str) -> None:
    codes = (Line(code, 0.8, 0.1, 0.9, 0.2, 1.0, "ocr"),) if code else ()
    found = {one.path: one for one in work_permit_values(Where("w.jpg", "work_permit", page([], CARD, codes)))}
    assert (found["work_permit.number"].value, found["work_permit.number"].state) == ("EXAMPLE44030001", state)
    assert found["work_permit.expires_on"].value == "2027-01-15"
    assert "work_permit.category" not in found, "the class alone is no category"


def test_a_page_that_nobody_can_tell_is_told_to_be_unknown() -> None:
    (part,) = parts_of([page([], ["MENU", "Soup of the day", "Bread"])])
    assert part.kind is None
