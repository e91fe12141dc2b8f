"""Dotted paths into a pydantic model, by the names its YAML uses: what may be asked, and what is there.

`places_of(Profile)` says which paths exist and what they hold, so that a pack with a typing mistake is refused when it is
loaded; `read(profile, path)` reads one. Nothing here knows the profile itself. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Shape = Literal["value", "values", "group", "rows", "mapping"]


@dataclass(frozen=True)
class Place:
    """What a path leads to. `codes` are the only values it can hold (empty: free); `each` is the row list it runs through."""

    path: str
    shape: Shape
    codes: tuple[str, ...] = ()
    each: str | None = None


def places_of(model: type[BaseModel]) -> Mapping[str, Place]:
    """Every path of a model, groups and row lists included."""
    return {place.path: place for place in _walk(model, "", None)}


def read(seen: object, path: str) -> Any:
    """The value at a path of a model (or of nested mappings with its names), or None where it or a group before it is
    missing. Raises KeyError for a path that can't exist."""
    here = seen
    for name in path.split("."):
        if here is None:
            return None
        if isinstance(here, Mapping):
            here = here.get(name)
            continue
        if not isinstance(here, BaseModel):
            raise KeyError(path)
        here = getattr(here, _attribute(type(here), name, path))
    return here


def _attribute(model: type[BaseModel], name: str, path: str) -> str:
    for attribute, info in model.model_fields.items():
        if name == (info.alias or attribute):
            return attribute
    raise KeyError(path)


def _walk(model: type[BaseModel], prefix: str, each: str | None) -> Iterator[Place]:
    for attribute, info in model.model_fields.items():
        path = prefix + (info.alias or attribute)
        shape, inner, codes = _shape(info.annotation)
        yield Place(path, shape, codes, each)
        if inner is not None:
            yield from _walk(inner, path + ".", path if shape == "rows" else each)


def _shape(annotation: object) -> tuple[Shape, type[BaseModel] | None, tuple[str, ...]]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0])
    if origin in (Union, UnionType):
        kinds = [_shape(argument) for argument in arguments if argument is not type(None)]
        groups = [kind for kind in kinds if kind[1] is not None]
        return (groups or kinds)[0]
    if origin is Literal:
        return "value", None, tuple(str(argument) for argument in arguments)
    if origin in (tuple, list, frozenset, set):
        _, inner, codes = _shape(arguments[0])
        return ("rows" if inner else "values"), inner, codes
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return "mapping", None, ()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "group", annotation, ()
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "value", None, tuple(str(member.value) for member in annotation)
    return "value", None, ()
