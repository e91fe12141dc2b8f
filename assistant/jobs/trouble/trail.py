"""The log of one run: what began, which sections came, what became of each field, how it ended. One JSON line an event.

Promises: labels, states, reasons and durations, never a value (`wording`); written as the run goes, so that it is there when the
program dies; the newest runs are kept and the older ones deleted; a log that can't be written never stops a run.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.errors import AssistantError
from assistant.jobs.trouble.wording import Discreet
from assistant.store.locations import private_data

KEPT = 20
"""Runs; older logs go when a new one begins."""
MOST_BYTES = 2_000_000
"""Of one log; what comes after is left out, the end excepted."""


def trails_folder() -> Path:
    return private_data() / "runs"


class Trail:
    """Open while a run goes. What ends it is its last line, an exception too."""

    def __init__(self, command: str, private: Iterable[str], **facts: object) -> None:
        """`private` are the values of the person whom the run is about."""
        self._discreet = Discreet(private)
        self._began = time.monotonic()
        self._written = 0
        self._file: Path | None = None
        with suppress(OSError):
            self._file = _new_file(command)
        about = {"command": command, "version": version("assistant"), "at": _now()}
        self._write("begin", about | self._said(facts))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.add("end")
        elif isinstance(error, AssistantError):
            self.add("end", error=type(error).__name__, zh=error.what.zh, en=error.what.en)
        else:
            # Only its kind and the places in our code: its own words could hold a person's data.
            self.add("end", error=type(error).__name__, places=places_of(trace))

    def add(self, event: str, **facts: object) -> None:
        """One line, with the seconds since the run began."""
        self._write(event, self._said(facts))

    def _write(self, event: str, facts: Mapping[str, object]) -> None:
        if self._file is None:
            return
        after = round(time.monotonic() - self._began, 2)
        line = json.dumps({"event": event, "after": after, **facts}, ensure_ascii=False)
        data = line.encode("utf-8") + b"\n"
        if self._written + len(data) > MOST_BYTES and event != "end":
            return
        self._written += len(data)
        with suppress(OSError):
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                file.write(data)

    def _said(self, value: object) -> Any:
        if isinstance(value, str):
            return self._discreet.say(value)
        if isinstance(value, Mapping):
            return {str(key): self._said(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._said(one) for one in value]
        return value


def last_run() -> list[dict[str, Any]]:
    """The events of the newest log; none where nothing has run. A line cut off by a dying machine is left out."""
    logs = sorted(trails_folder().glob("*.jsonl"))
    events = []
    if logs:
        for line in logs[-1].read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                events.append(json.loads(line))
    return events


def places_of(trace: TracebackType | None) -> list[str]:
    """Where in our own code it happened, the innermost last."""
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return [place for place in places if place.startswith("assistant")][-5:]


def _new_file(command: str) -> Path:
    folder = trails_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in sorted(folder.glob("*.jsonl"))[: -(KEPT - 1)]:
        with suppress(OSError):
            old.unlink()
    return folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{command}-{os.getpid()}.jsonl"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
