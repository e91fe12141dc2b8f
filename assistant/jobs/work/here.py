"""Background work of one desk alone: the same tasks, in a few threads of this process; nothing to install or to start.

The papers are opened in the checks' own child processes, and rehearsals in a browser's, so that threads are enough.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from assistant.jobs.work.doing import do
from assistant.jobs.work.item import Ending, WorkItem
from assistant.jobs.work.workplace import Workplace


def work_here(
    place: Workplace,
    tasks: Sequence[WorkItem],
    cores: int,
    done: Callable[[], None] = lambda: None,
) -> dict[str, Ending]:
    """Does the tasks; their outcomes by id. Raises SetupError where the database does not answer any more."""

    def one(task: WorkItem) -> Ending:
        outcome = do(place, task)
        done()
        return outcome

    with ThreadPoolExecutor(max(1, cores), thread_name_prefix="work") as pool:
        outcomes = list(pool.map(one, tasks))
    return {task.id: outcome for task, outcome in zip(tasks, outcomes, strict=True)}
