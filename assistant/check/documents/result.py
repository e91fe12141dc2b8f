"""What one file gave, how a slot stands by its files, and what a check of all documents says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assistant.check.finding_kinds import Found
from assistant.check.slots import Need
from assistant.outcome import Finding

Standing = Literal["ok", "missing", "bad", "unsure"]


@dataclass(frozen=True)
class FileResult:
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


def result_of_json(data: object) -> FileResult:
    """Raises ValueError on anything that is not a look (a damaged cache file)."""
    try:
        assert isinstance(data, dict)
        found = tuple(
            Found(str(one["code"]), {str(k): str(v) for k, v in one["facts"].items()}) for one in data["found"]
        )
        marks = {str(name): str(mark) for name, mark in data["marks"].items()}
        return FileResult(found, marks, str(data["likeness"]))
    except (AssertionError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a look") from error


@dataclass(frozen=True)
class SlotState:
    """How one slot stands: `bad` has an error, `unsure` something only a person can decide, `missing` no file."""

    slot: str
    label: str
    required: Need
    state: Standing
    files: int


@dataclass(frozen=True)
class DocumentReport:
    """All findings and every slot's state. `crops` (only when asked for): a finding's place to the picture to compare."""

    findings: tuple[Finding, ...]
    slots: tuple[SlotState, ...]
    crops: Mapping[str, Path] = field(default_factory=dict)
