"""What one of the doctor's questions came to.

`bad` means that filling is impossible; `warning`, that something will be missing or awkward.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.messages import Text

State = Literal["ok", "warning", "bad"]
NOTHING_TO_DO = Text("", "")


@dataclass(frozen=True)
class Check:
    """What one check found; `remedy` is empty when there is nothing to do."""

    name: str
    title: Text
    state: State
    message: Text
    remedy: Text = NOTHING_TO_DO
    mend: str = ""
    """What of mend.py would put it right, where something there can."""
