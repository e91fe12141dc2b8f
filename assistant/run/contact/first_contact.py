"""One run on a portal whose words nobody has checked: each page is judged, offered, filled, read back and remembered.

Promises: nothing is written before the person has pressed for it, but what was learned of this portal before; nothing at all
into a form that is, or may be, another's; what the tool is not sure of is listed and never written; saving and moving on are the
person's until they have allowed the request that saves. A list that was answered and comes again unchanged is not asked about
again. Whatever ends the run, the report says what was done.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.drift.meaning.judge import PageJudge, Proposal
from assistant.drift.vocabulary import every_word
from assistant.errors import RunStopped, TakenOver, WrongPerson
from assistant.messages import Text
from assistant.normalize import fold
from assistant.page.form_page import Button, FormPage, Order
from assistant.page.guard.guard import Guard
from assistant.page.kinds import empty
from assistant.page.snapshot import Snapshot
from assistant.page.stability import PATIENT
from assistant.portal.loading import Portal
from assistant.run.contact import words
from assistant.run.contact.boxes import choose_by_offer, steps_as_offered
from assistant.run.contact.hand import Hand
from assistant.run.contact.learning import page_as_learned
from assistant.run.contact.lists.filling import FoundList, Rows
from assistant.run.contact.offer import Datum, ListEntry, Offer, OfferAnswer, OfferReply
from assistant.run.contact.owner import FormOwner
from assistant.run.contact.papers import attach
from assistant.run.contact.part import MetPage, PageReader, told
from assistant.run.contact.requests import Requests
from assistant.run.fill import section_filler
from assistant.run.fill.progress import SectionWork
from assistant.run.fill.read_back import ShownSection
from assistant.run.handover import RunObserver, answered
from assistant.run.interruptions import INTERRUPTIONS
from assistant.run.options import Options
from assistant.run.plan import Plan
from assistant.run.report import Report
from assistant.run.session import PortalSession

Until = Callable[[], bool]
# Seconds between two looks at a page that is in the person's hands.
_GLANCE = 0.4
# So many new questions are another part of the form, fewer may have come of an answer.
_MANY = 3
_EMPTIED = frozenset({"text", "textarea", "number", "date", "month", "date-range", "month-range"})


class FirstContact:
    """Fills one applicant's form on pages that no pack describes."""

    def __init__(
        self,
        session: PortalSession,
        page: FormPage,
        guard: Guard,
        portal: Portal,
        plan: Plan,
        options: Options,
        observer: RunObserver,
    ) -> None:
        assert plan.known is not None
        self._session, self._page, self._guard, self._plan = session, page, guard, plan
        self._portal, self._options, self._observer = portal, options, observer
        self._handover = session.handover
        vocabulary = every_word()
        self._known = plan.known
        self._judge = PageJudge(vocabulary, portal.tables, plan.known.look)
        self.learned = portal.learned
        """What was learned of this portal so far, this run's pages too."""
        self._before = portal.learned
        self._owner = FormOwner(vocabulary, plan.known.look)
        self._requests = Requests(page, guard, portal, session.url)
        self._hand = Hand(page, guard, portal.forbidden_words, self._may_post, self._allowed_what_was_held_back)
        self._work: list[SectionWork] = []
        self._met: frozenset[object] = frozenset()
        self._list_all = False
        """Whether the next page is listed even where nothing on it is sure."""
        self._theirs = False
        """Whether the page has said, or the person has, that this is the applicant's form."""
        self._proven = False
        """Whether the page itself has said so: what the person says of a blank form holds only while it is blank."""
        self._shown_another = False
        """Whether it has shown another person since: then only a page that asks whose it is can be said to be the applicant's."""
        self._left: set[str] = set()
        """The titles of pages that were left as it was learned."""
        self._made: set[object] = set()
        """The lists that were offered and answered: one that comes again unchanged is not asked about again."""

    def run(self, *, command: str, city: str) -> Report:
        """Meets page after page until the person takes over. Expected endings are in the report's `stopped`, not raised."""
        started = time.monotonic()
        stopped: RunStopped | None = None
        try:
            self._session.arrive()
            self._wait(words.OPEN_THE_FORM, until=self._something_new)
            while self._meet():
                pass
        except TakenOver:
            pass
        except RunStopped as error:
            stopped = error
        finally:
            self._handover.end()
        return Report(
            command=command,
            city=city,
            portal=self._portal.name,
            applicant=self._plan.applicant,
            seconds=time.monotonic() - started,
            sections=tuple(work.report() for work in self._work),
            guard=self._session.receipt(),
            handed_over=True,
            stopped=stopped,
            asked=self._observer.presses(),
        )

    # -- one page --------------------------------------------------------------------------------------------------------

    def _meet(self) -> bool:
        """One page as it is now: offered, filled, saved. False when the person has nothing more to open."""
        try:
            seen = self._page.settled_look(quiet=PATIENT, all_names=True)
            part = self._part(seen)
            if not part.fresh and not (self._list_all and part.worth_listing) and not (self._theirs and part.unread):
                return self._passed_on(part) or self._nothing_new()
            self._list_all = False
            if not self._may_write(part, seen):
                return True
            agreed = self._choose(part)
            if agreed is None or self._filled_meanwhile(part):
                return True
            self._met |= part.everything
            work = self._fill(part, *agreed)
            self._save(part, work, *agreed)
        except INTERRUPTIONS as error:
            if not self._handover.settled(error):
                raise
        return True

    def _part(self, seen: Snapshot) -> MetPage:
        reader = PageReader(self._judge, self._portal, self._known, self.learned)
        return reader.part(seen, self._page.buttons(), self._page.address, self._met)

    def _passed_on(self, part: MetPage) -> bool:
        """Leaves a page that asks nothing of this applicant as it was left before, once."""
        if not self._theirs or part.title in self._left:
            return False
        self._left.add(part.title)
        return self._go_as_learned(part)

    def _nothing_new(self) -> bool:
        """The page has nothing that was not dealt with: the person opens the next one, or is done."""
        titles = {work.plan.section.title for work in self._work}
        if self._before.pages and all(one.title in titles for one in self._before.pages):
            return False
        for what in (words.OPEN_THE_NEXT, words.NOTHING_NEW):
            if self._wait(what, until=self._something_new) == "moved" or self._something_new():
                return True
            # What the person has opened and the tool knows nothing of is listed, too: nothing is left without a word.
            self._list_all = self._part(self._page.look(all_names=True)).worth_listing
            if self._list_all:
                return True
        return False

    def _something_new(self) -> bool:
        part = self._part(self._page.look(all_names=True))
        return part.fresh or (self._theirs and part.unread)

    # -- whose form ------------------------------------------------------------------------------------------------------

    def _may_write(self, part: MetPage, seen: Snapshot) -> bool:
        """Whether this is the applicant's form; the person is asked where it names nobody."""
        evidence, label = self._owner.evidence(seen, self._page.stated())
        if evidence == "another":
            self._is_anothers()
            self._wait(words.another_persons(label), until=lambda: False)
            return False
        if evidence == "own":
            self._theirs, self._proven, self._shown_another = True, True, False
        if self._theirs:
            return True
        if not self._owner.asks(seen) and (self._shown_another or part.holds_otherwise):
            self._wait(words.OPEN_WHERE_IT_ASKS, until=lambda: False)
            return False
        decision = self._ask(Offer(words.is_it_new(self._plan), ("new-form", "not-theirs")))
        if decision.answer != "new-form":
            self._wait(words.OPEN_THEIRS, until=lambda: False)
            return False
        again, _ = self._owner.evidence(self._page.settled_look(quiet=PATIENT, all_names=True), self._page.stated())
        if again == "another":
            self._is_anothers()
            return False
        self._theirs = True
        return True

    def _is_anothers(self) -> None:
        """The form has shown another person: what was said of it before counts no more."""
        self._theirs, self._proven, self._shown_another = False, False, True

    def _filled_meanwhile(self, part: MetPage) -> bool:
        """Whether a page that only the person's word makes the applicant's was filled with something else since it was listed:
        then it is no blank form, and is looked at anew."""
        if self._proven or not self._part(self._page.look(all_names=True)).holds_otherwise or part.holds_otherwise:
            return False
        self._is_anothers()
        return True

    def _gate(self, seen: Snapshot) -> None:
        """Just before values are written: what the page shows may have changed since the person pressed."""
        evidence, label = self._owner.evidence(seen, self._page.stated())
        if evidence == "another":
            self._is_anothers()
            raise WrongPerson(words.another_persons(label))

    # -- the list --------------------------------------------------------------------------------------------------------

    def _choose(self, part: MetPage) -> tuple[dict[int, Proposal], tuple[FoundList, ...]] | None:
        """The proposals to write and the lists to fill; None where the person chose otherwise and the page is to be looked
        at anew."""
        if part.needs_nobody:
            return part.certain, part.chosen_lists(None)
        entries = part.entries()
        asked = tuple((one.label, one.state, one.value, one.ticked) for one in entries)
        if asked in self._made:
            self._met |= part.everything
            return None
        decision = self._ask(
            Offer(words.list_of(part.title), ("fill", "go-on", "take-over"), entries, part.data(self._judge)),
            until=lambda: part.gone_from(self._page.look(all_names=True), self._page.address),
        )
        if decision.answer != "moved":
            self._made.add(asked)
        if decision.answer != "fill":
            if decision.answer == "go-on":
                # Left alone by the person: it is not offered again.
                self._met |= part.everything
            return None
        return part.chosen(decision, self._judge), part.chosen_lists(decision)

    # -- filling ---------------------------------------------------------------------------------------------------------

    def _fill(self, part: MetPage, chosen: dict[int, Proposal], lists: tuple[FoundList, ...]) -> SectionWork:
        started, trips = time.monotonic(), self._page.round_trips
        number = len(self._work) + 1
        plan = part.plan(f"page-{number}", chosen, lists, self._judge)
        work = SectionWork(plan)
        self._work.append(work)
        self._observer.section(plan.section.title, number, number)
        self._handover.take()
        written = [one for one in chosen.values() if one.control.kind != "upload"]
        plan = replace(plan, steps=tuple(steps_as_offered(self._page, plan.steps, [one.control for one in written])))
        work.plan = plan
        section_filler.fill(
            self._page,
            plan.steps,
            Snapshot.outside_dialogs,
            overwrite=True,
            before_write=self._gate,
            into=work.fields,
        )
        self._again_with_offers(work)
        self._take_back(work)
        done = attach(self._page, part.papers(chosen), self._known.files, self._gate, self._hand)
        for one in lists:
            known = self._before.columns(one.each)
            rows = Rows(self._page, self._judge, one, self._known.rows[one.each], self._hand, known)
            done += rows.fill(self._gate, self._agree_to_row, "confirmed")
        work.plan = replace(work.plan, skipped=(*work.plan.skipped, *done))
        seen = self._page.calm_look()
        try:
            self._gate(seen)
        except WrongPerson:
            # The page changed hands while it was written: what stands there now is discarded, nothing of it was saved.
            with self._guard.navigating():
                self._page.reload()
            raise
        if any(one.right and one.field.identity for one in work.fields):
            self._theirs = self._proven = True
        self._settle(part, work, seen)
        work.seconds, work.round_trips = time.monotonic() - started, self._page.round_trips - trips
        self._handover.give()
        self._observer.finished(work.report())
        return work

    def _allowed_what_was_held_back(self) -> bool:
        """Whether the person lets through what the guard has just held back."""
        self._requests.offer_held_back()
        return self._let_through()

    def _may_post(self, url: str) -> bool:
        """Whether a form may be posted there: allowed before, or by the person now."""
        if self._requests.allows_post(url):
            return True
        self._requests.offer_post(url)
        return self._let_through()

    def _let_through(self) -> bool:
        lines = self._requests.new()
        if not lines:
            return False
        allowed = self._ask(Offer(words.HELD_BACK, ("allow", "go-on"), lines=lines)).answer == "allow"
        if allowed:
            self._allow("held back while the tool filled, allowed by the person")
        self._handover.take()
        return allowed

    def _agree_to_row(
        self, title: str, proposals: Sequence[Proposal], data: Sequence[Datum]
    ) -> tuple[Sequence[Proposal], dict[str, str]] | None:
        """The boxes of a list's first row, offered once: those that were ticked, and what the person said others are, by
        their labels."""
        entries = tuple(
            ListEntry(
                str(index),
                one.label,
                one.why,
                one.state,
                told(one),
                one.control.required,
                one.state == "sure",
                one.control.place,
            )
            for index, one in enumerate(proposals)
        )
        if self._rows_known(proposals):
            return [one for one in proposals if one.state == "sure"], {}
        decision = self._ask(Offer(words.row_of(title), ("fill", "go-on", "take-over"), entries, tuple(data)))
        self._handover.take()
        if decision.answer != "fill":
            return None
        named = {
            one.label: decision.named[str(index)] for index, one in enumerate(proposals) if str(index) in decision.named
        }
        ticked = [
            one for index, one in enumerate(proposals) if str(index) in decision.ticked and one.source is not None
        ]
        return [one for one in ticked if one.label not in named], named

    def _rows_known(self, proposals: Sequence[Proposal]) -> bool:
        """Whether every sure box of a row was confirmed on this portal before."""
        sure = [one for one in proposals if one.state == "sure"]
        each = sure[0].key.split(".")[0] if sure else ""
        columns = self._before.columns(each)
        return bool(sure) and all(
            columns.get(one.label) == one.key for one in sure if one.label in columns or one.control.required
        )

    def _again_with_offers(self, work: SectionWork) -> None:
        """What a list refused may stand there with a code or a bracket: its own options say so once it is open."""
        choose_by_offer(self._page, work.fields)

    def _take_back(self, work: SectionWork) -> None:
        """Empties again what was empty before and now holds something else than the value: nothing wrong is left to be saved."""
        failed = [
            one for one in work.fields if one.outcome is not None and one.outcome.status in ("mismatched", "failed")
        ]
        boxes = [one.control for one in failed if one.control is not None and empty(one.control.value)]
        now = {one.place: one for one in self._page.look().controls}
        for box in boxes:
            held = now.get(box.place)
            if held is None or empty(held.value) or held.kind not in _EMPTIED:
                continue
            if held.kind in ("text", "textarea", "number"):
                self._page.write([Order(held, "")])
            else:
                self._page.insert_text(held, "")

    def _settle(self, part: MetPage, work: SectionWork, seen: Snapshot) -> None:
        """What the page shows now, and what it still asks for."""
        look = ShownSection(work.plan, part.own(seen.outside_dialogs()))
        for one, reason in work.unsettled(look):
            one.settle("changed", reason)
        told = {one.label for before in self._work if before is not work for one in before.others}
        work.others = [one for one in section_filler.unplanned(work.planned_labels, look.seen) if one.label not in told]
        self._observer.read(look.read_back(work.report().outcomes))

    # -- saving ----------------------------------------------------------------------------------------------------------

    def _save(self, part: MetPage, work: SectionWork, chosen: dict[int, Proposal], lists: Sequence[FoundList]) -> None:
        """Saves as it was learned, else the person does and opens the next part; what they pressed and what was sent
        meanwhile is remembered."""
        work.saved = True
        if not work.wrote and all(one.status != "verified" for one in work.plan.skipped):
            self._learn(part, work, chosen, lists, [])
            self._go_as_learned(part)
            return
        if self._go_as_learned(part):
            self._learn(part, work, chosen, lists, [])
            return
        self._observer.went()
        with self._requests.listening():
            self._wait(words.SAVE_IT, until=lambda: self._gone(part))
        here = self._page.look(all_names=True)
        if not part.gone_from(here, self._page.address):
            self._settle(part, work, self._page.settled_look(all_names=True))
        self._observer.finished(work.report())
        self._learn(part, work, chosen, lists, self._observer.went())
        self._offer_requests()

    def _learn(
        self,
        part: MetPage,
        work: SectionWork,
        chosen: dict[int, Proposal],
        lists: Sequence[FoundList],
        went: Sequence[str],
    ) -> None:
        forbidden = self._portal.forbidden_words
        page = page_as_learned(part, chosen, work.fields, work.plan.skipped, lists, went, forbidden)
        self.learned = self.learned.with_page(page)

    def _go_as_learned(self, part: MetPage) -> bool:
        """Presses what the person pressed on this page before, in their order; whether all of it could be. The guard lets
        through only what they have allowed."""
        learned = part.learned.page(part.title)
        steps = learned.after if learned else ()
        if not steps or not self._requests.allowed:
            return False
        self._left.add(part.title)
        self._gate(self._page.look(all_names=True))
        self._handover.take()
        try:
            for text in steps:
                same = self._buttons_of(part, text)
                if not same or not all(map(self._hand.press, same)):
                    return False
        finally:
            self._handover.give()
        return True

    def _buttons_of(self, part: MetPage, text: str) -> list[Button]:
        """The button of this text; where several parts of a long page have one, those under the headings of this part."""
        same = [one for one in self._page.buttons() if fold(one.text) == fold(text)]
        if len(same) < 2:
            return same
        fresh = {spot.context[0] for _, _, spot in part.spots - part.met if spot.context}
        return [one for one in same if set(one.context) & fresh]

    def _gone(self, part: MetPage) -> bool:
        """Whether the person has gone on: most of the part is gone, or as much as it was stands there anew."""
        seen = self._page.look(all_names=True)
        later = self._part(seen)
        return later.fresh and (part.gone_from(seen, self._page.address) or len(later.open) >= _MANY)

    def _offer_requests(self) -> None:
        """Asks once whether the requests just seen may go out by the tool's own press from now on."""
        lines = self._requests.new()
        if lines and self._ask(Offer(words.ALLOW, ("allow", "go-on"), lines=lines)).answer == "allow":
            self._allow("seen when a draft was saved by hand")

    def _allow(self, purpose: str) -> None:
        self.learned = self.learned.with_requests(self._requests.allow(purpose))

    # -- asking ----------------------------------------------------------------------------------------------------------

    def _ask(self, offer: Offer, until: Until | None = None) -> OfferReply:
        """The person's answer. Raises TakenOver where they take the form for good."""
        glance = time.monotonic()

        def changed() -> bool:
            nonlocal glance
            if until is None or time.monotonic() - glance < _GLANCE:
                return False
            glance = time.monotonic()
            return until()

        if self._observer.is_there():
            self._handover.give()
        decision = answered(self._page, self._observer.offers(offer, changed))
        if decision.answer == "take-over" or self._page.closed:
            raise TakenOver(words.TAKEN_OVER)
        return decision

    def _wait(self, what: Text, until: Until) -> OfferAnswer:
        return self._ask(Offer(what, ("go-on", "take-over")), until).answer
