"""A team is begun, joined and left by commands; each says what a person must know and no secret."""

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from assistant.cli.main import main
from assistant.store import credentials, sealing

Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """One command on the team's database; its exit status and all that it said."""
    monkeypatch.setenv("ASSISTANT_STORE", f"sqlite:///{tmp_path / 'team.db'}")

    def run(*words: str) -> tuple[int, str]:
        status = main([*words, "--lang", "en"])
        told = capsys.readouterr()
        return status, " ".join((told.out + told.err).split())

    return run


def on_another_machine(key: str) -> Callable[[], None]:
    """The keyring of another machine from now on; the answer brings the first one back."""
    backend = keyring.get_keyring()
    own = credentials.seal_key()
    keyring.set_keyring(type(backend)())
    credentials.keep_seal_key(key)

    def back() -> None:
        keyring.set_keyring(backend)
        assert credentials.seal_key() == own

    return back


def test_a_team_is_begun_joined_and_left(say: Say) -> None:
    status, told = say("team", "init", "lin")
    assert status == 0 and "fingerprint" in told and "assistant seal --export-key" in told
    assert "AGE-SECRET" not in told
    theirs = sealing.new_key()
    back = on_another_machine(theirs)
    status, told = say("team", "list")
    assert status == 2 and sealing.public_key(theirs) in told
    back()
    status, told = say("team", "add", "wang", sealing.public_key(theirs))
    assert status == 0
    back = on_another_machine(theirs)
    status, told = say("team", "list")
    assert status == 0 and "lin" in told and "wang" in told
    back()
    status, told = say("team", "remove", "wang")
    assert status == 0 and "They may still have" in told and "database account" in told
    back = on_another_machine(theirs)
    assert say("team", "list")[0] == 2
    back()


def test_beginning_again_leaves_the_team_as_it_is(say: Say) -> None:
    first = say("team", "init", "lin")
    assert say("team", "init", "somebody") == first
    assert "somebody" not in say("team", "list")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["init"], "member's name"),
        (["add", "wang"], "public key"),
        (["add", "wang", "age1x"], "no public key"),
        (["remove", "nobody"], "no member"),
        (["remove", "lin"], "another member has to"),
    ],
)
def test_what_can_not_be_done_is_told_with_what_to_do(say: Say, words: list[str], said: str) -> None:
    say("team", "init", "lin")
    status, told = say("team", *words)
    assert status == 2 and said in told


def test_a_folder_has_no_team(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    status, told = say("team", "list", "--store", "folder:x")
    assert status == 2 and "sqlite:///PATH" in told


def test_two_pairs_of_eyes_are_switched_on_and_said(say: Say) -> None:
    say("team", "init", "lin")
    assert say("team", "two-eyes")[0] == 2
    status, told = say("team", "two-eyes", "on")
    assert status == 0 and "store reviewed" in told
    assert "Two pairs of eyes" in say("team", "list")[1]
    say("team", "two-eyes", "off")
    assert "Two pairs of eyes" not in say("team", "list")[1]
