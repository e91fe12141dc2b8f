"""The child process: looks at one file after another and answers one line of JSON for each.

`python -m assistant.check.documents.worker` reads requests from standard input. Answers: `{"stage": "reading"}` whenever text
recognition starts on a page, then `{"look": …}`. It sends nothing else, and never a person's value: codes, word keys and
numbers. Each file may use so much processor time, and the process so much memory, as the system can enforce (POSIX:
RLIMIT_CPU, RLIMIT_DATA or RLIMIT_AS). Windows has neither without a job object: there the checks of size before opening,
and the parent's clock, are the bounds.
"""

import contextlib
import io
import json
import math
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.documents.result import FileResult
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found
from assistant.store.files import write_private

if TYPE_CHECKING:
    from assistant.check.documents.pixels import Pixels

_LOOKING_BYTES = 520_000_000
_READING_BYTES = 900_000_000
_LOOKING_SECONDS = 20
_READING_SECONDS = 40
"""Processor time, for looking at a file and again for each page that is read (two seconds are usual)."""


def main() -> None:
    """Serves until standard input ends."""
    answers = only_for_answers()
    from assistant.check.documents import ocr

    limit_memory(_LOOKING_BYTES)

    def announce() -> None:
        limit_memory(_READING_BYTES)
        limit_time(_READING_SECONDS)
        say(answers, {"stage": "reading"})

    ocr.announce_with(announce)
    for line in sys.stdin:
        request = json.loads(line)
        limit_time(_LOOKING_SECONDS)
        say(answers, {"look": look_at(request).as_json()})


def look_at(request: Mapping[str, object]) -> FileResult:
    """Runs every check that applies, in the registry's order, until one says that nothing more can be learned."""
    from assistant.check.documents.checks import CHECKS, KIND_BY_CODE

    rules, case = rules_of_json(request["rules"]), ApplicantFacts(**request["case"])  # type: ignore[arg-type]
    paper = Paper(Path(str(request["path"])), rules, str(request["slot"]))
    found: list[Found] = []
    for check in CHECKS:
        if not check.applies(rules):
            continue
        new = [one for one in check.check(paper, case) if one not in found]
        found += new
        if any(KIND_BY_CODE[one.code].stops for one in new):
            return FileResult(tuple(found), {}, "")
    from assistant.check.documents.checks.duplicates import likeness_of

    if request.get("crop") and paper.crop is not None:
        _save_crop(paper.crop, Path(str(request["crop"])))
    return FileResult(tuple(found), paper.marks, likeness_of(paper.pages[0]))


def rules_as_json(rules: FileRules) -> dict[str, object]:
    """The rules as JSON."""
    return rules.model_dump(mode="json")


def rules_of_json(data: object) -> FileRules:
    assert isinstance(data, dict)
    return FileRules.model_validate(data)


def limit_memory(most: int) -> None:
    """Allows this process so many bytes more than nothing; where the system can't, the parent's clock must do."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def limit_time(seconds: int) -> None:
    """Allows this process so many seconds of processor time from now; the system ends it when they are used up."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def only_for_answers() -> TextIO:
    """Standard output for answers alone: what libraries print goes nowhere, since it could quote a document."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def say(answers: TextIO, message: Mapping[str, object]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _save_crop(crop: "Pixels", target: Path) -> None:
    from PIL import Image

    drawn = io.BytesIO()
    Image.fromarray(crop).save(drawn, "PNG")
    write_private(target, drawn.getvalue())


if __name__ == "__main__":
    main()
