"""Labels and their values, wherever a paper writes them."""

import pytest

from assistant.intake.pages.lines import Line
from assistant.intake.papers.answers import answers
from assistant.intake.papers.labels import meaning
from assistant.intake.papers.values import fits
from assistant.intake.papers.words import book_of


def line(text: str, left: float, top: float) -> Line:
    return Line(text, left, top, left + 0.012 * len(text), top + 0.02)


def told(*lines: Line, kind: str = "passport", usual: str = "below") -> dict[str, str]:
    return {one.path: one.text for one in answers(lines, book_of(kind), fits, usual)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "path"), [
    ("Date of issue / Date de délivrance", "passport.issued_on"),
    ("(5) Place of birth/Lieu de naissance", "applicant.birth_place"),
    ("出生地点/Place of birth", "applicant.birth_place"),
    ("Ausstellungsdatum / Date of issue", "passport.issued_on"),
    ("有效期至 Date of expiry", "passport.expires_on"),
    ("Sex/Sexe", ""),
    ("MINJUN", None),
    ("14 MAR 1988", None),
])  # fmt: skip
def test_a_label_is_known_in_each_of_its_languages(text: str, path: str | None) -> None:
    assert meaning(text, book_of("passport")) == path


def test_a_value_stands_below_its_label_or_beside_it_as_the_page_writes_them() -> None:
    below = [
        line("Date of issue", 0.3, 0.1),
        line("12 JAN 2020", 0.3, 0.125),
        line("Date of expiry", 0.3, 0.2),
        line("11 JAN 2030", 0.3, 0.225),
    ]
    beside = [
        line("Date of issue", 0.3, 0.1),
        line("12 JAN 2020", 0.6, 0.1),
        line("Date of expiry", 0.3, 0.13),
        line("11 JAN 2030", 0.6, 0.13),
    ]
    wanted = {"passport.issued_on": "12 JAN 2020", "passport.expires_on": "11 JAN 2030"}
    assert told(*below) == told(*beside) == wanted


def test_a_label_and_its_value_may_share_a_line() -> None:
    assert told(line("有效期至：2027-01-15", 0.1, 0.1), kind="work_permit") == {"work_permit.expires_on": "2027-01-15"}
    assert told(line("Date of issue 12 JAN 2020", 0.1, 0.1)) == {"passport.issued_on": "12 JAN 2020"}


def test_a_value_of_another_kind_is_not_taken_for_one_nobody_wrote() -> None:
    """The line below an empty label is the next label's neighbour, not its value."""
    assert told(line("Date of issue", 0.3, 0.1), line("MINJUN", 0.3, 0.19)) == {}
    assert told(line("Date of issue", 0.3, 0.1), line("Place of birth", 0.3, 0.13), line("SEOUL", 0.3, 0.155)) == {
        "applicant.birth_place": "SEOUL"
    }


def test_a_label_broken_over_two_lines_is_one() -> None:
    lines = [line("聘用合同/任职证明", 0.1, 0.1), line("在华工作开始时间", 0.1, 0.124), line("2025-01-16", 0.4, 0.112)]
    assert told(*lines, kind="form", usual="right") == {"employment.contract_from": "2025-01-16"}
