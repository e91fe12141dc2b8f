"""The machine that a timed measurement met: how busy others kept its processors, and whether the figures may be compared.

Promises: what the measurement and the processes it started used is not counted as others'; where others took more than
IDLE of the processors, before or meanwhile, nothing is called a ratio unless `--force` asked for it, and then the figures
say so, on the screen and in the JSON.
"""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
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
    """Processor seconds up to now: of the whole machine, and of this process with all that it started."""

    at: float
    all: float
    own: float

    @classmethod
    def now(cls) -> "Used":
        times = psutil.cpu_times()
        # `guest` is counted in `user` already; waiting for a disk keeps no processor busy.
        busy = times.user + times.system + sum(getattr(times, name, 0.0) for name in ("nice", "irq", "softirq"))
        here = psutil.Process()
        own = sum(here.cpu_times()[:4])
        for one in here.children(recursive=True):
            with suppress(psutil.Error):
                own += sum(one.cpu_times()[:2])
        return cls(time.monotonic(), busy, own)


def others(before: Used, after: Used, processors: int) -> float:
    """The share of the processors' time, 0 to 1, that went to others between two moments."""
    could = (after.at - before.at) * processors
    return min(1.0, max(0.0, (after.all - before.all) - (after.own - before.own)) / could) if could > 0 else 0.0


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
