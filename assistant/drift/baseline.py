"""The shape of a portal's sections as they were when they last matched: no value, only what a page asks and how.

Promises: labels, kinds, limits and order are kept, options as hashes with their number; never what a control holds. A
list of options that is only known in part (a search, a list with one chosen entry) is not kept. Files are readable by
their owner only.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from assistant.normalize import fold, plain
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import Portal
from assistant.store.files import write_private
from assistant.store.locations import private_data
from assistant.validation import StrictModel

# An option that means "nothing chosen yet" is no option.
_NOTHING = re.compile(r"(--?|请?选择.*|全部|please select.*)?", re.IGNORECASE)


class ControlShape(StrictModel):
    """One question: what it is called, where it stands, what it takes."""

    label: str
    kind: str
    block: str = ""
    required: bool = False
    max_length: int | None = None
    accept: str = ""
    options: tuple[str, ...] = ()


class SectionShape(StrictModel):
    """One section: its questions in the order of the page, and the columns of its tables."""

    controls: tuple[ControlShape, ...] = ()
    tables: tuple[tuple[str, ...], ...] = ()

    def of(self, label: str, block: str = "") -> ControlShape | None:
        """The question of that name; where there are several, the one in that block."""
        named = [one for one in self.controls if plain(one.label) == plain(label)]
        if len(named) > 1:
            named = [one for one in named if plain(one.block) == plain(block)]
        return named[0] if len(named) == 1 else None


class Fingerprint(StrictModel):
    """One portal on one host."""

    portal: str
    host: str
    taken_on: date
    sections: Mapping[str, SectionShape]


def shape_of(snapshot: Snapshot, titles: tuple[str, ...] = ()) -> SectionShape:
    """The shape of one section, from a snapshot narrowed to it."""
    return SectionShape(
        controls=tuple(
            ControlShape(
                label=control.label,
                kind=control.kind,
                block=block_of(control, titles),
                required=control.required,
                max_length=control.max_length,
                accept=control.accept,
                options=tuple(map(hash_of, known_options(control))),
            )
            for control in snapshot.controls
            if control.visible
        ),
        tables=tuple(table.headers for table in snapshot.tables),
    )


def block_of(control: Control, titles: tuple[str, ...] = ()) -> str:
    """The sub-heading a control stands under; the section's own title is none."""
    known = {fold(title) for title in titles}
    return control.context[-1] if control.context and fold(control.context[-1]) not in known else ""


def known_options(control: Control) -> tuple[str, ...]:
    """All texts a choice offers, where the page tells all; a single text may be what somebody chose, and is left out."""
    texts = tuple(text for text in control.options or () if not _NOTHING.fullmatch(text.strip()))
    return texts if len(texts) > 1 else ()


def hash_of(option: str) -> str:
    return hashlib.sha256(fold(option).encode()).hexdigest()[:12]


def take(portal: Portal, url: str, seen: Mapping[str, tuple[Snapshot, tuple[str, ...]]], on: date) -> Fingerprint:
    """The fingerprint of sections as seen now; `seen`: section key → (narrowed snapshot, its titles)."""
    shapes = {key: shape_of(snapshot, titles) for key, (snapshot, titles) in seen.items()}
    return Fingerprint(portal=portal.name, host=host_name(portal, url), taken_on=on, sections=shapes)


def keep(fingerprint: Fingerprint, folder: Path | None = None) -> Path:
    """Writes it where `last_good` looks; answers with the file."""
    path = _path(fingerprint.portal, fingerprint.host, folder)
    return write_private(path, fingerprint.model_dump_json(indent=1) + "\n")


def last_good(portal: Portal, url: str, folder: Path | None = None) -> Fingerprint | None:
    """What the portal was like at the last probe without findings on this host; else, for a mock portal, what came with
    the pack. None where nothing is known: a broken file counts as none."""
    own = _read(_path(portal.name, host_name(portal, url), folder))
    if own is not None:
        return own
    host = portal.host_of(url)
    return _read(portal.folder / "fingerprint.json") if host is not None and host.kind == "mock" else None


def host_name(portal: Portal, url: str) -> str:
    """The host as a file name; where the pack takes any port, the port is left out."""
    parts, host = urlsplit(url), portal.host_of(url)
    any_port = host is not None and any(origin.endswith(":*") for origin in host.origins)
    name = (parts.hostname or "unknown") if any_port or not parts.port else f"{parts.hostname}_{parts.port}"
    return re.sub(r"[^a-z0-9._-]", "_", name.lower())


def _path(portal: str, host: str, folder: Path | None) -> Path:
    return (folder or private_data() / "fingerprints") / portal / f"{host}.json"


def _read(path: Path) -> Fingerprint | None:
    try:
        return Fingerprint.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError):
        return None
