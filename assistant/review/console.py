"""What a person reads in the terminal; the only place that knows rich.

Promises: a `Text` is shown in the person's language only; markup in a message is never interpreted; when JSON goes to
standard output, everything for the person goes to standard error, so that the two never mix; where standard output can't
be written any more (a closed pipe, a full disk), the rest goes there too, and no command ends because of it.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from rich.console import Console as RichConsole
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text as RichText

from assistant.errors import AssistantError
from assistant.messages import Language, Text

Cell = str | Text
STYLES = {"good": "green", "warning": "yellow", "bad": "bold red", "quiet": "dim", "title": "bold"}


class Console:
    """The terminal of one run, in one language."""

    def __init__(self, language: Language, *, json_to_stdout: bool = False) -> None:
        self.language = language
        self.is_cut_off = False
        """Whether something for the person could not be written to standard output."""
        self._errors = _Stream(stderr=True, highlight=False)
        self._rich = self._errors if json_to_stdout else _Stream(highlight=False)

    @property
    def has_person(self) -> bool:
        """Whether somebody can be asked here: a terminal on both sides."""
        return sys.stdin.isatty() and sys.stdout.isatty()

    def note(self, what: str, **facts: object) -> None:
        """Something that programs want to know as it happens, without a value; in a terminal there are none."""

    def silence(self) -> None:
        """From now on nothing is shown: whoever uses this says it elsewhere."""
        self._errors.quiet = self._rich.quiet = True

    def errors_only(self) -> None:
        """From now on everything for the person goes to standard error: standard output is for what programs read."""
        self._rich = self._errors

    def say(self, cell: Cell) -> str:
        return cell.say(self.language) if isinstance(cell, Text) else cell

    def line(self, text: Cell = "", *, style: str = "") -> None:
        """One line for the person; `style` is one of STYLES."""
        self._print(RichText(self.say(text), style=STYLES.get(style, style)), soft_wrap=True)

    def table(
        self, title: Cell | None, headers: Sequence[Cell], rows: Sequence[Sequence[Cell]], *, styles: Sequence[str] = ()
    ) -> None:
        """A table; `styles[i]` colours row i."""
        table = Table(title=self.say(title) if title else None, title_justify="left", title_style="bold")
        for header in headers:
            table.add_column(self.say(header), overflow="fold")
        for index, row in enumerate(rows):
            style = STYLES.get(styles[index], "") if index < len(styles) else ""
            table.add_row(*(RichText(self.say(cell)) for cell in row), style=style)
        self._print(table)

    def problem(self, error: AssistantError) -> None:
        """What was wrong, where, and what to do; a headline, then a line for each problem."""
        headline, *details = error.lines(self.language)
        # Whoever closed standard error as well does not want to be told.
        with suppress(OSError):
            self._errors.print(RichText(headline, style="bold red"), soft_wrap=True)
            for detail in details:
                self._errors.print(RichText(f"  - {detail}"), soft_wrap=True)

    def _print(self, what: RichText | Table, *, soft_wrap: bool = False) -> None:
        try:
            self._rich.print(what, soft_wrap=soft_wrap)
        except OSError:
            if self._rich is not self._errors:
                silence_stdout()
                self.is_cut_off, self._rich = True, self._errors
                self._print(what, soft_wrap=soft_wrap)

    @contextmanager
    def progress(self, title: Text, total: int) -> Iterator["Steps"]:
        """A progress bar with the current step's name; silent where nobody watches."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=self._rich, transient=True) as bar:
            yield Steps(self, bar, bar.add_task(self.say(title), total=total))


class Steps:
    """A running progress bar."""

    def __init__(self, console: Console, bar: Progress, task: int) -> None:
        self._console, self._bar, self._task = console, bar, task

    def now(self, name: Cell) -> None:
        """Names what is being worked on."""
        self._bar.update(self._task, description=self._console.say(name))  # type: ignore[arg-type]

    def done(self, count: int = 1) -> None:
        self._bar.advance(self._task, count)  # type: ignore[arg-type]

    def at(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)  # type: ignore[arg-type]


class _Stream(RichConsole):
    """A console that leaves it to its caller what a closed pipe means; rich would end the program."""

    def on_broken_pipe(self) -> None:
        raise


def silence_stdout() -> None:
    """What still waits in a standard output that can't be written must not fail again when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
