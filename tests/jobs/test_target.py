"""Where a job goes: the live portal keeps its browser folder, nothing else does; a mock portal is there for its job only."""

import io
import urllib.request
from urllib.error import URLError

import pytest

from assistant.jobs.target import LIVE, MOCK, Target, is_watched
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES, browser_folder


def test_only_the_live_portal_is_opened_with_the_folder_kept_for_its_city() -> None:
    portal = load_portal("shenzhen")
    with LIVE.reached(portal, "shenzhen", None) as there:
        assert there.url.startswith(portal.live.origins[0])
        assert there.browser_folder == browser_folder("shenzhen")
    with Target.of("http://127.0.0.1:9").reached(portal, "shenzhen", None) as there:
        assert (there.url, there.browser_folder) == ("http://127.0.0.1:9", None)


@pytest.mark.parametrize("applicant", ["sample-okafor", None])
def test_a_mock_portal_serves_while_the_job_lasts_and_no_longer(applicant: str | None) -> None:
    profile = load_profile(PlainFolder(PROFILES / applicant)) if applicant else None
    with MOCK.reached(load_portal("shenzhen"), "shenzhen", profile) as there:
        assert urllib.request.urlopen(there.url, timeout=10).status == 200
        assert there.browser_folder is None
    with pytest.raises(URLError):
        urllib.request.urlopen(there.url, timeout=10)


def test_the_mock_portal_comes_before_an_address() -> None:
    assert Target.of("http://127.0.0.1:9", mock=True) is MOCK


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("headless", [True, False])
def test_a_run_is_watched_only_with_a_window_and_a_terminal(
    monkeypatch: pytest.MonkeyPatch, answers: bool, headless: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal() if answers else io.StringIO())
    monkeypatch.setattr("sys.stdout", Terminal())
    assert is_watched(Console("zh"), headless=headless) is (answers and not headless)
