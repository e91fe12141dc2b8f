"""What goes wrong is said without a value of the applicant: in the terminal, in every file and in the journal."""

import pytest

from assistant.run.fill import section_filler
from assistant.store.locations import PROFILES

LEE = PROFILES / "sample-lee"
FAULTS = {
    "the login expires": {"expire_after": 12},
    "the save and a file are refused": {
        "answers": [{"path": "/api/applications/", "how": "500", "method": "PUT"}],
        "reject_upload": ["照片"],
    },
    "a section does not open": {"answers": [{"path": "/api/form", "how": "500", "skip": 1}]},
}
SHOWN_BY = {
    "the login expires": "login",
    "the save and a file are refused": "could not be saved",
    "a section does not open": "业务信息",
}


@pytest.mark.parametrize("trouble", FAULTS)
def test_a_trouble_of_the_portal_is_said_without_a_value(command, mock, lee, trouble):
    mock.faults(**FAULTS[trouble])
    ran = command.fill(LEE, mock.url, "--section", "business" if "section" in trouble else "personal")
    assert (ran.status, mock.state()["submits"]) == (1, 0)
    assert SHOWN_BY[trouble] in ran.said
    assert command.leaks(ran, lee) == []
    # The papers of a section nobody came to are not passed over in silence.
    assert "聘用合同原件" in ran.document["unseen_slots"] and "Not looked at" in ran.said


def test_a_bug_in_the_middle_of_a_section_is_said_without_a_value(command, mock, lee, monkeypatch):
    def broken(orders, *_):
        raise ValueError(f"no such value: {[one.step.value for one in orders]}, {lee.passport.number}")

    monkeypatch.setattr(section_filler, "_judge", broken)
    ran = command.fill(LEE, mock.url, "--section", "personal")
    assert ran.status == 3
    assert "ValueError" in ran.said and "assistant.run.fill.section_filler" in ran.said and "Traceback" not in ran.said
    assert command.leaks(ran, lee) == []


def test_the_search_for_values_finds_one(command, mock, lee, monkeypatch):
    """Else the tests above would prove nothing."""
    monkeypatch.setattr("assistant.review.report_page.mask", lambda value: value)
    ran = command.fill(LEE, mock.url, "--section", "personal")
    assert {f"report.html: {value}" for value in ("LEE", lee.passport.number, str(lee.applicant.birth_date))} <= set(
        command.leaks(ran, lee)
    )
