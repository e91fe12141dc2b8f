"""What was ordered is done once, whoever is killed meanwhile; the engine's tables hold no value."""

import base64
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.jobs.work import durable
from assistant.jobs.work.doing import item_for
from assistant.jobs.work.durable import endings, engine_address, make_tables, open_tasks, order
from assistant.jobs.work.item import WorkItem
from assistant.jobs.work.workplace import place_of
from assistant.store import sealing
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.store import DatabaseStore
from assistant.store.team import presence
from tests.support.postgres import PostgreSQL
from tests.support.stores import put_case

ROOT = Path(__file__).resolve().parents[3]
ON = date(2026, 11, 23)
CANARY = "M12345678"


@pytest.fixture
def store(database: DatabaseStore, database_url: str) -> DatabaseStore:
    for number in range(6):
        profile = f"city: beijing\npassport: {{number: {CANARY}}}\n".encode()
        put_case(database, f"case-{number}", {"profile.yaml": profile})
    make_tables(database_url)
    return database


def items_of(store: DatabaseStore) -> list[WorkItem]:
    return [item_for(place_of(store), ref, "documents", ON) for ref in store.applicants()]


@contextmanager
def worker(url: str, seconds: float = 0.2) -> Iterator["subprocess.Popen[str]"]:
    """tests/support/working.py in a process of its own, ended by the end of its input."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.working", url, "0.1", str(seconds)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(sealing.kept_key() + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        process.stdout.close()


def wait_until(condition: Callable[[], bool], seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not within the time"
        time.sleep(0.2)


def test_what_was_ordered_is_done_once_though_ordered_twice(store: DatabaseStore, database_url: str) -> None:
    items = items_of(store)
    assert order(database_url, items) == order(database_url, items) == 6
    assert open_tasks(database_url) == 6
    with worker(database_url) as running:
        wait_until(lambda: open_tasks(database_url) == 0)
        assert running.poll() is None
    assert store.verdicts.count("documents") == 6
    assert store.verdicts.count("look") == 18
    assert store.presence.alive() == set()
    assert set(endings(database_url, [item.id for item in items]).values()) == {"done"}
    assert endings(database_url, ["nothing ordered"]) == {}


def test_a_worker_orders_the_checks_of_what_has_changed(
    store: DatabaseStore, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_ORDERED_AT_ONCE", 4)
    worker_of_ours = durable.Worker(store, database_url, checks_as_of=lambda: ON)
    assert [worker_of_ours._order_checks(ON) for _ in range(3)] == [4, 2, 0]
    assert open_tasks(database_url) == 6
    with store.open(ApplicantRef("case-3")) as kept:
        kept.write("profile.yaml", b"city: shenzhen\n", expected=version_of(kept.read("profile.yaml")))
    assert worker_of_ours._order_checks(ON) == 1
    assert open_tasks(database_url) == 7


def test_the_work_of_a_killed_worker_is_done_by_another(store: DatabaseStore, database_url: str) -> None:
    order(database_url, items_of(store))
    with worker(database_url, seconds=1.0) as killed:
        wait_until(lambda: store.verdicts.count("look") > 0)
        killed.kill()
    assert open_tasks(database_url) >= 5
    with worker(database_url):
        wait_until(lambda: open_tasks(database_url) == 0)
    assert store.verdicts.count("documents") == 6
    assert store.verdicts.count("look") == 18


def test_the_engines_tables_hold_no_value(
    store: DatabaseStore, database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    order(database_url, items_of(store))
    with worker(database_url):
        wait_until(lambda: open_tasks(database_url) == 0)
    if database_url.startswith("sqlite"):
        held = b"".join(path.read_bytes() for path in tmp_path.glob("team*"))
    else:
        server: PostgreSQL = request.getfixturevalue("postgres")
        held = server.dump(database_url.split("/")[3].partition("?")[0])
    assert b"case-0" in held and b"assistant-task" in held
    for canary in (CANARY.encode(), CANARY.encode().hex().encode(), base64.b64encode(CANARY.encode())):
        assert canary not in held
    assert b"AGE-SECRET-KEY" not in held


class Harmful:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.place),)


def test_what_somebody_else_put_into_the_tables_is_never_run(
    store: DatabaseStore, database_url: str, tmp_path: Path
) -> None:
    order(database_url, items_of(store))
    harmful = base64.b64encode(pickle.dumps(Harmful(tmp_path / "harm"))).decode()
    engine = create_engine(engine_address(database_url))
    schema = "" if database_url.startswith("sqlite") else "dbos."
    with engine.begin() as change:
        which = f"(SELECT min(workflow_uuid) FROM {schema}workflow_status)"
        for statement in (
            f"UPDATE {schema}workflow_status SET inputs = :harm, serialization = 'py_pickle' WHERE workflow_uuid = {which}",
        ):
            assert change.execute(text(statement), {"harm": harmful}).rowcount == 1
    engine.dispose()
    with worker(database_url):
        wait_until(lambda: store.verdicts.count("documents") == 5)
        time.sleep(1)
    assert not (tmp_path / "harm").exists()


def test_work_of_an_older_version_is_done_as_this_versions(
    store: DatabaseStore, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        for module in (durable, sys.modules["assistant.jobs.work.item"]):
            patch.setattr(module, "checker", lambda: "0.0.1-1")
        order(database_url, items_of(store))
    with worker(database_url):
        wait_until(lambda: store.verdicts.count("documents") == 6)
        wait_until(lambda: open_tasks(database_url) == 0)


def test_one_looks_after_the_dead_at_a_time(database: DatabaseStore) -> None:
    assert database.presence.takes_care(30)
    assert not presence.Presence(database.engine).takes_care(30)
    database.presence.here("a", 30)
    database.presence.here("b", -1)
    assert database.presence.alive() == {"a"}
    database.presence.gone("a")
    assert database.presence.alive() == set()
