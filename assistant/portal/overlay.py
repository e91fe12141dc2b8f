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

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic import BeforeValidator, ValidationError

from assistant.errors import PackError, Problem
from assistant.messages import Text
from assistant.portal.model import Allowed
from assistant.store.documents import open_document
from assistant.store.files import write_private
from assistant.store.locations import private_data
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Document, KeyPath, Tree, unusable
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


# ---- laying one over a pack ----------------------------------------------------------------------------------------


@dataclass
class Layer:
    """A pack's file as read, before it is checked: what an overlay may change. `touched` remembers by whom."""

    data: MutableMapping[str, Tree]
    touched: dict[KeyPath, str]


def lay(laid: Laid, portal: Layer, sections: Mapping[str, Layer]) -> Iterator[Problem]:
    """Changes the files in place; answers with what does not fit. The rest is the linter's."""
    for key, patch in laid.overlay.sections.items():
        at: KeyPath = ("sections", key)
        section = sections.get(key)
        if section is None:
            yield _problem(laid, at, "资料包没有这一段", "the pack has no such section")
            continue
        if patch.title is not None:
            _retitle(section, patch.title, laid.place((*at, "title")))
        for kind, patches in (("fields", patch.fields), ("uploads", patch.uploads)):
            for name, one in patches.items():
                yield from _lay_field(laid, (*at, kind, name), section, sections, kind, name, one)
        for name, table in patch.tables.items():
            yield from _lay_table(laid, (*at, "tables", name), section, name, table)
    for number, host in enumerate(laid.overlay.hosts):
        _lay_host(laid, ("hosts", number), portal, host)


def _retitle(section: Layer, title: str, place: str) -> None:
    old, more = section.data.get("title"), section.data.get("titles")
    others = [old, *(more if isinstance(more, list) else [])]
    section.data["title"] = title
    section.data["titles"] = [one for one in others if one and one != title]
    section.touched["title",] = section.touched["titles",] = place


def _lay_field(
    laid: Laid, at: KeyPath, section: Layer, sections: Mapping[str, Layer], kind: str, name: str, patch: FieldPatch
) -> Iterator[Problem]:
    source = sections.get(patch.moved_from) if patch.moved_from else section
    entries = _mapping(source, kind) if source else None
    # Where the target has a field of that key already, the moved one is written `key@section`.
    former = name.partition("@")[0]
    if entries is None or former not in entries or not isinstance(entries[former], dict):
        yield _problem(laid, at, "资料包的这一段没有这一项", "the pack's section has no such entry")
        return
    raw = dict(entries[former])  # type: ignore[arg-type]
    if source is not section:
        target = section.data.setdefault(kind, {})
        if not isinstance(target, dict) or name in target:
            yield _problem(laid, at, "目标段已有同名的一项", "the section it moves to has this entry already")
            return
        del entries[former]
        target[name] = raw
        if name != former:
            raw.setdefault("value", former)
        # A sub-heading of the former section means nothing in the new one.
        raw.pop("block", None)
    else:
        entries[name] = raw
    _change(raw, patch)
    section.touched[kind, name] = laid.place(at)


def _lay_table(laid: Laid, at: KeyPath, section: Layer, name: str, patch: TablePatch) -> Iterator[Problem]:
    tables = _mapping(section, "tables")
    table = tables.get(name) if tables is not None else None
    if not isinstance(table, dict):
        yield _problem(laid, at, "资料包的这一段没有这个表格", "the pack's section has no such table")
        return
    for word in ("labels", "add", "confirm", "cancel", "edit"):
        texts = getattr(patch, word)
        if texts:
            table[word] = list(texts)
            section.touched["tables", name, word] = laid.place((*at, word))
    for key, one in patch.fields.items():
        fields = table.get("fields")
        raw = fields.get(key) if isinstance(fields, dict) else None
        if not isinstance(raw, dict) or one.moved_from:
            yield _problem(laid, (*at, "fields", key), "表格没有这一列", "the table has no such column")
            continue
        _change(raw, one)
        section.touched["tables", name, "fields", key] = laid.place((*at, "fields", key))


def _change(raw: MutableMapping[str, Tree], patch: FieldPatch) -> None:
    if patch.labels:
        raw["labels"] = list(patch.labels)
    if patch.block is not None:
        raw["block"] = patch.block
    if patch.control is not None:
        raw["control"] = patch.control


def _lay_host(laid: Laid, at: KeyPath, portal: Layer, patch: HostPatch) -> None:
    hosts = portal.data.get("hosts")
    listed: list[Tree] = hosts if isinstance(hosts, list) else []
    allow: list[Tree] = [{"method": one.method, "path": one.path, "purpose": one.purpose} for one in patch.allow]
    for number, host in enumerate(listed):
        if isinstance(host, dict) and _names(host.get("origins"), patch.origin):
            host["verified_on"] = patch.verified_on.isoformat()
            host["allow"] = allow
            portal.touched["hosts", number] = laid.place(at)
            return
    listed.append(
        {
            "origins": [patch.origin],
            "kind": "live",
            "verified_on": patch.verified_on.isoformat(),
            "allow": allow,
            "evidence": "P",
            "note": f"seen by {patch.verified_by}",
        }
    )
    portal.data["hosts"] = listed
    portal.touched["hosts", len(listed) - 1] = laid.place(at)


def _names(origins: object, origin: str) -> bool:
    """Whether a host of the pack is this one: by its origin, or by a pattern that takes any port."""
    listed = origins if isinstance(origins, list) else []
    return any(one in (origin, f"{origin.rpartition(':')[0]}:*") for one in listed)


def _mapping(layer: Layer, name: str) -> MutableMapping[str, Tree] | None:
    found = layer.data.get(name)
    return found if isinstance(found, dict) else None


def _problem(laid: Laid, at: KeyPath, zh: str, en: str) -> Problem:
    return Problem(laid.place(at), " › ".join(str(part) for part in at), Text(zh, en))


# ---- what it changes, in words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One line of the diff a person accepts: where, what it was, what it becomes."""

    where: str
    before: str
    after: str


def changes(overlay: Overlay, before: Mapping[str, Tree]) -> list[Change]:
    """What the overlay changes, line by line. `before`: the pack's sections as read, by key, and its `hosts`."""
    listed: list[Change] = []
    for key, section in overlay.sections.items():
        raw = before.get(key)
        if section.title is not None:
            listed.append(Change(f"{key} › title", _told(_get(raw, "title")), section.title))
        groups: Sequence[tuple[str, Mapping[str, FieldPatch]]] = (
            ("fields", section.fields),
            ("uploads", section.uploads),
            *((f"tables › {name} › fields", table.fields) for name, table in section.tables.items()),
        )
        for group, patches in groups:
            for name, patch in patches.items():
                source = before.get(patch.moved_from) if patch.moved_from else raw
                old = _get(source, *group.split(" › "), name.partition("@")[0])
                if patch.moved_from:
                    listed.append(Change(f"{key} › {name} › section", patch.moved_from, key))
                for word in ("labels", "block", "control"):
                    new = getattr(patch, word)
                    if new is not None:
                        listed.append(Change(f"{key} › {name} › {word}", _told(_get(old, word)), _told(new)))
        for name, table in section.tables.items():
            for word in ("labels", "add", "confirm", "cancel", "edit"):
                new = getattr(table, word)
                if new is not None:
                    listed.append(
                        Change(f"{key} › {name} › {word}", _told(_get(raw, "tables", name, word)), _told(new))
                    )
    for host in overlay.hosts:
        for one in host.allow:
            after = f"{one.method} {one.path}（{one.purpose}，{host.verified_on} {host.verified_by}）"
            listed.append(Change(f"{host.origin} › allow", "", after))
    return listed


def _get(tree: Tree | None, *path: str) -> Tree | None:
    for name in path:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def _told(tree: object) -> str:
    if isinstance(tree, list | tuple):
        return "、".join(str(one) for one in tree)
    return "" if tree is None else str(tree)
