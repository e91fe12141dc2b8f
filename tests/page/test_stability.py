"""When a page that stands still has had its time: by a clock that the test moves."""

import time

import pytest

from assistant.page.stability import Stability


class Clock:
    now = 1000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    return clock


def looks_until_it_ran_out(stability: Stability, clock: Clock, seconds: float) -> int:
    """How many looks, so many seconds apart, a page that stands still is given."""
    for count in range(1, 1000):
        clock.now += seconds
        if stability.ran_out(moved=False):
            return count
    return -1


def test_a_page_that_stands_still_has_its_seconds(clock: Clock):
    assert looks_until_it_ran_out(Stability(3.0), clock, 0.25) == 13


def test_a_slow_machine_has_its_looks_and_a_quick_one_its_seconds(clock: Clock):
    assert looks_until_it_ran_out(Stability(3.0, looks=20), clock, 0.5) == 20
    assert looks_until_it_ran_out(Stability(3.0, looks=20), clock, 0.03125) == 97


def test_what_moves_begins_anew(clock: Clock):
    stability = Stability(3.0)
    for _ in range(50):
        clock.now += 1.0
        assert not stability.ran_out(moved=True)
    assert looks_until_it_ran_out(stability, clock, 0.5) == 7


def test_a_laptop_that_slept_has_not_waited(clock: Clock):
    stability = Stability(3.0)
    clock.now += 3600
    assert not stability.ran_out(moved=False)
    assert looks_until_it_ran_out(stability, clock, 0.5) == 5
