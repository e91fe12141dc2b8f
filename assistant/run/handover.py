"""Whoever watches a run for the person, and what a run does where nobody watches.

Promises: where nobody watches, every question is answered with no, so what is a person's to do stays undone.
"""

from typing import Protocol

from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.run.report import SectionReport


class RunObserver(Protocol):
    """Whoever watches the run for the person: the terminal, and the panel in the page where there is one."""

    def tell(self, what: Text) -> None:
        """Something the person should know now."""

    def section(self, title: str, number: int, total: int) -> None:
        """The run starts with a section."""

    def finished(self, section: SectionReport) -> None:
        """The run is done with a section, until the final reading."""

    def is_there(self) -> bool:
        """Whether anybody can be asked: to nobody the pen is never handed over, not for a moment."""

    def ask(self, what: Text, page: FormPage) -> bool:
        """Waits, for as long as it takes, for the person's word to go on; False when there is nobody to ask."""

    def agrees(self, what: Text) -> bool:
        """Whether the person says yes to a question of yes or no; no where nobody answers."""

    def wants_pause(self) -> bool:
        """Whether the person has asked for a rest; the run answers it at the next boundary, with `ask`."""

    def taken_over(self) -> bool:
        """Whether the person has taken the form for good: the run ends at the next boundary and hands over."""


class Unattended:
    """Nobody watches. Whoever does overrides what they see or say (review/terminal.py)."""

    def tell(self, what: Text) -> None: ...

    def section(self, title: str, number: int, total: int) -> None: ...

    def finished(self, section: SectionReport) -> None: ...

    def is_there(self) -> bool:
        return False

    def ask(self, what: Text, page: FormPage) -> bool:
        return False

    def agrees(self, what: Text) -> bool:
        return False

    def wants_pause(self) -> bool:
        return False

    def taken_over(self) -> bool:
        return False
