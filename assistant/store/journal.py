"""The journal: one line for every command that ran, and for every browser that had to be ended; kept on this machine, added
to and never rewritten.

Promises: a line holds the time, the verb, the applicant's folder name, counts of outcomes, seconds and the exit status,
where the program had a bug its kind and place, or the time and a remark, and nothing else; the file is its owner's alone; a journal that can't be written never stops a command.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.messages import printable
from assistant.store.locations import private_data

Remark = Literal["browser-ended"]
"""`browser-ended`: the browser did not answer any more and was ended."""
_NAME = "log.jsonl"


def journal_file() -> Path:
    return private_data() / _NAME


def note(
    verb: str, *, applicant: str, counts: Mapping[str, int], seconds: float, exit_status: int, bug: str = ""
) -> None:
    """Adds one line; `bug` is a kind of exception and places in our own code."""
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "verb": verb,
        "applicant": printable(applicant) or None,
        "counts": dict(counts),
        "seconds": round(seconds, 1),
        "exit": exit_status,
    }
    _add(line | ({"bug": bug} if bug else {}))


def remark(what: Remark) -> None:
    """Adds one line for something that happened on the way."""
    _add({"time": datetime.now(UTC).isoformat(timespec="seconds"), "remark": what})


def last_lines(count: int) -> list[dict[str, Any]]:
    """The newest lines, the newest last; none where there is no journal. A broken line is left out."""
    found = []
    with suppress(OSError):
        for line in journal_file().read_text(encoding="utf-8").splitlines()[-count:]:
            with suppress(ValueError):
                found.append(json.loads(line))
    return found


def _add(line: Mapping[str, object]) -> None:
    with suppress(OSError):
        descriptor = os.open(journal_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
