"""The main job, judged by the server: what the mock portal received equals the profile, value by value."""

import pytest

from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.expected import filled, held

SECTIONS = ["personal", "business", "residence", "education", "work", "family", "attachments"]


def assert_server_holds(state: dict, profile: Profile) -> None:
    """The one application on the server is this profile, whole and nothing more, and nobody submitted it."""
    (application,) = state["applications"]
    assert held(application) == filled("shenzhen", profile)
    assert state["submits"] == 0


@pytest.mark.parametrize("sample", ["sample-lee", "sample-okafor", "sample-delacruz"])
def test_the_command_fills_the_profile_in_says_nothing_of_it_and_a_second_run_writes_nothing(
    command, running, mock, sample
):
    profile = load_profile(PlainFolder(PROFILES / sample))

    ran = command.fill(PROFILES / sample, mock.url)
    assert ran.status == 0, ran.said
    first = ran.document
    assert [section["key"] for section in first["sections"]] == SECTIONS
    assert set(first["counts"]) <= {"verified", "already", "skipped"}
    assert (first["guard"]["submitted"], first["guard"]["submit_attempts"]) == (0, 0)
    assert (first["missing_slots"], first["unseen_slots"]) == ([], [])
    assert_server_holds(mock.state(), profile)
    assert command.leaks(ran, profile) == []

    before = mock.state()["requests"]
    second = running.fill(profile)
    assert second.for_the_person == []
    assert set(second.counts) == {"already", "skipped"}
    assert second.counts["already"] == first["counts"]["verified"] + first["counts"].get("already", 0)
    # The second browser logs in anew and looks options up; all it changes is nothing.
    harmless = ("/api/session", "/api/dictionaries/query")
    reopened = [one for one in mock.state()["requests"][len(before) :] if one["path"] not in harmless]
    assert reopened == [{"method": "POST", "path": "/api/applications"}]
    assert_server_holds(mock.state(), profile)
