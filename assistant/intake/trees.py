"""A profile's data as flat paths (`education.0.school`) and back. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.strict_yaml import Tree

ROW = re.compile(r"\.\d+(?=\.|$)")


def flat(tree: Tree, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every leaf with its path; what is empty is none.

    >>> list(flat({"passport": {"number": "M1"}, "education": [{"school": "A"}], "remarks": " "}))
    [('passport.number', 'M1'), ('education.0.school', 'A')]
    """
    if isinstance(tree, str):
        if tree.strip() not in ("", "~"):
            yield prefix, tree
        return
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, inner in parts:
        yield from flat(inner, f"{prefix}.{key}" if prefix else str(key))


def nested(values: Mapping[str, str], into: dict[str, Tree] | None = None) -> dict[str, Tree]:
    """The data with these leaves put in; rows that are not there yet are added in order.

    >>> nested({"education.0.school": "A", "city": "beijing"}, {"education": []})
    {'education': [{'school': 'A'}], 'city': 'beijing'}
    """
    root: dict[str, Tree] = into if into is not None else {}
    for path, value in values.items():
        *way, leaf = path.split(".")
        here: Any = root
        for part, following in zip(way, [*way[1:], leaf], strict=True):
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
