"""Where the value of a field comes from: the closed little language a pack may use, and nothing more.

    passport.number                                   a profile path
    "{employer.contact.name} {employer.contact.phone}"   several joined; `{applicant.given_names?}` may be missing
    {constant: 居留许可(延期)}                          always this
    {present: family, then: 是, else: 否}               does the person have any?
    {path: [address.province, address.city]}          the levels of a cascader
    {range: [contract_from, contract_to]}             both ends of a range
    {all: [passport.previous_nationalities, …]}       several at once
    {shape: thousands, of: employment.annual_salary}  one value in another form (shapes.py)

Promises: a source names all the paths it reads (`paths`), so the linter can check them; a source one of whose parts is
missing has no value, rather than half of one. Pure.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.validation import sentence
from assistant.values import Value

Look = Callable[[str], object]
Transformed = Literal["option", "date", "joined", "constant"]
CASCADE = " / "

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PATH = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)*")


def as_text(value: object) -> str:
    """One profile value as the text a form wants: ISO dates, plain digits.

    >>> as_text(date(2031, 5, 9)), as_text(Decimal("300000.00")), as_text(Decimal("1E+5"))
    ('2031-05-09', '300000', '100000')
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        digits = format(Decimal(str(value)), "f")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(value).strip()


def is_missing(value: object) -> bool:
    """Nothing there: None, an empty text, an empty list."""
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, tuple | list) and not value)
    )


def _items(value: object) -> list[object]:
    """A list's members, or the value itself; what is missing is left out."""
    every = value if isinstance(value, tuple | list) else (value,)
    return [item for item in every if not is_missing(item)]


class Source(ABC):
    """Where a value comes from."""

    @property
    @abstractmethod
    def paths(self) -> tuple[str, ...]:
        """Every profile path this reads."""

    @abstractmethod
    def value(self, look: Look) -> Value | None:
        """The value, or None when there is none. `look` reads one profile path."""

    def transformed(self, look: Look) -> Transformed | None:
        """How the value differs in form from what the profile says."""
        return None

    def said(self, look: Look) -> tuple[str, ...]:
        """The profile's own words behind the value, in order, before any option table: for whoever reviews it."""
        return tuple(as_text(item) for path in self.paths for item in _items(look(path)))


@dataclass(frozen=True)
class FromPath(Source):
    """The profile's own value."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def value(self, look: Look) -> Value | None:
        found = look(self.path)
        if is_missing(found):
            return None
        if isinstance(found, bool):
            return found
        if isinstance(found, tuple | list):
            return tuple(as_text(item) for item in found)
        return as_text(found)

    def transformed(self, look: Look) -> Transformed | None:
        return "date" if isinstance(look(self.path), date) else None


@dataclass(frozen=True)
class Template(Source):
    """Several values in one text. A path ending in `?` may be missing; spaces around it close up."""

    pattern: str

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(name.removesuffix("?") for name in _PLACEHOLDER.findall(self.pattern))

    def value(self, look: Look) -> Value | None:
        parts: dict[str, str] = {}
        for name in _PLACEHOLDER.findall(self.pattern):
            found = look(name.removesuffix("?"))
            if is_missing(found) and not name.endswith("?"):
                return None
            parts[name] = "" if is_missing(found) else as_text(found)
        if not any(parts.values()):
            return None
        filled = _PLACEHOLDER.sub(lambda match: parts[match.group(1)], self.pattern)
        return re.sub(r" {2,}", " ", filled).strip()

    def transformed(self, look: Look) -> Transformed | None:
        return "joined"


@dataclass(frozen=True)
class Constant(Source):
    """Always the same text, whoever applies."""

    text: str

    @property
    def paths(self) -> tuple[str, ...]:
        return ()

    def value(self, look: Look) -> Value | None:
        return self.text

    def transformed(self, look: Look) -> Transformed | None:
        return "constant"


@dataclass(frozen=True)
class Present(Source):
    """One text when the profile has something at a path, another when it has nothing."""

    path: str
    then: str
    otherwise: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def value(self, look: Look) -> Value | None:
        return self.otherwise if is_missing(look(self.path)) else self.then

    def transformed(self, look: Look) -> Transformed | None:
        return "constant"

    def said(self, look: Look) -> tuple[str, ...]:
        """How many there are; nothing for none."""
        count = len(_items(look(self.path)))
        return (str(count),) if count else ()


@dataclass(frozen=True)
class Levels(Source):
    """The levels of a cascader, joined with ` / `."""

    levels: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return self.levels

    def value(self, look: Look) -> Value | None:
        found = [look(path) for path in self.levels]
        return None if any(is_missing(one) for one in found) else CASCADE.join(as_text(one) for one in found)

    def transformed(self, look: Look) -> Transformed | None:
        return "joined"


@dataclass(frozen=True)
class Range(Source):
    """Both ends of a range, in order."""

    ends: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return self.ends

    def value(self, look: Look) -> Value | None:
        found = [look(path) for path in self.ends]
        return None if any(is_missing(one) for one in found) else tuple(as_text(one) for one in found)

    def transformed(self, look: Look) -> Transformed | None:
        return "date"


@dataclass(frozen=True)
class Together(Source):
    """Several values at once, each once, in order; lists are taken apart, what is missing is left out."""

    members: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return self.members

    def value(self, look: Look) -> Value | None:
        found = [as_text(item) for path in self.members for item in _items(look(path))]
        return tuple(dict.fromkeys(found)) or None


FORMS = (
    "可用写法：资料路径、含 {路径} 的文字、{constant: 文字}、{present: 路径, then: 文字, else: 文字}、{path: [路径…]}、"
    "{range: [起, 止]}、{all: [路径…]}、{shape: 名称, of: 路径}",
    "use a profile path, a text with {path}, {constant: text}, {present: path, then: text, else: text}, {path: [paths]}, "
    "{range: [from, to]}, {all: [paths]} or {shape: name, of: path}",
)


def source_of(raw: object) -> Source:
    """Reads a `value:`; for use as a pydantic validator, with the reason for a refusal."""
    if isinstance(raw, Source):
        return raw
    if isinstance(raw, str):
        return _from_text(raw)
    if isinstance(raw, Mapping):
        keys = frozenset(raw)
        if keys == {"constant"} and isinstance(raw["constant"], str) and raw["constant"].strip():
            return Constant(raw["constant"])
        if keys == {"present", "then", "else"} and all(isinstance(raw[key], str) and raw[key] for key in keys):
            return Present(_path(raw["present"]), raw["then"], raw["else"])
        if keys == {"path"}:
            return Levels(_paths(raw["path"]))
        if keys == {"range"} and len(_paths(raw["range"])) == 2:
            return Range(_paths(raw["range"]))
        if keys == {"all"}:
            return Together(_paths(raw["all"]))
        if keys == {"shape", "of"}:
            from assistant.portal.contact import shapes

            if shapes.is_shape(raw["shape"]):
                return shapes.Shaped(raw["shape"], _path(raw["of"]))
    raise sentence(f"看不懂这个值的来源；{FORMS[0]}", f"not a source of a value; {FORMS[1]}")


def _from_text(raw: str) -> Source:
    if "{" not in raw and "}" not in raw:
        return FromPath(_path(raw))
    names = _PLACEHOLDER.findall(raw)
    rest = _PLACEHOLDER.sub("", raw)
    if not names or "{" in rest or "}" in rest:
        raise sentence("花括号不成对，或其中没有路径", "braces that do not pair, or hold no path")
    for name in names:
        _path(name.removesuffix("?"))
    return Template(raw)


def _path(raw: object) -> str:
    if isinstance(raw, str) and PATH.fullmatch(raw):
        return raw
    raise sentence("资料路径只含小写字母、下划线和点，如 passport.number", "a profile path looks like passport.number")


def _paths(raw: object) -> tuple[str, ...]:
    if isinstance(raw, list | tuple) and raw:
        return tuple(_path(one) for one in raw)
    raise sentence("这里要一列资料路径", "a list of profile paths is wanted here")
