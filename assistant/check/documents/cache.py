"""Results of earlier looks, kept by content: a second check of an unchanged file opens nothing.

Kept are codes, word keys, numbers and a coarse picture hash; no value of the applicant, no file name. The key is a hash of
the file's bytes with everything else the result depends on (rules, the applicant's facts, versions), so whoever reads the
cache learns nothing about a person without already having the file and the profile.
"""

import hashlib
import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Protocol

from assistant.check.documents.result import FileResult, result_of_json
from assistant.store import locations
from assistant.store.files import write_private

VERSION = 7
"""Raised whenever a check would judge differently."""


class LooksKept(Protocol):
    """Where results of earlier looks are kept: this module's own folder, or a place that several machines share."""

    def recall(self, key: str) -> FileResult | None:
        """The kept look, or None."""

    def keep(self, key: str, look: FileResult) -> None:
        """Keeps a look; what can't be kept costs the next one its time only."""


class OnThisMachine:
    """The folder of this machine."""

    def recall(self, key: str) -> FileResult | None:
        return recall(key)

    def keep(self, key: str, look: FileResult) -> None:
        keep(key, look)


HERE = OnThisMachine()


def folder() -> Path:
    """Where results are kept; private, and safe to delete."""
    place = locations.private_cache() / "checks"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def key_of(digest: str, request: Mapping[str, object]) -> str:
    """`request` is the worker's, without the path: slot, rules and the case's facts."""
    relevant = {name: value for name, value in request.items() if name not in ("path", "crop")}
    text = json.dumps([VERSION, digest, _versions(), relevant], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def recall(key: str) -> FileResult | None:
    """The kept look, or None; a damaged entry counts as none."""
    try:
        return result_of_json(json.loads((folder() / f"{key}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def keep(key: str, look: FileResult) -> None:
    """Writes the entry whole or not at all; a full disk costs the cache only."""
    try:
        write_private(folder() / f"{key}.json", json.dumps(look.as_json()))
    except OSError:
        return


def _versions() -> list[str]:
    """What else the result depends on: whether and with what scans are read."""
    try:
        return [metadata.version("rapidocr")]
    except metadata.PackageNotFoundError:
        return ["no reader"]
