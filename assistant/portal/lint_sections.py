"""What must hold within one section of a pack: paths, codes, labels, words.

Promises: every profile path, code and option table a field names exists; a row's paths are used in that row's table only;
no two fields under one heading share a label; nothing to be pressed, chosen or written is a word that submits, books or
pays. Pure.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.errors import Problem
from assistant.forbidden import forbidden_word_in, is_forbidden
from assistant.messages import Text
from assistant.normalize import fold_words
from assistant.portal.conditions import When
from assistant.portal.options import OptionTable
from assistant.portal.section import Field, Section, Table
from assistant.portal.sources import Constant, FromPath, Levels, Present, Range, Source, Template, Together
from assistant.profile.model import Profile
from assistant.profile.paths import Place, Shape, places_of
from assistant.profile.values import SLOT_NAMES
from assistant.strict_yaml import Document, KeyPath

CHOICES = frozenset({"select", "multi-select", "radio", "checkbox-group", "cascader"})
SEVERAL = frozenset({"multi-select", "checkbox-group"})
_SHAPES: dict[type[Source], frozenset[Shape]] = {
    FromPath: frozenset({"value", "values"}),
    Template: frozenset({"value"}),
    Levels: frozenset({"value"}),
    Range: frozenset({"value"}),
    Together: frozenset({"value", "values"}),
    Present: frozenset({"value", "values", "group", "rows"}),
}


@cache
def profile_places() -> Mapping[str, Place]:
    """Every path of a profile that is the applicant's or the employer's data, as YAML names it."""
    return {path: place for path, place in places_of(Profile).items() if path not in ("id", "file_names", "rewritten")}


@dataclass(frozen=True)
class SectionCheck:
    document: Document
    section: Section
    tables: Mapping[str, OptionTable]
    forbidden: Sequence[str]

    def problems(self) -> Iterator[Problem]:
        document, section = self.document, self.section
        expected = document.path.stem.partition("-")[2]
        if section.key != expected:
            yield document.problem(
                ("key",), Text(f"应与文件名一致：{expected}", f"must be as in the file's name: {expected}")
            )
        if not section.reviewed:
            yield document.problem(
                ("reviewed",),
                Text(
                    "这是自动提出的草稿，还没有人核对：逐项核对后改为 true，再使用",
                    "a draft that nobody has reviewed: check every line, set it to true, then use it",
                ),
            )
        if not (section.fields or section.tables or section.uploads):
            yield document.problem((), Text("这个栏目没有任何内容", "this section asks for nothing"))
        yield from clicked(document, ("title",), (section.title,), self.forbidden, single=True)
        yield from clicked(document, ("titles",), section.titles, self.forbidden)
        yield from self._unique_keys()
        asked = [(("fields", field.key), field.labels, field.block) for field in section.fields]
        asked += [(("uploads", upload.slot), upload.labels, upload.block) for upload in section.uploads]
        yield from self._unique_labels(asked)
        for field in section.fields:
            yield from self._field(("fields", field.key), field, None)
        for table in section.tables:
            yield from self._table(("tables", table.key), table)
        for upload in section.uploads:
            place = ("uploads", upload.slot)
            if upload.slot not in SLOT_NAMES:
                yield document.problem(place, unknown("材料", "document slot", upload.slot, SLOT_NAMES))
            yield from self._condition(place, upload.when, None)

    def _unique_keys(self) -> Iterator[Problem]:
        seen = {field.key for field in self.section.fields}
        for table in self.section.tables:
            for field in table.fields:
                if field.key in seen:
                    yield self.document.problem(
                        ("tables", table.key, "fields", field.key),
                        Text("这个字段名在本栏目已经用过", "this field key is already used in this section"),
                    )
                seen.add(field.key)

    def _unique_labels(self, asked: Iterable[tuple[KeyPath, Sequence[str], str | None]]) -> Iterator[Problem]:
        owners: dict[tuple[str, str], KeyPath] = {}
        for place, labels, block in asked:
            for label in labels:
                owner = owners.setdefault((fold_words(block or ""), fold_words(label)), place)
                if owner != place:
                    yield self.document.problem(
                        (*place, "labels"),
                        Text(
                            f"「{label}」与 {owner[-1]} 重名；用 block 写明各自所在的小标题",
                            f"“{label}” is also the label of {owner[-1]}; tell them apart with `block`",
                        ),
                    )
            for label in labels:
                if is_forbidden(label, self.forbidden):
                    yield self.document.problem((*place, "labels"), refused_word(label))

    def _table(self, place: KeyPath, table: Table) -> Iterator[Problem]:
        each = profile_places().get(table.each)
        if each is None or each.shape != "rows":
            lists = [path for path, found in profile_places().items() if found.shape == "rows"]
            yield self.document.problem((*place, "each"), unknown("资料列表", "list of the profile", table.each, lists))
            return
        for name in ("labels", "add", "confirm", "cancel", "edit", "dialog"):
            yield from clicked(self.document, (*place, name), getattr(table, name), self.forbidden)
        for number, key in enumerate(table.match_on):
            if key not in table.fields_by_key:
                yield self.document.problem(
                    (*place, "match_on", number), unknown("字段", "field", key, table.fields_by_key)
                )
        yield from self._condition(place, table.when, None)
        yield from self._unique_labels(
            ((*place, "fields", field.key), field.labels, field.block) for field in table.fields
        )
        for field in table.fields:
            yield from self._field((*place, "fields", field.key), field, table.each)

    def _field(self, place: KeyPath, field: Field, each: str | None) -> Iterator[Problem]:
        document, source = self.document, field.source
        yield from path_problems(document, (*place, "value"), source, each)
        yield from self._condition(place, field.when, each)
        shown: tuple[str, ...] = (source.text,) if isinstance(source, Constant) else ()
        shown = (source.then, source.otherwise) if isinstance(source, Present) else shown
        for text in shown:
            if is_forbidden(text, self.forbidden):
                yield document.problem((*place, "value"), refused_word(text))
        if (field.control == "date-range") != isinstance(source, Range):
            yield document.problem(
                (*place, "control"),
                Text("date-range 与 {range: […]} 必须一起用", "`date-range` and `{range: […]}` go together"),
            )
        if (field.control in SEVERAL) != _gives_several(source):
            yield document.problem(
                (*place, "control"),
                Text("多选控件与多个值必须一起用", "a control for several values and several values go together"),
            )
        yield from self._options(place, field)

    def _options(self, place: KeyPath, field: Field) -> Iterator[Problem]:
        codes = [code for path in field.source.paths if (found := profile_places().get(path)) for code in found.codes]
        if field.options is None:
            if codes and isinstance(field.source, FromPath):
                yield self.document.problem(
                    place,
                    Text(
                        "这里存的是代码，需要用 options 指定对照表",
                        "the profile holds a code here: name an `options` table",
                    ),
                )
            return
        if field.control not in CHOICES:
            yield self.document.problem(
                (*place, "options"),
                Text("这种控件没有选项", f"a {field.control} has no options; only {', '.join(sorted(CHOICES))}"),
            )
        table = self.tables.get(field.options)
        if table is None:
            yield self.document.problem(
                (*place, "options"), unknown("对照表", "option table", field.options, self.tables)
            )
            return
        missing = [code for code in codes if code not in table.options and code not in table.without]
        if missing:
            yield self.document.problem(
                (*place, "options"),
                Text(
                    f"对照表 {table.table} 缺少：{', '.join(missing)}",
                    f"table {table.table} lacks {', '.join(missing)}",
                ),
            )

    def _condition(self, place: KeyPath, when: When, each: str | None) -> Iterator[Problem]:
        for test in when.tests:
            here = (*place, "when", test.path)
            found, problem = _place(self.document, here, test.path, each)
            if problem:
                yield problem
            if found and test.values and found.shape != "value":
                yield self.document.problem(
                    here, Text("这里只能问 present 或 absent", "only `present` or `absent` here")
                )
            for value in test.values if found and found.codes else ():
                if found and value not in found.codes:
                    yield self.document.problem(here, unknown("取值", "value", value, found.codes))


# ---- shared --------------------------------------------------------------------------------------------------------


def _gives_several(source: Source) -> bool:
    if isinstance(source, FromPath):
        found = profile_places().get(source.path)
        return found is not None and found.shape == "values"
    return isinstance(source, Together)


def path_problems(document: Document, at: KeyPath, source: Source, each: str | None) -> Iterator[Problem]:
    for path in source.paths:
        found, problem = _place(document, at, path, each)
        if problem:
            yield problem
        elif found and found.shape not in _SHAPES[type(source)]:
            yield document.problem(
                at,
                Text(
                    f"{path} 不是单个值，不能这样用；请写到具体的一项",
                    f"{path} is not a single value and can't be used like this; name one entry in it",
                ),
            )


def _place(document: Document, at: KeyPath, path: str, each: str | None) -> tuple[Place | None, Problem | None]:
    found = profile_places().get(path)
    if found is None:
        return None, document.problem(at, unknown("资料路径", "profile path", path, profile_places()))
    if found.each is not None and found.each != each:
        return None, document.problem(
            at,
            Text(f"{path} 只能用在 each: {found.each} 的表里", f"{path} belongs in a table with `each: {found.each}`"),
        )
    return found, None


def clicked(
    document: Document, at: KeyPath, texts: Sequence[str], more: Sequence[str], *, single: bool = False
) -> Iterator[Problem]:
    """Something the tool would press: not even a part of it may submit, book or pay."""
    for number, text in enumerate(texts):
        word = forbidden_word_in(text, more)
        if word:
            yield document.problem(at if single else (*at, number), refused_word(word))


def twice(document: Document, at: KeyPath, names: Sequence[str]) -> Iterator[Problem]:
    folded = [fold_words(name) for name in names]
    for name in dict.fromkeys(name for name, same in zip(names, folded, strict=True) if folded.count(same) > 1):
        yield document.problem(at, Text(f"「{name}」出现了两次", f"“{name}” stands here twice"))


def refused_word(word: str) -> Text:
    return Text(
        f"含「{word}」，可能会提交、预约或付款；本工具从不这样做，请删除",
        f"“{word}” could submit, book or pay, which this tool never does; remove it",
    )


def unknown(zh: str, en: str, name: str, known: Iterable[str]) -> Text:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    listed = ", ".join(near or names)
    return Text(
        f"没有名为 {name} 的{zh}；{'相近的有' if near else '已知的有'}：{listed}",
        f"unknown {en} {name}; {'near ones' if near else 'known'}: {listed}",
    )
