"""What a measurement says of the machine it met: others' work is others', its own is not, and nothing is compared silently."""

import subprocess
import sys
import time

import pytest

from benchmarks._machine import IDLE, Machine, Used, others

BUSY = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"


def test_what_the_measurement_and_its_children_used_is_its_own():
    first = Used.now()
    child = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        time.sleep(1.0)
        last = Used.now()
    finally:
        child.kill()
        child.wait()
    assert last.own - first.own > 0.3, "a child that still runs counts as well"


def test_others_share_is_what_is_left_of_the_processors_time():
    assert others(Used(0, 100, 10), Used(10, 115, 15), 2) == pytest.approx(0.5)
    assert others(Used(0, 100, 10), Used(10, 105, 15), 2) == 0.0
    assert others(Used(0, 100, 10), Used(0, 100, 10), 2) == 0.0


@pytest.mark.parametrize(("forced", "refuses"), [(False, True), (True, False)])
def test_a_busy_machine_is_refused_unless_it_is_forced(forced: bool, refuses: bool, capsys: pytest.CaptureFixture[str]):
    machine = Machine(forced, before=IDLE * 3)
    assert machine.refuses() is refuses
    assert ("--force" in capsys.readouterr().out) is refuses
    assert machine.as_json()["forced"] is forced and machine.as_json()["idle"] is False


def test_a_machine_that_got_busy_meanwhile_is_not_compared(capsys: pytest.CaptureFixture[str]):
    machine = Machine(False)
    machine._began = Used(machine._began.at - 1, machine._began.all - 100, machine._began.own)
    machine.finish()
    assert not machine.comparable
    assert "NOT to be compared" in capsys.readouterr().out
