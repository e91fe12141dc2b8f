"""`check_documents`: from a profile and its slots to findings and states."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.check.documents import cache
from assistant.check.documents.checks import KIND_BY_CODE, TOGETHER, duplicates
from assistant.check.documents.checks.presence import trouble_with
from assistant.check.documents.facts import ApplicantFacts, facts_of
from assistant.check.documents.result import DocumentReport, FileResult, SlotState, Standing
from assistant.check.documents.worker import rules_as_json
from assistant.check.documents.worker_pool import CRASHES, SLOW, Task, look_at_all
from assistant.check.finding_kinds import Found, finding_of
from assistant.check.slots import Slot
from assistant.outcome import Finding
from assistant.profile.loading import Profile

Names = Mapping[Path, str]
_NEVER_KEPT = {SLOW.code, CRASHES.code}
"""These may be the machine's trouble, not the file's; `reading.not-installed` is in the key instead."""


@dataclass
class _File:
    slot: Slot
    path: Path
    digest: str = ""
    look: FileResult | None = None
    crop: Path | None = None

    @property
    def seen(self) -> FileResult:
        return self.look or FileResult()


def check_documents(
    profile: Profile,
    slots: Sequence[Slot],
    on: date,
    *,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
    crops: Path | None = None,
    kept: cache.LooksKept = cache.HERE,
) -> DocumentReport:
    """Looks at every file of these slots as of `on`.

    `progress(done, total)` is called in this thread as files are finished. `jobs` is the number of children (default: one a
    core, at most four). With `crops`, a folder, the part of each unsure identity paper that a person should compare is saved
    there (private; it shows the person's data, so only when asked). `kept` is where looks are kept, each as soon as it was made. Never raises for what a file is.
    """
    named = {str(slot): paths for slot, paths in profile.documents.items()}
    files = [_File(slot, path) for slot in slots for path in named.get(slot.key, ())]
    _look_at(files, facts_of(profile, on), jobs or min(os.cpu_count() or 1, 4), progress, crops, kept)
    findings = [finding for file in files for finding in _of_file(file, profile.file_names)]
    findings += _of_doubles(files, slots, profile.file_names)
    states = []
    for slot in slots:
        own = [file for file in files if file.slot is slot]
        findings += _of_slot(slot, own)
        states.append(SlotState(slot.key, slot.label, slot.required, _state(slot, own, findings), len(own)))
    pictures = {_where(file, profile.file_names): file.crop for file in files if file.crop and file.crop.exists()}
    return DocumentReport(tuple(findings), tuple(states), pictures)


def _look_at(
    files: Sequence[_File],
    case: ApplicantFacts,
    jobs: int,
    progress: Callable[[int, int], None] | None,
    crops: Path | None,
    kept: cache.LooksKept,
) -> None:
    """Fills in every file's look: from disk trouble, from what is kept, else from a child."""
    waiting: list[tuple[_File, str, Task]] = []
    for file in files:
        trouble = trouble_with(file.path)
        if trouble is not None:
            file.look = FileResult((trouble,))
            continue
        file.digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
        request = _request(file, case)
        key = cache.key_of(file.digest, request)
        if crops is not None and file.slot.rules.identity:
            file.crop = crops / f"{file.slot.key}-{key[:8]}.png"
            request["crop"] = str(file.crop)
        else:
            file.look = kept.recall(key)
        if file.look is None:
            waiting.append((file, key, Task(request, _may_read(file.slot))))
    already = len(files) - len(waiting)
    if progress is not None:
        progress(already, len(files))
    if not waiting:
        return
    tell = (lambda done: progress(already + done, len(files))) if progress is not None else (lambda done: None)

    def looked(place: int, look: FileResult) -> None:
        file, key, _ = waiting[place]
        file.look = look
        if not any(found.code in _NEVER_KEPT for found in look.found):
            kept.keep(key, look)
        if file.crop is not None and not any(found.code.startswith("identity.") for found in look.found):
            file.crop.unlink(missing_ok=True)

    look_at_all([task for _, _, task in waiting], jobs, tell, looked)


def _request(file: _File, case: ApplicantFacts) -> dict[str, object]:
    """What the worker needs, and no more of the applicant than this slot's checks compare: the rest would spoil the cache."""
    rules = file.slot.rules
    facts = dict.fromkeys(case.as_json(), "")
    if rules.identity:
        facts = case.as_json() | {"on": ""}
    if rules.max_age_days is not None:
        facts["on"] = case.on
    return {
        "path": str(file.path),
        "name": file.path.suffix.lower(),
        "slot": file.slot.key,
        "rules": rules_as_json(rules),
        "case": facts,
    }


def _may_read(slot: Slot) -> bool:
    rules = slot.rules
    return bool(rules.identity or rules.essentials or rules.translation or rules.max_age_days is not None)


def _of_file(file: _File, names: Names) -> list[Finding]:
    return [_finding(found, _where(file, names), file.slot) for found in file.seen.found]


def _of_doubles(files: Sequence[_File], slots: Sequence[Slot], names: Names) -> list[Finding]:
    likenesses = [duplicates.FileLikeness(file.path, file.slot.key, file.digest, file.seen.likeness) for file in files]
    place = {id(likeness): file for likeness, file in zip(likenesses, files, strict=True)}
    labels = {slot.key: slot.label for slot in slots}
    return [
        _finding(found, _where(place[id(likeness)], names), place[id(likeness)].slot)
        for likeness, found in duplicates.doubles(likenesses, labels)
    ]


def _of_slot(slot: Slot, files: Sequence[_File]) -> list[Finding]:
    """What the files lack together. That there is no file at all is told by the rules, with the city's reason."""
    looks = [file.seen for file in files]
    if any(KIND_BY_CODE[found.code].stops for look in looks for found in look.found):
        return []  # a file that could not be opened may hold what the others lack
    return [
        _finding(found, f"documents.{slot.key}", slot)
        for check in TOGETHER
        if files and check.applies(slot.rules)
        for found in check.together(slot.rules, looks)
    ]


def _finding(found: Found, where: str, slot: Slot) -> Finding:
    kind = KIND_BY_CODE[found.code]
    return finding_of(kind, found, where=where, slot=slot.key, source=slot.rules_source or slot.source)


def _where(file: _File, names: Names) -> str:
    """The file's name among the applicant's."""
    return names.get(file.path, file.path.name)


def _state(slot: Slot, files: Sequence[_File], findings: Sequence[Finding]) -> Standing:
    if not files:
        return "missing"
    severities = {finding.severity for finding in findings if finding.slot == slot.key}
    return "bad" if "error" in severities else "unsure" if "warning" in severities else "ok"
