"""Pydantic's errors as sentences, each with file, line and key, and none that ever repeats a value of the file.

`validated` gives the types to a document whose scalars are all text (strict_yaml.py).
"""

import difflib
import re
import types
import typing
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from assistant.errors import InputError, Problem
from assistant.messages import Text
from assistant.normalize import visible
from assistant.strict_yaml import FULL_WIDTH_COLON, Document, KeyPath, has_full_width_colon, unusable

Model = TypeVar("Model", bound=BaseModel)


class StrictModel(BaseModel):
    """What every file is read as: unknown keys are errors, nothing changes after loading, no error repeats a value."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True, str_strip_whitespace=True
    )


_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def validated(document: Document, model: type[Model], error: type[InputError]) -> Model:
    """The document as `model`; raises `error` with all problems of the file and of its values together."""
    problems = list(document.problems)
    try:
        loaded = model.model_validate(document.data)
    except ValidationError as invalid:
        problems += problems_of(invalid, document, model)
    if problems:
        raise unusable(document.path, error, problems)
    return loaded


def sentence(zh: str, en: str) -> PydanticCustomError:
    """What a validator raises: a sentence for the person, which must not hold the value."""
    return PydanticCustomError("sentence", "{en}", {"zh": zh, "en": en})


def iso_date(value: object) -> date:
    """A `YYYY-MM-DD` date that exists; pydantic alone would also take a number of seconds."""
    if isinstance(value, date):
        return value
    parts = _ISO_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if parts is None:
        raise sentence("日期应写作 YYYY-MM-DD，例如 2026-01-31", "write the date as YYYY-MM-DD, for example 2026-01-31")
    try:
        return date(*map(int, parts.groups()))
    except ValueError:
        raise sentence("日历上没有这一天；请核对月份和日期", "there is no such day; check month and day") from None


IsoDate = Annotated[date, BeforeValidator(iso_date)]


def problems_of(
    invalid: ValidationError, document: Document, model: type[BaseModel] | None = None, at: KeyPath = ()
) -> list[Problem]:
    """Every pydantic error as a placed sentence. `model` lets unknown keys be answered with the known ones; `at` is
    where in the document the validated data stands."""
    details = invalid.errors(include_url=False, include_input=False)
    return [_problem_of(detail, document, model, at) for detail in details]


def first_meaning(invalid: ValidationError) -> Text:
    """The first of pydantic's errors as a sentence, for a value that stands in no file."""
    return _meaning(invalid.errors(include_url=False, include_input=False)[0])


def _problem_of(detail: ErrorDetails, document: Document, model: type[BaseModel] | None, at: KeyPath) -> Problem:
    written, rest = _split((*at, *detail["loc"]), document)
    if detail["type"] == "missing":
        return document.problem((*written, *rest[-1:]), Text("缺少这一项；请补上", "missing; add it"))
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, written[len(at) : -1])
        return document.problem(written, _unknown_key(str(written[-1]), known))
    if detail["type"] in _NOT_KEYS and has_full_width_colon(_text_at(document, written)):
        return document.problem(written, FULL_WIDTH_COLON)
    return document.problem(written, _meaning(detail))


def _text_at(document: Document, path: KeyPath) -> str:
    here: Any = document.data
    for part in path:
        here = here[part]
    return here if isinstance(here, str) else ""


def _split(location: tuple[int | str, ...], document: Document) -> tuple[KeyPath, KeyPath]:
    """A pydantic location as the key path that is written in the file, and what follows or is no key (union tags)."""
    written: KeyPath = ()
    rest: KeyPath = ()
    for part in location:
        if (*written, part) in document.lines:
            written, rest = (*written, part), ()
        elif part != "[key]":
            rest = (*rest, part)
    return written, rest


def _unknown_key(key: str, known: list[str]) -> Text:
    if visible(key) != key and visible(key) in known:
        return Text(
            "键里有看不见的字符；请删除后重新输入这个键", "this key holds a mark that can't be seen; retype the key"
        )
    if not known:
        return Text("没有这个键；请检查拼写", "there is no such key; check the spelling")
    near = difflib.get_close_matches(key, known, n=3)
    listed = ", ".join(known)
    if near:
        guess_zh, guess_en = "、".join(near), " or ".join(near)
        return Text(
            f"没有这个键，是否应为 {guess_zh}？可用的键：{listed}",
            f"unknown key; did you mean {guess_en}? Known: {listed}",
        )
    return Text(f"没有这个键；可用的键：{listed}", f"unknown key; known: {listed}")


def _known_keys(model: type[BaseModel] | None, path: KeyPath) -> list[str]:
    """The keys a model knows at a path; none when the path leads through something else than models and lists."""
    kinds: list[Any] = [model] if model else []
    for part in path:
        kinds = [inner for kind in kinds for inner in _step(kind, part)]
    return list(dict.fromkeys(key for kind in kinds for key in _keys(kind)))


def _models_and_containers(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _models_and_containers(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [found for part in typing.get_args(annotation) for found in _models_and_containers(part)]
    return [annotation]


def _step(kind: Any, part: str | int) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            if part in (name, info.alias):
                return _models_and_containers(info.annotation)
        return []
    arguments = typing.get_args(kind)
    return _models_and_containers(arguments[0 if isinstance(part, int) else -1]) if arguments else []


def _keys(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [info.alias or name for name, info in kind.model_fields.items()]
    return []


_NOT_KEYS = ("dict_type", "model_type", "model_attributes_type")
_MEANINGS = {
    "string_type": Text("这里应是一个文本值，不是列表或下级键", "a text value belongs here, not a list or keys"),
    "list_type": Text("这里应是列表（每行以「- 」开头）", "a list belongs here (lines starting with `- `)"),
    "tuple_type": Text("这里应是列表（每行以「- 」开头）", "a list belongs here (lines starting with `- `)"),
    "dict_type": Text("这里应是「键: 值」的形式", "`key: value` lines belong here"),
    "model_type": Text("这里应是「键: 值」的形式", "`key: value` lines belong here"),
    "model_attributes_type": Text("这里应是「键: 值」的形式", "`key: value` lines belong here"),
    "int_parsing": Text("这里应是整数", "a whole number belongs here"),
    "decimal_parsing": Text("这里应是数字", "a number belongs here"),
    "float_parsing": Text("这里应是数字", "a number belongs here"),
    "bool_parsing": Text("这里应写 true 或 false", "write true or false"),
    "string_pattern_mismatch": Text("格式不对", "the format is wrong"),
}


def _meaning(detail: ErrorDetails) -> Text:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "sentence":
        return Text(context["zh"], context["en"])
    if kind in ("literal_error", "enum"):
        choices = ", ".join(re.findall(r"'([^']*)'", context["expected"]))
        return Text(f"只能是其中之一：{choices}", f"must be one of: {choices}")
    if kind in ("string_too_short", "too_short"):
        least = context["min_length"]
        return Text(f"太短，至少 {least} 个", f"too short: at least {least}")
    if kind in ("string_too_long", "too_long"):
        most = context["max_length"]
        return Text(f"太长，最多 {most} 个", f"too long: at most {most}")
    for bound, zh, en in (
        ("gt", "大于", "over"),
        ("ge", "不小于", "at least"),
        ("lt", "小于", "under"),
        ("le", "不大于", "at most"),
    ):
        if bound in context:
            return Text(f"数值应{zh} {context[bound]}", f"the number must be {en} {context[bound]}")
    return _MEANINGS.get(kind, Text(f"这个值不合要求（{kind}）", f"this value can't be used ({kind})"))
