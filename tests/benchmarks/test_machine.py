"""What a measurement says of the machine it met: others' work is others', its own is not, and nothing is compared silently."""

import os
import subprocess
import sys

import pytest

from benchmarks._machine import IDLE, Machine, Used, others

BUSY = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"


def test_what_the_measurement_and_its_children_used_is_its_own():
    child = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        counted = {pid for pid, _ in Used.now().others}
    finally:
        child.kill()
        child.wait()
    assert not counted & {child.pid, os.getpid()}
    assert os.getppid() in counted


def test_others_share_is_what_they_used_of_the_processors_time():
    before = Used(0, {(7, 1.0): 100, (8, 1.0): 5})
    assert others(before, Used(10, {(7, 1.0): 108, (8, 1.0): 5, (9, 3.0): 2}), 2) == pytest.approx(0.5)
    # Another process of the same number began anew.
    assert others(before, Used(10, {(7, 4.0): 1}), 2) == pytest.approx(0.05)
    assert others(before, Used(0, {}), 2) == 0.0


@pytest.mark.parametrize(("forced", "refuses"), [(False, True), (True, False)])
def test_a_busy_machine_is_refused_unless_it_is_forced(forced: bool, refuses: bool, capsys: pytest.CaptureFixture[str]):
    machine = Machine(forced, before=IDLE * 3)
    assert machine.refuses() is refuses
    assert ("--force" in capsys.readouterr().out) is refuses
    assert machine.as_json()["forced"] is forced and machine.as_json()["idle"] is False


def test_a_machine_that_got_busy_meanwhile_is_not_compared(capsys: pytest.CaptureFixture[str]):
    machine = Machine(False)
    machine._began = Used(machine._began.at - 1, {})
    machine.finish()
    assert not machine.comparable
    assert "NOT to be compared" in capsys.readouterr().out
