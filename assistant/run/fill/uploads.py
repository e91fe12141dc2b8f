"""Gives each slot its files, and believes only the page's own file list.

Promises: a file the list already names is not sent again; nothing is ever removed, and nothing is added to a slot that
holds a file the plan does not know; a slot counts as verified only when the page lists every planned file as uploaded and
no other.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.normalize import file_name
from assistant.outcome import Reason
from assistant.page.form_page import FormPage
from assistant.page.matching import Match, match_all
from assistant.page.snapshot import Snapshot
from assistant.page.stability import Stability
from assistant.run.fill.result import UploadResult
from assistant.run.plan import UploadPlan

# How long the page's lists may stand still before a file that was given counts as not taken.
_STILL_SECONDS = 6.0


def attach_all(
    page: FormPage,
    plans: Sequence[UploadPlan],
    scope: Callable[[Snapshot], Snapshot],
    *,
    before_write: Callable[[Snapshot], None] = lambda _: None,
    into: list[UploadResult] | None = None,
) -> list[UploadResult]:
    """Uploads what is missing: to all slots side by side, within a slot one file after the other, since a page may lose
    a file that comes while it still stores another. `before_write` may stop the run before a file is given (identity
    lock). `into` has the results as far as they came when the run is stopped."""
    results = [] if into is None else into
    results[:] = [UploadResult.of(plan, "refused") for plan in plans]
    if not plans:
        return results
    seen = scope(page.look())
    _see(results, seen)
    waiting = [one for one in results if one.control and _decide(one)]
    if waiting:
        before_write(seen)
    for one in waiting:
        one.settle("ordered")
    while waiting:
        given = [(one, _next_file(one)) for one in waiting]
        answers = page.attach_together([(one.control, file) for one, file in given if one.control])
        for (one, file), answer in zip(given, answers, strict=True):
            assert one.control is not None
            if answer == "apart":
                answer = page.attach(one.control, [file])
                # A button that leads to no box of this page leads to a window of the browser's own: the person's.
                if answer == "not-found":
                    one.settle("refused", "unsupported")
                    continue
            if answer is not None:
                one.settle("broken")
        _wait_until_listed(page, scope, results, [(one, file) for one, file in given if one.reason == "not-taken"])
        for one, file in given:
            if _complete(one):
                one.settle("proved")
            elif not _lists(one, file) and one.reason == "not-taken":
                one.settle("not-taken", "rejected-by-page" if one.control and one.control.error else None)
        waiting = [one for one in waiting if one.status == "failed" and one.reason == "not-taken"]
    return results


def _wait_until_listed(
    page: FormPage,
    scope: Callable[[Snapshot], Snapshot],
    results: Sequence[UploadResult],
    given: Sequence[tuple[UploadResult, Path]],
) -> None:
    """Waits for the page's lists to name what was given; gives up when they have stood still for a while."""
    before: list[set[str]] = []
    stability = Stability(_STILL_SECONDS)
    while True:
        seen = page.settled_look()
        _see(results, scope(seen))
        answered = all(_lists(one, file) or (one.control and one.control.error) for one, file in given)
        # A window that was opened for a file closes a little later.
        if answered and not seen.dialogs:
            return
        now = [set(one.files) for one, _ in given]
        if stability.ran_out(moved=page.busy or now != before):
            return
        before = now
        page.pause(20)


def _next_file(one: UploadResult) -> Path:
    return next(file for file in one.planned.files if not _lists(one, file))


def unsettled(results: Sequence[UploadResult], found: Mapping[str, Match]) -> list[tuple[UploadResult, Reason]]:
    """Settled slots whose files a later look no longer shows, or shows beside others, or twice: a browser sends again what
    got no answer. `found` has that look's control of each, by slot."""
    _find_at(results, [found[one.upload.slot] for one in results])
    changed: list[tuple[UploadResult, Reason]] = []
    for one in results:
        if one.right:
            if not _complete(one):
                changed.append((one, "changed-after-save"))
            elif why := _too_much(one):
                changed.append((one, why))
    return changed


def _see(results: Sequence[UploadResult], snapshot: Snapshot) -> None:
    _find_at(results, match_all([(one.upload, "upload") for one in results], snapshot))


def _find_at(results: Sequence[UploadResult], matches: Sequence[Match]) -> None:
    for one, found in zip(results, matches, strict=True):
        one.control = found.control
        if found.control is None and one.status == "refused":
            one.settle("refused", found.reason)


def _decide(one: UploadResult) -> bool:
    """Whether there is something to send; sets the outcome where there is not."""
    assert one.control is not None
    if why := _too_much(one):
        one.settle("kept", why)
    elif _complete(one):
        one.settle("found-right")
    elif not one.control.enabled:
        one.settle("refused", "read-only")
    elif one.files and not one.control.multiple:
        # A box for one file, of several that are planned.
        one.settle("kept")
    else:
        return True
    return False


def _too_much(one: UploadResult) -> Reason | None:
    """Why a slot holds more than is planned: a file of another name, or one more often than planned; None if it does not."""
    times = Counter(map(file_name, one.files))
    planned = Counter(file_name(file.name) for file in one.planned.files)
    if times.keys() - planned.keys():
        return "other-file"
    return "doubled" if times - planned else None


def _complete(one: UploadResult) -> bool:
    return one.control is not None and all(_lists(one, file) for file in one.planned.files)


def _lists(one: UploadResult, file: Path) -> bool:
    """Whether the page's list names the file, as pages write names."""
    return file_name(file.name) in map(file_name, one.files)
