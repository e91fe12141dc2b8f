"""An observer that says into the run's log what another one is told, and how long the person was waited for."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from assistant.drift.baseline import shape_of
from assistant.errors import AssistantError
from assistant.jobs.trouble.trail import Trail
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.run.contact.offer import Offer, OfferReply
from assistant.run.fill.read_back import ReadBack
from assistant.run.handover import Reply, RunObserver
from assistant.run.report import Report, SectionReport

T = TypeVar("T")
MOST_CONTROLS = 400


class WatchedReply(Generic[T]):
    """The same answer; the log gets how long it took."""

    def __init__(self, reply: Reply[T], trail: Trail, kind: str) -> None:
        self._reply, self._trail, self._kind, self._began = reply, trail, kind, time.monotonic()

    @property
    def given(self) -> bool:
        given = self._reply.given
        if given and self._kind:
            self._trail.add("answered", kind=self._kind, seconds=round(time.monotonic() - self._began, 1))
            self._kind = ""
        return given

    @property
    def word(self) -> T:
        return self._reply.word


class WatchedRun:
    """Passes everything on. What the person is told in words is logged without their values, what they answer is not."""

    def __init__(self, observer: RunObserver, trail: Trail) -> None:
        self.observer, self._trail = observer, trail

    def tell(self, what: Text) -> None:
        self._trail.add("told", zh=what.zh, en=what.en)
        self.observer.tell(what)

    def section(self, title: str, number: int, total: int) -> None:
        self._trail.add("section", title=title, number=number, total=total)
        self.observer.section(title, number, total)

    def read(self, reading: ReadBack) -> None:
        self.observer.read(reading)

    def finished(self, section: SectionReport) -> None:
        self._trail.add("finished", **section.as_json())
        self.observer.finished(section)

    def is_there(self) -> bool:
        return self.observer.is_there()

    def ask(self, what: Text) -> Reply[bool]:
        return self._asked("go-on", self.observer.ask(what))

    def agrees(self, what: Text) -> Reply[bool]:
        return self._asked("yes-no", self.observer.agrees(what))

    def meets_new_pages(self) -> bool:
        return self.observer.meets_new_pages()

    def offers(self, offer: Offer, settled: Callable[[], bool]) -> Reply[OfferReply]:
        return self._asked("offer", self.observer.offers(offer, settled))

    def went(self) -> list[str]:
        return self.observer.went()

    def presses(self) -> int:
        return self.observer.presses()

    def wants_pause(self) -> bool:
        return self.observer.wants_pause()

    def goes_on(self) -> bool:
        return self.observer.goes_on()

    def taken_over(self) -> bool:
        return self.observer.taken_over()

    def _asked(self, kind: str, reply: Reply[T]) -> Reply[T]:
        self._trail.add("asked", kind=kind)
        return WatchedReply(reply, self._trail, kind)


def note_ending(trail: Trail, report: Report, page: FormPage) -> None:
    """How the run ended; where something needs a hand, what the page asks and how, never what it holds."""
    stopped = report.stopped
    trail.add(
        "report",
        counts=report.counts,
        seconds=round(report.seconds, 1),
        missing_slots=report.missing_slots,
        handed_over=report.handed_over,
        guard={key: value for key, value in report.guard.items() if isinstance(value, int)},
        stopped=type(stopped).__name__ if stopped else None,
        zh=stopped.what.zh if stopped else "",
        en=stopped.what.en if stopped else "",
    )
    if report.exit_code and not page.closed:
        with suppress(AssistantError, OSError, RuntimeError):
            trail.add("page", **page_shape(page))


def page_shape(page: FormPage) -> dict[str, Sequence[object]]:
    """Labels, kinds, limits; options by their number alone. A look that comes too late is none."""
    seen = page.look()
    shape = shape_of(seen)
    controls = [
        {
            "label": one.label,
            "block": one.block,
            "kind": one.kind,
            "required": one.required,
            "max_length": one.max_length,
            "options": len(one.options),
        }
        for one in shape.controls[:MOST_CONTROLS]
    ]
    return {"headings": seen.headings, "dialogs": [len(seen.dialogs)], "controls": controls, "tables": shape.tables}
