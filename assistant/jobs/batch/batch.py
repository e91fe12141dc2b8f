"""The job of filling many forms: chosen, rehearsed, then filled one after another in one browser that is logged in once.

Promises: what would stop tomorrow is told before the first form is opened; a fault in one applicant's case is told with
their id and costs no other; one applicant's plan is made for their form alone, and the identity lock of every run stands
between two forms; the next case is read and checked while the person looks at this one; a portal that turns visitors away
ends the batch, which resumes later; nothing is ever submitted.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Literal
from urllib.parse import urlsplit

from assistant.errors import AssistantError, InputError, RunStopped, SetupError
from assistant.jobs.batch.chosen import choose
from assistant.jobs.batch.filled import FilledBefore
from assistant.jobs.batch.serial import number_on
from assistant.jobs.fill import FillCase, FillJob, case_of, fill_on_page, options_of, trail_of
from assistant.jobs.target import LIVE, Destination, Target, is_watched
from assistant.jobs.work.anywhere import work_anywhere
from assistant.jobs.work.doing import found_by, item_for
from assistant.jobs.work.workplace import Workplace, place_of
from assistant.messages import Text
from assistant.page.browser.launch import FoundBrowser, find_or_install_browser, open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.review.terminal_report import show_report
from assistant.run.report import Report
from assistant.run.session import guarded_page
from assistant.store.base import Applicant, ApplicantIn, ApplicantRef, Store

Ending = Literal["filled", "for-the-person", "stopped", "fault", "unusable", "done-before", "not-reached"]
MOST_TRIES = 2
"""Browsers that one applicant's form may bring down before the others go on without it."""
CALM: frozenset[Ending] = frozenset({"filled", "done-before"})
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class BatchJob:
    """Whose forms, and how. `due`: those who must file within so many days; None means everybody."""

    store: Store
    on: date
    due: int | None = None
    city: str = ""
    target: Target = LIVE
    headless: bool = False
    panel: bool = True
    rehearse: bool = True
    again: bool = False
    """Also those whom an earlier batch has filled."""
    cores: int = 1


@dataclass(frozen=True)
class BatchLine:
    """What became of one applicant's form. `why` is a sentence where it is not calm; never a value."""

    applicant: str
    ending: Ending
    why: Text | None = None
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    rehearsed: str = ""
    number: str = field(default="", repr=False)
    """The portal's own for the application, where it showed one: for the roster, not for reports."""

    def as_json(self) -> dict[str, object]:
        why = None if self.why is None else {"zh": self.why.zh, "en": self.why.en}
        told = {name: held for name, held in vars(self).items() if name != "number"}
        return {**told, "counts": dict(self.counts), "seconds": round(self.seconds, 1), "why": why}


@dataclass(frozen=True)
class BatchReport:
    """The whole batch, in the order in which the forms were filled."""

    lines: tuple[BatchLine, ...]
    logins: int
    """How many browsers were opened, each of which asks for a login."""

    @property
    def calm(self) -> bool:
        return all(one.ending in CALM for one in self.lines)

    def as_json(self) -> dict[str, object]:
        return {
            "schema": 1,
            "command": "batch",
            "applicants": [one.as_json() for one in self.lines],
            "browsers": self.logins,
        }


def batch(job: BatchJob, console: Console, filled: Callable[[BatchLine], None] = lambda line: None) -> BatchReport:
    """`filled` is called after each form. Raises InputError where there is nobody to fill for, SetupError where this machine can't."""
    place = place_of(job.store)
    with console.progress(Text("读取申请人", "reading applicants"), len(job.store.applicants())) as steps:
        chosen = choose(job.store, job.on, due=job.due, city=job.city, seen=steps.done)
    record = FilledBefore(job.store, f"{job.target.kind} {job.target.address}", job.on)
    if job.again:
        record.forget()
    lines = {ref.id: BatchLine(ref.id, "unusable", error.what) for ref, error in chosen.unusable}
    waiting = []
    for ref, city in chosen.refs:
        if record.is_done(ref.id, place.state_of(ref)):
            lines[ref.id] = BatchLine(ref.id, "done-before")
        else:
            waiting.append((ref, city))
    rehearsed = _rehearse(job, place, [ref for ref, _ in waiting], console) if job.rehearse else {}
    for said in rehearsed.values():
        if said[1] is not None:
            console.line(said[1], style="warning")
    filling = Filling(job, place, record, {case: word for case, (word, _) in rehearsed.items()}, console, filled)
    # One login a portal: cities that share nothing are filled one after the other.
    for city, refs in groupby(sorted(waiting, key=lambda one: one[1]), key=lambda one: one[1]):
        lines.update(filling.city(city, [ref for ref, _ in refs]))
    order = [*(ref.id for ref, _ in chosen.refs), *(ref.id for ref, _ in chosen.unusable)]
    return BatchReport(tuple(lines[case] for case in order), filling.browsers)


def _rehearse(
    job: BatchJob, place: Workplace, refs: Sequence[ApplicantRef], console: Console
) -> dict[str, tuple[str, Text | None]]:
    """Each case filled into a mock portal first; what came of it in a word, and what the person should know."""
    items = [item_for(place, ref, "rehearsal", job.on) for ref in refs]
    with console.progress(Text("演练", "rehearsing"), len(items)) as steps:
        endings = work_anywhere(place, items, job.cores, steps.done)
    said: dict[str, tuple[str, Text | None]] = {}
    for item in items:
        ending, found = endings[item.id], found_by(place, item)
        left = _left_of(found) if found is not None else ()
        if found is None:
            what = Text(
                f"{item.case}：演练没有成功（{ending}），仍会填写",
                f"{item.case}: the rehearsal failed ({ending}); it is filled all the same",
            )
            said[item.case] = (ending, what)
        elif left:
            listed = "、".join(left[:5]) + ("…" if len(left) > 5 else "")
            what = Text(
                f"{item.case}：演练中有 {len(left)} 项需要您：{listed}",
                f"{item.case}: in the rehearsal {len(left)} fields were for you: {listed}",
            )
            said[item.case] = ("for-the-person", what)
        else:
            said[item.case] = ("calm", None)
    return said


def _left_of(report: Mapping[str, object]) -> tuple[str, ...]:
    """The labels that a rehearsal left to the person."""
    sections = report["sections"]
    assert isinstance(sections, list)
    calm = ("verified", "already", "skipped")
    return tuple(one["label"] for section in sections for one in section["outcomes"] if one["status"] not in calm)


# ---- filling -------------------------------------------------------------------------------------------------------


@dataclass
class NextCase:
    """One applicant's case, open, held and planned before its turn comes."""

    ref: ApplicantRef
    job: FillJob
    kept: Applicant
    case: FillCase
    state: str
    open: AbstractContextManager[object]


class Filling:
    """The part of a batch that drives the browser."""

    def __init__(
        self,
        job: BatchJob,
        place: Workplace,
        record: FilledBefore,
        rehearsed: Mapping[str, str],
        console: Console,
        filled: Callable[[BatchLine], None] = lambda line: None,
    ) -> None:
        self._job, self._place, self._record, self._rehearsed, self._console = job, place, record, rehearsed, console
        self._filled, self._ended = filled, False
        self._browser: FoundBrowser | None = None
        self.browsers = 0

    def city(self, city: str, refs: Sequence[ApplicantRef]) -> dict[str, BatchLine]:
        """Fills the forms of one city's applicants."""
        lines: dict[str, BatchLine] = {}
        left, tries = list(refs), Counter[str]()
        with ThreadPoolExecutor(1, thread_name_prefix="next") as beside:
            while left and not self._ended:
                first = left[0]
                tries[first.id] += 1
                try:
                    left = self._in_one_browser(left, beside, lines)
                except RunStopped:
                    # The browser went away between two forms: another one, for those who are left.
                    left = [ref for ref in left if ref.id not in lines]
                if first in left and tries[first.id] >= MOST_TRIES:
                    lines[first.id] = self._line(first, "fault", _BROWSER_GONE)
                    left.remove(first)
        return lines | {ref.id: self._line(ref, "not-reached") for ref in refs if ref.id not in lines}

    def _in_one_browser(
        self,
        refs: Sequence[ApplicantRef],
        beside: ThreadPoolExecutor,
        lines: dict[str, BatchLine],
    ) -> list[ApplicantRef]:
        """Fills until the browser is gone or nobody is left; who is left."""
        watched = is_watched(self._console, headless=self._job.headless)
        coming: Future[NextCase] = beside.submit(self._ready, refs[0])
        try:
            with ExitStack() as session:
                page: FormPage | None = None
                guard: Guard | None = None
                there: Destination | None = None
                for number, ref in enumerate(refs):
                    following = refs[number + 1] if number + 1 < len(refs) else None
                    case: NextCase | None = None
                    try:
                        case = coming.result()
                    except Exception as error:
                        lines[ref.id] = self._line(ref, *_told(error))
                    if following is not None:
                        coming = beside.submit(self._ready, following)
                    if case is None:
                        continue
                    with case.open:
                        if page is None or guard is None or there is None:
                            there = session.enter_context(
                                self._job.target.reached(case.case.portal, case.case.city.city, case.case.applicant)
                            )
                            context = session.enter_context(
                                open_browser(
                                    headless=True if self._job.headless else None,
                                    user_data=there.browser_folder,
                                    found=self._found(),
                                    announce=self._console.line,
                                )
                            )
                            page, guard = guarded_page(context, case.case.portal, there.url, watched=watched)
                            self.browsers += 1
                        began = time.monotonic()
                        lines[ref.id], goes_on = self._one(case, page, guard, there, more=following is not None)
                    if page.closed and lines[ref.id].ending == "stopped" and not watched:
                        # The browser, not the case: once more in another one.
                        del lines[ref.id]
                        raise RunStopped(_BROWSER_GONE)
                    self._filled(lines[ref.id])
                    if following is not None and not goes_on:
                        self._ended = True
                        return []
                    if following is not None:
                        self._keep_pace(case.case, there, began)
                return []
        finally:
            _close_unused(coming, lines)

    def _found(self) -> FoundBrowser:
        if self._browser is None:
            self._browser = find_or_install_browser(self._console.line)
        return self._browser

    def _ready(self, ref: ApplicantRef) -> NextCase:
        """Everything of a case that needs no page: held, read, planned."""
        job = FillJob(
            ApplicantIn(self._job.store, ref),
            target=self._job.target,
            headless=self._job.headless,
            panel=self._job.panel,
        )
        with ExitStack() as stack:
            stack.enter_context(job.applicant.holding())
            kept = stack.enter_context(job.applicant.open())
            case = case_of(job, kept, load_profile(kept))
            return NextCase(ref, job, kept, case, self._place.state_of(ref), stack.pop_all())

    def _one(
        self, case: NextCase, page: FormPage, guard: Guard, there: Destination, *, more: bool
    ) -> tuple[BatchLine, bool]:
        """Fills one form; a fault of whatever kind is this applicant's line and no more."""
        console, started = self._console, time.monotonic()
        console.line(Text(f"—— {case.ref.id} ——", f"—— {case.ref.id} ——"), style="title")
        options = options_of(case.job, case.case, there, console)
        try:
            with trail_of(case.job, case.case, self._found()) as trail:
                report, goes_on = fill_on_page(
                    case.job,
                    case.case,
                    page,
                    guard,
                    options,
                    console,
                    lambda report: show_report(console, report),
                    lambda reading: None,
                    trail,
                    more=more,
                )
        except Exception as error:
            ending, why = _told(error)
            return self._line(case.ref, ending, why, time.monotonic() - started), not page.closed
        if self._turned_away(case.case, page):
            console.line(_TURNED_AWAY, style="bad")
            return self._line(case.ref, "stopped", _TURNED_AWAY, report.seconds), False
        line = self._line(
            case.ref, _ending_of(report), report.stopped.what if report.stopped else None, report.seconds, report.counts
        )
        line = replace(line, number=number_on(page, case.case))
        if line.ending in ("filled", "for-the-person"):
            self._record.done(case.ref.id, case.state)
        return line, goes_on

    def _turned_away(self, case: FillCase, page: FormPage) -> bool:
        pace = case.portal.pace
        return bool(pace and pace.blocked and not page.closed and page.sees(pace.blocked))

    def _keep_pace(self, case: FillCase, there: Destination, began: float) -> None:
        """Waits where the portal would else see one form after another faster than a person's."""
        pace = case.portal.pace
        if pace is None or urlsplit(there.url).hostname in _LOOPBACK:
            return
        rest = pace.between_applicants - (time.monotonic() - began)
        if rest > 0:
            self._console.line(
                Text(
                    f"为不给平台造成负担，等待 {rest:.0f} 秒", f"Waiting {rest:.0f} s, so as not to strain the portal"
                ),
                style="quiet",
            )
            pause(rest)

    def _line(
        self,
        ref: ApplicantRef,
        ending: Ending,
        why: Text | None = None,
        seconds: float = 0.0,
        counts: Mapping[str, int] | None = None,
    ) -> BatchLine:
        return BatchLine(ref.id, ending, why, seconds, counts or {}, self._rehearsed.get(ref.id, ""))


pause = time.sleep
_BROWSER_GONE = Text("浏览器关闭或崩溃，没有填完", "the browser was closed or died before it was filled")
_TURNED_AWAY = Text(
    "平台提示访问过于频繁，已停止。请稍后（例如半小时后）再运行同一命令，会从这里继续。",
    "The portal turns visitors away for now. Run the same command later (in half an hour, say); it goes on from here.",
)


def _ending_of(report: Report) -> Ending:
    if report.stopped is not None:
        return "stopped"
    return "for-the-person" if report.exit_code else "filled"


def _told(error: BaseException) -> tuple[Ending, Text]:
    """A fault as one applicant's line: only words of ours, since others' could quote the page."""
    if isinstance(error, SetupError):
        raise error
    if isinstance(error, InputError):
        return "unusable", error.what
    if isinstance(error, AssistantError):
        return "stopped", error.what
    kind = type(error).__name__
    return "fault", Text(f"程序处理这位申请人时出错（{kind}）", f"this program failed on this applicant ({kind})")


def _close_unused(coming: "Future[NextCase]", lines: Mapping[str, BatchLine]) -> None:
    """Lets go of a case that was made ready and whose turn did not come."""
    try:
        case = coming.result(timeout=120)
    except Exception:
        return
    if case.ref.id not in lines:
        case.open.__exit__(None, None, None)
