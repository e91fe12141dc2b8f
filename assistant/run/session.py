"""The way through a portal: open it, let the person log in, find the form, go from section to section, save.

Promises: nothing is pressed but the texts that the pack declares as menu, section or save; where nobody has verified the
portal's allow-list, opening the form, moving on and saving are left to the person, who gets the pen for that.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import RunStopped, SessionLost, TakenOver
from assistant.messages import Text
from assistant.normalize import same_label
from assistant.page.dialogs import MessageBoxes
from assistant.page.engine import EngineAnswer
from assistant.page.form_page import PATIENT, FormPage, Order
from assistant.page.guard.guard import Guard
from assistant.page.guard.rules import origin_of
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import Portal
from assistant.run import interruptions
from assistant.run.handover import RunObserver
from assistant.run.options import Options

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


# How often a tab that was just opened is looked at before it counts as stating nothing.
_LOOKS_FOR_FACTS = 10
# Milliseconds in which a page that stands still may yet send what was pressed.
_SENDS_WITHIN = 1000


class PortalSession:
    """One session on one portal, at one address."""

    def __init__(
        self,
        page: FormPage,
        guard: Guard,
        portal: Portal,
        options: Options,
        companion: RunObserver,
        *,
        private: Collection[str],
    ) -> None:
        """`private` are the values that must not be repeated when the page's own words are told."""
        self.page, self.guard, self.portal = page, guard, portal
        self.start_url, self.companion = options.start_url, companion
        self._login_seconds, self._log_in, self._private = options.login_seconds, options.log_in, private
        self._known = portal.host_of(self.start_url)
        self.trusted = self._known is not None and self._known.trusted and bool(self._known.allow)

    def open(self) -> None:
        """Opens the portal and waits for the person's login; the pen is the person's until then. A host that the pack does
        not know is only opened when the person agrees to it by its name."""
        self._check_host()
        self.page.open(self.start_url)
        login = self.portal.login
        waited, told = 0.0, False
        while not self._logged_in():
            if not told and self.page.sees(login.logged_out):
                self.companion.tell(
                    Text(
                        "请在浏览器窗口中登录（账号、短信、扫码均由您本人完成）。登录后自动继续。",
                        "Please log in in the browser window (password, SMS and QR code are yours). The run goes on by itself after that.",
                    )
                )
                told = True
            if self._log_in is not None and (said := self._log_in(self.page)):
                self.companion.tell(said)
            if self._login_seconds is not None and waited > self._login_seconds:
                raise SessionLost(
                    Text(
                        "没有登录，已停止；未写入任何内容。无窗口模式下无法登录，请去掉 --headless 再运行。",
                        "Nobody logged in: stopped, nothing was written. Without a window nobody can log in; run it without --headless.",
                    )
                )
            # A login that goes by itself is over in a moment; a person's takes its time.
            nap = 50 if waited < 5 else 200
            self.page.pause(nap)
            waited += nap / 1000

    def _check_host(self) -> None:
        host = urlsplit(self.start_url).netloc
        if self._known is None and not self.companion.agrees(interruptions.may_it_be(host)):
            raise interruptions.unknown_host(host)

    def _logged_in(self) -> bool:
        login = self.portal.login
        seen = self.page.sees((*login.logged_in, *login.logged_out))
        return bool(seen & set(login.logged_in)) and not seen & set(login.logged_out)

    def enter(self, opening: str | None) -> None:
        """Follows the declared way from the home page to the form; on an unverified host the person does."""
        if not self.trusted:
            self.companion.tell(
                Text(
                    "该平台尚未核实，打开申请表由您操作。",
                    "This portal is not verified yet: opening the form is yours to do.",
                )
            )
            self.let_the_person(
                "请打开该申请人的延期申请表，然后回来继续。",
                "Please open this applicant's extension form, then come back.",
            )
            self.take_pen()
            return
        self.take_pen()
        entry = self.portal.entry
        self.walk(entry.menu)
        with self.guard.navigating():
            if entry.skip_guide:
                self.press(entry.skip_guide)
            self._tick(entry.tick)
            self.press(entry.start)
            if entry.applicant and opening:
                self._answer_who(entry.applicant.labels, opening, entry.applicant.go)
            self._wait_until_shown(self.portal.sections[0].title)

    def walk(self, menu: Sequence[str]) -> None:
        """Presses the menu's texts in order."""
        with self.guard.navigating():
            for text, following in zip(menu, (*menu[1:], None), strict=True):
                self._unfold(text, following)

    def _unfold(self, text: str, following: str | None) -> None:
        """Presses one text of the menu, unless what follows is there already: pressed again, an open menu would close. A
        press that came before the page's own script, or was lost with a document just left, is made once more."""
        for _ in range(3):
            if following is not None and self.page.can_press((following,)):
                return
            self.press((text,))
            if following is None:
                return
            for _ in range(20):
                if self.page.can_press((following,)):
                    return
                self.page.pause(25)

    def _tick(self, boxes: Sequence[str]) -> None:
        """Ticks the boxes that are not ticked yet: one of them ticks the other, whichever it is."""
        for box in boxes:
            control = self.find(box)
            if control.value is not True:
                self.page.write_and_look([Order(control, True)])

    def _answer_who(self, labels: Sequence[str], value: str, go: Sequence[str]) -> None:
        """Says whose form is wanted. A number that the page did not take whole would open somebody else's."""
        if not self.answer(labels, value):
            self.page.insert_text(self.find(*labels), value)
            if self.find(*labels).value != value:
                raise interruptions.number_not_taken(labels[0])
        self.press(go)

    def answer(self, labels: Sequence[str], value: object) -> bool:
        """Writes into the one control with that label, outside the form's sections; whether the page holds it whole then.
        It is looked for anew: what was written may have changed the page."""
        (reason,), _ = self.page.write_and_look([Order(self.find(*labels), value)])
        return reason is None and self.find(*labels).value == value

    def find(self, *labels: str) -> Control:
        """The one control with that label, outside the form's sections."""
        for _ in range(50):
            found = [
                one
                for one in self.page.look().controls
                if one.visible and any(same_label(one.label, label) for label in labels)
            ]
            if len(found) == 1:
                return found[0]
            self.page.pause(100)
        raise self._lost(labels[0])

    def press(self, texts: Sequence[str]) -> None:
        """Presses a declared text and waits until the page is quiet; where it is not there, raises what is instead."""
        if self.page.press_and_look(texts)[0] is not None:
            raise self._lost(texts[0])

    def go_to(self, titles: Sequence[str]) -> Snapshot:
        """Opens a section and answers with what the page shows when it is there and quiet, no window over it."""
        if self.trusted:
            with self.guard.navigating():
                pressed, seen = self.page.go_and_look(titles)
            if seen.dialogs:
                pressed, seen = self._past_window(titles)
            if pressed is not None:
                raise self._lost(titles[0])
            if seen.shows(titles):
                return seen
        else:
            seen = self.page.settled_look()
            if seen.dialogs:
                _, seen = self._past_window(())
            if seen.shows(titles):
                return seen
            self.check_session()
            self.let_the_person(
                f"请打开「{titles[0]}」一段，然后继续。", f"Please open the section “{titles[0]}”, then go on."
            )
            self.take_pen()
        return self._wait_until_shown(*titles)

    def _past_window(self, titles: Sequence[str]) -> tuple[EngineAnswer | None, Snapshot]:
        """What the page shows without a window that was just closing. Raises where one stays over the form."""
        seen = self.page.settled_look(quiet=PATIENT)
        if seen.dialogs:
            raise interruptions.window_open(self._named(seen.dialogs[-1]))
        if not titles or seen.shows(titles):
            return None, seen
        with self.guard.navigating():
            return self.page.go_and_look(titles)

    def _wait_until_shown(self, *titles: str) -> Snapshot:
        for _ in range(80):
            seen = self.page.settled_look()
            if seen.shows(titles):
                return seen
            self.page.pause(100)
        raise self._lost(titles[0])

    def shows(self, titles: Sequence[str]) -> bool:
        return self.page.look().shows(titles)

    def check_session(self) -> None:
        login = self.portal.login
        if self.page.sees(login.logged_out):
            raise interruptions.login_lost()

    # -- what comes between ------------------------------------------------------------------------------------------

    def take_pen(self) -> None:
        """The tool acts from here on, and stops for whoever types or clicks in the page. Never on another host's page."""
        self.guard.take_pen()
        if origin_of(self.page.address) != origin_of(self.start_url):
            raise interruptions.left_the_portal(urlsplit(self.page.address).netloc)
        self.page.watch_person()
        self.page.heed = self._heed

    def hand_over(self) -> None:
        """The person acts from here on."""
        self.page.leave_person()
        self.page.heed = lambda _: None
        self.guard.hand_over()

    def end(self) -> None:
        """The person acts from here on; where nobody is there, every page is closed and the pen never let go."""
        if self.companion.is_there():
            self.hand_over()
        else:
            self.guard.close()

    def _heed(self, in_dialog: bool) -> None:
        """Before every move: what the person or the page said meanwhile. In a dialog a pause waits until it is done."""
        if self.companion.taken_over():
            raise TakenOver(
                Text("您已接手，工具到此为止；其余由您填写。", "You took over: the tool ends here; the rest is yours.")
            )
        if self.companion.wants_pause() and not in_dialog:
            raise interruptions.paused()
        if self.guard.pressed_by_hand:
            raise interruptions.pressed_by_person()
        while self.page.boxes:
            box = self.page.boxes.pop(0)
            if box.kind != "alert":
                raise interruptions.box_asked(box, self._private)
            self.companion.tell(interruptions.box_said(box, self._private))

    def check_interruption(self) -> None:
        """Raises what the person or the page said since the last move."""
        self._heed(False)
        self.page.stop_for_person()

    def check_course(self, titles: Sequence[str]) -> None:
        """Where something in a section went wrong: whether that is no trouble of a field, but of the whole page. Raises
        what it is: a lost login, a window over the form, another page."""
        self.check_interruption()
        seen = self.page.settled_look(quiet=PATIENT)
        if seen.dialogs or not seen.shows(titles):
            raise self._lost(titles[0], seen)
        self.check_session()

    def _lost(self, text: str, seen: Snapshot | None = None) -> RunStopped:
        """Why the way does not go on at `text`: what stands there instead, as well as it can be told."""
        self._heed(False)
        if self.page.closed:
            return interruptions.login_lost()
        origin = origin_of(self.page.address)
        if origin != origin_of(self.start_url):
            return interruptions.left_the_portal(urlsplit(self.page.address).netloc)
        if self.page.sees(self.portal.login.logged_out):
            return interruptions.login_lost()
        seen = seen or self.page.settled_look()
        if seen.dialogs:
            return interruptions.window_open(self._named(seen.dialogs[-1]))
        return interruptions.not_there(text, self._named(seen.headings[0]) if seen.headings else "")

    def _named(self, text: str) -> str:
        return interruptions.nameless(text, self._private)

    def asked(self, trouble: RunStopped) -> bool:
        """Gives the person the pen, says what came between and waits for their word; False where nobody can be asked."""
        if self.page.closed or not self.companion.is_there():
            return False
        self.hand_over()
        return self.companion.ask(interruptions.asking(trouble), self.page)

    def come_back(self, opening: str | None) -> None:
        """After the person's word: takes the pen and finds the form, as it is or by the declared way."""
        self.take_pen()
        self.check_session()
        seen = self.page.settled_look()
        if seen.dialogs:
            raise interruptions.window_open(self._named(seen.dialogs[-1]))
        if not any(seen.shows(section.names) for section in self.portal.sections):
            self.enter(opening)

    def facts_anew(self, labels: Sequence[str]) -> dict[str, set[str]]:
        """What the address of the form, opened once more in a tab of its own, states about whose form it is now."""
        with self.guard.navigating(), self.page.in_new_tab() as tab:
            for _ in range(_LOOKS_FOR_FACTS):
                tab.settled_look(quiet=PATIENT)
                facts = tab.facts(labels)
                if any(facts.values()):
                    break
            return facts

    def let_the_person(self, zh: str, en: str) -> None:
        if self.companion.is_there():
            self.hand_over()
        if not self.companion.ask(Text(zh, en), self.page):
            raise RunStopped(
                Text(
                    "需要您在浏览器中操作，但当前没有可交互的窗口。请在终端中运行并去掉 --headless。",
                    "This needs you in the browser, but nobody can be asked. Run it in a terminal, without --headless.",
                )
            )

    def save(self) -> Snapshot | None:
        """Saves the draft and answers with what the page shows then; None when there is no save button to press, or the
        portal did not take what was sent. On an unverified portal the person saves."""
        if not self.trusted:
            self.let_the_person(
                "本段已填好。请核对后自行点击保存／下一步，再回来继续。",
                "This section is filled. Check it, press save/next yourself, then come back.",
            )
            self.take_pen()
            return self.page.settled_look()
        buttons = self.portal.buttons
        self.page.listen()
        with self.guard.saving() if buttons.posts else self.guard.navigating():
            pressed, seen = self.page.send_and_look(buttons.save, ask_to_post=not buttons.posts)
        if pressed == "posts":
            with self.guard.saving():
                pressed, seen = self.page.send_and_look(buttons.save, ask_to_post=False)
        if pressed is None and self.page.silent:
            # A page may wait a moment before it sends what was pressed.
            seen = self.page.settled_look(quiet=_SENDS_WITHIN)
        if pressed is None and self.page.taken:
            return seen
        self.check_session()
        return None


def guarded_page(
    context: "BrowserContext", portal: Portal, url: str, *, watched: bool = False
) -> tuple[FormPage, Guard]:
    """The browser's first page under the guard that this portal's pack asks for at this address. `watched` says whether
    a person sees the window and can answer the browser's own message boxes."""
    host = portal.host_of(url)
    trusted = host.allow if host and host.trusted else ()
    guard = Guard(
        context,
        origins=[origin_of(url)],
        allowed=trusted,
        forbidden_words=portal.forbidden_words,
        forbidden_paths=portal.forbidden_paths,
        opens=portal.opens,
    )
    guard.install()
    page = FormPage(context.pages[0], origin_of(url))
    MessageBoxes(context, page, guard, watched=watched)
    return page, guard
