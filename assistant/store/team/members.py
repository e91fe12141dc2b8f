"""Who belongs to a team, kept in its database; and which team this machine has met there before.

Promises: whoever can write to the database but is no member can't become one, nor put another team in the place of this
one: the keys that a machine has once met must be among those it is shown next, and an older list is refused.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from assistant.errors import InputError, SealError
from assistant.messages import Text
from assistant.store import sealing
from assistant.store.database.addresses import shown
from assistant.store.database.connection import Clock, reading, writing
from assistant.store.database.schema import bring_up_to_date
from assistant.store.database.tables import case, paper, team, version
from assistant.store.files import write_private
from assistant.store.locations import private_data
from assistant.store.team import trail
from assistant.store.team.keys import Keys, Member, first_keys, opened_keys

ALL_CASES = ""


class Team:
    """The team of one database, as one member sees it."""

    def __init__(self, engine: Engine, own_key: str) -> None:
        self._engine, self._own_key = engine, own_key
        self._own_public_key = sealing.public_key(own_key)
        self._known: Keys | None = None

    @property
    def own_public_key(self) -> str:
        return self._own_public_key

    def keys(self, connection: Connection | None = None) -> Keys:
        """The newest keys. Raises SealError where there is no team, or the own key is none of its members'."""
        if connection is not None:
            return self._newest(connection)
        with reading(self._engine) as look:
            return self._newest(look)

    def name(self, keys: Keys | None = None) -> str:
        """The own name in the team."""
        members = (keys or self.keys()).members
        return next(one.name for one in members if one.key == self.own_public_key)

    def begin(self, name: str) -> Keys:
        """Makes the tables and a team of one. Where there is a team already, the tables are brought up to date and no more."""
        bring_up_to_date(self._engine)
        with writing(self._engine) as change:
            if not change.execute(select(func.count()).select_from(team)).scalar_one():
                keys = first_keys(Member(_checked_name(name), self.own_public_key))
                change.execute(insert(case).values(id=ALL_CASES, version=0))
                self._write(change, keys, name, "team-began")
        return self.keys()

    def add(self, name: str, key: str) -> Keys:
        """One more member, who can then open every case. Raises InputError for a name or a key that is there already."""
        member = Member(_checked_name(name), sealing.checked_public_key(key))
        with writing(self._engine) as change:
            keys = self._to_change(change)
            if any(one.name == member.name or one.key == member.key for one in keys.members):
                raise InputError(
                    Text("团队中已有这个名字或这把公钥。", "The team has this name or this key already."), where=name
                )
            self._write(change, keys.changed((*keys.members, member), new_epoch=False), member.name, "member-added")
        return self.keys()

    def remove(self, name: str) -> Keys:
        """One member less: what is sealed from now on, their key does not open."""
        with writing(self._engine) as change:
            keys = self._to_change(change)
            left = tuple(one for one in keys.members if one.name != name)
            if len(left) == len(keys.members):
                raise InputError(Text("团队中没有这个名字。", "The team has no member of this name."), where=name)
            if not any(one.key == self.own_public_key for one in left):
                raise InputError(
                    Text(
                        "不能移除自己；请由另一位成员操作。",
                        "You can't remove yourself; another member has to.",
                    ),
                    where=name,
                )
            self._write(change, keys.changed(left, new_epoch=True), name, "member-removed")
        return self.keys()

    def set_two_eyes(self, wanted: bool) -> Keys:
        """Whether who filled a form may not be the one who marks it as reviewed. It is sealed with the keys, so that whoever
        administers the database can't lift it, and on the trail."""
        with writing(self._engine) as change:
            keys = self._to_change(change)
            if keys.two_eyes != wanted:
                self._write(change, keys.with_two_eyes(wanted), "", "two-eyes-on" if wanted else "two-eyes-off")
        return self.keys()

    def still_open_to_former(self) -> tuple[int, int]:
        """How many cases, and how many papers, are still sealed with the key of an earlier epoch."""
        keys = self.keys()
        with reading(self._engine) as look:
            cases = (
                select(func.count())
                .select_from(
                    case.join(version, (version.c.case_id == case.c.id) & (version.c.number == case.c.version))
                )
                .where(version.c.epoch < keys.epoch)
            )
            papers = select(func.count()).select_from(paper).where(paper.c.epoch < keys.epoch)
            return look.execute(cases).scalar_one(), look.execute(papers).scalar_one()

    def trust(self) -> Keys:
        """Takes the team that is there now for the right one, after the members have compared its fingerprint."""
        _forget(self._engine)
        self._known = None
        return self.keys()

    # -- within --------------------------------------------------------------------------------------------------------

    def _newest(self, look: Connection) -> Keys:
        number = look.execute(select(func.max(team.c.number))).scalar()
        if number is None:
            raise SealError(
                Text(
                    "这个数据库还没有团队。请先运行：assistant team init --store 地址 --name 您的名字",
                    "There is no team in this database yet. Run: assistant team init --store URL --name YOUR-NAME",
                )
            )
        if self._known is not None and self._known.number == number:
            return self._known
        sealed = look.execute(select(team.c.sealed).where(team.c.number == number)).scalar_one()
        keys = opened_keys(sealed, self._own_key)
        if keys is None:
            raise SealError(
                Text(
                    f"您还不是（或不再是）这个团队的成员。请把您的公钥交给一位成员添加：{self.own_public_key}",
                    "You are not, or no longer, a member of this team. Give your public key to a member who adds you: "
                    f"{self.own_public_key}",
                )
            )
        _check_met_before(self._engine, keys)
        self._known = keys
        return keys

    def _to_change(self, change: Connection) -> Keys:
        """The keys, with everybody else's change of the team waiting for ours."""
        trail.lock(change, ALL_CASES)
        return self._newest(change)

    def _write(self, change: Connection, keys: Keys, subject: str, what: trail.What) -> None:
        by = next((one.name for one in keys.members if one.key == self.own_public_key), "")
        change.execute(
            insert(team).values(number=keys.number, epoch=keys.epoch, sealed=keys.for_members(), by=by, at=Clock())
        )
        trail.add(change, keys, by, ALL_CASES, [trail.TrailEvent(what, subject)])


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > 60 or not name.isprintable():
        raise InputError(Text("成员名字应为 1–60 个字符", "a member's name has 1 to 60 characters"), where="NAME")
    return name


# ---- the team that was met before ----------------------------------------------------------------------------------


def _check_met_before(engine: Engine, keys: Keys) -> None:
    met = _met().get(_place(engine))
    if met is not None:
        number, epoch, public = met
        same = epoch in keys.identities and sealing.public_key(keys.identities[epoch]) == public
        if not same or keys.number < number:
            raise SealError(
                Text(
                    f"数据库里的团队与这台电脑以前见到的不同（也可能是恢复了旧备份）。请与同事核对指纹 {keys.fingerprint}，"
                    "一致再运行：assistant team trust",
                    "The team in this database is not the one that this machine has met (or an older backup was restored). "
                    f"Compare the fingerprint {keys.fingerprint} with your colleagues; if it is the same, run: assistant "
                    "team trust",
                )
            )
    now = (keys.number, keys.epoch, keys.public_key)
    if met != now:
        _write_met({**_met(), _place(engine): now})


def _forget(engine: Engine) -> None:
    _write_met({place: met for place, met in _met().items() if place != _place(engine)})


def _place(engine: Engine) -> str:
    return hashlib.sha256(shown(engine.url.render_as_string(hide_password=False)).encode()).hexdigest()[:32]


def _file() -> Path:
    return private_data() / "teams.json"


def _met() -> dict[str, tuple[int, int, str]]:
    with suppress(OSError, ValueError, TypeError):
        return {
            place: (int(one[0]), int(one[1]), str(one[2])) for place, one in json.loads(_file().read_text()).items()
        }
    return {}


def _write_met(met: dict[str, tuple[int, int, str]]) -> None:
    write_private(_file(), json.dumps(met))
