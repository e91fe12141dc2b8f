"""Each contradiction, gap or doubt is found under its own code, and a sound profile has none."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.check.rules.profile import KINDS, check_profile

ON = date(2026, 11, 22)


def found(draft: Any, on: date = ON) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, finding.where) for finding in check_profile(draft.load(), on)]


def test_the_samples_have_no_findings(draft_of: Callable[[str], Any], sample: str) -> None:
    assert found(draft_of(sample)) == []


DEFECTS: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"work_history.0.to": "2018-05"}, ("history.gap", "error", "work_history")),
    ({"work_history.1.to": "2021-03"}, ("history.overlap", "info", "work_history[3]")),
    ({"work_history.2.to": "2026-10"}, ("history.not-here", "warning", "work_history")),
    ({"work_history.2.employer": "别的公司"}, ("history.not-here", "warning", "work_history")),
    ({"applicant.email": "Handler@example.com"}, ("contact.same-email", "error", "applicant.email")),
    ({"applicant.phone": "+86 139 0000 0001"}, ("contact.same-phone", "error", "applicant.phone")),
    ({"applicant.phone": "0755 8600 0001"}, ("contact.same-phone", "error", "applicant.phone")),
    ({"applicant.phone": "(0755)86000000"}, ("contact.same-phone", "error", "applicant.phone")),
    (
        {"applicant.emergency_contact.phone": "138 0000 0011"},
        ("contact.emergency-same", "warning", "applicant.emergency_contact.phone"),
    ),
    ({"work_permit.number": "SZ-123"}, ("number.work-permit", "warning", "work_permit.number")),
    ({"work_permit.number": "12345"}, ("number.work-permit", "warning", "work_permit.number")),
    ({"residence_permit.number": "1" * 21}, ("number.residence-permit", "warning", "residence_permit.number")),
    ({"applicant.email": "ｍinjun@example.com"}, ("text.rewritten", "info", "applicant.email")),
    ({"family.0.given_names": ""}, ("name.single", "warning", "family[1].given_names")),
    ({"family.0.surname": ""}, ("name.single", "warning", "family[1].surname")),
    ({"family.0.sex": "X"}, ("sex.unspecified", "warning", "family[1].sex")),
    ({"applicant.birth_date_known": "month"}, ("birth.incomplete", "warning", "applicant.birth_date")),
    ({"family.0.birth_date_known": "year"}, ("birth.incomplete", "warning", "family[1].birth_date")),
    ({"family.0.nationality": "RKS"}, ("nationality.no-country", "warning", "family[1].nationality")),
    ({"family.0.nationality": "GBN"}, ("nationality.no-country", "warning", "family[1].nationality")),
    ({"family.1.surname": "L" * 35}, ("name.cut-off", "warning", "family[2].surname")),
    (
        {"passport.previous_nationalities": ["CHN"], "applicant.chinese_name": ""},
        ("name.chinese-missing", "warning", "applicant.chinese_name"),
    ),
    ({"passport.mrz": ""}, ("passport.no-mrz", "info", "passport.mrz")),
    ({"passport.issued_on": "2026-11-23"}, ("dates.future", "error", "passport.issued_on")),
    ({"employment.in_china_since": "2027-01-16"}, ("dates.future", "error", "employment.in_china_since")),
    ({"residence_request.entry_date": "2026-11-23"}, ("dates.future", "error", "residence_request.entry_date")),
    ({"family.1.birth_date": "2028-10-30"}, ("dates.future", "error", "family[2].birth_date")),
    ({"passport.issued_on": "2012-05-10"}, ("dates.impossible", "error", "passport.expires_on")),
    ({"employment.contract_to": "2036-01-15"}, ("dates.unlikely", "warning", "employment.contract_to")),
    ({"applicant.highest_degree": "master"}, ("degree.disagrees", "warning", "applicant.highest_degree")),
    ({"applicant.marital_status": "single"}, ("family.marital-status", "warning", "applicant.marital_status")),
    ({"family.1.birth_date": "2008-11-22"}, ("family.of-age", "warning", "family[2].birth_date")),
    ({"family.1.passport_number": "m9876 5432"}, ("family.same-passport", "error", "family[2].passport_number")),
    ({"family.1.passport_number": "M11112222"}, ("family.same-passport", "error", "family[2].passport_number")),
]


@pytest.mark.parametrize(
    ("changes", "finding"), DEFECTS, ids=lambda value: value[0] if isinstance(value, tuple) else ""
)
def test_each_defect_is_found_under_its_own_code_and_nothing_else(
    lee: Any, changes: dict[str, Any], finding: tuple[str, str, str]
) -> None:
    for path, value in changes.items():
        lee[path] = value
    assert found(lee) == [finding]


def test_a_history_that_begins_in_the_future_is_found(lee: Any) -> None:
    lee.data["work_history"].append({**lee.data["work_history"][2], "from": "2027-02"})
    assert ("history.future", "error", "work_history[4].from") in found(lee)


def test_a_chinese_nationality_is_not_foreign(lee: Any) -> None:
    del lee["passport.mrz"]
    lee["applicant.nationality"] = "TWN"
    assert ("nationality.not-foreign", "error", "applicant.nationality") in found(lee)


def test_every_code_is_seeded_above_and_documented() -> None:
    seeded = {finding[0] for _, finding in DEFECTS} | {"history.future", "nationality.not-foreign"}
    assert seeded == {kind.code for kind in KINDS}
    assert len(KINDS) == len(seeded)
    for kind in KINDS:
        texts = (kind.say, kind.meaning, kind.why, kind.remedy)
        assert all(text.zh and text.en and text.zh != text.en for text in texts)
        assert kind.source


def test_a_gap_over_ten_years_ago_is_only_a_warning(okafor: Any) -> None:
    okafor["work_history.0.to"] = "2003-10"
    assert found(okafor) == [("history.gap", "warning", "work_history")]


def test_the_day_before_the_eighteenth_birthday_is_not_of_age(lee: Any) -> None:
    lee["family.1.birth_date"] = "2008-11-23"
    assert found(lee) == []
    assert found(lee, date(2026, 11, 23)) == [("family.of-age", "warning", "family[2].birth_date")]


def test_a_landline_that_is_none_matches_no_phone(lee: Any) -> None:
    lee["employer.landline"] = "无"
    assert found(lee) == []


def test_findings_hold_no_value(lee: Any) -> None:
    lee["applicant.email"] = "handler@example.com"
    lee["applicant.phone"] = "13900000001"
    lee["work_permit.number"] = "ODD-NUMBER-77"
    lee["family.1.surname"] = "QUITEALONGNAME" * 3
    findings = check_profile(lee.load(), ON)
    assert len(findings) == 4
    everything = repr(findings)
    for value in ("handler@", "13900000001", "ODD-NUMBER", "QUITEALONG"):
        assert value not in everything
    assert all(finding.source for finding in findings)
