"""A team's workers do what a desk asks for while they are alive; what nobody is left for, the desk does itself."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.jobs.work import anywhere, durable
from assistant.jobs.work.anywhere import work_anywhere
from assistant.jobs.work.doing import item_for
from assistant.jobs.work.item import Ending, WorkItem, checker
from assistant.jobs.work.workplace import TeamsPlace
from assistant.store.database.store import DatabaseStore
from tests.support.stores import put_case

ON = date(2026, 11, 23)


@pytest.fixture
def place(database: DatabaseStore) -> TeamsPlace:
    for number in range(3):
        put_case(database, f"case-{number}", {"profile.yaml": b"city: beijing\n"})
    return TeamsPlace(database)


@pytest.fixture
def items(place: TeamsPlace) -> list[WorkItem]:
    return [item_for(place, ref, "rehearsal", ON) for ref in place.store.applicants()]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this process did itself."""
    done: list[str] = []

    def work_here(_place: object, tasks: list[WorkItem], _cores: int, said: Callable[[], None]) -> dict[str, Ending]:
        done.extend(task.id for task in tasks)
        for _ in tasks:
            said()
        return {task.id: "already" for task in tasks}

    monkeypatch.setattr(anywhere, "work_here", work_here)
    monkeypatch.setattr(anywhere, "LOOKS_SECONDS", 0.01)
    return done


def test_without_a_worker_of_this_version_the_desk_works_itself(
    place: TeamsPlace, items: list[WorkItem], here: list[str]
) -> None:
    place.store.presence.here("old-machine 0.0.1-1")
    assert set(work_anywhere(place, items, 1).values()) == {"already"}
    assert here == [item.id for item in items]


def test_what_workers_have_done_the_desk_leaves_and_does_the_rest_when_they_die(
    place: TeamsPlace, items: list[WorkItem], here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"machine {checker()}"
    place.store.presence.here(name)
    ordered: list[str] = []
    looks: list[int] = []

    def endings(address: str, ids: list[str]) -> dict[str, Ending]:
        assert address == place.address
        looks.append(len(ids))
        if len(looks) == 1:
            return {items[0].id: "done"}
        place.store.presence.gone(name)
        return {}

    monkeypatch.setattr(durable, "order", lambda _, tasks: ordered.extend(task.id for task in tasks))
    monkeypatch.setattr(durable, "endings", endings)
    steps: list[int] = []
    ended = work_anywhere(place, items, 1, lambda: steps.append(1))
    assert ordered == [item.id for item in items]
    assert looks == [3, 2]
    assert here == [item.id for item in items[1:]]
    assert ended == {items[0].id: "done", items[1].id: "already", items[2].id: "already"}
    assert len(steps) == 3
