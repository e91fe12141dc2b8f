"""Checks whose words must be read from the scan itself."""

from collections.abc import Callable

import pytest

from assistant.check.documents.checks.translation import is_chinese
from assistant.check.documents.ocr import TextLine, rows_of
from assistant.check.documents.text import dates_in
from assistant.check.file_rules import FileRules
from fixtures.papers.defects import written

CONTRACT = ["第一条 合同期限：自2026年2月起至2028年2月止。", "第二条 工作地点：深圳市福田区。", "第三条 工作岗位：市场总监。",
            "第四条 工作内容：制定推广计划，管理代理商。", "甲方（盖章）：    乙方（签字）："]  # fmt: skip


@pytest.mark.reads
def test_a_scanned_contract_without_pay_is_unsure_not_wrong(codes: Callable[..., list[str]]) -> None:
    scan = written("劳动合同", CONTRACT, text_layer=False)
    assert codes([("contract.pdf", scan)], FileRules(essentials=True)) == ["contract.essential-not-seen"]


@pytest.mark.reads
def test_a_scanned_receipt_tells_its_own_date(paper: Callable[[str], bytes], codes: Callable[..., list[str]]) -> None:
    receipt = [("receipt.pdf", paper("photo_receipt"))]
    assert codes(receipt, FileRules(max_age_days=365)) == []
    assert codes(receipt, FileRules(max_age_days=5)) == ["age.too-old"]


def test_a_page_of_numbers_has_no_language(codes: Callable[..., list[str]]) -> None:
    numbers = written("2026", ["12 345 678,90"] * 8, text_layer=False)
    assert codes([("numbers.pdf", numbers)], FileRules(translation=True)) == ["translation.language-unclear"]


@pytest.mark.parametrize(
    ("words", "every", "labelled"),
    [
        ("开具日期：2026年11月10日", ["2026-11-10"], ["2026-11-10"]),
        ("打印时间 2026-3-1", ["2026-03-01"], ["2026-03-01"]),
        ("采集日期 Date 2026 年 11 月 3 日", ["2026-11-03"], ["2026-11-03"]),
        ("出生日期：2001年1月2日", ["2001-01-02"], []),
        ("Date of birth 2001-01-02", ["2001-01-02"], []),
        ("税款所属期 2026-10", [], []),
        ("开具日期：2026年2月30日", [], []),
        ("号码 120261110-01-02", [], []),
    ],
)
def test_dates_are_told_from_other_numbers(words: str, every: list[str], labelled: list[str]) -> None:
    found, named = dates_in(words)
    assert ([str(day) for day in found], [str(day) for day in named]) == (every, labelled)


@pytest.mark.parametrize(
    ("words", "chinese"),
    [
        ("兹证明该员工在我单位任职。", True),
        ("甲方 Party A 乙方 Party B 劳动合同期限为两年，工作地点在深圳。", True),
        ("This is to certify that the applicant has worked with us for years. 公章", False),
        ("在職証明書 この者は当社の社員であることを証明します。", False),
        ("재직증명서 위 사람은 당사에 재직하고 있음을 증명합니다", False),
        ("12.345,00", None),
    ],
)
def test_chinese_is_told_from_other_languages(words: str, chinese: bool | None) -> None:
    assert is_chinese(words) is chinese


def test_lines_are_joined_to_rows_along_the_pages_slope() -> None:
    def line(text: str, x: float, y: float, wide: float) -> TextLine:
        drop = 0.08 * wide
        return TextLine(text, 1.0, ((x, y), (x + wide, y + drop), (x + wide, y + drop + 20), (x, y + 20)))

    lines = [line("left", 0, 0, 300), line("right", 400, 32, 300), line("below", 0, 30, 300)]
    assert rows_of(lines) == ["left right", "below"]
