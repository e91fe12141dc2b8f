"""Is the case ready to be filed? Profile, rules and documents in one answer.

Promises: `ready` means that no error was found and that no required document is missing or bad. What could not be decided
is `unsure`: it never counts as ok and is listed as a warning, but it does not stand in the way, since only the person can
settle it. Pure but for the document files, which the document checks open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.check.city.loading import City
from assistant.check.documents.cache import HERE, LooksKept
from assistant.check.documents.check_files import check_documents
from assistant.check.documents.result import SlotState
from assistant.check.rules import check_rules, worst_first
from assistant.check.rules.profile import check_profile
from assistant.check.slots import slots_for
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.loading import Profile


@dataclass(frozen=True)
class Readiness:
    """The answer for one case on one day; findings worst first, documents in the city's order; see DocumentReport.crops."""

    findings: tuple[Finding, ...]
    slots: tuple[SlotState, ...]
    crops: Mapping[str, Path] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        no_error = all(finding.severity != "error" for finding in self.findings)
        required = [slot for slot in self.slots if slot.required == "required"]
        return no_error and all(slot.state not in ("missing", "bad") for slot in required)


def check_case(
    profile: Profile,
    city: City,
    on: date,
    progress: Callable[[int, int], None] | None = None,
    crops: Path | None = None,
    *,
    kept: LooksKept = HERE,
    jobs: int | None = None,
) -> Readiness:
    """Everything that can be said before any browser; `progress(done, total)` follows the document files.

    In the folder `crops`, if one is given, what a person should compare on unsure identity papers is left as pictures. `kept` and `jobs`: see check_documents.
    """
    slots = slots_for(profile, city)
    papers = check_documents(profile, slots, on, progress=progress, crops=crops, kept=kept, jobs=jobs)
    about_files = [_with_city_rule(finding, city) for finding in papers.findings]
    return Readiness(
        worst_first([*check_profile(profile, on), *check_rules(profile, city, on), *about_files]),
        tuple(_doubtful_when_absent(slot) for slot in papers.slots),
        papers.crops,
    )


def _with_city_rule(finding: Finding, city: City) -> Finding:
    """A translation that is missing or unsure: who may make it, in this city."""
    rule = city.translations
    if rule is None or not finding.code.startswith("translation."):
        return finding
    who, said = rule.accepted.text, finding.message
    message = Text(f"{said.zh}（{who.zh}）", f"{said.en} ({who.en})")
    return replace(finding, message=message, source=f"{finding.source} · {city.source_of(rule)}")


def _doubtful_when_absent(slot: SlotState) -> SlotState:
    """Where nobody can say whether a document is needed, its absence is no lack but a doubt."""
    return replace(slot, state="unsure") if slot.required == "unsure" and not slot.files else slot
