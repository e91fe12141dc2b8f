"""What the form asks, taken from the profile's model: a new datum of the model is a new question, nowhere else named.

Each question's name is its profile path (`passport.number`, in the second row of a table `education.1.school`). Its label is
the model's own description; the words of a code are those of the portals' option tables where they have one.
"""

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.desk.forms.code_words import words_of
from assistant.messages import Text
from assistant.profile.loading import Month
from assistant.profile.model import Employer, ProfileFile

_NO_HINT = Text("", "")
_HINTS = {
    "city": _NO_HINT,
    "sex": _NO_HINT,
    "birth_date": Text("护照未注明月或日的，按 01 填写", "01 for a month or day the passport leaves open"),
    "birth_date_known": _NO_HINT,
    "category": _NO_HINT,
    "nationality": Text("三位代码，可输入国名查找", "three-letter code; type a name to find it"),
    "country": Text("三位代码，可输入国名查找", "three-letter code; type a name to find it"),
    "industry": _NO_HINT,
    "kind": _NO_HINT,
}
QuestionKind = Literal["text", "long", "choice", "yes-no", "list", "day", "month", "country"]
_LONG = ("duties", "remarks", "mrz", "detail")
_COUNTRIES = ("country", "nationality")
_LEFT_OUT = ("documents",)
"""They have a page of their own."""


@dataclass(frozen=True)
class FormQuestion:
    """One input. `path` is relative to its table's row, else the whole path."""

    path: str
    label: Text
    kind: QuestionKind
    required: bool
    choices: tuple[tuple[str, Text], ...] = ()
    hint: Text = _NO_HINT


@dataclass(frozen=True)
class FormPart:
    """A group of questions with a heading; with `table` it is asked once a row."""

    path: str
    title: Text
    questions: tuple[FormQuestion, ...]
    parts: tuple["FormPart", ...] = ()
    table: bool = False

    def every_question(self) -> Iterator[FormQuestion]:
        yield from self.questions
        for part in self.parts:
            yield from part.every_question()


@cache
def profile_form() -> tuple[FormPart, ...]:
    """Everything about one applicant; first what belongs to no group (the city)."""
    whole = _part("", Text("申请", "Application"), ProfileFile)
    return (FormPart("", whole.title, whole.questions), *whole.parts)


@cache
def employer_form(prefix: str = "") -> tuple[FormPart, ...]:
    """Everything about the employer; `prefix` is `employer.` where it is written within a profile."""
    whole = _part(prefix, Text("单位", "Employer"), Employer)
    return (FormPart(prefix.rstrip("."), whole.title, whole.questions), *whole.parts)


def _part(prefix: str, title: Text, model: type[BaseModel], *, table: bool = False) -> FormPart:
    questions: list[FormQuestion] = []
    parts: list[FormPart] = []
    for attribute, info in model.model_fields.items():
        name = info.alias or attribute
        if name in _LEFT_OUT and not prefix:
            continue
        inner, many = _inner(info.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            below = "" if many else f"{prefix}{name}."
            part = _part(below, _text(info), inner, table=many)
            parts.append(FormPart(f"{prefix}{name}", part.title, part.questions, part.parts, many))
        else:
            questions.append(_question(prefix + name, info, inner, many))
    return FormPart(prefix.rstrip("."), title, tuple(questions), tuple(parts), table)


def _question(path: str, info: FieldInfo, inner: Any, many: bool) -> FormQuestion:
    leaf = path.rpartition(".")[2]
    codes = tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else ()
    kind: QuestionKind = "text"
    if many:
        kind = "list"
    elif codes or path == "city":
        kind = "choice"
    elif leaf in _COUNTRIES:
        kind = "country"
    elif leaf in _LONG:
        kind = "long"
    elif inner is bool:
        kind = "yes-no"
    elif inner is date:
        kind = "day"
    elif inner is Month:
        kind = "month"
    return FormQuestion(path, _text(info), kind, info.is_required(), words_of(path, codes), _hint(path, info))


def _inner(annotation: Any) -> tuple[Any, bool]:
    """What one value is, without what checks it, and whether there may be several."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner(arguments[0])
    if origin in (Union, UnionType):
        return _inner(next(one for one in arguments if one is not type(None)))
    if origin is tuple:
        return _inner(arguments[0])[0], True
    if isinstance(annotation, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
        return _inner(annotation.__value__)
    return annotation, False


def _text(info: FieldInfo) -> Text:
    """The description without what it says in brackets."""
    zh, _, en = (info.description or "").partition(" / ")
    zh, en = zh.partition("（")[0].partition("：")[0], en.partition(";")[0].partition(",")[0]
    return Text(zh, f"{en[:1].upper()}{en[1:]}")


def _hint(path: str, info: FieldInfo) -> Text:
    """What stands in brackets after it, for people who write no YAML."""
    if path.rpartition(".")[2] in _HINTS:
        return _HINTS[path.rpartition(".")[2]]
    zh, _, en = (info.description or "").partition(" / ")
    said = zh.partition("（")[2].removesuffix("）")
    more = en.partition(";")[2].strip() or en.partition(",")[2].strip()
    return Text(said.removesuffix("可选").rstrip("，,"), more.removesuffix("optional").rstrip("; "))
