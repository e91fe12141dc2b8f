"""Work where there are hands for it: by a team's workers while any is alive, else by this process.

Promises: what was found before is not looked for again, by whomever; workers that all die leave their part to this process.
"""

import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from assistant.jobs.work.here import work_here
from assistant.jobs.work.item import Ending, WorkItem, checker
from assistant.jobs.work.workplace import TeamsPlace, Workplace

LOOKS_SECONDS = 0.5


def work_anywhere(
    place: Workplace, tasks: Sequence[WorkItem], cores: int, done: Callable[[], None] = lambda: None
) -> dict[str, Ending]:
    """Does the tasks, or has them done; their outcomes by id. Raises SetupError where the database does not answer any more."""
    if isinstance(place, TeamsPlace) and _has_workers(place):
        return _by_workers(place, tasks, cores, done)
    return work_here(place, tasks, cores, done)


def _by_workers(
    place: TeamsPlace, tasks: Sequence[WorkItem], cores: int, done: Callable[[], None]
) -> dict[str, Ending]:
    from assistant.jobs.work.durable import endings, order

    order(place.address, tasks)
    left = {task.id: task for task in tasks}
    ended: dict[str, Ending] = {}
    while left:
        for name, ending in endings(place.address, list(left)).items():
            ended[name] = ending
            del left[name]
            done()
        if left and not _has_workers(place):
            return ended | work_here(place, list(left.values()), cores, done)
        if left:
            time.sleep(LOOKS_SECONDS)
    return ended


def _has_workers(place: TeamsPlace) -> bool:
    """Whether a worker of this version is alive."""
    alive = place.store.presence.alive()
    return any(name.rpartition(" ")[2] == checker() for name in alive) and find_spec("dbos") is not None
