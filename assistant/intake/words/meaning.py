"""From what somebody wrote to what a profile holds: dates in the usual ways of writing, codes by their names, numbers, names.

Promises: nothing is guessed. What can mean two things (03/04/2026, Korea, a year of two digits) is an error with a sentence; what is
read but ought to be looked at is doubtful. The sentence never repeats the value. Pure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.errors import Unfit
from assistant.intake.trees import without_rows
from assistant.intake.words import names
from assistant.intake.words.dates import day_in, is_lasting, month_in
from assistant.messages import Text
from assistant.normalize import half_width, tidy
from assistant.profile.identifiers import transliterate
from assistant.profile.model import Profile
from assistant.profile.values import Month
from assistant.validation import first_meaning

Taste = Literal["day", "month", "code", "codes", "name", "number", "truth", "narrow", "words"]
"""What a path takes, as far as reading it goes."""


@dataclass(frozen=True)
class Meant:
    """What a text means at a path: a value as profile.yaml holds it, or none and why. An empty value says that nothing is to be
    written there (`至今` for an end)."""

    value: str | None = field(repr=False)
    doubt: Text | None = None

    @property
    def state(self) -> Literal["sure", "doubtful", "error"]:
        if self.value is None:
            return "error"
        return "doubtful" if self.doubt else "sure"


def meant(path: str, written: str) -> Meant:
    """What the text means at a profile path.

    >>> meant("passport.expires_on", "2032年5月10日"), meant("applicant.sex", "男").state
    (Meant(doubt=None), 'sure')
    >>> meant("passport.expires_on", "03/04/2032").state
    'error'
    """
    path = without_rows(path)
    read = _READ[taste(path)]
    try:
        found = read(path, written)
        return found if found.value in (None, "") else _fits(path, found)
    except Unfit as unfit:
        return Meant(None, unfit.what)


# ---- what a path takes ---------------------------------------------------------------------------------------------


@cache
def taste(path: str) -> Taste:
    """What the path (with or without a row's number) takes; KeyError for one that the profile does not have."""
    path = without_rows(path)
    leaf, annotation = path.rpartition(".")[2], _annotation(path)
    kinds = set(_types(annotation))
    if names.table_of(path):
        return "codes" if tuple in kinds else "code"
    if leaf in ("surname", "given_names"):
        return "name"
    for kind, found in _TASTES.items():
        if kind in kinds:
            return found
    return "narrow" if leaf in _NARROW else "words"


_TASTES: Mapping[type, Taste] = {date: "day", Month: "month", bool: "truth", Decimal: "number", int: "number"}
_NARROW = (
    "number",
    "passport_number",
    "email",
    "phone",
    "mobile",
    "landline",
    "uscc",
    "photo_receipt",
    "visa_kind",
    "mrz",
)


@cache
def _annotation(path: str) -> object:
    owner, attribute = _owner(path)
    return owner.model_fields[attribute].annotation


@cache
def _owner(path: str) -> tuple[type[BaseModel], str]:
    """The model that holds a path, and the attribute's name in it."""
    model: type[BaseModel] | None = Profile
    *way, leaf = path.split(".")
    for part in way:
        model = _inner_model(_field(model, part, path)[1]) if model else None
    if model is None:
        raise KeyError(path)
    return model, _field(model, leaf, path)[0]


def _field(model: type[BaseModel] | None, name: str, path: str) -> tuple[str, object]:
    for attribute, info in (model.model_fields if model else {}).items():
        if name == (info.alias or attribute):
            return attribute, info.annotation
    raise KeyError(path)


def _inner_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _inner_model(one))), None)


def _types(annotation: object) -> list[type]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _types(get_args(annotation)[0])
    if isinstance(annotation, type):
        return [annotation]
    inner = [found for one in get_args(annotation) for found in _types(one)]
    return [*inner, tuple] if origin is tuple else inner


@cache
def _adapter(path: str) -> TypeAdapter[object]:
    owner, attribute = _owner(path)
    info = owner.model_fields[attribute]
    kind: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(kind)


def _fits(path: str, found: Meant) -> Meant:
    """The value, if the profile would take it."""
    try:
        value: Any = found.value
        taken = _adapter(path).validate_python(value.split(", ") if taste(path) == "codes" else value)
    except ValidationError as invalid:
        return Meant(None, first_meaning(invalid))
    return Meant(taken, found.doubt) if isinstance(taken, str) else found


# ---- codes ---------------------------------------------------------------------------------------------------------


def _code(path: str, written: str) -> Meant:
    table = names.table_of(path) or ""
    text = half_width(written)
    if table == "country":
        # 韩国籍 is 韩国.
        text = text.removesuffix("籍")
    if code := names.code_of(table, text) or _as_profile_writes(path, text):
        return Meant(code)
    return Meant(None, _no_such_name(table))


def _codes(path: str, written: str) -> Meant:
    found = [_code(path, part) for part in re.split(r"[,，、;；/]", written) if part.strip()]
    wrong = next((one for one in found if one.value is None), None)
    return wrong or Meant(
        ", ".join(one.value or "" for one in found), next((one.doubt for one in found if one.doubt), None)
    )


def _as_profile_writes(path: str, text: str) -> str | None:
    """A code in the profile's own spelling that no list of names has (ICAO's nationalities, say)."""
    for spelled in (text, text.upper()):
        try:
            return str(_adapter(path).validate_python(spelled))
        except ValidationError:
            continue
    return None


def _no_such_name(table: str) -> Text:
    if table == "country":
        return Text(
            "看不出是哪个国家/地区；请写全名或三位代码（例如 韩国、KOR）",
            "not a country by its name or three-letter code; write its full name, or KOR for South Korea, say",
        )
    known = names.codes(table)
    zh = "、".join(names.shown(table, code, "zh") for code in known[:20])
    en = ", ".join(names.shown(table, code, "en") for code in known[:20])
    return Text(f"不是可用的选项；可写：{zh}", f"not one of the options; write one of: {en}")


# ---- the rest ------------------------------------------------------------------------------------------------------

_TRUE = frozenset(["是", "y", "yes", "true", "√", "✓", "有", "1"])
_FALSE = frozenset(["否", "n", "no", "false", "×", "✗", "无", "没有", "0"])


def _day(_path: str, written: str) -> Meant:
    found = day_in(written)
    return Meant(found) if isinstance(found, str) else Meant(None, found)


def _month(path: str, written: str) -> Meant:
    if path.endswith(".to") and is_lasting(written):
        return Meant("")
    found = month_in(written)
    return Meant(found) if isinstance(found, str) else Meant(None, found)


def _name(_path: str, written: str) -> Meant:
    text = half_width(written).upper()
    if re.fullmatch(r"[A-Z ]+", text):
        return Meant(text)
    proposal = transliterate(written)
    if not proposal or re.search(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]", written):
        raise Unfit("应为护照上的拉丁字母姓名", "the name in Latin letters as in the passport belongs here")
    return Meant(
        proposal,
        Text(
            "按护照机读码的规则改写为 A–Z；请对照护照",
            "written in A–Z as passports' zones do; compare it with the passport",
        ),
    )


def _number(_path: str, written: str) -> Meant:
    text = re.sub(
        r"^(?:¥|￥|\$|€|£|rmb|cny|usd)\s*|\s*(?:元|个月|月|rmb|cny|usd)$", "", half_width(written), flags=re.IGNORECASE
    )
    if re.fullmatch(r"\d+\.0+", text):
        text = text.partition(".")[0]
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise Unfit("这里应是一个数字，不带单位和公式", "a plain number belongs here, without unit or formula")
    return Meant(text)


def _truth(_path: str, written: str) -> Meant:
    text = half_width(written).casefold()
    if text in _TRUE or text in _FALSE:
        return Meant("true" if text in _TRUE else "false")
    raise Unfit("请写「是」或「否」", "write yes or no")


def _narrow(path: str, written: str) -> Meant:
    if path == "passport.mrz":
        return Meant("\n".join(line.strip() for line in tidy(written).splitlines() if line.strip()))
    return Meant(half_width(written))


def _words(_path: str, written: str) -> Meant:
    return Meant(tidy(written))


_READ: Mapping[Taste, Callable[[str, str], Meant]] = {
    "day": _day,
    "month": _month,
    "code": _code,
    "codes": _codes,
    "name": _name,
    "number": _number,
    "truth": _truth,
    "narrow": _narrow,
    "words": _words,
}


def whole_name(written: str) -> Mapping[str, Meant]:
    """A name in one piece: Chinese characters are the Chinese name; a comma or the zone's `<<` parts surname from given names; what
    nothing parts is an error, for nobody can say which word is which."""
    text = half_width(written)
    if re.fullmatch(r"[\u3400-\u9fff·• ]+", text):
        return {"applicant.chinese_name": Meant(text)}
    surname, parting, given = re.sub(r"<<+", ",", text.rstrip("<")).replace("，", ",").partition(",")
    if parting and surname.strip() and given.strip() and "," not in given:
        spelled = {"applicant.surname": surname, "applicant.given_names": given}
        return {path: meant(path, part.replace("<", " ")) for path, part in spelled.items()}
    unparted = Text(
        "看不出哪部分是姓、哪部分是名；请写作「姓, 名」，或分成两列",
        "which part is the surname can't be told; write `SURNAME, GIVEN NAMES`, or use two columns",
    )
    return {"applicant.surname": Meant(None, unparted)}
