"""Two never hold one case; who was killed or cut off holds it no longer than the lease, and writes nothing after it."""

import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import InputError, InUse
from assistant.store import sealing
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.connection import connect
from assistant.store.database.store import DatabaseStore
from tests.support.stores import put_case

ROOT = Path(__file__).resolve().parents[3]
LEE = ApplicantRef("lee")
PROFILE = b"city: beijing\n"


@pytest.fixture
def store(database: DatabaseStore) -> DatabaseStore:
    put_case(database, "lee", {"profile.yaml": PROFILE})
    return database


@pytest.fixture
def other(store: DatabaseStore, database_url: str) -> DatabaseStore:
    """The same database from another desk."""
    return DatabaseStore.at(database_url)


def write(store: DatabaseStore, content: bytes) -> None:
    with store.open(LEE) as lee:
        lee.write("profile.yaml", content, expected=version_of(lee.read("profile.yaml")))


def test_one_holds_a_case_and_the_other_is_told_who(store: DatabaseStore, other: DatabaseStore) -> None:
    with store.holding(LEE):
        with pytest.raises(InUse) as refused, other.holding(LEE):
            pass
        assert "lin" in refused.value.what.en
        assert other.claims.holders()["lee"].name == "lin"
        with pytest.raises(InUse):
            write(other, b"theirs")
        write(store, b"city: shenzhen\n")
    assert other.claims.holders() == {}
    with other.holding(LEE):
        write(other, b"city: guangzhou\n")


def test_a_case_that_is_not_there_is_not_held(store: DatabaseStore) -> None:
    with pytest.raises(InputError) as refused:
        store.claims.claim("nobody")
    assert not isinstance(refused.value, InUse)


def test_a_lease_is_prolonged_while_the_work_lasts(store: DatabaseStore, other: DatabaseStore) -> None:
    with store.holding(LEE, seconds=1.0) as claim:
        time.sleep(2.5)
        assert not claim.lost
        with pytest.raises(InUse):
            other.claims.claim("lee")


def test_who_was_cut_off_for_longer_than_the_lease_writes_nothing(store: DatabaseStore, other: DatabaseStore) -> None:
    claim = store.claims.claim("lee", seconds=0.3)
    time.sleep(0.5)
    with store.with_claim(claim), pytest.raises(InUse):
        write(store, b"late, and nobody else has it")
    with other.holding(LEE):
        with store.with_claim(claim), pytest.raises(InUse):
            write(store, b"late")
        write(other, b"city: shenzhen\n")
    assert not claim.prolong()
    assert claim.lost
    with store.open(LEE) as lee:
        assert lee.read("profile.yaml") == b"city: shenzhen\n"
    assert {one.content for one in store.asides.of("lee")} == {b"late", b"late, and nobody else has it"}


def test_who_releases_too_late_frees_nobody_elses_claim(store: DatabaseStore, other: DatabaseStore) -> None:
    claim = store.claims.claim("lee", seconds=0.2)
    time.sleep(0.4)
    with other.holding(LEE):
        claim.release()
        assert other.claims.holder("lee") is not None


def test_a_takeover_ends_the_others_claim_and_is_recorded(store: DatabaseStore, other: DatabaseStore) -> None:
    claim = store.claims.claim("lee")
    seen = other.claims.holder("lee")
    assert seen is not None
    taken = other.claims.take_over("lee", seen)
    assert not claim.prolong()
    with pytest.raises(InUse):
        other.claims.take_over("lee", seen)
    with other.with_claim(taken):
        write(other, b"city: shenzhen\n")
    assert [one.what for one in store.trail(LEE) if one.what in ("claimed", "taken-over")] == ["claimed", "taken-over"]
    assert all(one.sound for one in store.trail(LEE))


@pytest.mark.parametrize("wrong_by", [timedelta(days=1), timedelta(days=-1)])
def test_a_desk_whose_clock_is_wrong_by_a_day_holds_no_longer_and_no_shorter(
    wrong_by: timedelta, store: DatabaseStore, other: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + wrong_by.total_seconds())
    claim = store.claims.claim("lee", seconds=1.0)
    monkeypatch.undo()
    with pytest.raises(InUse):
        other.claims.claim("lee")
    time.sleep(1.2)
    other.claims.claim("lee").release()
    assert not claim.prolong()


# ---- several processes ---------------------------------------------------------------------------------------------


def another_desk(*words: str) -> "subprocess.Popen[str]":
    """tests/support/claiming.py in a process of its own."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.support.claiming", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert desk.stdin is not None
    desk.stdin.write(sealing.kept_key() + "\n")
    desk.stdin.close()
    return desk


def race(url: str, tries: int, tmp_path: Path, processes: int = 8) -> int:
    """How often somebody held the case."""
    book = tmp_path / "book"
    desks = [another_desk("turns", url, str(tries), str(book), str(number)) for number in range(processes)]
    for desk in desks:
        with desk:
            desk.wait()
    assert [desk.returncode for desk in desks] == [0] * processes
    lines = [line.split() for line in book.read_text().splitlines()]
    for begins, ends in zip(lines[::2], lines[1::2], strict=True):
        assert (begins[1], ends[1]) == ("begins", "ends")
        assert begins[0] == ends[0], "two held the case at once"
    return len(lines) // 2


def test_eight_processes_never_hold_one_case_together(store: DatabaseStore, database_url: str, tmp_path: Path) -> None:
    assert race(database_url, 12, tmp_path) >= 12
    assert store.claims.holders() == {}


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_eight_processes_never_hold_one_case_together_in_two_thousand_tries_each(
    store: DatabaseStore, database_url: str, tmp_path: Path
) -> None:
    # Most tries are refused while somebody holds it; how many depends on the machine.
    assert race(database_url, 2000, tmp_path) >= 160
    assert store.claims.holders() == {}


def test_a_case_whose_holder_was_killed_is_free_after_the_lease_and_nothing_is_lost(
    store: DatabaseStore, database_url: str
) -> None:
    with another_desk("hold", database_url, "2") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holds\n"
        holder.kill()
    with pytest.raises(InUse):
        store.claims.claim("lee")
    time.sleep(2.2)
    with store.holding(LEE), store.open(LEE) as lee:
        assert lee.read("profile.yaml") == b"city: shenzhen\n"


def test_many_who_edit_at_once_lose_nothing(store: DatabaseStore, database_url: str) -> None:
    wrong: list[BaseException] = []
    key = sealing.kept_key()

    def edit(number: int) -> None:
        own = DatabaseStore(connect(database_url), database_url, key)
        try:
            with own.open(LEE) as lee:
                lee.write(f"documents/{number}.pdf", b"%PDF", expected=None)
        except BaseException as error:
            wrong.append(error)
        own.close()

    editors = [threading.Thread(target=edit, args=(number,)) for number in range(6)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert wrong == []
    with store.open(LEE) as lee:
        assert list(lee.names()) == [*(f"documents/{number}.pdf" for number in range(6)), "profile.yaml"]
