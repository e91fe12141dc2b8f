"""Overlays: what a handler has learned about a portal since its pack was written, in a file of their own.

    overlay: shenzhen
    written_on: 2026-11-22
    by: 王小明
    sections:
      personal:
        title: 个人基本信息
        fields:
          passport.number: {labels: [护照号]}
      business:
        fields:
          applicant.phone: {from: personal, labels: [联系手机]}
    hosts:
      - origin: http://wgfw.ga.sz.gov.cn
        verified_on: 2026-11-22
        verified_by: 王小明
        allow:
          - {method: POST, path: /ext/save.do, purpose: 暂存}

Promises: an overlay changes how a question is called, where it stands, what kind of control it is, how the buttons of a row
table are called and which requests one host may receive, nothing else: it can't name a profile path, a condition or a button
that saves or leads on. It is laid over the files of the pack before the pack is checked, so that the pack's own linter judges
the result, and refuses every word that submits, books or pays.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic import BeforeValidator

from assistant.errors import PackError
from assistant.portal.contact.learned import NOTHING_LEARNED, Learned
from assistant.portal.model import Allowed
from assistant.store.applicant_folder import SharedFolder
from assistant.store.base import Applicant, Files, content_of, version_of
from assistant.store.documents import document_in, open_document
from assistant.store.locations import private_data
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Document, KeyPath
from assistant.validation import IsoDate, StrictModel, iso_date, validated

Texts = Annotated[tuple[Annotated[str, pydantic.Field(min_length=1)], ...], pydantic.Field(min_length=1)]


class FieldPatch(StrictModel, populate_by_name=True):
    """How a field or upload slot is to be found from now on; `from` names the section it stood in."""

    labels: Texts | None = None
    block: str | None = None
    control: str | None = None
    moved_from: str | None = pydantic.Field(default=None, alias="from")


class TablePatch(StrictModel):
    """New names of a row table's columns and buttons."""

    labels: Texts | None = None
    add: Texts | None = None
    confirm: Texts | None = None
    cancel: Texts | None = None
    edit: Texts | None = None
    fields: dict[str, FieldPatch] = pydantic.Field(default={})


class SectionPatch(StrictModel):
    """What changed in one section."""

    title: str | None = None
    fields: dict[str, FieldPatch] = pydantic.Field(default={})
    uploads: dict[str, FieldPatch] = pydantic.Field(default={})
    tables: dict[str, TablePatch] = pydantic.Field(default={})


class HostPatch(StrictModel):
    """What somebody has seen one host receive when they saved a draft by hand."""

    origin: str
    verified_on: Annotated[IsoDate, BeforeValidator(iso_date)]
    verified_by: str = pydantic.Field(min_length=1)
    allow: tuple[Allowed, ...] = pydantic.Field(min_length=1)


class Overlay(StrictModel):
    """One overlay file."""

    overlay: str
    written_on: Annotated[IsoDate, BeforeValidator(iso_date)]
    by: str = pydantic.Field(min_length=1)
    note: str = ""
    sections: dict[str, SectionPatch] = pydantic.Field(default={})
    hosts: tuple[HostPatch, ...] = ()
    learned: Learned = NOTHING_LEARNED
    """What was confirmed while pages were filled for the first time."""

    @property
    def empty(self) -> bool:
        return not self.sections and not self.hosts and self.learned.empty


@dataclass(frozen=True)
class Laid:
    """An overlay with the document it was read from, if any, so that a problem can say file and line."""

    overlay: Overlay
    document: Document | None = None

    def place(self, path: KeyPath) -> str:
        if self.document is None:
            return "overlay"
        return f"{self.document.path}:{self.document.line_of(path)}"


def read_overlay(path: Path) -> Laid:
    """An overlay file. Raises PackError with every problem of its shape; whether it fits its pack is seen when it is laid."""
    return _laid(open_document(path, PackError))


def _laid(document: Document) -> Laid:
    return Laid(validated(document, Overlay, PackError), document)


def overlay_text(overlay: Overlay, before: str = "") -> str:
    """The overlay as YAML that a person can read; `before` is the text it takes the place of."""
    data = overlay.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
    if before.strip():
        return written(data, before)
    head = "# 平台改版后的对应关系，由 assistant teach 写成；可手工修改。\n# What a handler has learned about this portal; written by `assistant teach`, may be edited.\n"
    return head + written(data)


def overlay_name(portal: str) -> str:
    """What the file of a portal's overlay is called among those that applicants share."""
    return f"overlays/{portal}.yaml"


def overlay_home(kept: Applicant | None = None) -> Files:
    """Where an overlay is written: among what applicants share, else in the tool's own folder."""
    return kept.shared if kept else SharedFolder(private_data())


def overlays_for(portal: str, kept: Applicant | None = None) -> tuple[Laid, ...]:
    """The overlay that is in force: the one that applicants share, else the tool's own; none where there is no file."""
    name = overlay_name(portal)
    for home in (*((overlay_home(kept),) if kept else ()), overlay_home()):
        if _is_there(home, name):
            return (_laid(document_in(home, name, PackError)),)
    return ()


def _is_there(home: Files, name: str) -> bool:
    try:
        return content_of(home, name) is not None
    except OSError:
        # Reading it will tell why it can't be used.
        return True


def write_overlay(home: Files, overlay: Overlay) -> str:
    """Writes an overlay, readable by its owner only, and keeps the one that was there as `.bak`; comments of that one stay.
    Where it is now. Raises OSError or ChangedMeanwhile, the old one in force."""
    name = overlay_name(overlay.overlay)
    before = content_of(home, name)
    if before is not None:
        kept = content_of(home, f"{name}.bak")
        home.write(f"{name}.bak", before, expected=None if kept is None else version_of(kept))
    text = overlay_text(overlay, (before or b"").decode("utf-8", errors="replace"))
    home.write(name, text.encode("utf-8"), expected=None if before is None else version_of(before))
    return home.where(name)
