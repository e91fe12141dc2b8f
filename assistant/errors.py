"""Every exception this product raises on purpose.

AssistantError
├─ InputError           what the person gave can't be used            exit 2
│  ├─ ProfileError      a profile, employer or document file
│  ├─ Unfit             one value that can't be what it should be
│  ├─ PackError         a file under selectors/, or an overlay
│  ├─ SealError         a sealed folder, or its key
│  ├─ ResultNotWritten  the place for a result can't be written
│  ├─ ChangedMeanwhile  a file is another than the writer has seen
│  └─ InUse             another writer has the applicant's files
├─ SetupError           this machine can't run it yet                 exit 2
│  ├─ BrowserMissing    no browser found, none could be installed
│  ├─ LibrariesMissing  the mock portal's widget libraries
│  ├─ KeyringUnusable   no protected password store, or a locked one
│  └─ PortalUnreachable the portal's address does not answer
├─ CannotFit            no copy of a paper fits and is proven; it is listed
└─ RunStopped           the run must end now                          exit 1
   ├─ WrongPerson       the page shows another applicant
   ├─ LeftThePortal     the page is no longer on the portal's origin
   ├─ SessionLost       the portal asks for a login again
   ├─ PageNotAsExpected a button or section the run needs is not there, or something stands before it
   ├─ SectionDrifted    a section is not as the pack describes it; the run goes on with the next
   ├─ PersonActed       the person typed or clicked in the form while the tool was writing
   └─ TakenOver         the person took the form for good

The trouble of one field is no exception: it is an `Outcome`. Whatever else escapes is a bug (exit 3). No message here
ever holds a value of a person's data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.messages import Language, Text, printable


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (a file, `file:line`, or a place in a pack), under which key, and what to do."""

    where: str
    key: str
    what: Text

    def say(self, language: Language) -> str:
        place = printable(" › ".join(part for part in (self.where, self.key) if part))
        return f"{place}: {self.what.say(language)}" if place else self.what.say(language)


class AssistantError(Exception):
    """The root; `exit_code` is what the command line answers with. Carries every problem found, not just the first."""

    exit_code = 1

    def __init__(self, what: Text, *, where: str = "", problems: Sequence[Problem] = ()) -> None:
        self.what = what
        self.where = where
        self.problems = tuple(problems)
        super().__init__(str(what))

    def lines(self, language: Language) -> list[str]:
        """The message for a person: a headline, then one line for each problem."""
        headline = f"{printable(self.where)}: {self.what.say(language)}" if self.where else self.what.say(language)
        return [headline, *(problem.say(language) for problem in self.problems)]


class CannotFit(AssistantError):
    """No copy of a paper can be offered: `why` is "size" (with the bytes of the smallest legible one), else what the proof
    failed on. Ends the work on that paper alone."""

    def __init__(self, why: str, smallest: int = 0) -> None:
        super().__init__(Text("做不出合用的副本", "no copy can be offered"))
        self.why, self.smallest = why, smallest


class InputError(AssistantError):
    """What the person gave can't be used."""

    exit_code = 2


class ProfileError(InputError):
    """A profile, an employer file or a document file can't be used."""


class Unfit(InputError):
    """One value that can't be what it should be; `what` says so without the value."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(Text(zh, en))


class PackError(InputError):
    """A file under selectors/ (or an overlay of the person's) can't be used."""


class SealError(InputError):
    """A sealed folder can't be opened, or a folder can't be sealed."""


class ResultNotWritten(InputError):
    """A result can't be written where the person wants it."""


class ChangedMeanwhile(InputError):
    """A file is another than the writer has seen; it is not overwritten."""


class InUse(InputError):
    """Another writer has the applicant's files."""


class SetupError(AssistantError):
    """This machine can't run it yet."""

    exit_code = 2


class BrowserMissing(SetupError):
    """No browser was found and none could be installed."""


class LibrariesMissing(SetupError):
    """The widget libraries of the mock portal are not here and could not be fetched."""


class KeyringUnusable(SetupError):
    """There is no password store that the system protects, or it does not open."""


class PortalUnreachable(SetupError):
    """The portal's address does not answer."""


class RunStopped(AssistantError):
    """The run must end now; what was done so far is in the report."""

    exit_code = 1


class WrongPerson(RunStopped):
    """The page shows another applicant than the profile's."""


class LeftThePortal(RunStopped):
    """The page is no longer on the portal's own origin."""


class SessionLost(RunStopped):
    """The portal asks for a login again."""


class PageNotAsExpected(RunStopped):
    """A button or section that the run needs is not on the page exactly once."""


class SectionDrifted(RunStopped):
    """This section is not to be written; the run goes on with the next one. `changes`: why, in words."""

    def __init__(self, changes: tuple[Text, ...]) -> None:
        super().__init__(
            Text("本段与资料包差别过大，未填写。", "The section is not as the pack describes it; nothing was written.")
        )
        self.changes = changes


class PersonActed(RunStopped):
    """The person typed or clicked in the form, or asked for a pause, while the tool was writing."""


class TakenOver(RunStopped):
    """The person took the form for good."""
