"""Secrets go to a protected store or nowhere, and come out in nothing but their own hands."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from assistant.errors import KeyringUnusable
from assistant.store import credentials
from assistant.store.credentials import PortalLogin

LOGIN = PortalLogin("handler-canary", "Canary#Secret1")


def backend(module: str, **attributes: object) -> object:
    return type("Keyring", (), {"__module__": module, **attributes})()


def test_a_login_is_kept_given_back_and_forgotten(memory_keyring) -> None:
    assert credentials.login_of("shenzhen") is None
    credentials.keep_login("shenzhen", LOGIN)
    assert credentials.login_of("shenzhen") == LOGIN
    assert credentials.login_of("beijing") is None
    assert credentials.forget_login("shenzhen") is True
    assert credentials.login_of("shenzhen") is None
    assert credentials.forget_login("shenzhen") is False
    assert memory_keyring.passwords == {}


def test_a_login_is_not_in_its_own_representation() -> None:
    assert "anary" not in repr(LOGIN)


def test_what_somebody_else_wrote_into_the_store_is_no_login(memory_keyring) -> None:
    memory_keyring.passwords["assistant", "login shenzhen"] = "[1]"
    assert credentials.login_of("shenzhen") is None


@pytest.mark.parametrize(
    "module",
    ["keyring.backends.null", "keyring.backends.fail", "keyrings.alt.file", "keyring.backends.Windowsy", "my.backend"],
)
def test_a_store_that_is_not_protected_is_refused(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap 13: some of them take the password and write it down in plain text."""
    taken: list[str] = []
    store = backend(module, set_password=lambda self, *words: taken.extend(words))
    monkeypatch.setattr(keyring, "get_keyring", lambda: store)
    assert credentials.store_name() is None
    for act in (
        lambda: credentials.keep_login("shenzhen", LOGIN),
        lambda: credentials.login_of("shenzhen"),
        lambda: credentials.keep_seal_key("key"),
        credentials.seal_key,
    ):
        with pytest.raises(KeyringUnusable) as refused:
            act()
        assert refused.value.exit_code == 2
        assert refused.value.what.zh and refused.value.what.en
    assert taken == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keyring.backends.Windows", "Windows"),
        ("keyring.backends.macOS", "macOS"),
        ("keyring.backends.SecretService", "SecretService"),
        ("keyring.backends.kwallet", "kwallet"),
        ("keyrings.cryptfile.cryptfile", "cryptfile"),
    ],
)
def test_the_stores_of_the_systems_are_used(module: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend(module))
    assert credentials.store_name() == name


def test_of_a_chain_only_the_protected_link_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """keyring chains whatever is installed; writing to the chain could end in the plain-text link."""
    plain: list[str] = []
    safe: list[str] = []
    links = [
        backend("keyrings.alt.file", set_password=lambda self, *words: plain.extend(words)),
        backend("keyring.backends.kwallet", set_password=lambda self, *words: safe.extend(words)),
    ]
    chain = backend("keyring.backends.chainer", backends=links)
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain)
    credentials.keep_login("shenzhen", LOGIN)
    assert plain == []
    assert len(safe) == 3


class LockedStore(KeyringBackend):
    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("canary: Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(password)

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("canary")


def test_a_locked_store_is_said_without_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    credentials.trust(LockedStore)
    monkeypatch.setattr(keyring, "get_keyring", LockedStore)
    for act in (lambda: credentials.keep_login("shenzhen", LOGIN), lambda: credentials.login_of("shenzhen")):
        with pytest.raises(KeyringUnusable) as refused:
            act()
        assert "anary" not in str(refused.value)
        assert refused.value.__suppress_context__
