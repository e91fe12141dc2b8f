"""The way through a portal: its menu, its sections, its declared save.

Promises: nothing is pressed but the texts that the pack declares as menu, section or save; where nobody has verified the
portal's allow-list, moving on and saving are left to the person, who gets the pen for that.
"""

from collections.abc import Sequence

from assistant.normalize import same_label
from assistant.page.engine import EngineAnswer
from assistant.page.form_page import FormPage, Order
from assistant.page.guard.guard import Guard
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import PATIENT, Stability
from assistant.portal.model import Buttons
from assistant.run.handover import Handover

# Milliseconds in which a page that stands still may yet send what was pressed.
_SENDS_WITHIN = 1000
# Seconds, and looks, after which what is not there on a page that stands still counts as missing.
_MENU, _CONTROL, _SECTION = (0.5, 10), (5.0, 20), (8.0, 20)


class Navigator:
    """Finds its way on one portal's pages."""

    def __init__(self, page: FormPage, guard: Guard, buttons: Buttons, handover: Handover, *, trusted: bool) -> None:
        """`trusted` says whether somebody has verified what this host may be sent."""
        self._page, self._guard, self._buttons = page, guard, buttons
        self._handover, self._trusted = handover, trusted

    # -- pressing ------------------------------------------------------------------------------------------------------

    def press(self, texts: Sequence[str]) -> None:
        """Presses a declared text and waits until the page is quiet; where it is not there, raises what is instead."""
        if self._page.press_and_look(texts)[0] is not None:
            raise self._handover.lost(texts[0])

    def walk(self, menu: Sequence[str]) -> None:
        """Presses the menu's texts in order."""
        with self._guard.navigating():
            for text, following in zip(menu, (*menu[1:], None), strict=True):
                self._unfold(text, following)

    def _unfold(self, text: str, following: str | None) -> None:
        """Presses one text of the menu, unless what follows is there already: pressed again, an open menu would close. A
        press that came before the page's own script, or was lost with a document just left, is made once more."""
        for _ in range(3):
            if following is not None and self._page.can_press((following,)):
                return
            self.press((text,))
            if following is None or self._comes(following):
                return

    def _comes(self, text: str) -> bool:
        return bool(self._page.wait_until(lambda: self._page.can_press((text,)), Stability(*_MENU)))

    # -- single controls outside the form's sections -------------------------------------------------------------------

    def find(self, *labels: str) -> Control:
        """The one control with that label, outside the form's sections."""

        def only() -> Control | None:
            found = [
                control
                for control in self._page.settled_look().controls
                if control.visible and any(same_label(control.label, label) for label in labels)
            ]
            return found[0] if len(found) == 1 else None

        control = self._page.wait_until(only, Stability(*_CONTROL))
        if control is None:
            raise self._handover.lost(labels[0])
        return control

    def answer(self, labels: Sequence[str], value: object) -> bool:
        """Writes into the one control with that label, outside the form's sections; whether the page holds it whole then.
        It is looked for anew: what was written may have changed the page."""
        (reason,), _ = self._page.write_and_look([Order(self.find(*labels), value)])
        return reason is None and self.find(*labels).value == value

    def answer_by_hand(self, labels: Sequence[str], value: str) -> bool:
        """As `answer`, with real keys: for a control that did not hold what was written into it."""
        self._page.insert_text(self.find(*labels), value)
        return self.find(*labels).value == value

    def choose(self, label: str, option: str) -> None:
        """Chooses an option of the one control with that label."""
        self._page.write_and_look([Order(self.find(label), option, (option,))])

    def tick(self, boxes: Sequence[str]) -> None:
        """Ticks the boxes that are not ticked yet: one of them ticks the other, whichever it is."""
        for box in boxes:
            control = self.find(box)
            if control.value is not True:
                self._page.write_and_look([Order(control, True)])

    # -- sections ------------------------------------------------------------------------------------------------------

    def go_to(self, titles: Sequence[str]) -> Snapshot:
        """Opens a section and answers with what the page shows when it is there and quiet, no window over it."""
        if self._trusted:
            with self._guard.navigating():
                pressed, seen = self._page.go_and_look(titles)
            if seen.dialogs:
                pressed, seen = self._past_window(titles)
            if pressed is not None:
                raise self._handover.lost(titles[0])
            if seen.shows(titles):
                return seen
        else:
            seen = self._page.settled_look()
            if seen.dialogs:
                _, seen = self._past_window(())
            if seen.shows(titles):
                return seen
            self._handover.check_login()
            self._handover.let_the_person(
                f"请打开「{titles[0]}」一段，然后继续。", f"Please open the section “{titles[0]}”, then go on."
            )
            self._handover.take()
        return self.wait_for(titles)

    def _past_window(self, titles: Sequence[str]) -> tuple[EngineAnswer | None, Snapshot]:
        """What the page shows without a window that was just closing. Raises where one stays over the form."""
        seen = self._page.settled_look(quiet=PATIENT)
        self._handover.check_windows(seen)
        if not titles or seen.shows(titles):
            return None, seen
        with self._guard.navigating():
            return self._page.go_and_look(titles)

    def wait_for(self, titles: Sequence[str]) -> Snapshot:
        """What the page shows as soon as a section of these titles is on it."""

        def there() -> Snapshot | None:
            seen = self._page.settled_look()
            return seen if seen.shows(titles) else None

        seen = self._page.wait_until(there, Stability(*_SECTION))
        if seen is None:
            raise self._handover.lost(titles[0])
        return seen

    def shows(self, titles: Sequence[str]) -> bool:
        return self._page.look().shows(titles)

    # -- saving --------------------------------------------------------------------------------------------------------

    @property
    def save_button(self) -> str:
        """What the button that saves is called."""
        return self._buttons.save[0]

    def save(self) -> Snapshot | None:
        """Saves the draft and answers with what the page shows then; None when there is no save button to press, or the
        portal did not take what was sent. On an unverified portal the person saves."""
        if not self._trusted:
            self._handover.let_the_person(
                "本段已填好。请核对后自行点击保存／下一步，再回来继续。",
                "This section is filled. Check it, press save/next yourself, then come back.",
            )
            self._handover.take()
            return self._page.settled_look()
        buttons = self._buttons
        self._page.listen()
        with self._guard.saving() if buttons.posts else self._guard.navigating():
            pressed, seen = self._page.send_and_look(buttons.save, ask_to_post=not buttons.posts)
        if pressed == "posts":
            with self._guard.saving():
                pressed, seen = self._page.send_and_look(buttons.save, ask_to_post=False)
        if pressed is None and self._page.silent:
            # A page may wait a moment before it sends what was pressed.
            seen = self._page.settled_look(quiet=_SENDS_WITHIN)
        if pressed is None and self._page.taken:
            return seen
        self._handover.check_login()
        return None
