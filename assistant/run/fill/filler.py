"""One run over one applicant: open, let the person log in, find the form, fill section by section, prove it, hand over.

Promises: the tool never presses anything but the pack's declared menu, section, row, save and next texts; nothing is
written before the identity lock has been passed; whatever ends the run, the report says what was done and the pen ends
with the person. On a host whose allow-list nobody has verified, saving and moving on are the person's.
"""

import time
from collections.abc import Callable
from functools import partial

from assistant.errors import PersonActed, RunStopped, SectionDrifted
from assistant.outcome import Outcome
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.snapshot import Snapshot
from assistant.page.stability import QUIET
from assistant.portal.loading import Portal
from assistant.run.contact.first_contact import FirstContact
from assistant.run.fill import missing_documents, section_filler
from assistant.run.fill.drift_gate import DriftCheck, unwritten
from assistant.run.fill.identity_lock import IdentityLock
from assistant.run.fill.parts import OpenSection, WriteGate, write
from assistant.run.fill.progress import SectionWork
from assistant.run.fill.read_back import ShownSection, read_back
from assistant.run.handover import RunObserver
from assistant.run.interruptions import INTERRUPTIONS
from assistant.run.options import Options
from assistant.run.plan import Plan, SectionPlan, private_values
from assistant.run.report import Report
from assistant.run.session import PortalSession


class Filler:
    """Fills one applicant's form on one page."""

    def __init__(
        self, page: FormPage, guard: Guard, portal: Portal, plan: Plan, options: Options, observer: RunObserver
    ) -> None:
        self._session = session = PortalSession.of(page, guard, portal, options, observer, private=private_values(plan))
        self._navigator, self._handover = session.navigator, session.handover
        self._page, self._plan, self._options, self._observer = page, plan, options, observer
        self._guard, self._portal = guard, portal
        self.learned = portal.learned
        """What is known of the portal's pages after the run, beside the pack."""
        self._lock = IdentityLock(plan.identity)
        self._drifts = DriftCheck(portal, options.start_url, observer.tell)
        self._work: list[SectionWork] = []

    def run(self, *, command: str, city: str) -> Report:
        """Fills, verifies and hands over. Expected endings are in the report's `stopped`, not raised."""
        if not self._session.trusted and self._observer.meets_new_pages() and self._plan.known is not None:
            # Nobody has checked the pack against this host: each page is met as it is.
            contact = FirstContact(
                self._session, self._page, self._guard, self._portal, self._plan, self._options, self._observer
            )
            report = contact.run(command=command, city=city)
            self.learned = contact.learned
            return report
        started = time.monotonic()
        stopped: RunStopped | None = None
        try:
            self._session.open()
            self._through(lambda: self._session.enter(self._plan.opening), again=lambda: None)
            wanted = self._wanted()
            for number, section in enumerate(wanted, 1):
                self._observer.section(section.section.title, number, len(wanted))
                self._work.append(work := SectionWork(section))
                self._through(partial(self._fill_section, work, last=number == len(wanted)), work)
            # Once opened anew is enough: a window that comes with every document would come again for ever.
            self._through(self._read_once_more, again=partial(self._read_once_more, anew=False))
        except RunStopped as error:
            stopped = error
            broken = [work for work in self._work if not work.saved]
            for work in broken:
                work.break_off()
            unreached = [SectionWork.not_reached(section) for section in self._wanted()[len(self._work) :]]
            self._work += unreached
            for work in (*broken, *unreached):
                self._tell(work, None)
        finally:
            self._handover.end()
        return Report(
            command=command,
            city=city,
            portal=self._session.portal.name,
            applicant=self._plan.applicant,
            seconds=time.monotonic() - started,
            sections=tuple(work.report() for work in self._work),
            guard=self._session.receipt(),
            handed_over=True,
            missing_slots=tuple(slot for work in self._work for slot in work.missing_slots or ()),
            unseen_slots=self._unseen_slots(),
            unread_sections=self._unread_sections() if stopped else (),
            stopped=stopped,
            asked=self._observer.presses(),
        )

    def _unseen_slots(self) -> tuple[str, ...]:
        seen = {work.plan.section.key for work in self._work if work.missing_slots is not None}
        return tuple(
            label
            for section in self._plan.sections
            if section.section.key not in seen
            for label in missing_documents.required_labels(section, self._options.required_slots)
        )

    def _unread_sections(self) -> tuple[str, ...]:
        return tuple(
            work.plan.section.title for work in self._work if work.saved and work.wrote and not work.read_again
        )

    def _through(
        self, act: Callable[[], None], work: SectionWork | None = None, *, again: Callable[[], None] | None = None
    ) -> None:
        """Does `act`; what comes between is left to the person, and then it is done again (or `again` instead) from what
        the page shows. Raises what came between where nobody can be asked."""
        between: RunStopped | None = None
        while True:
            try:
                if between is None:
                    return act()
                self._session.come_back(self._plan.opening)
                return (again or act)()
            except INTERRUPTIONS as error:
                between = error
            if not self._handover.settled(between):
                raise between
            if work is not None:
                work.begin_again(person=isinstance(between, PersonActed))

    # -- one section ---------------------------------------------------------------------------------------------------

    def _wanted(self) -> list[SectionPlan]:
        chosen = self._options.sections
        return [one for one in self._plan.sections if not chosen or one.section.key in chosen]

    def _fill_section(self, work: SectionWork, *, last: bool) -> None:
        started, trips, section = time.monotonic(), self._page.round_trips, work.plan.section
        shown = self._navigator.go_to(section.names).of(section)
        gate = WriteGate(self._page, work, self._lock, self._drifts, self._session.facts_anew)
        try:
            write(OpenSection(self._page, work, gate, shown, self._options.overwrite))
        except SectionDrifted as drifted:
            self._leave_unwritten(work, drifted, shown)
            return
        if work.troubled:
            self._handover.check_course(section.names)
        self._save(work)
        if self._options.pictures:
            stated = self._lock.facts(self._page)
            work.picture = self._page.picture(text for texts in stated.values() for text in texts)
        work.seconds, work.round_trips = time.monotonic() - started, self._page.round_trips - trips
        work.saved = True
        self._observer.finished(work.report())
        if self._options.pause == "section" and not last:
            self._handover.let_the_person(
                "本段已填好，请查看，然后继续。", "This section is filled: have a look, then go on."
            )
            self._handover.take()

    def _leave_unwritten(self, work: SectionWork, drifted: SectionDrifted, shown: Snapshot) -> None:
        work.fields.clear()
        work.changes, work.others, work.saved = drifted.changes, unwritten(work.plan), True
        self._tell(work, shown)
        self._observer.finished(work.report())

    def _save(self, work: SectionWork) -> None:
        """Saves what was written, if anything was, and judges the section by what the page shows then."""
        work.recall()
        if work.wrote and not self._session.trusted:
            # The person is asked to check and save: they need to see what was read back.
            self._judge(work)
        saved = self._navigator.save() if work.wrote else None
        if work.wrote and saved is None:
            self._handover.check_course(work.plan.section.names)
            work.others.append(Outcome("", self._navigator.save_button, "failed", "not-saved"))
            work.not_saved()
        self._judge(work, saved)

    def _judge(self, work: SectionWork, seen: Snapshot | None = None) -> None:
        """Looks again (or takes the look just made after the save) and says what no longer holds. What a page shows late
        is waited for; what it changes late is not excused: only the last look counts."""
        for quiet in (0, 250, 600, 1500):
            if quiet or seen is None:
                seen = self._page.settled_look(quiet=quiet or QUIET)
            look = ShownSection(work.plan, seen.of(work.plan.section))
            changed = work.unsettled(look)
            if not changed:
                break
        for one, reason in changed:
            one.settle("changed", reason)
        # What the page itself and the city still ask for is said before the person submits.
        work.missing_slots = missing_documents.missing(look, self._options.required_slots)
        told = [one for one in work.others if one.reason in ("not-saved", "drifted")]
        in_dialogs = self._drifts.in_dialogs(work.plan.section)
        work.others = [*told, *in_dialogs, *section_filler.unplanned(work.planned_labels, look.seen)]
        self._observer.read(look.read_back(work.report().outcomes))

    def _tell(self, work: SectionWork, seen: Snapshot | None) -> None:
        """Hands on what a section came to and what a look, narrowed to it, showed; None where no look judged it."""
        self._observer.read(read_back(work.plan, work.report().outcomes, seen))

    # -- proof and hand-over ---------------------------------------------------------------------------------------------

    def _read_once_more(self, *, anew: bool = True) -> None:
        """Reads every section once more, from what the server kept; a value that changed late is found here."""
        if not self._session.trusted or not self._work:
            return
        if anew:
            self._session.reload()
        for work in self._work:
            self._judge(work, self._navigator.go_to(work.plan.section.names))
        # What was read of somebody else's form was no reading of this one.
        self._lock.check_marks(self._lock.facts(self._page))
        for work in self._work:
            work.read_again = True
