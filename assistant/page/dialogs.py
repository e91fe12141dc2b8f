"""The browser's own message boxes (alert, confirm, prompt, "leave this page?"): never answered by a guess.

Promises: while the tool holds the pen every box is closed with its no, noted and said, so that nothing is agreed to; the
only exception is leaving the page when the tool itself reloads it. While the person holds the pen a box is theirs, in a
window that they see; where nobody is there, it is closed with its no, so that the browser does not stand still.
"""

from contextlib import suppress

from playwright.sync_api import BrowserContext, Dialog
from playwright.sync_api import Error as PlaywrightError

from assistant.page.browser_page import MessageBox
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard


class MessageBoxes:
    """Answers the boxes of one browser; `watched` says whether a person sees its window and can answer."""

    def __init__(self, context: BrowserContext, page: FormPage, guard: Guard, *, watched: bool) -> None:
        self._page, self._guard, self._watched = page, guard, watched
        context.on("dialog", self._on_box)

    def _on_box(self, box: Dialog) -> None:
        of_the_person = self._guard.holder == "person"
        if of_the_person and self._watched:
            return
        leaving = box.type == "beforeunload" and (of_the_person or self._page.leaving)
        with suppress(PlaywrightError):
            if leaving:
                box.accept()
            else:
                box.dismiss()
        if not of_the_person and not leaving:
            self._page.boxes.append(MessageBox(box.type, box.message))
