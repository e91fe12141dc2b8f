"""What a text on a paper means: ticked boxes, terms, codes with their names."""

import pytest

from assistant.intake.papers.values import understood


@pytest.mark.parametrize(("path", "text", "value"), [
    ("applicant.sex", "■男 □女", "male"),
    ("applicant.sex", "☐ 男 ☑ 女", "female"),
    ("applicant.sex", "男 ☐ 女 ☑", "female"),
    ("applicant.sex", "■男口女", "male"),
    ("applicant.sex", "口男■女", "female"),
    ("applicant.sex", "□男 □女", ""),
    ("applicant.sex", "■男 ■女", ""),
    ("applicant.sex", "男 女", None),
    ("applicant.nationality", "韩国 / KOR", "KOR"),
    ("passport.number", "M 98765432", "M98765432"),
    ("work_permit.expires_on", "2025-01-16 至 2027-01-15", "2027-01-15"),
    ("passport.issued_on", "2025-01-16 至 2027-01-15", None),
    ("passport.expires_on", "15 APR/AVR 2031", "2031-04-15"),
])  # fmt: skip
def test_a_text_means_one_thing_or_nothing(path: str, text: str, value: str | None) -> None:
    assert understood(path, text).value == value
