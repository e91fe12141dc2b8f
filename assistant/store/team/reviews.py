"""Who filled a case's form, and who has reviewed it since: two pairs of eyes, where the team wants that.

Promises: both are on the trail, where nobody takes them back; where the team has the rule, who filled last is refused as reviewer, and
that is on the trail too; a review counts only until the form is filled again or the case's data or papers change; a trail whose proof
does not hold is no ground for anything.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store.database.connection import reading, writing
from assistant.store.database.contents import COURSE, file_field
from assistant.store.team import trail
from assistant.store.team.keys import Keys
from assistant.store.team.members import Team

_CHANGES = ("written", "added", "removed")


class Reviews:
    """Fillings and reviews of the cases of one database, as one member makes them."""

    def __init__(self, engine: Engine, team: Team) -> None:
        self._engine, self._team = engine, team

    def note_filled(self, case_id: str) -> None:
        """Whoever has the pen now fills the form."""
        with writing(self._engine) as change:
            keys = self._team.keys(change)
            trail.lock(change, case_id)
            trail.add(change, keys, self._team.name(keys), case_id, [trail.TrailEvent("filled")])

    def mark(self, case_id: str) -> None:
        """The form as it was filled last is reviewed. Raises InputError where nobody has filled it, or, with two pairs of eyes,
        where it was this member."""
        with writing(self._engine) as change:
            keys = self._team.keys(change)
            who = self._team.name(keys)
            trail.lock(change, case_id)
            lines = _sound(change, keys, case_id)
            filled = [line for line in lines if line.what == "filled"]
            if not filled:
                raise InputError(
                    Text(
                        "这份申请表还没有填写过，无从复核；请先填写。",
                        "Nobody has filled this form yet, so there is nothing to review; fill it first.",
                    ),
                    where=case_id,
                )
            own = keys.two_eyes and filled[-1].who == who
            trail.add(change, keys, who, case_id, [trail.TrailEvent("review-refused" if own else "reviewed")])
        if own:
            raise InputError(
                Text(
                    "本团队要求双人复核：填写的人不能自己标记为已复核；请由另一位成员复核。这次尝试已记录。",
                    "This team wants two pairs of eyes: who filled a form can't mark it as reviewed. Ask another member; this try "
                    "is on the record.",
                ),
                where=case_id,
            )

    def reviewers(self, case_id: str | None = None) -> dict[str, str]:
        """Who has reviewed which case as it is now, of all or of one. A case whose trail does not fit has no reviewer."""
        found: dict[str, str] = {}
        broken: set[str] = set()
        with reading(self._engine) as look:
            keys = self._team.keys(look)
            for line in trail.entries(look, keys, case_id):
                # Where a case stands is kept in a file of it, too, and is none of its data.
                about_data = line.what in _CHANGES and line.field not in _course_names(keys, line.case)
                if line.what == "reviewed":
                    found[line.case] = line.who
                elif line.what == "filled" or about_data:
                    found.pop(line.case, None)
                if not line.sound:
                    broken.add(line.case)
        return {case: who for case, who in found.items() if case not in broken}


def _course_names(keys: Keys, case_id: str) -> frozenset[str]:
    """How the trail names the file with the case's course, in every epoch."""
    return frozenset(file_field(keys, case_id, COURSE, epoch=epoch) for epoch in keys.identities)


def _sound(look: Connection, keys: Keys, case_id: str) -> Sequence[trail.TrailLine]:
    lines = list(trail.entries(look, keys, case_id))
    if not all(line.sound for line in lines):
        raise InputError(
            Text(
                "这个案件的操作记录与密钥不符（被改动或缺失），不能据此复核；请运行 assistant store trail 查看。",
                "This case's trail does not fit the team's key (changed, or not whole), so nothing can be said of reviews; see "
                "assistant store trail.",
            ),
            where=case_id,
        )
    return lines
