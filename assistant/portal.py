"""Loads a portal's pack: every file under `selectors/portals/<name>/` and the option tables they use.

Promises: a pack is used whole and checked or not at all; every problem of every file is reported at once, with a trail of
file, section, field and key and, where a word is unknown, the known ones. Nothing outside the selectors folder is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import PackError, Problem
from assistant.locations import SELECTORS
from assistant.messages import Text
from assistant.options import OptionTable
from assistant.pack_linter import Loaded, Pack, problems_across
from assistant.portal_model import (
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
from assistant.section_model import CONTROLS, Control, Field, Section, Table, Upload
from assistant.strict_yaml import Document, KeyPath, open_document, problems_of

__all__ = [
    "CONTROLS",
    "Allowed",
    "ApplicantQuestion",
    "Buttons",
    "Control",
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
    "portals",
]

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_CODE_FILES = frozenset({".py", ".pyc", ".pyi", ".pyw", ".so", ".pyd", ".js", ".mjs", ".sh", ".bat", ".ps1"})
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class PackDocument(Document):
    """A pack's file, whose problems say where they are as a trail: file:line › section › field › key."""

    root: str = ""

    def problem(self, path: KeyPath, what: Text) -> Problem:
        parts = [str(part + 1) if isinstance(part, int) else part for part in path]
        return Problem(
            f"{self.path}:{self.line_of(path)}", " › ".join(([self.root] if self.root else []) + parts), what
        )


def portals(selectors: Path = SELECTORS) -> tuple[str, ...]:
    """The names of all portals that have a pack."""
    return tuple(sorted(file.parent.name for file in (selectors / "portals").glob("*/portal.yaml")))


def load_portal(name: str, selectors: Path = SELECTORS) -> Portal:
    """The pack of one portal. Raises PackError with every problem found."""
    known = portals(selectors)
    if name not in known:
        listed = "、".join(known), ", ".join(known)
        raise PackError(
            Text(f"没有名为「{name}」的平台；已有：{listed[0]}", f"there is no portal “{name}”; known: {listed[1]}"),
            where=str(selectors / "portals"),
        )
    return _Loader(name, selectors).portal()


class _Loader:
    """Reads file after file, keeping what is wrong until the end."""

    def __init__(self, name: str, selectors: Path) -> None:
        self.name = name
        self.selectors = selectors
        self.folder = selectors / "portals" / name
        self.problems: list[Problem] = []

    def portal(self) -> Portal:
        self._refuse_code()
        tables = self._tables()
        file = self._read(self.folder / "portal.yaml", PortalFile)
        sections = self._sections(file.model.sections if file else self._section_files())
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
        )

    def _sections(self, keys: Sequence[str]) -> list[Loaded[Section]]:
        """The section files, in the portal's order: the file of the third section is `03-<key>.yaml`."""
        folder = self.folder / "sections"
        wanted = {f"{number:02d}-{key}.yaml": key for number, key in enumerate(keys, 1)}
        present = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        for stray in sorted(present - set(wanted)):
            if Path(stray).suffix.lower() in _CODE_FILES:
                continue  # told already
            self._note(
                folder / stray,
                f"portal.yaml 的 sections 里没有这个文件；应有：{'、'.join(wanted)}",
                f"not among the sections of portal.yaml; expected: {', '.join(wanted)}",
            )
        loaded = []
        for name, key in wanted.items():
            if not _NAME.fullmatch(key):
                self._note(
                    folder, f"栏目名「{key}」只能含小写字母、数字和连字符", f"“{key}” is no section name (a-z, 0-9, -)"
                )
            elif name not in present:
                self._note(folder / name, "缺少这个栏目文件", "this section's file is missing")
            elif section := self._read(folder / name, Section, key):
                loaded.append(section)
        return loaded

    def _section_files(self) -> list[str]:
        """What the files themselves say, so that they are still checked when portal.yaml can't be used."""
        return [file.stem.partition("-")[2] for file in sorted((self.folder / "sections").glob("*.yaml"))]

    def _tables(self) -> list[Loaded[OptionTable]]:
        """The shared option tables; a portal's own folder `options` may replace one by the same name."""
        files = {file.name: file for file in sorted((self.selectors / "options").glob("*.yaml"))}
        files |= {file.name: file for file in sorted((self.folder / "options").glob("*.yaml"))}
        return [table for file in files.values() if (table := self._read(file, OptionTable))]

    def _read(self, file: Path, model: type[Model], root: str = "") -> Loaded[Model] | None:
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
