"""The planted faults still fit the tree, one a room, and some of them are planted in every run."""

import random
from datetime import date
from pathlib import Path

import pytest

from scripts import planted_faults
from scripts.planted_faults import FAULTS, ROOT, Fault, answer, caught, chosen
from tests.support.tiers import tier

# It copies the tree and runs tests of a room in it, each in processes of its own.
pytestmark = pytest.mark.timeout(900)


def test_there_is_a_fault_for_every_room() -> None:
    """Rooms are the folders of the package; `values` stands for the files that lie beside them."""
    rooms = {path.name for path in (ROOT / "assistant").iterdir() if (path / "__init__.py").is_file()} - {"data"}
    assert rooms <= {fault.room.partition("/")[0] for fault in FAULTS}
    assert len(FAULTS) >= 12 and len({fault.room for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.room)
def test_each_fault_has_its_place_and_its_tests(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    file, _, test = fault.tests.partition("::")
    assert f"def {test}" in (ROOT / file).read_text(encoding="utf-8")
    assert tier(fault.tests) != "nightly"


def test_a_fault_of_this_week_is_caught() -> None:
    """Another one each week; `python -m scripts.planted_faults` plants them all."""
    year, week, _ = date.today().isocalendar()
    (fault,) = chosen((), seed=year * 100 + week, count=1)
    assert caught(fault) == "caught", fault.room


def test_a_fault_that_nothing_notices_and_tests_that_fail_anyway_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault = random.Random(1).choice(FAULTS)
    told = iter([0, 0])
    monkeypatch.setattr(planted_faults, "answer", lambda tree, tests: next(told))
    assert caught(fault) == "NOT CAUGHT"
    told = iter([1])
    assert caught(fault) == "its tests answer 1 without it"
    told = iter([0, 2])
    assert caught(fault) == "its tests answer 2 with it"


def test_the_tests_of_a_copy_see_the_copy(tmp_path: Path) -> None:
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_where.py").write_text(
        f"import assistant\ndef test_where(): assert assistant.__file__.startswith({str(tmp_path)!r})\n",
        encoding="utf-8",
    )
    assert answer(tmp_path, "test_where.py") == 0


def test_a_place_that_is_not_there_once_is_said(tmp_path: Path) -> None:
    (tmp_path / "file.py").write_text("same same", encoding="utf-8")
    with pytest.raises(ValueError, match="2 times"):
        Fault("x", "file.py", "same", "other", "").plant(tmp_path)
