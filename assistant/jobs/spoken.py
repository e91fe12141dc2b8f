"""A job for another program: what it does is said as JSON lines on standard output, what it asks is answered on standard
input. The desk starts its runs so, each in a process of its own.

    python -m assistant.jobs.spoken     the first line of standard input is the request, as JSON

Promises: no line holds a value of a person's; the request comes on standard input, so that no list of processes names
anybody; where the other program is gone, a run with a window goes on with its panel, and nothing is lost.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from assistant.errors import AssistantError
from assistant.jobs.fill import FillJob, fill
from assistant.jobs.follow_up import ByHand, FollowUpJob, follow_up
from assistant.jobs.outputs import PROOF, REPORT, RESULT, Outputs
from assistant.jobs.target import Target
from assistant.messages import Language, Text
from assistant.review.console import Cell, Console, Steps
from assistant.store.base import ApplicantAt, ApplicantIn, ApplicantRef
from assistant.store.database.addresses import store_at
from assistant.store.folders import FolderAt


class SpokenConsole(Console):
    """Says everything as JSON lines; a person is there where a window can be seen."""

    def __init__(self, language: Language, out: TextIO, *, person: bool) -> None:
        super().__init__(language, json_to_stdout=True)
        self._out, self._person = out, person

    @property
    def has_person(self) -> bool:
        return self._person

    def note(self, what: str, **facts: object) -> None:
        # Whoever started this may be gone; the run does not need them.
        with suppress(OSError, ValueError):
            self._out.write(json.dumps({"event": what, **facts}, ensure_ascii=False) + "\n")
            self._out.flush()

    def line(self, text: Cell = "", *, style: str = "") -> None:
        said = text if isinstance(text, Text) else Text(text, text)
        self.note("say", zh=said.zh, en=said.en, style=style)

    def table(
        self, title: Cell | None, headers: Sequence[Cell], rows: Sequence[Sequence[Cell]], *, styles: Sequence[str] = ()
    ) -> None:
        """Tables are for terminals; what is in them is in the result."""

    def problem(self, error: AssistantError) -> None:
        self.note("problem", zh="\n".join(error.lines("zh")), en="\n".join(error.lines("en")))

    @contextmanager
    def progress(self, title: Text, total: int) -> Iterator[Steps]:
        self.line(title, style="quiet")
        with super().progress(title, total) as steps:
            yield steps


def main() -> int:
    out = _only_for_events()
    request = json.loads(sys.stdin.readline())
    console = SpokenConsole(request["language"], out, person=_window(request))
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = _done(request, console)
    except KeyboardInterrupt:
        console.note("ended", status=130)
        return 130
    except AssistantError as error:
        console.problem(error)
        console.note("ended", status=error.exit_code)
        return error.exit_code
    except Exception as error:
        # Only its kind and the place in our code: its own words could hold a person's data.
        trace, places = error.__traceback__, []
        while trace is not None:
            places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
            trace = trace.tb_next
        console.note(
            "bug", kind=type(error).__name__, places=[one for one in places if one.startswith("assistant")][-3:]
        )
        console.note("ended", status=3)
        return 3
    console.note("ended", status=status)
    return status


def _done(request: Mapping[str, str], console: SpokenConsole) -> int:
    applicant, headless = _applicant(request), not console.has_person
    target = Target.of(request.get("url"), mock=request["target"] == "rehearse")
    if request["job"] == "after":
        answer = follow_up(FollowUpJob(applicant, target=target, headless=headless), console)
        if isinstance(answer, ByHand):
            console.note("by-hand")
            return 1
        console.note("after", **answer.as_json())
        return answer.exit_code
    out = Path(request["out"])
    outputs = Outputs(str(out / RESULT), out / REPORT, False, out / PROOF, console.language)
    overwrite = request.get("overwrite") == "yes"
    return fill(
        FillJob(applicant, target=target, headless=headless, overwrite=overwrite, outputs=outputs), console
    ).exit_code


def _applicant(request: Mapping[str, str]) -> ApplicantAt:
    if "store" in request:
        return ApplicantIn(store_at(request["store"]), ApplicantRef(request["case"]))
    return FolderAt(Path(request["folder"]))


def _window(request: Mapping[str, str]) -> bool:
    """Whether the browser is to be seen: where there is a screen, unless the person wants it unseen."""
    from assistant.page.browser.launch import has_display

    return has_display() and request.get("unseen") != "yes"


def _only_for_events() -> TextIO:
    """Standard output for events alone: what libraries print goes nowhere, since it could quote a page."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return out


if __name__ == "__main__":
    sys.exit(main())
