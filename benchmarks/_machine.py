"""The machine that a timed measurement met: how busy others kept its processors, and whether the figures may be compared.

Promises: what the measurement and the processes it started used is not counted as others'; where others took more than
IDLE of the processors, before or meanwhile, nothing is called a ratio unless `--force` asked for it, and then the figures
say so, on the screen and in the JSON.
"""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

IDLE = 0.1
"""Of all processors' time: what a desktop's own housekeeping takes at most."""
_LOOK_SECONDS = 1.0


def add_force(parser: ArgumentParser) -> None:
    """The option of every measurement that compares times."""
    parser.add_argument("--force", action="store_true", help="measure although others keep the machine busy")


@dataclass(frozen=True)
class Used:
    """Processor seconds up to now of every process that is neither this one nor started by it. What is counted is others'
    and not the rest of one's own: a browser's helpers end without telling anybody what they used."""

    at: float
    others: Mapping[tuple[int, float], float]
    """By process number and start, because numbers come again."""

    @classmethod
    def now(cls) -> "Used":
        here = psutil.Process()
        own = {here.pid, *(one.pid for one in here.children(recursive=True))}
        found = {}
        for one in psutil.process_iter():
            with suppress(psutil.Error):
                if one.pid not in own:
                    found[one.pid, one.create_time()] = sum(one.cpu_times()[:2])
        return cls(time.monotonic(), found)


def others(before: Used, after: Used, processors: int) -> float:
    """The share of the processors' time, 0 to 1, that went to others between two moments; of those that ended meanwhile
    nothing is known any more."""
    could = (after.at - before.at) * processors
    used = sum(max(0.0, seconds - before.others.get(one, 0.0)) for one, seconds in after.others.items())
    return min(1.0, used / could) if could > 0 else 0.0


@dataclass
class Machine:
    """One measurement's machine: made before it, asked after it."""

    forced: bool
    processors: int = field(default_factory=lambda: os.cpu_count() or 1)
    before: float = 0.0
    during: float | None = None
    _began: Used = field(default_factory=Used.now)

    @classmethod
    def met(cls, *, force: bool, sleep: Callable[[float], None] = time.sleep) -> "Machine":
        """Looks for a second how busy others are."""
        first = Used.now()
        sleep(_LOOK_SECONDS)
        machine = cls(force)
        machine.before = others(first, machine._began, machine.processors)
        return machine

    @property
    def idle(self) -> bool:
        """Whether others left it alone, as far as was looked."""
        return max(self.before, self.during or 0.0) <= IDLE

    @property
    def comparable(self) -> bool:
        """Whether ratios may be told: it was idle, or the person wants them all the same."""
        return self.idle or self.forced

    def refuses(self) -> bool:
        """Says so where there is nothing to be measured here now."""
        if not self.comparable:
            print(
                f"not measured: others keep {self.before:.0%} of {self.processors} processors busy (at most {IDLE:.0%}); "
                "--force measures all the same"
            )
        return not self.comparable

    def finish(self) -> None:
        """The measurement is over: says what it met."""
        self.during = others(self._began, Used.now(), self.processors)
        mark = "" if self.idle else " (forced)" if self.forced else ": NOT to be compared, measure again or use --force"
        print(
            f"others took {self.before:.0%} of {self.processors} processors before and {self.during:.0%} meanwhile{mark}"
        )

    def as_json(self) -> dict[str, object]:
        """For the figures' JSON: shares of 0 to 1; the load averages of 1, 5 and 15 minutes where the system has them."""
        return {
            "processors": self.processors,
            "others_before": self.before,
            "others_during": self.during,
            "idle": self.idle,
            "forced": self.forced,
            "load": list(os.getloadavg()) if hasattr(os, "getloadavg") else None,
        }
