"""What the guard writes down: methods, masked paths, reasons and counts. There is no place in it for a value."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.page.guard.rules import Request, Why

# What the page layer reports; whatever else calls itself a report is not repeated.
STOPS = ("submit event", "form.submit()", "form.requestSubmit()", "forbidden button", "new window", "other connection")


@dataclass(frozen=True)
class Blocked:
    """What was kept from happening, why and how often. Method WS is a WebSocket, PAGE something stopped in the page."""

    method: str
    path: str
    why: Why
    count: int = 1


@dataclass(frozen=True)
class Receipt:
    """What the guard saw while the tool held the pen. `submitted` counts what went out to an address that submits, books
    or pays: 0, unless the guard failed. `judged` is how many requests it held and answered: one message to the browser
    each, beside the round trips of the sections."""

    submitted: int
    submit_attempts: int
    blocked: tuple[Blocked, ...]
    allowed: tuple[tuple[str, str, int], ...]
    judged: int = 0

    def as_json(self) -> dict[str, object]:
        """The `guard` part of `fill --json`."""
        return {
            "submitted": self.submitted,
            "submit_attempts": self.submit_attempts,
            "blocked": [
                {"method": one.method, "path": one.path, "why": one.why, "count": one.count} for one in self.blocked
            ],
            "allowed": [{"method": method, "path": path, "count": count} for method, path, count in self.allowed],
            "judged": self.judged,
        }


class Ledger:
    """Counts while the run goes on."""

    def __init__(self, submits: Callable[[Request], bool]) -> None:
        """`submits` says whether a request's address would submit, book or pay."""
        self._submits = submits
        self._submitted = self._attempts = self._judged = 0
        self._blocked: Counter[tuple[str, str, Why]] = Counter()
        self._allowed: Counter[tuple[str, str]] = Counter()

    def refused(self, request: Request, why: Why) -> None:
        self._judged += 1
        self._blocked[request.method, request.masked_path, why] += 1
        # Whatever would have changed something on the portal may have been a submission.
        if why == "forbidden-path" or (why != "other-origin" and request.changes_something):
            self._attempts += 1

    def passed(self, request: Request) -> None:
        """Only what changes something is worth a line; what submits counts, whatever let it through."""
        self._judged += 1
        self._submitted += self._submits(request)
        if request.changes_something and not request.stays_local:
            self._allowed[request.method, request.masked_path] += 1

    def silenced(self, path: str) -> None:
        """A WebSocket opened or a message sent, that led nowhere."""
        self._blocked["WS", path, "web-socket"] += 1

    def stopped_in_page(self, what: str) -> None:
        self._attempts += 1
        self._blocked["PAGE", what if what in STOPS else "?", "page"] += 1

    def receipt(self) -> Receipt:
        """The counts so far, in a stable order."""
        return Receipt(
            self._submitted,
            self._attempts,
            tuple(Blocked(*key, count) for key, count in sorted(self._blocked.items())),
            tuple((*key, count) for key, count in sorted(self._allowed.items())),
            self._judged,
        )
