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
from pydantic import BeforeValidator, ValidationError

from assistant.errors import PackError
from assistant.portal.model import Allowed
from assistant.store.documents import open_document
from assistant.store.files import write_private
from assistant.store.locations import private_data
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Document, KeyPath, unusable
from assistant.validation import IsoDate, StrictModel, iso_date, problems_of

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

    @property
    def empty(self) -> bool:
        return not self.sections and not self.hosts


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
    document = open_document(path, PackError)
    problems = list(document.problems)
    try:
        overlay = Overlay.model_validate(document.data)
    except ValidationError as invalid:
        problems += problems_of(invalid, document, Overlay)
    if problems:
        raise unusable(path, PackError, problems)
    return Laid(overlay, document)


def write_overlay(path: Path, overlay: Overlay) -> None:
    """Writes an overlay, readable by its owner only; comments of the one that was there are kept."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    write_private(path, overlay_text(overlay, before))


def overlay_text(overlay: Overlay, before: str = "") -> str:
    """The overlay as YAML that a person can read; `before` is the text it takes the place of."""
    data = overlay.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
    if before.strip():
        return written(data, before)
    head = "# 平台改版后的对应关系，由 assistant teach 写成；可手工修改。\n# What a handler has learned about this portal; written by `assistant teach`, may be edited.\n"
    return head + written(data)


def overlay_path(portal: str, profile_folder: Path | None = None) -> Path:
    """Where a portal's overlay is kept: in `overlays` beside the applicants' folders, else in the tool's own folder."""
    home = profile_folder.resolve().parent if profile_folder else private_data()
    return home / "overlays" / f"{portal}.yaml"


def overlays_for(portal: str, profile_folder: Path | None = None) -> tuple[Laid, ...]:
    """The overlay that is in force: the one beside the applicants, else the tool's own; none where there is no file."""
    places = [overlay_path(portal, profile_folder)] if profile_folder else []
    for path in (*places, overlay_path(portal)):
        if path.is_file():
            return (read_overlay(path),)
    return ()
