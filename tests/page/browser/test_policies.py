"""Policies are read where each system keeps them; a browser that may not be driven is passed over for one that may."""

import json
import plistlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.page.browser import discovery, policies
from assistant.page.browser.policies import forbids_automation, policies_of

EXTENSIONS = "ExtensionInstallForcelist"


class Registry(SimpleNamespace):
    """As `winreg`: keys are (hive, place), a list is a key of its own."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "user", "machine"

    def __init__(self, keys: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
        super().__init__()
        self.keys = {(hive, place.casefold()): dict(values) for (hive, place), values in keys.items()}

    def OpenKey(self, hive: str, place: str) -> "Key":
        if (hive, place.casefold()) not in self.keys:
            raise FileNotFoundError(place)
        return Key(self.keys[hive, place.casefold()])

    def QueryValueEx(self, key: "Key", name: str) -> tuple[Any, int]:
        if name not in key.values:
            raise FileNotFoundError(name)
        return key.values[name], 4

    def QueryInfoKey(self, key: "Key") -> tuple[int, int, int]:
        return 0, len(key.values), 0

    def EnumValue(self, key: "Key", number: int) -> tuple[str, Any, int]:
        name = list(key.values)[number]
        return name, key.values[name], 1


class Key:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __enter__(self) -> "Key":
        return self

    def __exit__(self, *_: object) -> None: ...


def windows(monkeypatch: pytest.MonkeyPatch, keys: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", Registry(keys))  # type: ignore[arg-type]


EDGE, CHROME = r"Software\Policies\Microsoft\Edge", r"Software\Policies\Google\Chrome"


def test_the_registry_is_read_for_machine_and_user(monkeypatch: pytest.MonkeyPatch) -> None:
    windows(
        monkeypatch,
        {
            ("machine", EDGE): {"RemoteDebuggingAllowed": 0, "HomepageLocation": "canary"},
            ("user", CHROME): {"DeveloperToolsAvailability": 2},
            ("machine", rf"{CHROME}\{EXTENSIONS}"): {"1": "a;https://x", "2": "b;https://x"},
        },
    )
    assert policies_of("Edge") == {"RemoteDebuggingAllowed": 0}
    assert policies_of("Chrome") == {"DeveloperToolsAvailability": 2, EXTENSIONS: ["a;https://x", "b;https://x"]}
    assert policies_of("Chromium") == {}
    assert (forbids_automation("Edge"), forbids_automation("Chrome")) == (True, False)


def test_the_machines_policy_holds_against_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    windows(
        monkeypatch, {("machine", EDGE): {"RemoteDebuggingAllowed": 1}, ("user", EDGE): {"RemoteDebuggingAllowed": 0}}
    )
    assert not forbids_automation("Edge")


def test_files_of_linux_are_read_and_broken_ones_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(policies, "_JSON", {"Chromium": (str(tmp_path),)})
    (tmp_path / "managed").mkdir()
    (tmp_path / "managed" / "a.json").write_text("{not json", encoding="utf-8")
    (tmp_path / "managed" / "b.json").write_text(json.dumps({"RemoteDebuggingAllowed": False}), encoding="utf-8")
    (tmp_path / "managed" / "c.json").write_text(json.dumps(["a list"]), encoding="utf-8")
    assert policies_of("Chromium") == {"RemoteDebuggingAllowed": False}
    assert forbids_automation("Chromium")
    assert policies_of("Edge") == {}


def test_property_lists_of_macos_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(policies, "Path", lambda _place: tmp_path)
    (tmp_path / "com.microsoft.Edge.plist").write_bytes(plistlib.dumps({"RemoteDebuggingAllowed": False}))
    (tmp_path / "com.google.Chrome.plist").write_bytes(b"broken")
    assert forbids_automation("Microsoft Edge")
    assert not forbids_automation("Google Chrome")


@pytest.mark.parametrize(
    ("allowed", "taken"),
    [
        ({"Edge": True, "Chrome": True}, "Edge"),
        ({"Edge": False, "Chrome": True}, "Chrome"),
        ({"Edge": False, "Chrome": False}, "Edge"),
    ],
)
def test_a_browser_that_may_be_driven_is_taken_first(
    allowed: Mapping[str, bool], taken: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in allowed:
        (tmp_path / name).touch()
    monkeypatch.delenv(discovery.OWN_CHOICE, raising=False)
    monkeypatch.setattr(discovery, "_candidates", lambda: ((name, tmp_path / name) for name in allowed))
    monkeypatch.setattr(discovery, "forbids_automation", lambda name: not allowed[name])
    assert discovery.find_browser().name == taken
