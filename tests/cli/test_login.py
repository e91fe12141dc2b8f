"""`assistant login`: typed by the person, masked when shown, gone when forgotten."""

import sys

import keyring
import pytest

from assistant.cli.main import main
from assistant.store import credentials
from assistant.store.credentials import PortalLogin
from assistant.store.locations import browser_folder

USER, PASSWORD = "handler-canary-user", "Canary#Secret1"


@pytest.fixture
def at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: f"{USER}\n", raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)


@pytest.mark.usefixtures("at_the_terminal")
def test_what_is_typed_is_kept_and_nothing_of_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["login", "set", "--city", "shenzhen", "--lang", "zh"]) == 0
    assert credentials.login_of("shenzhen") == PortalLogin(USER, PASSWORD)
    assert main(["login", "show", "--city", "shenzhen", "--lang", "en"]) == 0
    written = "".join(capsys.readouterr())
    assert USER not in written
    assert PASSWORD not in written
    assert "h***r" in written


def test_there_is_no_way_to_give_a_password_as_an_argument() -> None:
    with pytest.raises(SystemExit) as refused:
        main(["login", "set", "--city", "shenzhen", "--password", PASSWORD])
    assert refused.value.code == 2


def test_without_a_terminal_nothing_is_asked_or_kept(
    monkeypatch: pytest.MonkeyPatch, memory_keyring, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["login", "set", "--lang", "en"]) == 2
    assert "terminal" in capsys.readouterr().err
    assert memory_keyring.passwords == {}


@pytest.mark.usefixtures("at_the_terminal")
def test_an_empty_answer_keeps_nothing(monkeypatch: pytest.MonkeyPatch, memory_keyring) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "")
    assert main(["login", "set"]) == 2
    assert memory_keyring.passwords == {}


@pytest.mark.usefixtures("at_the_terminal")
def test_without_a_protected_store_the_person_is_not_even_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: object())
    monkeypatch.setattr("getpass.getpass", lambda prompt: pytest.fail("asked for a password it can't keep"))
    assert main(["login", "set", "--lang", "zh"]) == 2
    assert "密码库" in capsys.readouterr().err


def test_showing_what_is_not_kept_needs_the_person() -> None:
    assert main(["login", "show", "--city", "beijing"]) == 1


def test_forgetting_clears_the_login_and_the_browsers_session_of_that_city_only() -> None:
    for city in ("shenzhen", "beijing"):
        credentials.keep_login(city, PortalLogin(USER, PASSWORD))
        (browser_folder(city) / "Default").mkdir(parents=True, exist_ok=True)
        (browser_folder(city) / "Default" / "Cookies").write_text("session", encoding="utf-8")
    assert main(["login", "forget", "--city", "shenzhen"]) == 0
    assert credentials.login_of("shenzhen") is None
    assert not browser_folder("shenzhen").exists()
    assert credentials.login_of("beijing") is not None
    assert (browser_folder("beijing") / "Default" / "Cookies").is_file()
    assert main(["login", "forget", "--city", "beijing"]) == 0


def test_the_session_is_cleared_where_there_is_no_store_too(monkeypatch: pytest.MonkeyPatch) -> None:
    browser_folder("shenzhen").mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(keyring, "get_keyring", lambda: object())
    assert main(["login", "forget", "--city", "shenzhen"]) == 0
    assert not browser_folder("shenzhen").exists()
