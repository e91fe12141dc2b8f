"""Whether this machine reaches itself is tried, not read off settings."""

import pytest

from assistant.jobs.doctor import loopback
from assistant.jobs.doctor.loopback import check_loopback
from tests.support.doctor import state_of


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_on_a_sound_machine_it_is_reached() -> None:
    assert state_of(check_loopback(), "loopback") == "ok"


def test_it_is_reached_past_every_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Port 9 answers nobody."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert state_of(check_loopback(), "loopback") == "warning"
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert state_of(check_loopback(), "loopback") == "ok"


def test_a_connection_that_is_held_back_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_words: object) -> None:
        raise PermissionError("canary")

    monkeypatch.setattr(loopback, "HTTPServer", refused)
    (check,) = check_loopback()
    assert state_of([check], "loopback") == "bad"
    assert "canary" not in check.message.en


def test_an_answer_that_is_another_programs_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback._Answer, "do_GET", lambda self: self.send_error(403))
    assert state_of(check_loopback(), "loopback") == "bad"
