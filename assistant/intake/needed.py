"""What a profile must hold before `check` can look at it: the required paths of the model, less what is known. Pure."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import get_args

from pydantic import BaseModel

from assistant.intake.trees import without_rows
from assistant.profile.model import ProfileFile
from assistant.profile.paths import Place, places_of


def missing(known: Collection[str]) -> tuple[str, ...]:
    """Required paths that are not among the known ones, in the profile's order. A list that needs a row is named as a whole when it
    has none, a row's own values with their number.

    >>> missing(["city", "education.0.school"])[:2], "education.0.from" in missing(["education.0.school"])
    (('applicant.sex', 'applicant.birth_date'), True)
    """
    return tuple(path for path in _wanted(known) if path not in known)


def _wanted(known: Collection[str]) -> Iterator[str]:
    rows: dict[str, set[str]] = {}
    for path in known:
        table, _, rest = path.partition(".")
        number = rest.partition(".")[0]
        if number.isdigit():
            rows.setdefault(table, set()).add(number)
    if "applicant.surname" not in known and "applicant.given_names" not in known:
        yield "applicant.surname"
    for path, place in _places().items():
        if path not in required():
            continue
        if place.shape == "rows":
            if path not in rows:
                yield path
        elif place.each is None:
            yield path
        else:
            leaf = path.removeprefix(f"{place.each}.")
            yield from (f"{place.each}.{number}.{leaf}" for number in sorted(rows.get(place.each, ()), key=int))
    if not any(path == "employer" or path.startswith("employer.") for path in known):
        yield "employer"


@cache
def _places() -> Mapping[str, Place]:
    return places_of(ProfileFile)


@cache
def required() -> frozenset[str]:
    """Every path without which no profile is valid, groups left out."""
    return frozenset(_required(ProfileFile, ""))


def _required(model: type[BaseModel], prefix: str) -> Iterator[str]:
    places = places_of(model)
    for attribute, info in model.model_fields.items():
        name = info.alias or attribute
        shape = places[name].shape
        inner = _inner(info.annotation)
        if inner is not None and (info.is_required() or shape == "rows"):
            yield from _required(inner, f"{prefix}{name}.")
        if info.is_required() and shape != "group":
            yield prefix + name


def _inner(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _inner(one))), None)


def is_required(path: str) -> bool:
    """Whether a path (with or without a row's number) must be there."""
    return without_rows(path) in required()
