"""The probe's comparison within a run: each section is looked at before its first value is written.

Promises: a section that is not the one its pack describes is left unwritten, and each of its fields says so; what the
page newly insists on is told to the person at once. A single field that is missing or renamed is refused by the filler
itself, like any other.
"""

from collections.abc import Callable

from assistant.drift import Drift
from assistant.fingerprint import last_good
from assistant.messages import Text
from assistant.outcome import Outcome
from assistant.plan import SectionPlan
from assistant.portal import Portal
from assistant.probe import probe_section
from assistant.section_model import Section
from assistant.snapshot import Snapshot


class SectionDrifted(Exception):
    """This section is not to be written; the run goes on with the next one."""


class DriftCheck:
    """What one run knows of the portal's last good shape."""

    def __init__(self, portal: Portal, url: str, tell: Callable[[Text], None]) -> None:
        self._portal, self._tell = portal, tell
        known = last_good(portal, url)
        self._shapes = known.sections if known else {}

    def check(self, section: Section, seen: Snapshot) -> None:
        """Compares the section with a look at it, narrowed to it. Raises SectionDrifted for one not to be written."""
        found = probe_section(section, seen, self._portal.tables, self._shapes.get(section.key))
        new = [one for one in found.drifts if one.kind == "new-required"]
        if new:
            self._tell(_new_questions(section, new))
        if found.verdict == "stop":
            self._tell(
                Text(
                    f"「{section.title}」与资料包差别过大，本段不填写。请运行 assistant probe 查看差异，再用 assistant teach 更新。",
                    f"“{section.title}” is not as the pack describes it: nothing is written there. `assistant probe` shows "
                    "the differences, `assistant teach` mends them.",
                )
            )
            raise SectionDrifted


def unwritten(plan: SectionPlan) -> list[Outcome]:
    """One outcome for everything that was planned in a section that was left alone."""
    steps = [*plan.steps, *(step for table in plan.tables for row in table.rows for step in row.steps)]
    outcomes = [
        Outcome(step.field.key, step.field.label, "refused", "drifted", step.field.control, step.row) for step in steps
    ]
    for planned in plan.uploads:
        one = planned.upload
        outcomes.append(Outcome(f"documents.{one.slot}", one.label, "refused", "drifted", "upload"))
    return outcomes


def _new_questions(section: Section, new: list[Drift]) -> Text:
    labels = [one.label for one in new]
    return Text(
        f"「{section.title}」有资料包不知道的必填项：{'、'.join(labels)}。请在移交后手工填写。",
        f"“{section.title}” has required questions the pack does not know: {', '.join(labels)}. Fill them by hand after hand-over.",
    )
