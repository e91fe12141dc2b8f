"""What a company's administrator has set for its browsers, as far as it keeps a program from driving one.

Read where each system keeps it: the registry, JSON files, property lists. What can't be read counts as not set.
"""

import json
import os
import plistlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_REGISTRY = {"Edge": r"Software\Policies\Microsoft\Edge", "Chrome": r"Software\Policies\Google\Chrome"}
_JSON = {
    "Edge": ("/etc/opt/edge/policies",),
    "Chrome": ("/etc/opt/chrome/policies",),
    "Chromium": ("/etc/chromium/policies", "/etc/chromium-browser/policies"),
}
_PLISTS = {"Edge": "com.microsoft.Edge", "Chrome": "com.google.Chrome", "Chromium": "org.chromium.Chromium"}
READ = ("RemoteDebuggingAllowed", "DeveloperToolsAvailability", "ExtensionInstallForcelist")
"""The policies that matter here."""


def policies_of(browser: str) -> Mapping[str, Any]:
    """The policies of a browser called `Edge`, `Chrome` or `Chromium` (longer names hold one of these words)."""
    found: dict[str, Any] = {}
    name = next((known for known in ("Edge", "Chromium", "Chrome") if known in browser), "")
    for source in _sources(name):
        found.update({key: value for key, value in source.items() if key in READ})
    return found


def forbids_automation(browser: str) -> bool:
    """Whether its administrator keeps every program from driving this browser."""
    return _is_off(policies_of(browser).get("RemoteDebuggingAllowed"))


def _is_off(value: object) -> bool:
    return value is False or (isinstance(value, int) and not isinstance(value, bool) and value == 0)


def _sources(name: str) -> Iterator[Mapping[str, Any]]:
    """The weaker first: of two that set the same, the machine's holds."""
    if sys.platform == "win32":
        if name in _REGISTRY:
            yield from _from_registry(_REGISTRY[name])
    elif sys.platform == "darwin":
        managed = Path("/Library/Managed Preferences")
        for folder in (managed / os.environ.get("USER", "-"), managed):
            yield from _from_plist(folder / f"{_PLISTS.get(name, name)}.plist")
    else:
        for folder in _JSON.get(name, ()):
            for kind in ("recommended", "managed"):
                yield from _from_json(Path(folder) / kind)


def _from_json(folder: Path) -> Iterator[Mapping[str, Any]]:
    for file in sorted(folder.glob("*.json")):
        with suppress(OSError, ValueError):
            said = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(said, dict):
                yield said


def _from_plist(file: Path) -> Iterator[Mapping[str, Any]]:
    with suppress(OSError, ValueError, plistlib.InvalidFileException):
        said = plistlib.loads(file.read_bytes())
        if isinstance(said, dict):
            yield said


def _from_registry(place: str) -> Iterator[Mapping[str, Any]]:
    import winreg

    registry: Any = winreg
    for hive in (registry.HKEY_CURRENT_USER, registry.HKEY_LOCAL_MACHINE):
        said: dict[str, Any] = {}
        for name in READ:
            with suppress(OSError), registry.OpenKey(hive, place) as key:
                said[name] = registry.QueryValueEx(key, name)[0]
        # A list is a key of its own, with numbered values.
        with suppress(OSError), registry.OpenKey(hive, rf"{place}\ExtensionInstallForcelist") as key:
            count = registry.QueryInfoKey(key)[1]
            said["ExtensionInstallForcelist"] = [registry.EnumValue(key, number)[1] for number in range(count)]
        yield said
