"""YAML as people write it, read without guessing: bytes to text, text to data whose every scalar is still text.

YAML 1.1 turns `NO` into False, `0123456` into 42798 and keeps the last of two equal keys without a word. Here every
scalar stays the text that was written; aliases, tags, equal keys, several documents in one file and bottomless nesting
are refused; each key path keeps its line. A parser's own words may quote the file, so none of them reaches a message.
Nothing here opens a file: `path` only names it in messages, and whoever keeps the files hands their content over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from assistant.errors import InputError, Problem, ProfileError
from assistant.messages import Text

Tree: TypeAlias = str | list["Tree"] | dict[str, "Tree"]
KeyPath: TypeAlias = tuple[str | int, ...]

LARGEST_FILE = 1_000_000  # bytes; the longest real profile is some 10 kB
DEEPEST_NESTING = 40
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml when the wheel has it: about ten times faster
_PLAIN_KEY = re.compile(r"[a-z_][a-z_0-9-]{0,39}")
_FULL_WIDTH_COLON = re.compile(r"(?:\s*-)?\s*[A-Za-z_][A-Za-z_0-9-]{0,39}\s*[：﹕]")
FULL_WIDTH_COLON = Text(
    "键后面的冒号是全角「：」；请改为半角「:」加一个空格",
    "the colon after the key is full-width (：); write an ordinary colon and a space",
)


@dataclass(frozen=True)
class Document:
    """One file's content: nested dict/list of text, the line (from 1) of every key path, and what is wrong with it."""

    path: Path
    data: dict[str, Tree]
    lines: Mapping[KeyPath, int]
    problems: tuple[Problem, ...] = ()
    private: bool = False  # a person's file: an odd key may be a value that slipped, so it is not repeated

    def line_of(self, path: KeyPath) -> int:
        """The line of a key path; for one that is not written, the line of the closest key above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, what: Text) -> Problem:
        """A problem at a key path, placed as `file:line` and `dotted.key`."""
        return Problem(f"{self.path}:{self.line_of(path)}", dotted(path, self.private), what)


def parse(text: str, path: Path, error: type[InputError]) -> Document:
    """The text as text-only data. Raises `error` only when nothing can be read; what else is wrong waits in `.problems`,
    so that callers can add their own and the person sees all of them at once."""
    return _Reader(path, text, error).document()


def unusable(path: Path, error: type[InputError], problems: Sequence[Problem]) -> InputError:
    """The exception for a file with problems, in the order of their lines."""
    count = len(problems)
    headline = Text(
        f"文件内容有 {count} 处需要修改", f"{count} thing{'s' if count > 1 else ''} must be corrected in this file"
    )
    return error(headline, where=str(path), problems=sorted(problems, key=_place))


def dotted(path: KeyPath, private: bool = False) -> str:
    """A key path as people read it; rows count from 1. With `private`, keys that are no plain word are shown as `…`.

    >>> dotted(("education", 0, "from"))
    'education[1].from'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            shown = "…" if private and not _PLAIN_KEY.fullmatch(part) else part
            text += f".{shown}" if text else shown
    return text


def _place(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.where.rpartition(":")
    return (file, int(line)) if line.isdigit() else (problem.where, 0)


# ---- bytes to text -------------------------------------------------------------------------------------------------


def decoded(content: bytes, path: Path, error: type[InputError]) -> str:
    """A file's content as text; raises `error` with what it is instead of UTF-8 text."""

    def refuse(zh: str, en: str) -> InputError:
        return error(Text(zh, en), where=str(path))

    if len(content) > LARGEST_FILE:
        raise refuse("文件超过 1 MB，不像是资料文件；请检查路径", "over 1 MB: not a data file; check the path")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("文件编码是 UTF-16；请另存为 UTF-8", "the file is UTF-16; save it as UTF-8")
    if b"\0" in content:
        raise refuse(
            "这是二进制文件（例如图片、PDF 或 Word），不是文本；这里需要 YAML 文本文件",
            "this is a binary file (an image, PDF or Word file, say), not text; a YAML text file is needed here",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as undecodable:
        if _looks_like_gbk(content):
            raise refuse(
                "文件编码是 GBK（记事本的 ANSI）；请另存为 UTF-8", "the file is GBK (Notepad's ANSI); save it as UTF-8"
            ) from None
        line = content.count(b"\n", 0, undecodable.start) + 1
        raise refuse(
            f"第 {line} 行不是 UTF-8 文本；请另存为 UTF-8", f"line {line} is not UTF-8 text; save the file as UTF-8"
        ) from None


def _looks_like_gbk(content: bytes) -> bool:
    try:
        text = content.decode("gbk")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)


# ---- text to data --------------------------------------------------------------------------------------------------


@dataclass
class _Reader:
    path: Path
    text: str
    error: type[InputError]
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> Document:
        try:
            data = self._only_document()
        except yaml.YAMLError as broken:
            line, what = _syntax_trouble(broken, self.text)
            raise self.error(what, where=f"{self.path}:{line}") from None
        if isinstance(data, str) and (wide := _full_width_colon(self.text, self.text.count("\n") + 1)):
            raise self.error(FULL_WIDTH_COLON, where=f"{self.path}:{wide}")
        if not isinstance(data, dict):
            what = (
                Text("文件是空的；请参照 profiles/ 中的样例填写", "the file is empty; see the samples in profiles/")
                if data in ("", None)
                else Text("文件最外层应为「键: 值」的形式", "the file's outermost level must be `key: value` lines")
            )
            raise self.error(what, where=str(self.path))
        return Document(self.path, data, self.lines, tuple(self.problems), self._private)

    @property
    def _private(self) -> bool:
        return issubclass(self.error, ProfileError)

    @cached_property
    def _events(self) -> Iterator[Event]:
        return iter(yaml.parse(self.text, Loader=_LOADER))

    def _only_document(self) -> Tree | None:
        root: Tree | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._note(
                        event, (), "文件里只能有一份文档，请删除这一行「---」", "only one document: remove this `---`"
                    )
                    break
                root = self._tree(next(self._events), (), 0)
            elif not isinstance(event, (StreamStartEvent, DocumentEndEvent)):
                break
        return root

    def _tree(self, event: Event, path: KeyPath, depth: int) -> Tree:
        self.lines.setdefault(path, _line(event))
        if depth > DEEPEST_NESTING:
            raise self.error(
                Text("嵌套层数过多；请检查缩进和括号", "nested too deeply; check indentation and brackets"),
                where=f"{self.path}:{_line(event)}",
            )
        if isinstance(event, AliasEvent):
            self._note(event, path, "不支持「*」引用；请把值直接写在这里", "no `*` references; write the value here")
            return ""
        if getattr(event, "tag", None) not in (None, "!", "tag:yaml.org,2002:str"):
            self._note(event, path, "不支持「!」类型标记；请删除它", "no `!` type tags; remove it")
        if isinstance(event, ScalarEvent):
            return str(event.value)
        if isinstance(event, SequenceStartEvent):
            return self._list(path, depth)
        assert isinstance(event, MappingStartEvent)
        return self._mapping(path, depth)

    def _list(self, path: KeyPath, depth: int) -> list[Tree]:
        rows: list[Tree] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            rows.append(self._tree(event, (*path, len(rows)), depth + 1))
        return rows

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Tree]:
        data: dict[str, Tree] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._note(event, path, "键必须是一个词", "a key must be one word")
                self._tree(event, (*path, ""), depth + 1)
                self._tree(next(self._events), (*path, ""), depth + 1)
                continue
            key = str(event.value)
            here = (*path, key)
            if has_full_width_colon(key):
                self._note(event, path, FULL_WIDTH_COLON.zh, FULL_WIDTH_COLON.en)
                self._tree(next(self._events), (*path, ""), depth + 1)
                continue
            if key in data:
                first = self.lines[here]
                self._note(
                    event,
                    here,
                    f"这个键写了两次（第 {first} 行已有）；请只保留一个",
                    f"this key is written twice (first on line {first}); keep one",
                )
                self._tree(next(self._events), (*path, key, "…"), depth + 1)
                continue
            self.lines[here] = _line(event)
            data[key] = self._tree(next(self._events), here, depth + 1)
        return data

    def _note(self, event: Event, path: KeyPath, zh: str, en: str) -> None:
        self.problems.append(Problem(f"{self.path}:{_line(event)}", dotted(path, self._private), Text(zh, en)))


def has_full_width_colon(text: str) -> bool:
    """Whether a text begins as a key does, but with a Chinese colon after it: a value that was meant as a line of its own.

    >>> has_full_width_colon("number：M1"), has_full_width_colon("地址：深圳")
    (True, False)
    """
    return _FULL_WIDTH_COLON.match(text) is not None


def _full_width_colon(text: str, failed: int) -> int | None:
    """The line whose key ends in a Chinese colon: YAML takes it for text and fails a line or a few later."""
    near = list(enumerate(text.splitlines(), 1))[max(0, failed - 5) : failed]
    return next((number for number, line in reversed(near) if has_full_width_colon(line)), None)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _syntax_trouble(broken: yaml.YAMLError, text: str) -> tuple[int, Text]:
    """Line and meaning of a parser's complaint. Its own words may quote the file, so only their kind is used."""
    if not isinstance(broken, yaml.MarkedYAMLError):
        position = getattr(broken, "position", 0)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        return line, Text(
            "这一行有不可见的控制字符；请删除后重新输入", "this line holds an invisible control character; retype it"
        )
    mark = broken.problem_mark or broken.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines() or [""]
    written = lines[min(line, len(lines)) - 1]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return line, Text("缩进用了制表符（Tab）；请改用空格", "indented with a tab; use spaces")
    if "quoted scalar" in (broken.context or ""):
        start = broken.context_mark.line + 1 if broken.context_mark else line
        return start, Text("引号没有成对；请补上或删除", "a quotation mark is not closed; close or remove it")
    if wide := _full_width_colon(text, line):
        return wide, FULL_WIDTH_COLON
    if "mapping values are not allowed" in (broken.problem or ""):
        return line, Text(
            "缩进有误，或值里有「: 」；值里有冒号时请给值加引号",
            "wrong indentation, or a `: ` inside a value; put such a value in quotes",
        )
    return line, Text(
        "这一行或上一行的写法有误；请检查缩进、冒号后的空格、括号和引号",
        "this line or the one above is not valid YAML; check indentation, the space after the colon, brackets, quotes",
    )
