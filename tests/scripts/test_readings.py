"""The writer of kept readings: one line a picture, in an order of its own, whoever read it first."""

import json
from pathlib import Path

import pytest

from scripts import readings


def test_what_several_processes_read_becomes_one_file_that_is_the_same_every_time() -> None:
    parts = ['["reader 1", "b", ["二", 0.9, 1, 2]]', '["reader 1", "a"]', '["reader 1", "b", ["二", 0.9, 1, 2]]']
    text = readings.joined(parts)
    assert text == readings.joined(parts[::-1])
    assert [json.loads(line) for line in text.splitlines()] == ["reader 1", ["a"], ["b", ["二", 0.9, 1, 2]]]


def test_readings_of_two_readers_are_never_mixed() -> None:
    with pytest.raises(ValueError, match="unpack"):
        readings.joined(['["reader 1", "a"]', '["reader 2", "b"]'])


def test_a_run_that_failed_keeps_what_was_kept_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tmp_path / "readings.jsonl"
    before.write_text("before", encoding="utf-8")
    monkeypatch.setattr(readings, "KEPT", before)
    monkeypatch.setattr(readings, "run", lambda mode, *tests: 1)
    assert readings.main(["--write"]) == 1
    assert before.read_text(encoding="utf-8") == "before"
