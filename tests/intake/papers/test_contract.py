"""Contracts: a clause counts where the contract says one thing; nothing is computed from it."""

import pytest

from assistant.intake.draft import ReadValue
from assistant.intake.pages.lines import Line, PageLines
from assistant.intake.papers.contract import contract_values
from assistant.intake.papers.values import Where

CLAUSES = ["劳动合同", "第一条 合同期限：自2026年2月16日起至2028年2月15日止。", "第二条 工作地点：广东省深圳市福田区。", "第三条 工作岗位：市场总监。",
           "第四条 工作内容：制定推广计划，管理代理商。", "第五条 年薪（税前）为人民币420,000元。"]  # fmt: skip
ENGLISH = [
    "EMPLOYMENT CONTRACT",
    "The term of this contract shall commence on 16 February 2026 and run to 15 February 2028.",
    "Position: Marketing Director",
]


def read(clauses: list[str]) -> dict[str, ReadValue]:
    lines = tuple(Line(text, 0.1, 0.05 + 0.04 * at, 0.7, 0.08 + 0.04 * at) for at, text in enumerate(clauses))
    return {one.path: one for one in contract_values([Where("c.pdf", "contract", PageLines(1, lines))])}


def test_term_position_pay_place_and_duties_are_read_by_their_clauses() -> None:
    assert {path: one.value for path, one in read(CLAUSES).items()} == {
        "employment.contract_from": "2026-02-16", "employment.contract_to": "2028-02-15", "employment.position": "市场总监",
        "employment.duties": "制定推广计划，管理代理商", "employment.annual_salary": "420000", "employment.workplace.province": "广东省",
        "employment.workplace.city": "深圳市", "employment.workplace.district": "福田区",
    }  # fmt: skip


@pytest.mark.parametrize(
    "pay", ["月工资为人民币35,000元。", "工资按公司制度执行。", "年薪为人民币420,000元。年薪为人民币500,000元。"]
)
def test_a_pay_that_is_not_one_yearly_sum_is_left_to_the_person(pay: str) -> None:
    assert "employment.annual_salary" not in read([*CLAUSES[:-1], pay])


def test_two_terms_that_differ_are_none() -> None:
    assert "employment.contract_from" not in read(
        [*CLAUSES, "补充协议：合同期限：自2027年2月16日起至2029年2月15日止。"]
    )


def test_a_contract_in_english_is_read_too() -> None:
    found = read(ENGLISH)
    assert found["employment.position"].value == "Marketing Director"
