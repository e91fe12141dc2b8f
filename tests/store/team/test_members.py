"""Who is a member opens cases; who left opens nothing new; who is none can't make themselves one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pyrage import DecryptError, decrypt, x25519
from sqlalchemy import insert, select, text, update

from assistant.errors import InputError, SealError
from assistant.store import credentials, sealing
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.connection import connect, reading, writing
from assistant.store.database.store import DatabaseStore
from assistant.store.database.tables import case, paper, team, version
from assistant.store.team import members as team_module
from assistant.store.team.keys import Keys, Member, first_keys
from tests.support.stores import put_case

PAPER = bytes(range(256)) * 200
FILES = {"profile.yaml": b"city: beijing\n", "documents/a.pdf": PAPER}
LEE = ApplicantRef("lee")


class Desk:
    """A second machine: a key of its own, and what it remembers of teams."""

    def __init__(self, url: str) -> None:
        self.url, self.key = url, sealing.new_key()

    @property
    def public(self) -> str:
        return sealing.public_key(self.key)

    @contextmanager
    def store(self) -> Iterator[DatabaseStore]:
        store = DatabaseStore(connect(self.url), self.url, self.key)
        yield store
        store.close()


@pytest.fixture
def wang(database_url: str) -> Desk:
    return Desk(database_url)


def sealed_of(database: DatabaseStore) -> list[bytes]:
    """Every sealed content that the newest version of a case has."""
    with reading(database.engine) as look:
        newest = look.execute(
            select(version.c.sealed, version.c.papers)
            .join(case, (case.c.id == version.c.case_id) & (case.c.version == version.c.number))
            .where(case.c.id == "lee")
        ).one()
        papers = select(paper.c.sealed).where(paper.c.digest.in_(newest.papers.splitlines()))
        return [newest.sealed, *look.execute(papers).scalars()]


def opens(key: str, sealed: bytes) -> bool:
    try:
        decrypt(sealed, [x25519.Identity.from_str(key)])
    except DecryptError:
        return False
    return True


def all_keys_of(keys: Keys) -> list[str]:
    return list(keys.identities.values())


def test_a_new_member_opens_every_case_also_the_older_ones(database: DatabaseStore, wang: Desk) -> None:
    put_case(database, "lee", FILES)
    with wang.store() as theirs, pytest.raises(SealError) as refused, theirs.open(LEE) as lee:
        lee.read("profile.yaml")
    assert wang.public in refused.value.what.zh
    database.team.add("wang", wang.public)
    with wang.store() as theirs, theirs.open(LEE) as lee:
        assert {name: lee.read(name) for name in lee.names()} == FILES
        lee.write("profile.yaml", b"city: shenzhen\n", expected=version_of(FILES["profile.yaml"]))
        assert theirs.team.name() == "wang"
    with database.open(LEE) as lee:
        assert lee.read("profile.yaml") == b"city: shenzhen\n"


def test_what_a_removed_member_knew_opens_no_version_that_is_written_after(database: DatabaseStore, wang: Desk) -> None:
    database.team.add("wang", wang.public)
    put_case(database, "lee", FILES)
    with wang.store() as theirs:
        knew = [wang.key, *all_keys_of(theirs.team.keys())]
    assert all(any(opens(key, sealed) for key in knew) for sealed in sealed_of(database))
    database.team.remove("wang")
    assert database.team.still_open_to_former() == (1, 1)
    with database.open(LEE) as lee:
        lee.write("profile.yaml", b"city: shenzhen\n", expected=version_of(FILES["profile.yaml"]))
        assert lee.read("documents/a.pdf") == PAPER
    assert not any(opens(key, sealed) for key in knew for sealed in sealed_of(database))
    assert database.team.still_open_to_former()[0] == 0
    with wang.store() as theirs, pytest.raises(SealError):
        theirs.team.keys()


def test_a_member_who_was_removed_while_at_work_writes_nothing_more(database: DatabaseStore, wang: Desk) -> None:
    database.team.add("wang", wang.public)
    put_case(database, "lee", FILES)
    with wang.store() as theirs, theirs.open(LEE) as lee:
        seen = version_of(lee.read("profile.yaml"))
        database.team.remove("wang")
        with pytest.raises(SealError):
            lee.write("profile.yaml", b"theirs", expected=seen)
    with database.open(LEE) as lee:
        assert lee.read("profile.yaml") == FILES["profile.yaml"]


def test_who_can_write_to_the_database_can_not_put_a_team_of_their_own_there(database: DatabaseStore) -> None:
    keys = database.team.keys()
    forged = first_keys(Member("lin", database.team.own_public_key))
    forged = Keys(
        keys.number + 1, 1, (*forged.members, Member("me", sealing.public_key(sealing.new_key()))), forged.identities
    )
    with writing(database.engine) as change:
        row = {"number": forged.number, "epoch": 1, "sealed": forged.for_members(), "by": "lin", "at": 0.0}
        change.execute(insert(team).values(row))
    with pytest.raises(SealError) as refused:
        database.team.keys()
    assert forged.fingerprint in refused.value.what.en
    assert database.team.trust().fingerprint == forged.fingerprint


def test_an_older_list_of_members_is_not_taken_for_the_newest(database: DatabaseStore, wang: Desk) -> None:
    database.team.add("wang", wang.public)
    database.team.remove("wang")
    with writing(database.engine) as change:
        change.execute(text("DELETE FROM team WHERE number > 2"))
    fresh = DatabaseStore(connect(str(wang.url)), wang.url, sealing.kept_key())
    with pytest.raises(SealError):
        fresh.team.keys()
    fresh.close()


def test_what_no_member_sealed_is_not_used(database: DatabaseStore) -> None:
    put_case(database, "lee", FILES)
    put_case(database, "kim", FILES)
    keys = database.team.keys()
    with writing(database.engine) as change:
        of_kim = select(version.c.sealed).where(version.c.case_id == "kim", version.c.number == 2).scalar_subquery()
        change.execute(update(version).where(version.c.case_id == "lee").values(sealed=of_kim))
    with pytest.raises(SealError), database.open(LEE) as lee:
        lee.read("profile.yaml")
    with writing(database.engine) as change:
        made = sealing.sealed_to(bytes(32) + b'{"case": "lee", "number": 1, "files": {}}', [keys.public_key])
        change.execute(update(version).where(version.c.case_id == "lee").values(sealed=made))
    with pytest.raises(SealError), database.open(LEE) as lee:
        lee.read("profile.yaml")


def test_members_have_one_name_and_one_key_each(database: DatabaseStore, wang: Desk) -> None:
    database.team.add("wang", wang.public)
    for name, key in (("wang", sealing.public_key(sealing.new_key())), ("other", wang.public)):
        with pytest.raises(InputError):
            database.team.add(name, key)
    with pytest.raises(SealError):
        database.team.add("other", "age1nonsense")
    for name in ("nobody", "lin"):
        with pytest.raises(InputError):
            database.team.remove(name)
    assert [one.name for one in database.team.keys().members] == ["lin", "wang"]


def test_beginning_again_changes_nothing(database: DatabaseStore) -> None:
    before = database.team.keys()
    assert database.team.begin("somebody") == before


def test_what_a_machine_remembers_of_a_team_is_no_secret(database: DatabaseStore) -> None:
    database.team.keys()
    remembered = team_module._file().read_text()
    assert "AGE-SECRET" not in remembered
    assert credentials.seal_key() not in remembered
