"""What must fit between the files of a pack: layer 1 of the guard, and the rest of what a slip of the pen can break.

Promises: a pack that passes names no control that submits, books or pays; asks only for profile paths, codes and option
tables that exist; and has no two fields a page could mix up. Sections are checked in pack_sections.py, hosts and requests
in pack_hosts.py. Pure: works on loaded files, answers with problems.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.errors import Problem
from assistant.forbidden import NAVIGATION, forbidden_word_in, is_forbidden
from assistant.messages import Text
from assistant.normalize import fold_words
from assistant.portal.lint_hosts import host_problems
from assistant.portal.lint_sections import SectionCheck, clicked, path_problems, refused_word, twice
from assistant.portal.model import PortalFile
from assistant.portal.options import OptionTable
from assistant.portal.section import Section
from assistant.strict_yaml import Document, KeyPath, Tree

Loads = TypeVar("Loads")


@dataclass(frozen=True)
class Loaded(Generic[Loads]):
    """A file's content with the document that knows its lines."""

    document: Document
    model: Loads


@dataclass(frozen=True)
class Pack:
    """All loaded files of one portal."""

    name: str
    file: Loaded[PortalFile]
    sections: Sequence[Loaded[Section]]
    tables: Sequence[Loaded[OptionTable]]


def problems_across(pack: Pack) -> list[Problem]:
    """Every problem of a pack whose files are each well-formed."""
    problems = [*_portal_problems(pack), *host_problems(pack.file.document, pack.file.model)]
    for table in pack.tables:
        problems += _table_problems(table)
    known = {table.model.table: table.model for table in pack.tables}
    words = pack.file.model.forbidden_buttons
    for section in pack.sections:
        problems += SectionCheck(section.document, section.model, known, words).problems()
    return problems


# ---- portal.yaml ---------------------------------------------------------------------------------------------------


def _portal_problems(pack: Pack) -> Iterator[Problem]:
    document, file = pack.file.document, pack.file.model
    if file.portal != pack.name:
        yield document.problem(
            ("portal",), Text(f"应与文件夹同名：{pack.name}", f"must be the folder's name: {pack.name}")
        )
    for path in _questions(document.data, ()):
        yield document.problem(path, Text("这里的 ? 还没有人填写", "the ? here is still for a person to fill in"))
    yield from twice(document, ("sections",), file.sections)
    titles = [word for section in pack.sections for word in section.model.names]
    yield from twice(document, ("sections",), titles)
    pressed: dict[KeyPath, Sequence[str]] = {
        ("entry", "menu"): file.entry.menu,
        ("entry", "skip_guide"): file.entry.skip_guide,
        ("entry", "tick"): file.entry.tick,
        ("entry", "start"): file.entry.start,
        ("buttons", "save"): file.buttons.save,
        ("buttons", "next"): file.buttons.next,
    }
    if file.entry.applicant:
        pressed["entry", "applicant", "go"] = file.entry.applicant.go
        pressed["entry", "applicant", "labels"] = file.entry.applicant.labels
        yield from path_problems(document, ("entry", "applicant", "value"), file.entry.applicant.source, None)
    if file.after:
        pressed |= {
            ("after", "menu"): file.after.menu,
            ("after", "way"): file.after.way,
            ("after", "go"): file.after.go,
        }
        pressed |= {("after", "print"): file.after.print}
        yield from _opening_problems(document, file.after.query, file.forbidden_buttons)
        for label, source in file.after.fields.items():
            yield from path_problems(document, ("after", "fields", label), source, None)
    for place, words in pressed.items():
        yield from clicked(document, place, words, file.forbidden_buttons)
    for number, mark in enumerate(file.identity):
        yield from path_problems(document, ("identity", number, "value"), mark.source, None)


def _questions(tree: Tree, at: KeyPath) -> Iterator[KeyPath]:
    """Where a draft of `assistant teach --new` still asks: a text that is nothing but a question mark."""
    if tree == "?":
        yield at
    elif isinstance(tree, dict):
        for key, part in tree.items():
            yield from _questions(part, (*at, key))
    elif isinstance(tree, list):
        for number, part in enumerate(tree):
            yield from _questions(part, (*at, number))


def _opening_problems(document: Document, texts: Sequence[str], forbidden: Sequence[str]) -> Iterator[Problem]:
    """Of what contains a forbidden word only the reviewed menu texts may be pressed, spelled exactly so."""
    for number, text in enumerate(texts):
        word = forbidden_word_in(text, forbidden)
        if word and (text not in NAVIGATION or is_forbidden(text, forbidden)):
            yield document.problem(
                ("after", "query", number),
                Text(
                    f"含「{word}」；这里只能用已核对过的菜单文字：{'、'.join(sorted(NAVIGATION))}",
                    f"“{word}” is in it; only menu texts that were reviewed may stand here: {', '.join(sorted(NAVIGATION))}",
                ),
            )


# ---- option tables -------------------------------------------------------------------------------------------------


def _table_problems(loaded: Loaded[OptionTable]) -> Iterator[Problem]:
    """No wording may stand for two codes: that is how 刚果（金） would become 刚果（布）."""
    document, table = loaded.document, loaded.model
    if table.table != document.path.stem:
        yield document.problem(
            ("table",), Text(f"应与文件同名：{document.path.stem}", f"must be the file's name: {document.path.stem}")
        )
    owners: dict[str, str] = {}
    for code, option in table.options.items():
        for wording in option.accepted:
            owner = owners.setdefault(fold_words(wording), code)
            if owner != code:
                yield document.problem(
                    ("options", code),
                    Text(
                        f"「{wording}」已属于 {owner}，一个文字只能对应一个代码",
                        f"“{wording}” already belongs to {owner}",
                    ),
                )
            if is_forbidden(wording):
                yield document.problem(("options", code), refused_word(wording))
        if len({fold_words(wording) for wording in option.accepted}) < len(option.accepted):
            yield document.problem(("options", code), Text("同一文字写了两次", "the same wording twice"))
