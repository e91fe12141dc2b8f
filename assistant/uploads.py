"""Gives each slot its files, and believes only the page's own file list.

Promises: a file the list already names is not sent again; nothing is ever removed; a slot counts as verified only when
the page lists every planned file as uploaded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.form_page import FormPage
from assistant.matching import match_all
from assistant.outcome import Outcome, Reason, Status
from assistant.plan import UploadPlan
from assistant.snapshot import Control, Snapshot

# How long one slot's files may take to appear in the page's list.
_LIMIT_SECONDS = 60.0


@dataclass
class Attached:
    """One slot and what came of it so far."""

    plan: UploadPlan
    status: Status = "refused"
    reason: Reason | None = "not-found"
    control: Control | None = field(default=None, repr=False)

    def outcome(self) -> Outcome:
        upload = self.plan.upload
        return Outcome(f"documents.{upload.slot}", upload.label, self.status, self.reason, "upload")


def attach_all(page: FormPage, plans: Sequence[UploadPlan], scope: Callable[[Snapshot], Snapshot]) -> list[Attached]:
    """Uploads what is missing, slot by slot, and reads the page's lists once all are done."""
    if not plans:
        return []
    results = [Attached(plan) for plan in plans]
    _see(results, scope(page.look()))
    waiting = [one for one in results if one.control and _decide(one)]
    for one in waiting:
        assert one.control is not None
        listed = _listed(one.control)
        missing = [file for file in one.plan.files if file.name not in listed]
        reason = page.attach(one.control, missing)
        one.status, one.reason = "failed", "page-error" if reason else "not-taken"
    waited = 0.0
    while waited < _LIMIT_SECONDS:
        page.settle(quiet=60)
        _see(results, scope(page.look()))
        pending = [one for one in waiting if one.reason == "not-taken" and not _complete(one) and not _rejected(one)]
        if not pending:
            break
        page.pause(100)
        waited += 0.2
    for one in waiting:
        if one.reason == "not-taken":
            one.status, one.reason = (
                ("verified", None)
                if _complete(one)
                else ("mismatched", "rejected-by-page" if _rejected(one) else "not-taken")
            )
    return results


def unsettled(results: Sequence[Attached], snapshot: Snapshot) -> list[tuple[Attached, Reason]]:
    """Settled slots whose files a later look no longer shows."""
    _see(results, snapshot)
    return [
        (one, "changed-after-save") for one in results if one.status in ("verified", "already") and not _complete(one)
    ]


def _see(results: Sequence[Attached], snapshot: Snapshot) -> None:
    matches = match_all([(one.plan.upload, "upload") for one in results], snapshot)
    for one, found in zip(results, matches, strict=True):
        one.control = found.control
        if found.control is None and one.status == "refused":
            one.reason = found.reason


def _decide(one: Attached) -> bool:
    """Whether there is something to send; sets the outcome where there is not."""
    assert one.control is not None
    if _complete(one):
        one.status, one.reason = "already", None
    elif not one.control.enabled:
        one.status, one.reason = "refused", "read-only"
    elif _listed(one.control) and not one.control.multiple:
        one.status, one.reason = "kept", "different-value"
    else:
        return True
    return False


def _listed(control: Control) -> set[str]:
    return set(control.value) if isinstance(control.value, (list, tuple)) else set()


def _complete(one: Attached) -> bool:
    return one.control is not None and {file.name for file in one.plan.files} <= _listed(one.control)


def _rejected(one: Attached) -> bool:
    return one.control is not None and bool(one.control.error)
