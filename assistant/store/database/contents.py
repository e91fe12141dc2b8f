"""What one version of a case holds, and how it is sealed: small files in one piece, each large one (a paper) by itself.

So an edit of the profile moves some kilobytes, and a paper that did not change is neither sealed nor sent again. Papers
are named by keyed digests of their content, which also prove on opening that they are the ones that were meant.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import InputError
from assistant.store.base import PROFILE, Version, version_of
from assistant.store.team.keys import Keys, not_ours
from assistant.store.team.trail import TrailEvent, What
from assistant.strict_yaml import Tree, decoded, dotted, parse

# What is larger is a paper: scans and PDF files, never a profile.
LARGEST_SMALL = 24 * 1024
COURSE = "case.yaml"
_STAGE = re.compile(r"[a-z]{1,20}")
_CITY = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Small:
    """A file that lies in the version itself."""

    content: bytes

    @property
    def version(self) -> Version:
        return version_of(self.content)


@dataclass(frozen=True)
class SealedPaper:
    """A file that lies by itself, by the epoch whose key seals it and the digest that it is found by."""

    version: Version
    epoch: int
    digest: str


Held = Small | SealedPaper
Contents = Mapping[str, Held]


def paper_digest(keys: Keys, epoch: int, case_id: str, content: bytes) -> str:
    """A keyed digest of a paper: the same paper of two cases has two."""
    return keys.digest("paper", case_id, content, epoch=epoch)


def sealed_contents(keys: Keys, case_id: str, number: int, contents: Contents) -> bytes:
    """One version of a case, sealed."""
    files = {name: _written(held) for name, held in contents.items()}
    return keys.sealed(json.dumps({"case": case_id, "number": number, "files": files}).encode())


def opened_contents(keys: Keys, epoch: int, case_id: str, number: int, sealed: bytes) -> dict[str, Held]:
    """Raises SealError for what is not this version of this case, sealed by a member."""
    read = json.loads(keys.opened(sealed, epoch, case_id))
    if (read["case"], read["number"]) != (case_id, number):
        # Sealed by a member, but for another place.
        raise not_ours(case_id)
    return {name: _read(held) for name, held in read["files"].items()}


def opened_paper(keys: Keys, case_id: str, paper: SealedPaper, sealed: bytes) -> bytes:
    """Raises SealError for another paper than the one that was meant."""
    content = keys.opened(sealed, paper.epoch, case_id)
    if version_of(content) != paper.version:
        raise not_ours(case_id)
    return content


def _written(held: Held) -> Mapping[str, object]:
    if isinstance(held, Small):
        return {"small": base64.b64encode(held.content).decode()}
    return {"version": held.version, "epoch": held.epoch, "digest": held.digest}


def _read(held: Mapping[str, str | int]) -> Held:
    if "small" in held:
        return Small(base64.b64decode(str(held["small"])))
    return SealedPaper(Version(str(held["version"])), int(held["epoch"]), str(held["digest"]))


# ---- what may stand beside it in the clear -------------------------------------------------------------------------


def city_and_day(profile: bytes) -> tuple[str, str | None]:
    """The city of a profile and the day on which the work permit expires, as far as they are written as such."""
    data = tree_of(profile)
    city, permit = data.get("city"), data.get("work_permit")
    day = permit.get("expires_on") if isinstance(permit, dict) else None
    with suppress(ValueError, TypeError):
        day = date.fromisoformat(str(day)).isoformat()
        return _city(city), day
    return _city(city), None


def stage_of(course: bytes) -> str:
    """How far a case has come, as its `case.yaml` says it."""
    said = tree_of(course).get("stage")
    return said if isinstance(said, str) and _STAGE.fullmatch(said) else ""


def _city(given: Tree | None) -> str:
    return given if isinstance(given, str) and _CITY.fullmatch(given) else ""


def tree_of(profile: bytes) -> dict[str, Tree]:
    """A profile's data, empty where it can't be read."""
    try:
        return parse(decoded(profile, Path(PROFILE), InputError), Path(PROFILE), InputError).data
    except InputError:
        return {}


def leaves(tree: Tree, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a profile's data, by its path."""
    if isinstance(tree, dict):
        for key, inner in tree.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(tree, list):
        for row, inner in enumerate(tree):
            yield from leaves(inner, (*path, row))
    else:
        yield path, tree


# ---- what the trail says of a change -------------------------------------------------------------------------------


def events_of(keys: Keys, case_id: str, before: Contents, after: Contents) -> Iterator[TrailEvent]:
    """One event for each field of the profile and each file that is another now."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None and old.version == new.version:
            continue
        if name == PROFILE and isinstance(old, Small | None) and isinstance(new, Small | None):
            yield from _of_profile(keys, case_id, old.content if old else b"", new.content if new else b"")
            continue
        yield TrailEvent(
            _what(old, new),
            file_field(keys, case_id, name),
            keys.digest("value", case_id, old.version) if old else "",
            keys.digest("value", case_id, new.version) if new else "",
        )


def _of_profile(keys: Keys, case_id: str, old: bytes, new: bytes) -> Iterator[TrailEvent]:
    before, after = dict(leaves(tree_of(old))), dict(leaves(tree_of(new)))
    fields = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    if not fields:
        yield TrailEvent("written", PROFILE)
    for path in fields:
        # A key that is none of ours may be a value that slipped: it is not repeated.
        field = dotted(path, True)
        gone, come = before.get(path), after.get(path)
        yield TrailEvent(
            _what(gone, come),
            field[:200],
            "" if gone is None else keys.digest("value", case_id, field, gone),
            "" if come is None else keys.digest("value", case_id, field, come),
        )


def _what(old: object, new: object) -> What:
    return "written" if old is not None and new is not None else "removed" if new is None else "added"


def file_field(keys: Keys, case_id: str, name: str, *, epoch: int | None = None) -> str:
    """A file's own name may be a person's: it is told by its folder and a keyed digest."""
    folder = "documents/" if name.startswith("documents/") else ""
    return f"{folder}{keys.digest('name', case_id, name, epoch=epoch)[:12]}"
