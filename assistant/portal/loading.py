"""Loads a portal's pack: every file under `selectors/portals/<name>/` and the option tables they use.

Promises: a pack is used whole and checked or not at all; every problem of every file is reported at once, with a trail of
file, section, field and key and, where a word is unknown, the known ones. Nothing outside the selectors folder is read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import PackError, Problem
from assistant.messages import Text
from assistant.portal.contact.learned import NOTHING_LEARNED, Learned
from assistant.portal.linter import Loaded, Pack, problems_across
from assistant.portal.model import (
    Allowed,
    ApplicantQuestion,
    Buttons,
    Entry,
    Host,
    IdentityMark,
    Login,
    Portal,
    PortalFile,
)
from assistant.portal.options import OptionTable
from assistant.portal.overlay import Laid
from assistant.portal.overlay_apply import Layer, lay
from assistant.portal.section import CONTROLS, ControlKind, Field, Section, Table, Upload
from assistant.store.documents import open_document
from assistant.store.locations import SELECTORS
from assistant.strict_yaml import Document, KeyPath, Tree
from assistant.validation import problems_of

__all__ = [
    "CONTROLS",
    "Allowed",
    "ApplicantQuestion",
    "Buttons",
    "ControlKind",
    "Entry",
    "Field",
    "Host",
    "IdentityMark",
    "Login",
    "Portal",
    "Section",
    "Table",
    "Upload",
    "load_portal",
    "pack_trees",
    "portals",
]

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_OTHER_PORTAL = Text("这份对应关系是另一个平台的", "this overlay is another portal's")
_CODE_FILES = frozenset({".py", ".pyc", ".pyi", ".pyw", ".so", ".pyd", ".js", ".mjs", ".sh", ".bat", ".ps1"})
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class PackDocument(Document):
    """A pack's file, whose problems say where they are as a trail: file:line › section › field › key."""

    root: str = ""
    overlaid: Mapping[KeyPath, str] = field(default_factory=dict)
    """Key paths that an overlay has put there, and where in its file."""

    def problem(self, path: KeyPath, what: Text) -> Problem:
        parts = [str(part + 1) if isinstance(part, int) else part for part in path]
        by_overlay = next(
            (self.overlaid[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.overlaid), None
        )
        place = by_overlay or f"{self.path}:{self.line_of(path)}"
        return Problem(place, " › ".join(([self.root] if self.root else []) + parts), what)


def portals(selectors: Path = SELECTORS) -> tuple[str, ...]:
    """The names of all portals that have a pack."""
    return tuple(sorted(file.parent.name for file in (selectors / "portals").glob("*/portal.yaml")))


def load_portal(name: str, selectors: Path = SELECTORS, overlays: Sequence[Laid] = ()) -> Portal:
    """The pack of one portal, with what handlers have learned since laid over it. Raises PackError with every problem
    found, also where an overlay does not fit or would make the pack unsafe."""
    known = portals(selectors)
    if name not in known:
        listed = "、".join(known), ", ".join(known)
        raise PackError(
            Text(f"没有名为「{name}」的平台；已有：{listed[0]}", f"there is no portal “{name}”; known: {listed[1]}"),
            where=str(selectors / "portals"),
        )
    return _Loader(name, selectors, overlays).portal()


def pack_trees(name: str, selectors: Path = SELECTORS) -> dict[str, Tree]:
    """The pack's section files as they are written, by section key: what an overlay is compared with."""
    loader = _Loader(name, selectors, ())
    opened = {key: loader.open(path, key) for path, key in loader.section_files()}
    return {key: document.data for key, document in opened.items() if document}


class _Loader:
    """Reads file after file, keeping what is wrong until the end."""

    def __init__(self, name: str, selectors: Path, overlays: Sequence[Laid]) -> None:
        self.name = name
        self.overlays = overlays
        self.selectors = selectors
        self.folder = selectors / "portals" / name
        self.problems: list[Problem] = []

    def portal(self) -> Portal:
        self._refuse_code()
        tables = self._tables()
        opened = self.open(self.folder / "portal.yaml")
        drafts = {key: self.open(path, key) for path, key in self.section_files(self._keys_of(opened))}
        opened, drafts = self._overlaid(opened, drafts)
        file = self._checked(opened, PortalFile)
        sections = [loaded for draft in drafts.values() if (loaded := self._checked(draft, Section))]
        if file and not self.problems:
            self.problems += problems_across(Pack(self.name, file, sections, tables))
        if self.problems or file is None:
            count = len(self.problems)
            raise PackError(
                Text(
                    f"平台资料有 {count} 处需要修改（写法见 selectors/README.md）",
                    f"{count} thing{'s' if count > 1 else ''} must be corrected in this pack (see selectors/README.md)",
                ),
                where=str(self.folder),
                problems=self.problems,
            )
        return Portal(
            name=self.name,
            title=file.model.title.text,
            file=file.model,
            sections=tuple(section.model for section in sections),
            tables={table.model.table: table.model for table in tables},
            folder=self.folder,
            learned=self._learned(),
        )

    def _learned(self) -> Learned:
        """What the overlays have learned, the later word counting."""
        found = NOTHING_LEARNED
        for laid in self.overlays:
            for page in laid.overlay.learned.pages:
                found = found.with_page(page)
            found = found.with_requests(laid.overlay.learned.requests)
        return found

    def section_files(self, keys: Sequence[str] = ()) -> list[tuple[Path, str]]:
        """The section files, in the portal's order: the file of the third section is `03-<key>.yaml`."""
        folder = self.folder / "sections"
        wanted = {f"{number:02d}-{key}.yaml": key for number, key in enumerate(keys or self._named_by_files(), 1)}
        present = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        for stray in sorted(present - set(wanted)):
            if Path(stray).suffix.lower() in _CODE_FILES:
                continue  # told already
            self._note(
                folder / stray,
                f"portal.yaml 的 sections 里没有这个文件；应有：{'、'.join(wanted)}",
                f"not among the sections of portal.yaml; expected: {', '.join(wanted)}",
            )
        found = []
        for name, key in wanted.items():
            if not _NAME.fullmatch(key):
                self._note(
                    folder, f"栏目名「{key}」只能含小写字母、数字和连字符", f"“{key}” is no section name (a-z, 0-9, -)"
                )
            elif name not in present:
                self._note(folder / name, "缺少这个栏目文件", "this section's file is missing")
            else:
                found.append((folder / name, key))
        return found

    def _named_by_files(self) -> list[str]:
        """What the files themselves say, so that they are still checked when portal.yaml can't be used."""
        return [file.stem.partition("-")[2] for file in sorted((self.folder / "sections").glob("*.yaml"))]

    def _keys_of(self, opened: PackDocument | None) -> list[str]:
        """The `sections` of portal.yaml as far as it can be read before it is checked."""
        listed = opened.data.get("sections") if opened and isinstance(opened.data, dict) else None
        return [key for key in listed if isinstance(key, str)] if isinstance(listed, list) else []

    def _overlaid(
        self, portal: PackDocument | None, sections: dict[str, PackDocument | None]
    ) -> tuple[PackDocument | None, dict[str, PackDocument | None]]:
        """The files with every overlay laid over them; as they are while one of them can't be read."""
        layers = {
            key: Layer(document.data, {})
            for key, document in sections.items()
            if document and isinstance(document.data, dict)
        }
        if not self.overlays or portal is None or not isinstance(portal.data, dict):
            return portal, sections
        top = Layer(portal.data, {})
        for laid in self.overlays:
            if laid.overlay.overlay != self.name:
                self.problems.append(Problem(laid.place(("overlay",)), "overlay", _OTHER_PORTAL))
                continue
            self.problems += lay(laid, top, layers)
        return replace(portal, overlaid=top.touched), {
            key: replace(document, overlaid=layers[key].touched) if document and key in layers else document
            for key, document in sections.items()
        }

    def _tables(self) -> list[Loaded[OptionTable]]:
        """The shared option tables; a portal's own folder `options` may replace one by the same name."""
        files = {file.name: file for file in sorted((self.selectors / "options").glob("*.yaml"))}
        files |= {file.name: file for file in sorted((self.folder / "options").glob("*.yaml"))}
        return [table for file in files.values() if (table := self._read(file, OptionTable))]

    def _read(self, file: Path, model: type[Model], root: str = "") -> Loaded[Model] | None:
        return self._checked(self.open(file, root), model)

    def open(self, file: Path, root: str = "") -> PackDocument | None:
        """A file as written, or None with its problem noted."""
        if not file.resolve().is_relative_to(self.selectors.resolve()):
            self._note(file, "文件指向 selectors 之外", "this file leads out of the selectors folder")
            return None
        try:
            opened = open_document(file, PackError)
        except PackError as unreadable:
            self.problems.append(Problem(unreadable.where or str(file), root, unreadable.what))
            return None
        document = PackDocument(opened.path, opened.data, opened.lines, opened.problems, root=root)
        self.problems += document.problems
        return document

    def _checked(self, document: PackDocument | None, model: type[Model]) -> Loaded[Model] | None:
        if document is None:
            return None
        try:
            return Loaded(document, model.model_validate(document.data))
        except ValidationError as invalid:
            self.problems += problems_of(invalid, document, model)
            return None

    def _refuse_code(self) -> None:
        """A Python file in a folder called `selectors` would shadow the standard library's module of that name."""
        for file in sorted(self.selectors.rglob("*")):
            if file.suffix.lower() in _CODE_FILES or file.name == "__pycache__":
                self._note(
                    file,
                    "selectors 里只能放资料，不能放程序；请删除",
                    "selectors holds data only, no code; remove this",
                )

    def _note(self, file: Path, zh: str, en: str) -> None:
        self.problems.append(Problem(str(file), "", Text(zh, en)))
