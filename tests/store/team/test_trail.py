"""The trail says who did what to which field and no value; nobody changes it unseen, the server's administrator included."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.connection import writing
from assistant.store.database.store import DatabaseStore
from tests.support.stores import allow_changes, put_case

LEE = ApplicantRef("lee")
BEFORE = b"city: beijing\npassport: {number: M12345678}\n"
AFTER = b"city: beijing\npassport: {number: M87654321}\n"


@pytest.fixture
def store(database: DatabaseStore) -> DatabaseStore:
    put_case(database, "lee", {"profile.yaml": BEFORE})
    with database.open(LEE) as lee:
        lee.write("profile.yaml", AFTER, expected=version_of(BEFORE))
        lee.write("documents/passport of LEE.pdf", b"%PDF", expected=None)
        lee.write("profile.yaml", BEFORE, expected=version_of(AFTER))
        lee.remove("documents/passport of LEE.pdf", expected=version_of(b"%PDF"))
    return database


def test_each_field_that_changed_is_named_without_its_value(store: DatabaseStore) -> None:
    entries = store.trail(LEE)
    assert [(one.what, one.field.partition("/")[0], one.who) for one in entries] == [
        ("added", "city", "lin"),
        ("added", "passport.number", "lin"),
        ("written", "passport.number", "lin"),
        ("added", "documents", "lin"),
        ("written", "passport.number", "lin"),
        ("removed", "documents", "lin"),
    ]
    exported = json.dumps([one.as_json() for one in entries])
    for value in ("M12345678", "M87654321", "beijing", "LEE", "passport of"):
        assert value not in exported


def test_a_value_that_came_back_is_known_by_its_digest(store: DatabaseStore) -> None:
    _, first, second, _, third, _ = store.trail(LEE)
    assert first.after == second.before == third.after != second.after == third.before


def test_the_database_itself_refuses_to_change_it(store: DatabaseStore) -> None:
    for statement in ("UPDATE event SET who = 'nobody'", "DELETE FROM event"):
        with pytest.raises(DBAPIError), writing(store.engine) as change:
            change.execute(text(statement))
    assert len(store.trail(LEE)) == 6


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET who = 'wang' WHERE number = (SELECT min(number) + 1 FROM event WHERE case_id = 'lee')",
        "UPDATE event SET at = at - 86400 WHERE number = (SELECT min(number) + 1 FROM event WHERE case_id = 'lee')",
        "DELETE FROM event WHERE number = (SELECT min(number) + 1 FROM event WHERE case_id = 'lee')",
    ],
)
def test_what_an_administrator_changed_is_found(statement: str, store: DatabaseStore) -> None:
    assert all(one.sound for one in store.trail())
    allow_changes(store)
    with writing(store.engine) as change:
        change.execute(text(statement))
    assert not all(one.sound for one in store.trail(LEE))
