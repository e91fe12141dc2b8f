"""What a file says of itself is no evidence: the picture is read, and a layer that differs is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.check.documents import ocr
from assistant.check.documents.checks import text_layer
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Drawer, Page, Paper
from assistant.check.documents.text import says_the_same, words_of
from assistant.check.file_rules import FileRules
from fixtures.papers import Facts
from fixtures.papers.defects import written
from fixtures.papers.identity import lines_of_passport, passport_sheet
from fixtures.papers.pdf import pdf_of

STRANGER = ["P<KORPARK<<JISOO<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "M987654321KOR8801015F3101017<<<<<<<<<<<<<<00"]


def page(layer: str, read: str, text: str = "") -> Page:
    made = Page(1, layer, None, None, Drawer(), read)
    made.kept["text"] = text
    return made


def differs(case: ApplicantFacts, *pages: Page) -> bool:
    paper = Paper(Path("none"), FileRules(), "x")
    paper.__dict__["pages"] = list(pages)
    return text_layer.check(paper, case) != []


def test_a_layer_that_says_what_is_seen_is_not_told(facts: Facts, case: ApplicantFacts) -> None:
    own = "\n".join(lines_of_passport(facts))
    assert not differs(case, page(own, own.replace("O", "0")))
    assert not differs(
        case,
        page(
            "劳动合同 工作地点 深圳市福田区 工作岗位 市场总监 劳动报酬 每月两万",
            "劳动合同\n工作地点：深圳市福田区\n工作岗位：市场总监",
        ),
    )
    assert not differs(case, page("", own)) and not differs(case, page(own, ""))


@pytest.mark.parametrize(
    ("layer", "read"),
    [
        ("\n".join(STRANGER), "护照 PASSPORT\nSURNAME ERIKSSON\nGIVEN NAMES ANNA MARIA"),
        ("Salary 25000 a month, place of work Shenzhen", "劳动合同\n合同期限自二零二六年起\n工作岗位市场总监"),
        ("开具日期：2026年11月20日，税收完税证明，深圳市税务局", "在职证明\n兹证明该员工在我单位任职\n二零二一年三月"),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing", "REFERENCE LETTER\nWe certify that he worked here"),
        ("OKAFOR CHIDI EMEKA A00123456 NGA 1984", "PARK JISOO\nM98765432\nREPUBLIC OF KOREA"),
    ],
)
def test_a_layer_of_another_paper_is_told(layer: str, read: str, case: ApplicantFacts) -> None:
    assert differs(case, page(layer, read))


def test_another_persons_zone_in_the_layer_is_told_though_the_rest_agrees(facts: Facts, case: ApplicantFacts) -> None:
    own = lines_of_passport(facts)
    printed = ["PASSPORT NIGERIA", "OKAFOR", "CHIDI EMEKA", *own]
    assert differs(case, page("\n".join([*printed, *STRANGER]), "\n".join(printed)))


def test_hidden_words_on_a_printed_page_are_told(case: ApplicantFacts) -> None:
    seen = "工作地点：深圳市福田区。第三条 工作岗位：市场总监。"
    assert differs(case, page(seen + "第五条 劳动报酬：每月人民币两万五千元。双方同意。", "", seen))
    assert not differs(case, page(seen + "第 1 页", "", seen))


def test_writing_that_the_reader_does_not_know_is_not_contradicted_by_it() -> None:
    for text in (
        "재직증명서 위 사람은 당사에 재직하고 있음을 증명합니다",
        "شهادة خبرة من الشركة",
        "Справка с места работы",
    ):
        assert says_the_same(["C1paBka C MecTa pa6oTbI"], text)


def test_a_hidden_layer_is_no_evidence_where_nothing_can_read_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    (tmp_path / "paper.pdf").write_bytes(written("完税证明", ["开具日期：2026年11月20日，深圳市税务局"] * 8))
    assert words_of(Paper(tmp_path / "paper.pdf", FileRules(), "x")) == ("", "")


PASSPORT = FileRules(identity="passport")


def test_a_strangers_picture_with_the_applicants_hidden_zone_is_the_strangers(
    facts: Facts, codes: Callable[..., list[str]]
) -> None:
    stranger = facts.but(
        applicant__surname="PARK", applicant__given_names="JISOO", applicant__birth_date="1988-01-01",
        applicant__nationality="KOR", passport__number="M98765432",
    )  # fmt: skip
    sheet = passport_sheet(stranger)
    sheet.written = [(20.0, 210.0 + 20 * row, 10.0, line) for row, line in enumerate(lines_of_passport(facts))]
    assert codes([("passport.pdf", pdf_of([sheet], text_layer=True))], PASSPORT) == [
        "identity.other-document", "text.not-as-seen",
    ]  # fmt: skip


def test_the_applicants_picture_with_a_bad_layer_is_the_applicants(
    facts: Facts, codes: Callable[..., list[str]]
) -> None:
    sheet = passport_sheet(facts)
    sheet.written = [(20.0, 210.0 + 20 * row, 10.0, line) for row, line in enumerate(STRANGER)]
    assert codes([("passport.pdf", pdf_of([sheet], text_layer=True))], PASSPORT) == ["text.not-as-seen"]


def test_clauses_and_dates_in_a_hidden_layer_do_not_count(codes: Callable[..., list[str]]) -> None:
    sheet_words = ["本公司证明如下，内容以原件为准。"] * 4
    hidden = ["工作地点 工作内容 劳动报酬 合同期限 工作岗位 盖章", "开具日期：2026年11月20日"]
    from fixtures.papers.sheet import Sheet

    sheet = Sheet()
    for row, line in enumerate(sheet_words):
        sheet.text(26, 40 + row * 10, line, 14)
    sheet.written = [(60.0, 400.0 + 30 * row, 12.0, line) for row, line in enumerate(hidden)]
    found = codes([("paper.pdf", pdf_of([sheet], text_layer=True))], FileRules(essentials=True, max_age_days=30))
    assert found == ["age.no-date", "text.not-as-seen", "contract.essential-not-seen"]


def test_a_hidden_translation_does_not_count(codes: Callable[..., list[str]]) -> None:
    from fixtures.papers.sheet import Sheet

    sheet = Sheet()
    for row in range(6):
        sheet.text(26, 40 + row * 10, "The university has awarded the degree of master of science", 12)
    sheet.written = [(60.0, 100.0 + 30 * row, 12.0, "某某大学授予理学硕士学位，特此证明。") for row in range(6)]
    found = codes([("paper.pdf", pdf_of([sheet], text_layer=True))], FileRules(translation=True))
    assert found == ["text.not-as-seen", "translation.missing"]
