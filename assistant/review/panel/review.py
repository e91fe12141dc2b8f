"""The review panel of one run: shows how it goes, and lets the handler review, fill in by hand and hand back, in the page.

Promises: nothing here goes on by itself: only the person's press does; what the person asks to be written is written by
the run's own machinery, with the guard's pen taken for that one field, the identity lock passed anew, and proved by a
look; while the person holds the pen the page is only looked at. Values go to the panel and nowhere else.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from assistant.drift.vocabulary import every_word
from assistant.errors import RunStopped
from assistant.messages import Language, Text
from assistant.normalize import fold, same_label
from assistant.page.engine.scripts import page_script
from assistant.page.form_page import Button, FormPage
from assistant.page.guard.guard import Guard
from assistant.page.snapshot import ElementRef
from assistant.review.cards import Card, cards
from assistant.review.panel.element_paths import ways_to
from assistant.review.panel.host import PanelHost, Said
from assistant.review.panel.refresh import as_it_is_now
from assistant.review.panel.state import SIGNS, Board, key_of, tone_of, words
from assistant.run.contact.offer import Offer, OfferReply
from assistant.run.fill.parts import fill_one
from assistant.run.fill.read_back import ReadBack, text_of
from assistant.run.fill.rows import find_table
from assistant.run.handover import Given, Reply
from assistant.run.plan import Plan, SectionPlan, Step
from assistant.run.report import SectionReport

HERE = Path(__file__).parent
# What a person may ask the tool to put in place of what the page holds.
_REPLACEABLE = frozenset({"kept", "mismatched"})


class Rest:
    """A rest of the run: over, and the word given, as soon as the person goes on."""

    def __init__(self, over: Callable[[], bool], then: Callable[[], None]) -> None:
        """`then` is done once it is over."""
        self._over, self._then = over, then
        self.word = False

    @property
    def given(self) -> bool:
        if not self.word and self._over():
            self.word = True
            self._then()
        return self.word


class Offered:
    """An offer on the panel: answered when the person presses, or when it has settled itself."""

    def __init__(self, panel: "ReviewPanel", offer: Offer, settled: Callable[[], bool]) -> None:
        self._panel, self._offer, self._settled = panel, offer, settled
        self.word = OfferReply("take-over")
        self._given = False

    @property
    def given(self) -> bool:
        if not self._given:
            decision = self._panel.decided(self._offer) or (OfferReply("moved") if self._settled() else None)
            if decision is not None:
                self.word, self._given = decision, True
        return self._given


class ReviewPanel:
    """One panel for one run on one page. Shown when there is something to show, kept until the page or `close` ends it."""

    def __init__(
        self, page: FormPage, guard: Guard, plan: Plan, language: Language, *, sections: Sequence[str] = ()
    ) -> None:
        """`sections` are the keys of those that this run fills; none means all."""
        self._page, self._guard, self._plan = page, guard, plan
        self._language = language
        titles = [one.section.title for one in plan.sections if not sections or one.section.key in sections]
        self._board = Board(plan, titles)
        self._readings: dict[str, ReadBack] = {}
        self._host = PanelHost(
            page, page_script(HERE / "panel.js"), page_script(HERE / "panel.css"), {"words": words(language)}
        )
        self._host.on_ready = self._began_anew
        self._go_on = self._anew = False
        self.pause_wanted = False
        """The person pressed "pause" since the last rest."""
        self.over = False
        """The person took the form for good."""
        words_of = every_word().buttons
        self._leading = tuple(fold(word).casefold() for word in (*words_of.save, *words_of.next))
        self._went: list[str] = []
        self.presses = 0
        """How often the person pressed something that counts as an answer."""
        guard.on_change.append(self._pen_changed)

    # -- while the tool works ----------------------------------------------------------------------------------------

    def read(self, reading: ReadBack) -> None:
        """What a section held at a look that judged it; the last one counts."""
        self._readings[reading.plan.section.key] = reading
        if reading.looked:
            self._board.read.add(reading.plan.section.title)
        else:
            self._board.read.discard(reading.plan.section.title)

    def section(self, title: str, number: int) -> None:
        """The run starts with a section."""
        board = self._board
        board.number, board.note, board.phase, board.offer = number, None, "run", None
        if title not in board.titles:
            # A page that no pack describes: what is told of are the pages met so far.
            board.titles = [*(one for one in board.titles if one in board.reports), title]
            board.number = len(board.titles)
        self._board.buttons = ("pause", "take-over")
        self._open()

    def finished(self, report: SectionReport) -> None:
        """The run is done with a section, until the final reading."""
        self._board.reports[report.title] = report
        self._show_board()

    def say(self, what: Text) -> None:
        """One sentence the person should know now."""
        self._board.note = what
        self._show_board()

    def listen(self) -> None:
        """Takes in what was pressed meanwhile: a pause or the wish to take over, answered at the next boundary."""
        for said in self._heard():
            if said.kind == "pause":
                self.pause_wanted = True
                self.say(Text("收到：填完手头的内容就停下。", "Understood: the tool rests after what it is doing now."))
            elif said.kind == "take-over":
                self.over = True
                self.say(Text("收到：马上把页面交给您。", "Understood: the page will be yours in a moment."))

    # -- while a page is met for the first time ------------------------------------------------------------------------

    def offer(self, offer: Offer, settled: Callable[[], bool]) -> Reply[OfferReply]:
        """The person's decision, or `moved` as soon as `settled` holds."""
        board = self._board
        board.phase, board.note, board.offer, board.buttons = "offer", offer.what, offer, offer.answers
        self._open()
        # What was pressed before was no answer to this.
        self._heard()
        board.cards = []
        if not offer.entries and not offer.lines and "go-on" in offer.answers:
            # The person is to check and save: what was read back is theirs to look at.
            self._safely(self._look_again)
        self._show_board(marks=[(one.id, one.place) for one in offer.entries if one.place is not None and one.ticked])
        self._stand_aside(offer)
        return Offered(self, offer, settled)

    def _stand_aside(self, offer: Offer) -> None:
        """Where the person is asked to press on the page itself, the panel covers none of its buttons that save or lead on."""
        places = [] if offer.entries or offer.lines else [one.place for one in self._page.buttons() if self._leads(one)]
        ways = ways_to(self._page, places)
        self._host.tell({"clear": [way for way, _ in ways.values()]})

    def _leads(self, button: Button) -> bool:
        said = fold(button.text).casefold().strip("<>«»›‹→←+＋ ")
        return any(said.startswith(word) or said.endswith(word) for word in self._leading)

    def decided(self, offer: Offer) -> OfferReply | None:
        """What was pressed meanwhile, as far as it answers the offer."""
        for said in self._heard():
            if said.kind in offer.answers:
                self._board.phase, self._board.offer, self._board.note = "run", None, None
                self._board.buttons = ("pause", "take-over")
                self._show_board(marks=())
                ticked, named = said.data.get("ticked"), said.data.get("named")
                return OfferReply(
                    said.kind,
                    frozenset(map(str, ticked)) if isinstance(ticked, list) else frozenset(),
                    {str(key): str(one) for key, one in named.items()} if isinstance(named, dict) else {},
                )
            if not offer.entries:
                self._answer(said)
            elif said.kind == "show":
                self._safely(partial(self._show_entry, offer, said.text("id")))
        return None

    def _show_entry(self, offer: Offer, key: str) -> None:
        place = next((one.place for one in offer.entries if one.id == key), None)
        ways = ways_to(self._page, [place]) if place else {}
        if place in ways:
            self._host.tell({"point": {"id": key, "place": ways[place][0], "field": None}})

    def _heard(self) -> list[Said]:
        """What was pressed since the last time, counted."""
        heard = self._host.heard()
        self.presses += sum(one.kind not in ("stirred", "show", "went") for one in heard)
        self._went += [one.text("text") for one in heard if one.kind == "went"]
        return [one for one in heard if one.kind != "went"]

    def went(self) -> list[str]:
        """What the person pressed on the page itself since the last time, by its words."""
        found, self._went = self._went, []
        return found

    # -- while the person works ----------------------------------------------------------------------------------------

    def rest(self, what: Text, until: Callable[[], bool], *, between: bool = False) -> Reply[bool]:
        """The person's word: that they press "go on" (or take over), or that `until` holds. `between`: it is between two
        sections that the run rests."""
        self.listen()
        if self.over:
            return Given(True)
        board = self._board
        board.phase, board.note = "ask", what
        board.buttons = ("next-section" if between and not self.pause_wanted else "resume", "take-over")
        self.pause_wanted = self._go_on = False
        self._begin_review()
        return Rest(lambda: self._turn() or until(), self._goes_on)

    def _goes_on(self) -> None:
        board = self._board
        board.phase, board.note, board.cards = "run", None, []
        board.buttons = ("pause", "take-over")
        self._show_board(marks=())

    def review(
        self,
        reports: Sequence[SectionReport],
        stopped: Text | None = None,
        until: Callable[[], bool] = lambda: False,
        *,
        more: bool = False,
    ) -> bool:
        """The last one: stays with the person until they close the page or send the panel away, or `until` holds. Where there
        are `more` applicants it offers the next one; whether the person pressed that."""
        board = self._board
        board.phase, board.note = "review", stopped
        board.buttons = ("next-applicant", "close") if more else ("close",)
        board.stopped = stopped is not None
        board.reports = {one.title: one for one in reports}
        self._go_on = False
        self._begin_review()
        self._page.wait_for_person(lambda: self._turn() or not self._host.shown or until())
        return self._go_on

    def close(self) -> None:
        """Takes the panel away without a trace."""
        self._host.close()
        if self._pen_changed in self._guard.on_change:
            self._guard.on_change.remove(self._pen_changed)

    # -- one turn ----------------------------------------------------------------------------------------------------

    def _begin_review(self) -> None:
        self._open()
        self._host.heard()
        self._safely(self._look_again)

    def _turn(self) -> bool:
        for said in self._heard():
            self._answer(said)
        if self._anew:
            self._safely(self._look_again)
        return self._go_on

    def _answer(self, said: Said) -> None:
        key = said.text("id")
        if said.kind in ("resume", "next-section") and self._board.phase == "ask":
            self._go_on = True
        elif said.kind == "take-over" and self._board.phase == "ask":
            self.over = self._go_on = True
        elif said.kind == "next-applicant" and self._board.phase == "review":
            self._go_on = "next-applicant" in self._board.buttons
        elif said.kind == "close" and self._board.phase == "review":
            self.close()
        elif said.kind == "stirred":
            self._safely(self._look_again)
        elif said.kind == "done":
            self._board.done ^= {key}
            self._show_board()
        elif said.kind == "show":
            self._safely(lambda: self._point_at(key, by_hand=said.data.get("by_hand") is True))
        elif said.kind == "use":
            self._safely(lambda: self._use(key))

    def _safely(self, act: Callable[[], None]) -> None:
        """A page that can't be read or written now is said to the person; it never ends their review."""
        try:
            act()
        except RunStopped as error:
            self.say(error.what)

    # -- what the cards ask for ----------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        """Brings cards and outlines up to what the page shows now."""
        seen, self._anew = self._page.settled_look(), False
        for key, reading in self._readings.items():
            here = seen.if_shown(reading.plan.section)
            if here is not None:
                self._readings[key] = as_it_is_now(reading, here)
        self._board.cards = cards(self._readings.values())
        self._board.copies = {key_of(card): self._copy_of(card) for card in self._board.cards}
        self._board.usable = {key_of(card) for card in self._board.cards if self._can_use(card)}
        on_page = {one.place for one in seen.controls if one.visible}
        shown = [
            reading.plan.section.title for reading in self._readings.values() if seen.if_shown(reading.plan.section)
        ]
        marks = [
            (key_of(card), card.place)
            for card in self._board.cards
            if card.place in on_page and card.place is not None and card.section in shown
        ]
        self._show_board(marks=marks)

    def _point_at(self, key: str, *, by_hand: bool) -> None:
        card = self._card(key)
        if card is None:
            return
        place = self._place_of(card)
        ways = ways_to(self._page, [place]) if place else {}
        if place is None or place not in ways:
            self.say(
                Text(
                    f"「{card.label}」不在当前页面上：请在页面上打开「{card.section}」，再按一次。",
                    f"“{card.label}” is not on the page now: open “{card.section}” there, then press again.",
                )
            )
            return
        root, field = ways[place]
        if self._board.note is not None and not by_hand:
            self._board.note = None
            self._show_board()
        self._host.tell({"point": {"id": key, "place": root, "field": field if by_hand else None}})

    def _use(self, key: str) -> None:
        """Has the run write the profile's value into one field, and says what came of it."""
        card = self._card(key)
        step, plan = (self._step_of(card), self._plan_of(card)) if card else (None, None)
        if card is None or step is None or plan is None or key not in self._board.usable:
            return
        if self._page.settled_look().if_shown(plan.section) is None:
            self._point_at(key, by_hand=False)
            return
        right = fill_one(self._page, self._guard, self._plan, plan, step).right
        self._look_again()
        self.say(
            Text(
                f"「{card.label}」已改用资料的值并核对；请记得保存。",
                f"“{card.label}” holds the profile's value now, read back equal; remember to save.",
            )
            if right
            else Text(
                f"「{card.label}」未能改成资料的值，请手工填写。",
                f"“{card.label}” did not take the profile's value: fill it in by hand.",
            )
        )

    # -- finding -----------------------------------------------------------------------------------------------------

    def _card(self, key: str) -> Card | None:
        return next((card for card in self._board.cards if key_of(card) == key), None)

    def _reading_of(self, card: Card) -> ReadBack | None:
        return next((one for one in self._readings.values() if one.plan.section.title == card.section), None)

    def _plan_of(self, card: Card) -> SectionPlan | None:
        reading = self._reading_of(card)
        return reading.plan if reading else None

    def _step_of(self, card: Card) -> Step | None:
        plan = self._plan_of(card)
        if plan is None or not card.field:
            return None
        return next((step for step in plan.every_step if (step.field.key, step.row) == (card.field, card.row)), None)

    def _can_use(self, card: Card) -> bool:
        outcome = card.outcome
        single = outcome is not None and outcome.status in _REPLACEABLE and card.row is None
        return single and self._step_of(card) is not None and card.place is not None

    def _copy_of(self, card: Card) -> str:
        step = self._step_of(card)
        return text_of(step.value if isinstance(step.value, str | bool) else list(step.value)) if step else ""

    def _place_of(self, card: Card) -> ElementRef | None:
        """Where a card's field stands now: its control, or the table its row belongs to."""
        reading = self._reading_of(card)
        seen = self._page.look()
        here = seen.if_shown(reading.plan.section) if reading else None
        if reading is None or here is None:
            return None
        fresh = as_it_is_now(reading, here)
        on_page = {one.place for one in here.controls if one.visible}
        now = next((one for one in cards([fresh]) if key_of(one) == key_of(card)), card)
        if now.place in on_page:
            return now.place
        for table in reading.plan.tables:
            keys = {table.table.key, *table.table.fields_by_key}
            shown = find_table(table, here) if card.field in keys else None
            if shown is not None:
                return shown.place
        named = [one for one in here.controls if one.visible and same_label(one.label, card.label)]
        return (named[0].frame, named[0].id) if len(named) == 1 else None

    # -- showing -----------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._host.shown:
            self._show_board()
        else:
            self._host.open()

    def _pen_changed(self, holder: str) -> None:
        self._board.holder = "tool" if holder == "tool" else "person"
        if self._host.shown:
            self._show_board()

    def _began_anew(self) -> None:
        """Another document: the panel is empty there, and other fields may be on the page."""
        self._anew = True
        self._show_board()

    def _show_board(self, marks: Sequence[tuple[str, ElementRef]] | None = None) -> None:
        """Sends everything; `marks` are the fields to be outlined from now on, None leaves the outlines as they are."""
        self._board.holder = self._guard.holder
        message: dict[str, object] = {"state": self._board.as_message(self._language)}
        if marks is not None:
            ways = ways_to(self._page, [place for _, place in marks])
            tones = {key_of(card): tone_of(card) for card in self._board.cards}
            settled = {key_of(card) for card in self._board.cards if self._board.is_done(card)}
            toned = [
                (key, "calm" if key in settled else tones.get(key, "look"), ways.get(place)) for key, place in marks
            ]
            message["marks"] = [
                {"id": key, "place": way[0], "tone": tone, "sign": SIGNS[tone]} for key, tone, way in toned if way
            ]
        if self._host.shown:
            self._host.tell(message)
