"""How the person's browser gets in: a start address that works once and for a minute, then a cookie.

Promises: the address is never written to a log; a second use, a late one and a wrong one are all refused alike; whoever can
read this user's private folder may ask for another address, nobody else on the machine.
"""

import secrets
import time
from collections.abc import Callable

SECONDS = 60.0


class Admission:
    """One desk's door. `key` is what its cookie holds, `again` what a second start shows to be given another address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.key = secrets.token_urlsafe(32)
        self.again = secrets.token_urlsafe(32)
        self._clock = clock
        self._passes: dict[str, float] = {}

    def new_pass(self) -> str:
        """What a start address must bring; good once, for SECONDS."""
        made = secrets.token_urlsafe(32)
        self._passes[made] = self._clock() + SECONDS
        return made

    def lets_in(self, shown: str) -> bool:
        """Whether it is a pass that is still good; it is used up by this."""
        until = self._passes.pop(shown, None)
        return until is not None and self._clock() <= until

    def knows(self, shown: str) -> bool:
        """Whether it is what a second start of this user shows."""
        return secrets.compare_digest(shown.encode(), self.again.encode())
