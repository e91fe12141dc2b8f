"""What is kept of the reader is its own; and that it is noticed when it no longer is."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from assistant.check.documents.ocr import TextLine
from scripts.readings import COMPARE, MODE
from tests.support import readings
from tests.support.readings import EVERY, KeptReader, due, engine, kept

BOX = ((1.0, 2.0), (90.0, 2.0), (90.0, 12.0), (1.0, 12.0))
PAGE = np.zeros((20, 100, 3), np.uint8)
KEY = readings.key_of(["lines", 220], PAGE)
NEVER, ALWAYS = (lambda *_: False), (lambda *_: True)


class Engine:
    """Stands for the real one: says what it is told to, and counts."""

    says, asked = "PASSPORT", 0

    def __init__(self, announce: object) -> None: ...

    def lines(self, pixels: object, *, most: int) -> list[TextLine]:
        Engine.asked += 1
        return [TextLine(self.says, 0.9, BOX)]


@pytest.fixture(autouse=True)
def of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODE, raising=False)
    monkeypatch.setattr(readings, "TextReader", Engine)
    monkeypatch.setattr(readings, "kept", lambda: {KEY: [TextLine("PASSPORT", 0.9, BOX)]})
    monkeypatch.setattr(readings, "due", NEVER)
    monkeypatch.setattr(Engine, "asked", 0)


def test_what_is_kept_is_of_the_reader_that_is_installed() -> None:
    """After a new version of it, or a change of ocr.py or ocr_models.py: `uv run python -m scripts.readings --write`."""
    head = readings.KEPT.read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(head) == engine()
    assert len(kept()) > 50


def test_a_kept_page_is_not_read_and_an_unknown_one_is() -> None:
    assert KeptReader().lines(PAGE)[0].text == "PASSPORT" and Engine.asked == 0
    KeptReader().lines(PAGE + 1)
    KeptReader().lines(PAGE, most=8)
    assert Engine.asked == 2


@pytest.mark.parametrize("how", ["its day", COMPARE])
def test_what_is_read_otherwise_than_kept_fails_its_test(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == COMPARE:
        monkeypatch.setenv(MODE, COMPARE)
    else:
        monkeypatch.setattr(readings, "due", ALWAYS)
    KeptReader().lines(PAGE)
    monkeypatch.setattr(Engine, "says", "DRIVING LICENCE")
    with pytest.raises(AssertionError, match="kept and read differ"):
        KeptReader().lines(PAGE)


def test_each_page_has_its_day_once_in_a_round() -> None:
    days = [date(2026, 11, 22) + timedelta(n) for n in range(EVERY)]
    for key in ("00000000", "0123abcd", "ffffffff"):
        assert sum(due(key, day) for day in days) == 1


def test_only_what_reads_makes_it_another_reader() -> None:
    """What else stands in the module may change; what the reader is made of may not."""
    module = "SIDE = 9\nNAMES = ('a',)\ndef cut(): return SIDE\nclass R:\n  'Reads.'\n  def f(self): return cut()\n"
    code = readings.code_of("R", module)
    assert code == readings.code_of("R", module.replace("'a'", "'b'").replace("Reads", "Sees") + "def rows(): ...\n")
    for old in ("9", "return SIDE", "return cut"):
        assert code != readings.code_of("R", module.replace(old, old.replace("9", "8").replace("return", "yield")))


def test_another_readers_readings_count_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = [KEY, readings.as_json(TextLine("PASSPORT", 0.91234, BOX))]
    for head, count in ((engine(), 1), ("another 1.0", 0)):
        file = tmp_path / "readings.jsonl"
        file.write_text(f"{json.dumps(head)}\n{json.dumps(row)}\n", encoding="utf-8")
        monkeypatch.setattr(readings, "KEPT", file)
        assert len(kept.__wrapped__()) == count
    assert readings.of_json(row[1]) == TextLine("PASSPORT", 0.9123, BOX)
