"""What one look at one file gave: findings, marks for the verdict over the slot, and a likeness to find doubles by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.check.finding_kinds import Found


@dataclass(frozen=True)
class Look:
    """Codes, word keys and numbers only: fit for the cache. `likeness` is a hex difference hash of the first page."""

    found: tuple[Found, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    likeness: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "found": [{"code": one.code, "facts": dict(one.facts)} for one in self.found],
            "marks": dict(self.marks),
            "likeness": self.likeness,
        }


def look_of_json(data: object) -> Look:
    """Raises ValueError on anything that is not a look (a damaged cache file)."""
    try:
        assert isinstance(data, dict)
        found = tuple(
            Found(str(one["code"]), {str(k): str(v) for k, v in one["facts"].items()}) for one in data["found"]
        )
        marks = {str(name): str(mark) for name, mark in data["marks"].items()}
        return Look(found, marks, str(data["likeness"]))
    except (AssertionError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a look") from error
