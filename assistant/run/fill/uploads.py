"""Gives each slot its files, and believes only the page's own file list.

Promises: a file the list already names is not sent again; nothing is ever removed, and nothing is added to a slot that
holds a file the plan does not know; a slot counts as verified only when the page lists every planned file as uploaded and
no other.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.outcome import Outcome, Reason, Status
from assistant.page.form_page import FormPage
from assistant.page.matching import match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.run.fill.stability import Patience
from assistant.run.plan import UploadPlan

# How long the page's lists may stand still before a file that was given counts as not taken.
_STILL_SECONDS = 6.0


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


def attach_all(
    page: FormPage,
    plans: Sequence[UploadPlan],
    scope: Callable[[Snapshot], Snapshot],
    *,
    before_write: Callable[[Snapshot], None] = lambda _: None,
    into: list[Attached] | None = None,
) -> list[Attached]:
    """Uploads what is missing: to all slots side by side, within a slot one file after the other, since a page may lose
    a file that comes while it still stores another. `before_write` may stop the run before a file is given (identity
    lock). `into` has the results as far as they came when the run is stopped."""
    results = [] if into is None else into
    results[:] = [Attached(plan) for plan in plans]
    if not plans:
        return results
    seen = scope(page.look())
    _see(results, seen)
    waiting = [one for one in results if one.control and _decide(one)]
    if waiting:
        before_write(seen)
    for one in waiting:
        one.status, one.reason = "failed", "not-taken"
    while waiting:
        given = [(one, _next_file(one)) for one in waiting]
        answers = page.attach_together([(one.control, file) for one, file in given if one.control])
        for (one, file), answer in zip(given, answers, strict=True):
            assert one.control is not None
            if answer == "apart":
                answer = page.attach(one.control, [file])
                # A button that leads to no box of this page leads to a window of the browser's own: the person's.
                if answer == "not-found":
                    one.status, one.reason = "refused", "unsupported"
                    continue
            if answer is not None:
                one.reason = "page-error"
        _wait_until_listed(page, scope, results, [(one, file) for one, file in given if one.reason == "not-taken"])
        for one, file in given:
            if _complete(one):
                one.status, one.reason = "verified", None
            elif file.name not in _listed(one) and one.reason == "not-taken":
                one.status, one.reason = (
                    "mismatched",
                    "rejected-by-page" if one.control and one.control.error else "not-taken",
                )
        waiting = [one for one in waiting if one.status == "failed" and one.reason == "not-taken"]
    return results


def _wait_until_listed(
    page: FormPage,
    scope: Callable[[Snapshot], Snapshot],
    results: Sequence[Attached],
    given: Sequence[tuple[Attached, Path]],
) -> None:
    """Waits for the page's lists to name what was given; gives up when they have stood still for a while."""
    before: list[set[str]] = []
    patience = Patience(_STILL_SECONDS)
    while True:
        seen = page.settled_look()
        _see(results, scope(seen))
        answered = all(file.name in _listed(one) or (one.control and one.control.error) for one, file in given)
        # A window that was opened for a file closes a little later.
        if answered and not seen.dialogs:
            return
        now = [_listed(one) for one, _ in given]
        if patience.ran_out(moved=page.busy or now != before):
            return
        before = now
        page.pause(20)


def _next_file(one: Attached) -> Path:
    listed = _listed(one)
    return next(file for file in one.plan.files if file.name not in listed)


def unsettled(results: Sequence[Attached], snapshot: Snapshot) -> list[tuple[Attached, Reason]]:
    """Settled slots whose files a later look no longer shows, or shows beside others, or twice: a browser sends again what
    got no answer."""
    _see(results, snapshot)
    changed: list[tuple[Attached, Reason]] = []
    for one in results:
        if one.status in ("verified", "already"):
            if not _complete(one):
                changed.append((one, "changed-after-save"))
            elif why := _too_much(one):
                changed.append((one, why))
    return changed


def _see(results: Sequence[Attached], snapshot: Snapshot) -> None:
    matches = match_all([(one.plan.upload, "upload") for one in results], snapshot)
    for one, found in zip(results, matches, strict=True):
        one.control = found.control
        if found.control is None and one.status == "refused":
            one.reason = found.reason


def _decide(one: Attached) -> bool:
    """Whether there is something to send; sets the outcome where there is not."""
    assert one.control is not None
    if why := _too_much(one):
        one.status, one.reason = "kept", why
    elif _complete(one):
        one.status, one.reason = "already", None
    elif not one.control.enabled:
        one.status, one.reason = "refused", "read-only"
    elif _listed(one) and not one.control.multiple:
        # A box for one file, of several that are planned.
        one.status, one.reason = "kept", "different-value"
    else:
        return True
    return False


def names_in(control: Control | None) -> tuple[str, ...]:
    """The files that an upload control's list names."""
    value = control.value if control else None
    return tuple(value) if isinstance(value, list | tuple) else ()


def _listed(one: Attached) -> set[str]:
    return set(names_in(one.control))


def _too_much(one: Attached) -> Reason | None:
    """Why a slot holds more than is planned: a file of another name, or one more often than planned; None if it does not."""
    times = Counter(names_in(one.control))
    planned = Counter(file.name for file in one.plan.files)
    if times.keys() - planned.keys():
        return "other-file"
    return "doubled" if times - planned else None


def _complete(one: Attached) -> bool:
    return one.control is not None and {file.name for file in one.plan.files} <= _listed(one)
