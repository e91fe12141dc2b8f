"""Plain data as YAML for people: one entry a line, quoted only where YAML would read something else.

Only what overlays and drafts hold: mappings, lists and texts. Promises: read back by strict_yaml it is the same data.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

# What needs no quotes anywhere, in flow style or out of it.
_PLAIN = re.compile(r"[\w一-鿿（）()/·.+-][\w一-鿿（）()/·.+ -]*(?<! )")


def written(data: Mapping[str, object]) -> str:
    """A mapping as YAML text."""
    return "\n".join(_lines(data, 0)) + "\n"


def _lines(data: Mapping[str, object], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, value in data.items():
        if isinstance(value, Mapping) and value and not _short(value):
            yield f"{pad}{_scalar(key)}:"
            yield from _lines(value, depth + 1)
        elif (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and any(isinstance(one, Mapping) for one in value)
        ):
            yield f"{pad}{_scalar(key)}:"
            for one in value:
                if isinstance(one, Mapping) and not _short(one):
                    first, *rest = _lines(one, depth + 2)
                    yield f"{pad}  - {first.strip()}"
                    yield from rest
                else:
                    yield f"{pad}  - {_flow(one)}"
        else:
            yield f"{pad}{_scalar(key)}: {_flow(value)}"


def _short(value: Mapping[str, object]) -> bool:
    """Whether an entry is of leaves only, and so fits one line."""
    return all(
        not isinstance(one, Mapping)
        and not (isinstance(one, Sequence) and not isinstance(one, str) and any(isinstance(x, Mapping) for x in one))
        for one in value.values()
    ) and ("labels" in value or "path" in value or "from" in value or "control" in value or "block" in value)


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not text.startswith(("-", "+")) and text.casefold() not in ("null", "~"):
        return text
    return json.dumps(text, ensure_ascii=False)
