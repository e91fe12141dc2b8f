"""Whose paper it is, read from scans: the applicant's own is right or unsure, somebody else's is never ok."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check.documents.check_files import check_documents
from assistant.check.documents.checks.identity import Reading, judge, readings_of
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.file_rules import FileRules, IdentityPaper
from assistant.check.slots import Slot
from assistant.profile.loading import Profile
from benchmarks.mrz import campaign
from fixtures.papers import Facts, draw
from fixtures.papers import defects as spoiled

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
