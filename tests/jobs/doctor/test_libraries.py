"""A Python that lacks a library is found."""

import pytest

from assistant.jobs.doctor import libraries
from tests.support.doctor import state_of


def test_a_missing_library_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "has_module", lambda name: name != "pikepdf")
    assert state_of(libraries.check_python(), "python") == "bad"
    assert "pikepdf" in libraries.check_python()[0].message.zh


def test_a_missing_scan_reader_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "has_module", lambda name: name != libraries.SCAN_READER)
    assert state_of(libraries.check_python(), "python") == "warning"
    monkeypatch.setattr(libraries, "has_module", lambda _name: True)
    assert state_of(libraries.check_python(), "python") == "ok"
