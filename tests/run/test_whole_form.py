"""The main job, judged by the server: what the mock portal received equals the profile, value by value."""

import json
import re
from datetime import date

import pytest

from assistant.locations import PROFILES
from assistant.plan import make_plan
from assistant.portal import load_portal
from assistant.profile import Profile, load_profile
from assistant.report_page import report_page
from fixtures.expected import filled, held


def private_values(profile: Profile) -> set[str]:
    """Everything in the profile that says something about a person: names, numbers, dates, addresses, employers."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list | tuple):
            for one in value:
                walk(one)
        elif isinstance(value, str | date):
            found.add(str(value))

    walk(profile.model_dump(exclude={"documents", "folder", "city"}))
    # Short codes and words such as "work" or "B1" are in every report and say nothing.
    return {value for value in found if len(value) >= 5 and not re.fullmatch(r"[a-z_]+", value)} - {"工作许可"}


def assert_server_holds(state: dict, profile: Profile) -> None:
    """The one application on the server is this profile, whole and nothing more, and nobody submitted it."""
    (application,) = state["applications"]
    assert held(application) == filled("shenzhen", profile)
    assert state["submits"] == 0


@pytest.mark.parametrize("sample", ["sample-lee", "sample-okafor", "sample-delacruz"])
def test_the_server_holds_the_profile_and_a_second_run_writes_nothing(running, mock, sample, capfd):
    profile = load_profile(PROFILES / sample)

    first = running.fill(profile)
    assert first.stopped is None
    assert first.for_the_person == []
    assert [section.key for section in first.sections] == [
        "personal",
        "business",
        "residence",
        "education",
        "work",
        "family",
        "attachments",
    ]
    assert first.exit_code == 0
    assert first.guard["submit_attempts"] == 0
    assert_server_holds(mock.state(), profile)

    told = capfd.readouterr()
    written = json.dumps(first.as_json(), ensure_ascii=False) + "".join(
        report_page(first, make_plan(profile, load_portal("shenzhen")), language, pack="shenzhen 0")
        for language in ("zh", "en")
    )
    for value in private_values(profile):
        assert value not in written + told.out + told.err, "a value of the profile leaked"

    before = mock.state()["requests"]
    second = running.fill(profile)
    assert second.for_the_person == []
    assert set(second.counts) == {"already", "skipped"}
    assert second.counts["already"] == first.counts["verified"] + first.counts["already"]
    reopened = [one for one in mock.state()["requests"][len(before) :] if one["path"] != "/api/dictionaries/query"]
    assert reopened == [{"method": "POST", "path": "/api/applications"}]
    assert_server_holds(mock.state(), profile)
