"""One run over one applicant: open, let the person log in, find the form, fill section by section, prove it, hand over.

Promises: the tool never presses anything but the pack's declared menu, section, row, save and next texts; nothing is
written before the identity lock has been passed; whatever ends the run, the report says what was done and the pen ends
with the person. On a host whose allow-list nobody has verified, saving and moving on are the person's.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from assistant import rows, section_filler, uploads
from assistant.controls.kinds import empty
from assistant.drift_check import DriftCheck, SectionDrifted, unwritten
from assistant.errors import PageNotAsExpected, RunStopped, SessionLost
from assistant.form_page import FormPage, Order
from assistant.guard import Guard
from assistant.identity import IdentityLock
from assistant.labels import same_label
from assistant.messages import Text
from assistant.outcome import Outcome, Reason
from assistant.plan import Plan, SectionPlan, TablePlan
from assistant.portal import Host, Portal
from assistant.report import Report, SectionReport
from assistant.section_filler import Filled
from assistant.snapshot import Control, Snapshot
from assistant.uploads import Attached


class Companion(Protocol):
    """Whoever watches the run for the person: terminal now, panel as well later."""

    def tell(self, what: Text) -> None:
        """Something the person should know now."""

    def section(self, title: str, number: int, total: int) -> None:
        """The run starts with a section."""

    def finished(self, section: SectionReport) -> None:
        """The run is done with a section, until the final reading."""

    def ask(self, what: Text, page: FormPage) -> bool:
        """Waits, for as long as it takes, for the person's word to go on; False when there is nobody to ask."""


@dataclass(frozen=True)
class Options:
    """How the person wants this run. `login_seconds` bounds the wait for a login where nobody watches."""

    start_url: str
    overwrite: bool = False
    sections: tuple[str, ...] = ()
    pause: Literal["end", "section"] = "end"
    login_seconds: float | None = None
    pictures: bool = False


@dataclass
class SectionWork:
    """What a section came to so far; kept until the final reading has judged it."""

    plan: SectionPlan
    fields: list[Filled] = field(default_factory=list)
    tables: list[tuple[TablePlan, list[Filled]]] = field(default_factory=list)
    uploads: list[Attached] = field(default_factory=list)
    others: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0
    round_trips: int = 0
    picture: bytes | None = None
    saved: bool = False
    """Whether the section was brought to its end: filled, saved and looked at again."""

    @property
    def results(self) -> list[Filled | Attached]:
        """Fields, rows and uploads alike."""
        rows_filled = [one for _, filled in self.tables for one in filled]
        return [*self.fields, *rows_filled, *self.uploads]

    @property
    def wrote(self) -> bool:
        """Whether anything on the page was changed; an untouched section is not saved again."""
        return any(one.status in ("verified", "mismatched", "failed") for one in self.results)

    def break_off(self) -> None:
        """The run ended inside this section: what was written is on the page at best, and counts as not saved."""
        self.fields = self.fields or [Filled(step, "failed", "not-saved") for step in self.plan.steps]
        for one in self.results:
            if one.status == "verified":
                one.status, one.reason = "failed", "not-saved"

    def report(self) -> SectionReport:
        outcomes = [one.outcome() for one in self.fields]
        outcomes += [one.outcome() for _, filled in self.tables for one in filled]
        outcomes += [one.outcome() for one in self.uploads]
        outcomes += [*self.plan.skipped, *self.others]
        section = self.plan.section
        return SectionReport(section.key, section.title, self.seconds, self.round_trips, tuple(outcomes), self.picture)


class Filler:
    """Fills one applicant's form on one page."""

    def __init__(
        self, page: FormPage, guard: Guard, portal: Portal, plan: Plan, options: Options, companion: Companion
    ) -> None:
        self._page, self._guard, self._portal, self._plan = page, guard, portal, plan
        self._options, self._companion = options, companion
        self._lock = IdentityLock(plan.identity)
        self._drifts = DriftCheck(portal, options.start_url, companion.tell)
        host = portal.host_of(options.start_url)
        self._host: Host | None = host
        self._trusted = host is not None and host.trusted and bool(host.allow)
        self._work: list[SectionWork] = []
        self._missing_slots: list[str] = []

    def run(self, *, command: str, city: str) -> Report:
        """Fills, verifies and hands over. Expected endings are in the report's `stopped`, not raised."""
        started = time.monotonic()
        stopped: RunStopped | None = None
        try:
            self._open()
            self._enter()
            wanted = self._wanted()
            for number, section in enumerate(wanted, 1):
                self._companion.section(section.section.title, number, len(wanted))
                self._fill_section(section, last=number == len(wanted))
            self._read_once_more()
        except RunStopped as error:
            stopped = error
            for work in self._work:
                if not work.saved:
                    work.break_off()
        finally:
            self._guard.hand_over()
        return Report(
            command=command,
            city=city,
            portal=self._portal.name,
            applicant=self._plan.applicant,
            seconds=time.monotonic() - started,
            sections=tuple(work.report() for work in self._work),
            guard=self._guard.receipt().as_json(),
            handed_over=True,
            missing_slots=tuple(self._missing_slots),
            stopped=stopped,
        )

    # -- to the form -----------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Opens the portal and waits for the person's login; the pen is the person's until then."""
        self._page.open(self._options.start_url)
        login = self._portal.login
        waited, told = 0.0, False
        while not self._logged_in():
            if not told and self._page.sees(login.logged_out):
                self._companion.tell(
                    Text(
                        "请在浏览器窗口中登录（账号、短信、扫码均由您本人完成）。登录后自动继续。",
                        "Please log in in the browser window (password, SMS and QR code are yours). The run goes on by itself after that.",
                    )
                )
                told = True
            if self._options.login_seconds is not None and waited > self._options.login_seconds:
                raise SessionLost(
                    Text(
                        "没有登录，已停止；未写入任何内容。无窗口模式下无法登录，请去掉 --headless 再运行。",
                        "Nobody logged in: stopped, nothing was written. Without a window nobody can log in; run it without --headless.",
                    )
                )
            self._page.pause(200)
            waited += 0.2

    def _logged_in(self) -> bool:
        login = self._portal.login
        seen = self._page.sees((*login.logged_in, *login.logged_out))
        return bool(seen & set(login.logged_in)) and not seen & set(login.logged_out)

    def _enter(self) -> None:
        """Follows the declared way from the home page to the form; on an unverified host the person does."""
        if not self._trusted:
            self._companion.tell(
                Text(
                    "该平台尚未核实，打开申请表由您操作。",
                    "This portal is not verified yet: opening the form is yours to do.",
                )
            )
            self._let_the_person(
                "请打开该申请人的延期申请表，然后回来继续。",
                "Please open this applicant's extension form, then come back.",
            )
            self._guard.take_pen()
            return
        self._guard.take_pen()
        entry = self._portal.entry
        with self._guard.navigating():
            for text, following in zip(entry.menu, (*entry.menu[1:], None), strict=True):
                # A menu that is open already would be closed by pressing it again.
                if following is None or not self._page.can_press((following,)):
                    self._press((text,))
            if entry.skip_guide:
                self._press(entry.skip_guide)
            self._tick(entry.tick)
            self._press(entry.start)
            if entry.applicant and self._plan.opening:
                self._answer_who(entry.applicant.labels, self._plan.opening, entry.applicant.go)
            self._wait_until_shown(self._plan.sections[0].section.title)

    def _tick(self, boxes: Sequence[str]) -> None:
        """Ticks the boxes that are not ticked yet: one of them ticks the other, whichever it is."""
        for box in boxes:
            control = self._find(box)
            if control.value is not True:
                self._page.write([Order(control, True)])
                self._page.settle()

    def _answer_who(self, labels: Sequence[str], value: str, go: Sequence[str]) -> None:
        control = self._find(*labels)
        self._page.write([Order(control, value)])
        self._press(go)

    def _find(self, *labels: str) -> Control:
        """The one control with that label on the way to the form."""
        for _ in range(50):
            found = [
                one
                for one in self._page.look().controls
                if one.visible and any(same_label(one.label, label) for label in labels)
            ]
            if len(found) == 1:
                return found[0]
            self._page.pause(100)
        raise _not_there(labels[0])

    def _press(self, texts: Sequence[str]) -> None:
        if self._page.press(texts) is not None:
            raise _not_there(texts[0])
        self._page.settle()

    # -- one section ---------------------------------------------------------------------------------------------------

    def _wanted(self) -> list[SectionPlan]:
        chosen = self._options.sections
        return [one for one in self._plan.sections if not chosen or one.section.key in chosen]

    def _fill_section(self, plan: SectionPlan, *, last: bool) -> None:
        started, trips = time.monotonic(), self._page.round_trips
        work = SectionWork(plan)
        self._work.append(work)
        titles = (plan.section.title, *plan.section.titles)

        within = _within(titles)
        self._go_to(titles)
        facts = self._page.facts(self._lock.labels) if self._lock.labels else {}
        overwrite = self._options.overwrite

        def before_write(seen: Snapshot) -> None:
            self._lock.check(plan, seen, facts)
            self._drifts.check(plan.section, seen)

        try:
            work.fields = section_filler.fill(
                self._page, plan.steps, within, overwrite=overwrite, before_write=before_write
            )
        except SectionDrifted:
            work.others, work.saved = unwritten(plan), True
            self._companion.finished(work.report())
            return
        if any(one.step.field.identity and one.status in ("verified", "already") for one in work.fields):
            self._lock.prove()
        work.tables = [
            (table, rows.fill_table(self._page, table, within, overwrite=overwrite)) for table in plan.tables
        ]
        work.uploads = uploads.attach_all(self._page, plan.uploads, within)
        if work.wrote:
            self._save(work)
        self._judge(work, within)
        if self._options.pictures:
            work.picture = self._page.picture()
        work.seconds, work.round_trips = time.monotonic() - started, self._page.round_trips - trips
        work.saved = True
        self._companion.finished(work.report())
        if self._options.pause == "section" and not last:
            self._let_the_person("本段已填好，请查看，然后继续。", "This section is filled: have a look, then go on.")
            self._guard.take_pen()

    def _save(self, work: SectionWork) -> None:
        """Saves the draft; where the allow-list is not verified, the person saves and moves on."""
        if not self._trusted:
            self._let_the_person(
                "本段已填好。请核对后自行点击保存／下一步，再回来继续。",
                "This section is filled. Check it, press save/next yourself, then come back.",
            )
            self._guard.take_pen()
            return
        with self._guard.navigating():
            pressed = self._page.press(self._portal.buttons.save)
            self._page.settle()
        self._check_session()
        if pressed is not None:
            work.others.append(Outcome("", self._portal.buttons.save[0], "failed", "not-saved"))

    def _judge(self, work: SectionWork, scope: Callable[[Snapshot], Snapshot]) -> Snapshot:
        """Looks again and says what no longer holds. What a page shows late is waited for; what it changes late is not
        excused: only the last look counts."""
        for quiet in (0, 250, 600, 1500):
            if quiet:
                self._page.settle(quiet=quiet)
            snapshot = scope(self._page.look())
            changed: list[tuple[Filled | Attached, Reason]] = [*section_filler.unsettled(work.fields, snapshot)]
            for table, filled in work.tables:
                changed += rows.unsettled(table, filled, snapshot)
            changed += uploads.unsettled(work.uploads, snapshot)
            if not changed:
                break
        for one, reason in changed:
            one.status, one.reason = "mismatched", reason
        attached = [one.control for one in work.uploads if one.control]
        told = [one for one in work.others if one.reason in ("not-saved", "drifted")]
        work.others = [*told, *section_filler.unplanned(work.fields, attached, snapshot)]
        return snapshot

    def _go_to(self, titles: Sequence[str]) -> None:
        if self._shows(titles):
            return
        self._check_session()
        if self._trusted:
            with self._guard.navigating():
                pressed = self._page.press(titles)
                self._page.settle()
            if pressed is not None:
                self._check_session()
                raise _not_there(titles[0])
        else:
            self._let_the_person(
                f"请打开「{titles[0]}」一段，然后继续。", f"Please open the section “{titles[0]}”, then go on."
            )
            self._guard.take_pen()
        self._wait_until_shown(*titles)

    def _wait_until_shown(self, *titles: str) -> None:
        for _ in range(80):
            if self._shows(titles):
                self._page.settle()
                return
            self._page.pause(100)
        self._check_session()
        raise _not_there(titles[0])

    def _shows(self, titles: Sequence[str]) -> bool:
        return self._page.look().shows(titles)

    def _check_session(self) -> None:
        login = self._portal.login
        if self._page.sees(login.logged_out):
            raise SessionLost(
                Text(
                    "登录已失效。已保存的内容仍在草稿中：重新登录后再次运行同一命令，将从草稿继续。",
                    "The login has expired. What was saved is in the draft: log in and run the same command again, it goes on from there.",
                )
            )

    # -- proof and hand-over ---------------------------------------------------------------------------------------------

    def _read_once_more(self) -> None:
        """Reads every section once more, from what the server kept; a value that changed late is found here."""
        if not self._trusted or not self._work:
            return
        with self._guard.navigating():
            self._page.reload()
        for work in self._work:
            section = work.plan.section
            titles = (section.title, *section.titles)
            self._go_to(titles)
            snapshot = self._judge(work, _within(titles))
            self._missing_slots += [
                control.label
                for control in snapshot.controls
                if control.kind == "upload" and control.required and control.visible and empty(control.value)
            ]

    def _let_the_person(self, zh: str, en: str) -> None:
        self._guard.hand_over()
        if not self._companion.ask(Text(zh, en), self._page):
            raise RunStopped(
                Text(
                    "需要您在浏览器中操作，但当前没有可交互的窗口。请在终端中运行并去掉 --headless。",
                    "This needs you in the browser, but nobody can be asked. Run it in a terminal, without --headless.",
                )
            )


def _within(titles: Sequence[str]) -> Callable[[Snapshot], Snapshot]:
    """Narrows a look to one section, dialogs left out."""
    return lambda snapshot: snapshot.in_section(titles).outside_dialogs()


def _not_there(text: str) -> PageNotAsExpected:
    return PageNotAsExpected(
        Text(
            f"页面上没有唯一的「{text}」，已停止。可能平台有改动：请运行 assistant probe 查看差异。",
            f"“{text}” is not on the page exactly once: stopped. The portal may have changed: `assistant probe` says how.",
        )
    )
