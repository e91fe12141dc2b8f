"""Only stores that the system protects will do."""

import keyring
import pytest

from assistant.jobs.doctor import passwords
from assistant.jobs.doctor.answers import State
from tests.support.doctor import state_of


@pytest.mark.parametrize(
    ("module", "state"),
    [
        ("keyring.backends.Windows", "ok"),
        ("keyring.backends.macOS", "ok"),
        ("keyring.backends.SecretService", "ok"),
        ("keyring.backends.null", "warning"),
        ("keyring.backends.fail", "warning"),
        ("keyrings.alt.file", "warning"),
    ],
)
def test_only_stores_that_the_system_protects_will_do(
    module: str, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap 13: keyrings.alt would silently keep passwords as plain text."""
    backend = type("Keyring", (), {"__module__": module})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    assert state_of(passwords.check_keyring(), "keyring") == state


def test_a_keyring_that_fails_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr(keyring, "get_keyring", fail)
    assert state_of(passwords.check_keyring(), "keyring") == "warning"
