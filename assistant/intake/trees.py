"""A profile's data as flat paths (`education.0.school`) and back. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.profile.model import Profile
from assistant.profile.paths import places_of
from assistant.strict_yaml import Tree

ROW = re.compile(r"\.\d+(?=\.|$)")


def flat(tree: Tree, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every leaf with its path; what is empty is none, a list of plain values is one leaf.

    >>> list(flat({"passport": {"number": "M1"}, "education": [{"school": "A"}], "remarks": " "}))
    [('passport.number', 'M1'), ('education.0.school', 'A')]
    """
    if isinstance(tree, str):
        if tree.strip() not in ("", "~"):
            yield prefix, tree
        return
    if isinstance(tree, list) and tree and all(isinstance(one, str) for one in tree):
        yield prefix, ", ".join(map(str, tree))
        return
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, inner in parts:
        yield from flat(inner, f"{prefix}.{key}" if prefix else str(key))


def nested(values: Mapping[str, Tree], into: dict[str, Tree] | None = None) -> dict[str, Tree]:
    """The data with these leaves put in; rows that are not there yet are added in order.

    >>> nested({"education.0.school": "A", "city": "beijing"}, {"education": []})
    {'education': [{'school': 'A'}], 'city': 'beijing'}
    """
    root: dict[str, Tree] = into if into is not None else {}
    for path, value in values.items():
        *way, leaf = path.split(".")
        here: Any = root
        for part, following in zip(way, [*way, leaf][1:], strict=True):
            here = _inner(here, part, [] if following.isdigit() else {})
        if isinstance(here, list):
            here[int(leaf) : int(leaf) + 1] = [value]
        else:
            here[leaf] = value
    return root


def _inner(here: Any, part: str, empty: Tree) -> Any:
    if isinstance(here, list):
        while len(here) <= int(part):
            here.append({})
        return here[int(part)]
    if not isinstance(here.get(part), type(empty)):
        here[part] = empty
    return here[part]


def without_rows(path: str) -> str:
    """The path as the model knows it.

    >>> without_rows("education.12.school")
    'education.school'
    """
    return ROW.sub("", path)


def ordered(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """The same data in the order in which a profile is written: that of its model."""
    places = {path: number for number, path in enumerate(("city", "employer", *places_of(Profile)))}
    return _ordered(tree, "", places)


def _ordered(tree: Mapping[str, Tree], prefix: str, places: Mapping[str, int]) -> dict[str, Tree]:
    keys = sorted(tree, key=lambda key: places.get(prefix + key, len(places)))
    return {key: _inner_ordered(tree[key], f"{prefix}{key}.", places) for key in keys}


def _inner_ordered(value: Tree, prefix: str, places: Mapping[str, int]) -> Tree:
    if isinstance(value, dict):
        return _ordered(value, prefix, places)
    return [_inner_ordered(one, prefix, places) for one in value] if isinstance(value, list) else value
