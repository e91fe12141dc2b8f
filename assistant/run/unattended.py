"""The companion of a run that nobody watches: it says nothing to anybody, and there is nobody to ask.

Promises: every question is answered with no, so what is a person's to do stays undone. Whoever watches overrides what
they see or say (companion.py).
"""

from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.run.report import SectionReport


class Unattended:
    """Nobody watches."""

    def tell(self, what: Text) -> None: ...

    def section(self, title: str, number: int, total: int) -> None: ...

    def finished(self, section: SectionReport) -> None: ...

    def is_there(self) -> bool:
        return False

    def ask(self, what: Text, page: FormPage) -> bool:
        return False

    def wants_pause(self) -> bool:
        return False

    def taken_over(self) -> bool:
        return False
