"""How long a page may stand still before what it shows counts as its answer.

Promises: while a page moves or a request is under way its time does not run out, however long that takes; a laptop that
slept between two looks has not waited, and a busy machine that gets few looks into its seconds is given more of them.
"""

import time

# For so many milliseconds nothing moves on a page that is said to be quiet: one frame of a screen. It is waited for LIMIT
# at most; and PATIENT is how long a page is quiet before something that is not there counts as missing.
QUIET, LIMIT, PATIENT = 16, 4000, 300


class Stability:
    """Runs out once a page has stood still for `seconds`, over at least so many `looks`."""

    def __init__(self, seconds: float, looks: int = 1) -> None:
        self._seconds, self._least = seconds, looks
        self._still, self._looks, self._looked = 0.0, 0, time.monotonic()

    def ran_out(self, *, moved: bool) -> bool:
        """To be asked after every look, with whether the page moved since the last one or is still waiting for an answer."""
        now = time.monotonic()
        # What one look may count for is bounded.
        self._still = 0.0 if moved else self._still + min(now - self._looked, self._seconds / 3)
        self._looks = 0 if moved else self._looks + 1
        self._looked = now
        return self._still > self._seconds and self._looks >= self._least
