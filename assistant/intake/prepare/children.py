"""A few child processes that look at files and make copies side by side, each task with its own clock.

Promises: a child that crashes, runs out of memory or takes too long costs its own task only, which gets a sentence; the others go on.
"""

from collections.abc import Callable, Sequence

from assistant.check.documents.worker_pool import ChildAnswer, ChildTask, Pile, ask_all
from assistant.check.finding_kinds import Found
from assistant.messages import Text

MODULE = "assistant.intake.prepare.child"
MOST_CHILDREN = 2
"""Each holds the models for reading, about half a gigabyte."""

Progress = Callable[[Text, int, int], None]
"""What is being done, how many of it are done, of how many."""


def answers_to(
    tasks: Sequence[ChildTask], done: Callable[[int], None], children: int = MOST_CHILDREN
) -> list[ChildAnswer]:
    """The answers in the tasks' order: what the child found out, or `{"trouble": code, "facts": …}` where the file can't be
    used. `done` is called in this thread with the number of finished tasks."""
    answers: dict[int, ChildAnswer] = {}

    def heard(place: int, answer: ChildAnswer | Found) -> None:
        answers[place] = {"trouble": answer.code, "facts": {}} if isinstance(answer, Found) else answer
        done(len(answers))

    pile = Pile(range(len(tasks)))
    ask_all(MODULE, tasks, [(pile,)] * max(1, min(children, len(tasks))), heard)
    return [answers[place] for place in range(len(tasks))]
