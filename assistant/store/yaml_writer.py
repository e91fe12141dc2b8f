"""Data as YAML for people: one entry a line, entries of leaves alone on one line, quotes only where YAML needs them.

Promises: read back by strict_yaml it is the same data (every scalar is text, on both ways); of a text that was there
before, comments, order and style are kept wherever the data did not change.
"""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

# What every reader of YAML takes for this text, in a list and out of it; the rest is quoted.
_PLAIN = re.compile(r"[\w（）()/·.+-][\w（）()/·.+ -]*(?<! )")
_ONE_LINE = 140
Node = Any
"""What ruamel.yaml makes of a text: its mappings and lists carry the comments."""


class _TextResolver(VersionedResolver):
    """No scalar is anything but text: 0123456, NO and 2026-11-22 stay as they are, and need no quotes."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is SequenceNode:
            return self.DEFAULT_SEQUENCE_TAG
        return self.DEFAULT_MAPPING_TAG if kind is MappingNode else self.DEFAULT_SCALAR_TAG


def written(data: Mapping[str, object], before: str = "") -> str:
    """A mapping as YAML text; `before` is the text it takes the place of."""
    old = _loaded(before)
    root = _merged(old, data) if isinstance(old, CommentedMap) else _block(data)
    out = io.StringIO()
    _yaml().dump(root, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _TextResolver
    yaml.preserve_quotes = True
    yaml.width = 150
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _loaded(text: str) -> Node:
    """None for a text that can't be read: then there is nothing of it to keep."""
    try:
        return _yaml().load(text) if text.strip() else None
    except YAMLError:
        return None


# ---- what is new ---------------------------------------------------------------------------------------------------


def _node(value: object) -> Node:
    if isinstance(value, Mapping):
        return _flow(value) if _of_leaves(value) else _block(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        made = CommentedSeq(map(_node, value))
        if not any(isinstance(one, Mapping) for one in value):
            made.fa.set_flow_style()
        return made
    if isinstance(value, bool):
        return "true" if value else "false"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and not text.startswith(("-", "+")) and text.casefold() not in ("null", "~")
    return text if plain else DoubleQuotedScalarString(text)


def _block(value: Mapping[str, object]) -> CommentedMap:
    return CommentedMap((_scalar(str(key)), _node(one)) for key, one in value.items())


def _flow(value: Mapping[str, object]) -> CommentedMap:
    made = CommentedMap((_scalar(str(key)), _node(one)) for key, one in value.items())
    made.fa.set_flow_style()
    return made


def _of_leaves(value: Mapping[str, object]) -> bool:
    """Whether an entry holds texts and lists of texts alone, and so few that they fit one line."""
    return sum(len(str(key)) + len(str(one)) + 4 for key, one in value.items()) <= _ONE_LINE and all(
        not isinstance(one, Mapping)
        and (isinstance(one, str) or not isinstance(one, Sequence) or not any(isinstance(x, Mapping) for x in one))
        for one in value.values()
    )


# ---- what was there ------------------------------------------------------------------------------------------------


def _merged(old: Node, value: object) -> Node:
    """The old node with the new data: what is equal is the old one itself, comments and all."""
    if isinstance(old, CommentedMap) and isinstance(value, Mapping):
        for key in [key for key in old if key not in value]:
            del old[key]
        for key, inner in value.items():
            old[_scalar(str(key))] = _merged(old.get(str(key)), inner)
        return old
    if isinstance(old, CommentedSeq) and isinstance(value, Sequence) and not isinstance(value, str):
        del old[len(value) :]
        for place, inner in enumerate(value):
            if place < len(old):
                old[place] = _merged(old[place], inner)
            else:
                old.append(_node(inner))
        return old
    new = _node(value)
    return old if isinstance(old, str) and old == new else new
