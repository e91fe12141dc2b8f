"""Of a clean page only what a check asks for is read; what would be said to be missing is searched for everywhere first."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest

from assistant.check.documents import ocr
from assistant.check.documents.checks import identity
from assistant.check.documents.text import edges_first, long_first, short_first
from assistant.check.file_rules import FileRules
from fixtures.papers import Facts, draw
from fixtures.papers.defects import written

CONTRACT = ["第一条 合同期限：自2026年2月起至2028年2月止。", "第二条 工作地点：深圳市福田区。", "第三条 工作岗位：市场总监。",
            "第四条 劳动报酬：每月三万元。", "第五条 工作内容：制定推广计划。", "甲方（盖章）：    乙方（签字）："]  # fmt: skip
Looks = Callable[..., list[str]]


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time that text is searched for on a whole page."""
    made: list[str] = []
    real = ocr.reader()

    class Watched:
        lines_at, again = staticmethod(real.lines_at), staticmethod(real.again)

        def lines(self, *asked: object, **more: object) -> object:
            made.append("lines")
            return real.lines(*asked, **more)  # type: ignore[arg-type]

    for module in (ocr, identity):
        monkeypatch.setattr(module, "reader", Watched)
    return made


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("passport", FileRules(identity="passport")),
        ("residence_permit", FileRules(identity="residence_permit")),
        ("work_permit", FileRules(identity="work_permit")),
        ("photo_receipt", FileRules(max_age_days=365, translation=True)),
        ("contract", FileRules(essentials=True, translation=True)),
    ],
)
def test_a_clean_page_is_not_searched(
    kind: str, rules: FileRules, paper: Callable[[str], bytes], codes: Looks, searches: list[str]
) -> None:
    assert codes([(f"{kind}.pdf", paper(kind))], rules) == []
    assert searches == []


def test_what_seems_to_be_missing_is_searched_for(codes: Looks, searches: list[str]) -> None:
    whole, without_pay = (
        written("劳动合同", [line for line in CONTRACT if kept or "报酬" not in line], text_layer=False)
        for kept in (True, False)
    )
    assert codes([("whole.pdf", whole)], FileRules(essentials=True)) == []
    assert searches == []
    assert codes([("part.pdf", without_pay)], FileRules(essentials=True)) == ["contract.essential-not-seen"]
    assert searches == ["lines"]


def test_another_persons_passport_is_searched_before_it_is_called_so(
    codes: Looks, searches: list[str], facts: Facts
) -> None:
    another = draw("passport", facts.but(applicant__surname="PARK", passport__number="M12345678"), date(2026, 11, 22))
    assert codes([("passport.pdf", another)], FileRules(identity="passport")) == ["identity.other-document"]
    assert searches


def test_what_comes_first_is_what_a_check_asks_for() -> None:
    def line(left: float, right: float, top: float) -> list[list[float]]:
        return [[left, top], [right, top], [right, top + 20], [left, top + 20]]

    boxes = np.array([line(0, 100, 0), line(0, 900, 480), line(0, 300, 970)], np.float32)

    def order(keys: Sequence[float]) -> list[int]:
        return [int(place) for place in np.argsort(keys)]

    assert order(short_first(boxes, 1000)) == [0, 2, 1]
    assert order(long_first(boxes, 1000)) == [1, 2, 0]
    assert order(edges_first(boxes, 1000))[-1] == 1
