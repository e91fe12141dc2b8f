"""Two pairs of eyes: who filled is refused as reviewer where the team wants that, and everything is on the trail."""

import pytest
from sqlalchemy import text

from assistant.errors import InputError
from assistant.store import sealing
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.connection import connect, writing
from assistant.store.database.contents import COURSE
from assistant.store.database.store import DatabaseStore
from tests.support.stores import allow_changes, put_case

LEE = ApplicantRef("lee")


@pytest.fixture
def lin(database: DatabaseStore) -> DatabaseStore:
    put_case(database, "lee", {"profile.yaml": b"city: beijing\n"})
    return database


@pytest.fixture
def wang(lin: DatabaseStore, database_url: str) -> DatabaseStore:
    """Another member at another desk."""
    key = sealing.new_key()
    lin.team.add("wang", sealing.public_key(key))
    return DatabaseStore(connect(database_url), database_url, key)


def what(store: DatabaseStore) -> list[tuple[str, str]]:
    return [(line.who, line.what) for line in store.trail(LEE) if line.what in ("filled", "reviewed", "review-refused")]


def test_who_filled_is_refused_and_the_other_is_not(lin: DatabaseStore, wang: DatabaseStore) -> None:
    assert lin.team.set_two_eyes(True).two_eyes
    lin.note_filled(LEE)
    with pytest.raises(InputError) as refused:
        lin.reviews.mark("lee")
    assert "two pairs of eyes" in refused.value.what.en and "双人复核" in refused.value.what.zh
    assert lin.reviews.reviewers() == {}
    wang.reviews.mark("lee")
    assert lin.reviews.reviewers() == {"lee": "wang"}
    assert what(lin) == [("lin", "filled"), ("lin", "review-refused"), ("wang", "reviewed")]
    assert all(line.sound for line in lin.trail())


def test_without_the_rule_one_member_may_do_both(lin: DatabaseStore) -> None:
    lin.note_filled(LEE)
    lin.reviews.mark("lee")
    assert lin.reviews.reviewers() == {"lee": "lin"}
    lin.team.set_two_eyes(True)
    lin.team.set_two_eyes(False)
    lin.reviews.mark("lee")
    assert [line.what for line in lin.trail(ApplicantRef(""))][-2:] == ["two-eyes-on", "two-eyes-off"]


def test_what_nobody_filled_nobody_reviews(lin: DatabaseStore) -> None:
    with pytest.raises(InputError) as refused:
        lin.reviews.mark("lee")
    assert "fill it first" in refused.value.what.en
    assert what(lin) == []


@pytest.mark.parametrize("name", ["profile.yaml", "documents/contract.pdf", None])
def test_a_review_is_over_once_the_form_or_the_data_change(
    lin: DatabaseStore, wang: DatabaseStore, name: str | None
) -> None:
    lin.note_filled(LEE)
    wang.reviews.mark("lee")
    if name is None:
        lin.note_filled(LEE)
    else:
        with lin.open(LEE) as kept:
            before = version_of(kept.read(name)) if name in kept.names() else None
            kept.write(name, b"city: shenzhen\n", expected=before)
    assert wang.reviews.reviewers() == {}


def test_a_stage_that_is_set_leaves_the_review(lin: DatabaseStore, wang: DatabaseStore) -> None:
    lin.note_filled(LEE)
    wang.reviews.mark("lee")
    with lin.open(LEE) as kept:
        kept.write(COURSE, b"stage: submitted\n", expected=None)
    assert lin.reviews.reviewers() == {"lee": "wang"}


def test_the_rule_outlives_a_change_of_members(lin: DatabaseStore, wang: DatabaseStore) -> None:
    lin.team.set_two_eyes(True)
    lin.team.remove("wang")
    assert lin.team.keys().two_eyes
    lin.team.add("zhao", sealing.public_key(sealing.new_key()))
    assert lin.team.keys().two_eyes


def test_a_trail_that_was_changed_is_no_ground_for_a_review(lin: DatabaseStore, wang: DatabaseStore) -> None:
    lin.team.set_two_eyes(True)
    lin.note_filled(LEE)
    allow_changes(lin)
    with writing(lin.engine) as change:
        change.execute(text("UPDATE event SET who = 'wang' WHERE what = 'filled'"))
    with pytest.raises(InputError) as refused:
        lin.reviews.mark("lee")
    assert "trail" in refused.value.what.en
    assert lin.reviews.reviewers() == {}
