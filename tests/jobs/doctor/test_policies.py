"""What an administrator has set is explained, with a way around it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BrowserMissing
from assistant.jobs.doctor.answers import State
from assistant.jobs.doctor.policies import check_policies
from assistant.messages import Text
from assistant.page.browser import launch, policies
from assistant.page.browser.launch import FoundBrowser
from tests.support.doctor import state_of


@pytest.mark.parametrize(
    ("said", "state", "word"),
    [
        ({}, "ok", ""),
        ({"RemoteDebuggingAllowed": 1, "DeveloperToolsAvailability": 1}, "ok", ""),
        ({"RemoteDebuggingAllowed": 0}, "bad", "RemoteDebuggingAllowed"),
        ({"RemoteDebuggingAllowed": False, "DeveloperToolsAvailability": 2}, "bad", "RemoteDebuggingAllowed"),
        ({"DeveloperToolsAvailability": 2}, "warning", "DeveloperToolsAvailability"),
        ({"ExtensionInstallForcelist": ["a", "b", "c"]}, "warning", "3"),
    ],
)
def test_each_policy_that_is_in_the_way_is_named(
    said: Mapping[str, Any], state: State, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "find_browser", lambda: FoundBrowser("Edge", Path("msedge.exe")))
    monkeypatch.setattr(policies, "policies_of", lambda _name: said)
    (check,) = check_policies()
    assert state_of([check], "policies") == state
    assert word in check.message.zh and word in check.message.en


def test_without_a_browser_there_is_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise BrowserMissing(Text("去安装", "install it"))

    monkeypatch.setattr(launch, "find_browser", none)
    assert check_policies() == []
