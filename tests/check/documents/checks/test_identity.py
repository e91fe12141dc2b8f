"""Whose paper it is, read from scans: the applicant's own is right or unsure, somebody else's is never ok."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check.documents.check_files import check_documents
from assistant.check.documents.checks.identity import Reading, _columns, _reads_well, judge, readings_of
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.mrz_compare import ReadZone, zones_in
from assistant.check.documents.ocr import TextLine, rows_of
from assistant.check.documents.paper import Paper
from assistant.check.file_rules import FileRules, IdentityPaper
from assistant.check.slots import Slot
from assistant.profile.loading import Profile
from benchmarks.mrz import campaign
from fixtures.papers import Facts, draw, mrz
from fixtures.papers import defects as spoiled
from fixtures.papers.identity import passport_sheet

ON = date(2026, 11, 22)
CARD = "NO.EXAMPLE44030002\nOKAFORCHIDIEMEKA\nNGA\n2027-02-10"


def read(path: Path, kind: IdentityPaper) -> list[Reading]:
    return list(readings_of(Paper(path, FileRules(identity=kind), kind)))


def codes(readings: list[Reading], kind: IdentityPaper, case: ApplicantFacts) -> list[str]:
    return [one.code for one in judge(readings, kind, case)]


# All seven rounds are 42 pages and more than a minute of one processor; the seventh shows each way of spoiling a page, the
# others are nightly.
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(1, 8))
def test_a_spoiled_passport_is_right_or_unsure_and_every_swap_is_caught(seed: int) -> None:
    result = campaign(pages=6, seed=seed)
    print(result)
    own, other, typo = (Counter(result[name]) for name in ("own", "other", "typo"))  # type: ignore[call-overload]
    assert own["wrong"] == 0 and own["ok"] >= 2
    assert result["by_kind"].keys() == {"flat", "turned", "noise", "jpeg-60", "perspective", "all"}  # type: ignore[attr-defined]
    assert other == {"wrong": 6}
    assert typo["ok"] == 0


@pytest.mark.parametrize("kind", ["residence_permit", "work_permit"])
def test_a_permit_is_its_holders_alone(
    kind: IdentityPaper, tmp_path: Path, facts: Facts, case: ApplicantFacts, paper: Callable[[str], bytes]
) -> None:
    (tmp_path / "own.pdf").write_bytes(paper(kind))
    assert codes(read(tmp_path / "own.pdf", kind), kind, case) == []
    other = facts.but(
        applicant__surname="NWOSU", applicant__given_names="AMARA", passport__number="A00999111",
        work_permit__number="EXAMPLE44039999", residence_permit__number="EX0009999",
    )  # fmt: skip
    (tmp_path / "other.pdf").write_bytes(draw(kind, other, ON))
    assert codes(read(tmp_path / "other.pdf", kind), kind, case) == ["identity.other-document"]


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_page_scanned_sideways_or_upside_down_is_read(
    degrees: int, tmp_path: Path, case: ApplicantFacts, paper: Callable[[str], bytes]
) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(spoiled.turned(paper("passport"), degrees))
    assert codes(read(path, "passport"), "passport", case) == []


def test_a_page_without_a_zone_is_unsure_not_ok(tmp_path: Path, case: ApplicantFacts) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(spoiled.written("在职证明", ["兹证明该员工在我单位任职。"] * 3, text_layer=False))
    assert codes(read(path, "passport"), "passport", case) == ["identity.unreadable"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        (CARD, None),
        (CARD.replace("44030002", "4403OO02"), "identity.look-alike"),
        (CARD.replace("44030002", "44030003"), "identity.other-document"),
        (CARD.replace("OKAFOR", "").replace("CHIDIEMEKA", ""), "identity.not-confirmed"),
        (CARD.replace("2027-02-10", "2026-02-10"), "identity.not-confirmed"),
        ("FOREIGNER'SWORKPERMIT", "identity.unreadable"),
    ],
)
def test_a_card_without_a_zone_is_compared_as_printed(printed: str, code: str | None, case: ApplicantFacts) -> None:
    assert codes([Reading(1, None, printed)], "work_permit", case) == ([code] if code else [])


def test_one_page_that_proves_the_paper_right_is_enough(case: ApplicantFacts) -> None:
    old = Reading(1, None, CARD.replace("44030002", "44030003"))
    assert codes([old, Reading(2, None, CARD)], "work_permit", case) == []
    assert codes([old], "work_permit", case) == ["identity.other-document"]


@pytest.mark.reads
def test_an_unsure_paper_leaves_a_picture_to_compare_only_when_asked(
    tmp_path: Path, facts: Facts, slot: Callable[..., Slot], with_files: Callable[..., Profile]
) -> None:
    from PIL import Image

    file = tmp_path / "passport.pdf"
    file.write_bytes(draw("passport", facts.but(passport__number="AO0123456"), ON))
    checked = with_files({"passport": [file]})
    report = check_documents(checked, [slot("passport", FileRules(identity="passport"))], ON, crops=tmp_path / "crops")
    assert [finding.severity for finding in report.findings] == ["warning"]
    with Image.open(report.crops["passport.pdf"]) as crop:
        assert crop.width > 3 * crop.height, "the zone, not the whole page"
    again = check_documents(checked, [slot("passport", FileRules(identity="passport"))], ON)
    assert again.findings == report.findings and again.crops == {}


def zones(*people: tuple[str, str, str]) -> list[ReadZone]:
    """Zones of a passport for (surname, given names, number), born and expiring as the applicant's."""
    rows: list[str] = []
    for surname, given, number in people:
        rows += mrz.passport_lines(
            number=number, nationality="NGA", surname=surname, given=given, birth=date(1984, 3, 14), sex="male",
            expires=date(2031, 6, 30),
        )  # fmt: skip
    return list(zones_in(rows))


OWN, SPOUSE, CHILD = ("ERIKSSON", "ANNA", "X73940225"), ("NWOSU", "AMARA", "B77554433"), ("BELLO", "TUNDE", "C90817263")
THEIRS = ApplicantFacts(
    "2026-11-22", "ERIKSSON", "ANNA", "NGA", "1984-03-14", "male", "X73940225", "2031-06-30", "", "", "", ""
)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([[OWN]], []),
        ([[SPOUSE, OWN]], ["identity.another-person-too"]),
        ([[OWN, SPOUSE]], ["identity.another-person-too"]),
        ([[SPOUSE], [OWN]], ["identity.another-person-too"]),
        ([[OWN], [SPOUSE], [CHILD]], ["identity.another-person-too"]),
        ([[SPOUSE], [CHILD], [], [OWN]], ["identity.another-person-too"]),
        ([[SPOUSE, CHILD, OWN]], ["identity.another-person-too"]),
        ([[SPOUSE], [CHILD]], ["identity.other-document"]),
        ([[("ERIKSSON", "ANNA", "Q11223345")], [OWN]], []),
    ],
)
def test_the_own_page_counts_wherever_it_lies_and_another_persons_is_mentioned(
    pages: list[list[tuple[str, str, str]]], expected: list[str]
) -> None:
    readings = [
        Reading(number, zone, "X73940225")
        for number, people in enumerate(pages, 1)
        for zone in (zones(*people) if people else [None])
    ]
    assert codes(readings, "passport", THEIRS) == expected


def test_zones_side_by_side_are_parted() -> None:
    def line(text: str, x: float, y: float, wide: float = 700) -> TextLine:
        return TextLine(text, 1.0, ((x, y), (x + wide, y), (x + wide, y + 20), (x, y + 20)))

    def lines(person: tuple[str, str, str], x: float) -> list[TextLine]:
        first, second = mrz.passport_lines(
            number=person[2], nationality="NGA", surname=person[0], given=person[1], birth=date(1984, 3, 14),
            sex="male", expires=date(2031, 6, 30),
        )  # fmt: skip
        return [line(person[0], x, 100, 200), line(first, x, 600), line(second, x, 640)]

    columns = _columns([*lines(OWN, 50), *lines(SPOUSE, 900), *lines(CHILD, 1750)])
    assert [column[0].text for column in columns] == ["ERIKSSON", "NWOSU", "BELLO"]
    assert [len(list(zones_in(rows_of(column)))) for column in columns] == [1, 1, 1]
    assert len(_columns(lines(OWN, 50))) == 1


def test_two_passports_on_one_scan_are_both_read(tmp_path: Path, facts: Facts, case: ApplicantFacts) -> None:
    from PIL import Image

    spouse = facts.but(applicant__surname="NWOSU", applicant__given_names="AMARA", passport__number="B77554433")
    above, below = passport_sheet(spouse).image, passport_sheet(facts).image
    scan = Image.new("RGB", (above.width, above.height * 2 + 60), "white")
    scan.paste(above, (0, 0))
    scan.paste(below, (0, above.height + 60))
    scan.save(tmp_path / "scan.png")
    readings = list(
        readings_of(Paper(tmp_path / "scan.png", FileRules(types=("png",), identity="passport"), "passport"))
    )
    assert codes(readings, "passport", case) == ["identity.another-person-too"]


def test_a_page_that_reads_well_is_not_turned_again() -> None:
    def line(score: float, wide: float = 300, high: float = 20) -> TextLine:
        return TextLine("words", score, ((0, 0), (wide, 0), (wide, high), (0, high)))

    assert _reads_well([line(0.95)] * 4 + [line(0.4)]) and _reads_well([])
    assert not _reads_well([line(0.6)] * 4) and not _reads_well([line(0.95, 20, 300)] * 4)
