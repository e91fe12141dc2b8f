"""Which document an upload of an unknown page asks for: by its name however dressed, whose it is told apart."""

import pytest

from assistant.drift.meaning.papers import names_of_papers, paper_of
from assistant.drift.vocabulary import every_word
from assistant.page.snapshot import Control
from assistant.portal.loading import load_portal


@pytest.mark.parametrize(
    ("label", "slot"),
    [
        ("单位担保函件（必要）", "guarantee_letter"),
        ("聘用合同（单位盖章）", "contract"),
        ("申请人护照或国际旅行证件", "passport"),
        ("近一年完税证明", "tax_certificate"),
        ("公司近3个月的纳税证明", "company_tax"),
        ("公司近一年完税证明", None),
        ("纳税证明", None),
        ("健康证明", None),
    ],
)
def test_a_paper_is_known_by_its_name_and_by_whose_it_is(label: str, slot: str | None) -> None:
    names = names_of_papers(every_word(), load_portal("shenzhen").sections)
    assert paper_of(Control(frame=0, id=1, kind="upload", library="", label=label), names) == slot
