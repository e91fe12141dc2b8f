"""Background work as durable jobs on the engine (DBOS), spread over as many machines as there are.

Promises: a task that was ordered is done once its content stays the same, whatever is killed in between; the engine's tables
hold ids, digests and one-word outcomes, never a value or a message; every process has an executor id of its own, so that
none takes another's running work for its own; work of a dead process is found by its lease and handed on by the engine's
public calls; a worker of another version of the checks does not touch it.

The only module that knows the engine.
"""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from sqlalchemy import make_url

from assistant.errors import AssistantError, SetupError
from assistant.jobs.work.doing import do
from assistant.jobs.work.item import Ending, WorkItem, checker
from assistant.jobs.work.workplace import TeamsPlace
from assistant.messages import Text
from assistant.store.database.store import DatabaseStore
from assistant.store.team.presence import LEASE_SECONDS

if TYPE_CHECKING:
    from dbos import DBOSClient

_APPLICATION = "assistant"
_QUEUE = "assistant-work"
_WORKFLOW = "assistant-task"
# One is done, the next is there already when it ends.
_AT_HAND = 2
_POLLING_SECONDS = 0.5
_TRIES = 20
_OVER = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
_ORDERED_AT_ONCE = 200
Doing = Callable[[TeamsPlace, WorkItem], Ending]


def engine_address(address: str) -> str:
    """Where the engine keeps its tables: the same PostgreSQL database, or a file beside the SQLite one."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        return f"sqlite:///{file.with_name(f'{file.stem}-work{file.suffix}')}"
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def order(address: str, tasks: Sequence[WorkItem]) -> int:
    """Orders tasks; how many. What was ordered before, in the same state, is not ordered again."""
    with _client(address) as client:
        for task in tasks:
            client.enqueue(
                {
                    "workflow_name": _WORKFLOW,
                    "queue_name": _QUEUE,
                    "workflow_id": task.id,
                    "app_version": checker(),
                    "application_name": _APPLICATION,
                },
                task.work,
                task.case,
                task.state,
                task.on,
            )
    return len(tasks)


def open_tasks(address: str) -> int:
    """How many tasks are not done yet."""
    with _client(address) as client:
        waiting = client.list_workflows(status=["ENQUEUED", "PENDING"], load_input=False, load_output=False)
        return len(waiting)


def endings(address: str, ids: Sequence[str]) -> dict[str, Ending]:
    """The outcomes of those of these tasks that are over."""
    with _client(address) as client:
        over = client.list_workflows(workflow_ids=list(ids), status=list(_OVER), load_input=False)
        return {one.workflow_id: _ending(one.output) for one in over}


def _ending(output: object) -> Ending:
    """A task's one word; whatever else stands there, or nothing where the engine gave it up, is a failure."""
    return next((word for word in get_args(Ending) if word == output), "failed")


def make_tables(address: str) -> None:
    """The engine's own tables, made or brought up to date."""
    from dbos import DBOS

    _be_careful()
    DBOS.migrate(engine_address(address))


@contextmanager
def _client(address: str) -> "Iterator[DBOSClient]":
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    _be_careful()
    client = DBOSClient(
        system_database_url=engine_address(address),
        application_name=_APPLICATION,
        serializer=DBOSPortableJSONSerializer(),
    )
    try:
        yield client
    finally:
        client.destroy()


class Worker:
    """One process that does the work of a team's store, one task at a time."""

    def __init__(
        self,
        store: DatabaseStore,
        address: str,
        doing: Doing = do,
        *,
        polling: float = _POLLING_SECONDS,
        checks_as_of: Callable[[], date] | None = None,
    ) -> None:
        """`checks_as_of`: the worker also orders the document checks of whatever has changed, as of that day."""
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]} {checker()}"
        self._store, self._address, self._doing, self._polling = store, address, doing, polling
        self._one_at_a_time = threading.Lock()
        self._over = threading.Event()
        self._checks_as_of = checks_as_of
        self._ordered: set[str] = set()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Does what is ordered until the end of the block; what has begun is done to its end there."""
        from dbos import DBOS, DBOSPortableJSONSerializer

        _be_careful()
        make_tables(self._address)
        self._store.presence.here(self.name)
        DBOS(
            config={
                "name": _APPLICATION,
                "system_database_url": engine_address(self._address),
                "executor_id": self.name,
                "application_version": checker(),
                "log_level": "CRITICAL",
                "console_log_level": "CRITICAL",
                "max_executor_threads": 16,
                "serializer": DBOSPortableJSONSerializer(),
            }
        )

        def task(work: str, case: str, state: str, on: str) -> Ending:
            return self._task(work, case, state, on)

        DBOS.workflow(name=_WORKFLOW)(task)
        beats = threading.Thread(target=self._beat, name="worker's lease", daemon=True)
        try:
            DBOS.listen_queues([_QUEUE])
            DBOS.launch()
            DBOS.register_queue(
                _QUEUE, worker_concurrency=_AT_HAND, polling_interval_sec=self._polling, on_conflict="always_update"
            )
            if self._checks_as_of is not None:
                while self._order_checks(self._checks_as_of()):
                    continue
            beats.start()
            yield
        finally:
            self._over.set()
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=600)
            self._store.presence.gone(self.name)

    def _task(self, work: str, case: str, state: str, on: str) -> Ending:
        """The job itself. Never raises: the engine would write down what an exception says."""
        task = WorkItem(work, case, state, on)  # type: ignore[arg-type]
        for number in range(_TRIES):
            try:
                with self._one_at_a_time:
                    return self._doing(TeamsPlace(self._store), task)
            except SetupError:
                # The database or this machine, not the task: a server that is started again takes some seconds.
                time.sleep(min(0.5 * 2**number, 30.0))
            except AssistantError:
                return "unusable"
            except Exception:
                return "failed"
        return "failed"

    def _beat(self) -> None:
        """Prolongs the own lease, and now and then hands on what dead processes had begun."""
        while not self._over.wait(LEASE_SECONDS / 4):
            try:
                self._store.presence.here(self.name)
                if self._store.presence.takes_care(LEASE_SECONDS / 2):
                    self._hand_on()
                    if self._checks_as_of is not None:
                        self._order_checks(self._checks_as_of())
            except Exception:
                # No database for a moment, in whose words ever: the next beat tries again.
                continue

    def _order_checks(self, on: date) -> int:
        """Orders the document checks of cases that have none yet as they are now, some at a time; how many."""
        states = self._store.state_digests().items()
        items = [WorkItem("documents", ref.id, state, on.isoformat()) for ref, state in states]
        new = [item for item in items if item.id not in self._ordered][:_ORDERED_AT_ONCE]
        order(self._address, new)
        self._ordered = {item.id for item in items if item.id in self._ordered} | {item.id for item in new}
        return len(new)

    def _hand_on(self) -> None:
        """Work that nobody alive has goes back to the queue; that of an older version becomes the same task of this one."""
        from dbos import DBOS

        alive = self._store.presence.alive()
        begun = DBOS.list_workflows(status="PENDING", queue_name=_QUEUE, load_input=False, load_output=False)
        orphans = [one.workflow_id for one in begun if one.executor_id not in alive]
        if orphans:
            DBOS.resume_workflows(orphans, queue_name=_QUEUE)
        versions = {name.rpartition(" ")[2] for name in alive}
        waiting = DBOS.list_workflows(status="ENQUEUED", queue_name=_QUEUE, load_output=False)
        old = [one for one in waiting if one.app_version not in (None, *versions)]
        for one in old:
            assert one.input is not None
            task = WorkItem(*one.input["args"])
            order(self._address, [task])
            DBOS.cancel_workflow(one.workflow_id)


def ask_for_engine() -> None:
    """Raises SetupError where the engine is not installed."""
    from importlib.util import find_spec

    if find_spec("dbos") is None:
        raise SetupError(
            Text(
                '后台任务需要附加组件。请安装：pip install "assistant[team]"',
                'Background work needs an extra that is not installed. Install it: pip install "assistant[team]"',
            )
        )


def _be_careful() -> None:
    """The engine's log could quote what it was given; and it would unpickle, which is to run, what somebody else has put into
    its tables. Here nothing is ever pickled, so that whatever claims to be is refused."""
    from dbos import _serialization

    logging.getLogger("dbos").setLevel(logging.CRITICAL)

    def refuse(_self: object, _serialized: str) -> object:
        raise ValueError("no pickle of ours")

    _serialization.DefaultSerializer.deserialize = refuse  # type: ignore[method-assign,assignment]
