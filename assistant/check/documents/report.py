"""What a check of all documents says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assistant.check.slots import Need
from assistant.outcome import Finding

State = Literal["ok", "missing", "bad", "unsure"]


@dataclass(frozen=True)
class SlotState:
    """How one slot stands: `bad` has an error, `unsure` something only a person can decide, `missing` no file."""

    slot: str
    label: str
    required: Need
    state: State
    files: int


@dataclass(frozen=True)
class DocumentReport:
    """All findings and every slot's state. `crops` (only when asked for): a finding's place to the picture to compare."""

    findings: tuple[Finding, ...]
    slots: tuple[SlotState, ...]
    crops: Mapping[str, Path] = field(default_factory=dict)
