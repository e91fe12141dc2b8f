"""How far a case has come: `case.yaml` beside the profile, with its stage and what happened when. It holds no value.

Promises: what the tool can see for itself (data, papers) is never taken from the file; what only the person knows
(submitted, booked, collected) is kept as they said it, until they say otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from assistant.errors import ProfileError
from assistant.messages import Text
from assistant.store.base import Applicant, version_of
from assistant.store.yaml_writer import written
from assistant.strict_yaml import decoded, parse

Stage = Literal["data", "papers", "filling", "submitted", "booked", "collected", "done"]
STAGES: tuple[Stage, ...] = get_args(Stage)
STAGE_WORDS: dict[Stage, Text] = {
    "data": Text("资料", "data"),
    "papers": Text("材料", "papers"),
    "filling": Text("填写", "filling"),
    "submitted": Text("已提交", "submitted"),
    "booked": Text("预约", "booked"),
    "collected": Text("取证", "collection"),
    "done": Text("完成", "done"),
}
KNOWN_BY_TOOL: tuple[Stage, ...] = ("data", "papers", "filling")
Happening = Literal["rehearsed", "filled", "stopped", "looked-after", "stage", "sealed"]
HAPPENING_WORDS: dict[Happening, Text] = {
    "rehearsed": Text("演练了一次", "rehearsed"),
    "filled": Text("填写了一次", "filled"),
    "stopped": Text("填写中途停止", "filling stopped early"),
    "looked-after": Text("查询了审核与预约", "status and booking looked up"),
    "stage": Text("阶段改为", "stage set to"),
    "sealed": Text("已封存", "sealed"),
}
FILE = "case.yaml"
_MOST_EVENTS = 500


@dataclass(frozen=True)
class Happened:
    """One thing that happened; `note` is a stage or a count, never a value."""

    at: str
    what: Happening
    note: str = ""


@dataclass(frozen=True)
class Course:
    """One case's. `said` is the stage that the person or a run has set; None while the tool sees for itself."""

    said: Stage | None = None
    events: tuple[Happened, ...] = ()

    def stage(self, *, errors: int, papers_missing: int) -> Stage:
        """Where the case stands now."""
        if self.said is not None:
            return self.said
        return "data" if errors else "papers" if papers_missing else "filling"

    def after(self, at: datetime, what: Happening, note: str = "") -> "Course":
        """The course with one more event."""
        event = Happened(at.isoformat(timespec="minutes"), what, note)
        return replace(self, events=(*self.events, event)[-_MOST_EVENTS:])

    def at_stage(self, stage: Stage, at: datetime) -> "Course":
        """As the person says it; a stage that the tool knows for itself is left to it again."""
        said = None if stage in KNOWN_BY_TOOL else stage
        return replace(self.after(at, "stage", stage), said=said)

    def at_least(self, stage: Stage | None, at: datetime) -> "Course":
        """As the portal says it; a case that is further stays there."""
        here = STAGES.index(self.said) if self.said else -1
        return self if stage is None or STAGES.index(stage) <= here else self.at_stage(stage, at)


def read_course(applicant: Applicant) -> Course:
    """What is kept of this case; a file that can't be read counts as none, since nothing depends on it."""
    try:
        data = parse(decoded(applicant.read(FILE), Path(FILE), ProfileError), Path(FILE), ProfileError).data
    except (FileNotFoundError, ProfileError):
        return Course()
    said, listed = data.get("stage"), data.get("events")
    events = [_event(one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return Course(_stage(said), tuple(event for event in events if event is not None))


def keep_course(applicant: Applicant, course: Course) -> None:
    """Raises ChangedMeanwhile where another writer was there first."""
    try:
        before: bytes | None = applicant.read(FILE)
    except FileNotFoundError:
        before = None
    data: dict[str, object] = {"stage": course.said} if course.said else {}
    data["events"] = [_as_data(event) for event in course.events]
    text = written(data, (before or b"").decode("utf-8", "replace"))
    applicant.write(FILE, text.encode("utf-8"), expected=version_of(before) if before is not None else None)


def _as_data(event: Happened) -> dict[str, str]:
    return {"at": event.at, "what": event.what} | ({"note": event.note} if event.note else {})


def _event(raw: Mapping[str, object]) -> Happened | None:
    what, at, note = (str(raw.get(key, "")) for key in ("what", "at", "note"))
    known: Sequence[Happening] = get_args(Happening)
    return next((Happened(at[:25], one, note[:40]) for one in known if one == what), None)


def _stage(raw: object) -> Stage | None:
    return next((stage for stage in STAGES if stage == raw), None)
