"""Of two edits of one version neither is lost: the later one is kept aside, shown field by field, and settled once."""

import pytest

from assistant.errors import ChangedMeanwhile, InputError
from assistant.store.base import ApplicantRef, version_of
from assistant.store.database.store import DatabaseStore
from assistant.store.team.aside import Aside
from tests.support.stores import put_case

LEE = ApplicantRef("lee")
BASE = (
    b"city: beijing\n# note\npassport: {number: M1, expires_on: 2030-01-01}\neducation:\n  - {from: 2010, school: A}\n"
)
THEIRS = BASE.replace(b"M1", b"M2").replace(b"beijing", b"shenzhen")
MINE = BASE.replace(b"M1", b"M3").replace(b"school: A", b"school: B") + b"marital_status: single\n"


@pytest.fixture
def aside(database: DatabaseStore) -> Aside:
    """What is kept of two edits of one version."""
    put_case(database, "lee", {"profile.yaml": BASE})
    with database.open(LEE) as lee:
        lee.write("profile.yaml", THEIRS, expected=version_of(BASE))
        with pytest.raises(ChangedMeanwhile):
            lee.write("profile.yaml", MINE, expected=version_of(BASE))
        assert lee.read("profile.yaml") == THEIRS
    (kept,) = database.asides.of("lee")
    return kept


def test_both_edits_are_there_side_by_side(aside: Aside) -> None:
    assert (aside.base, aside.content, aside.by) == (BASE, MINE, "lin")
    found = {one.field: (one.base, one.theirs, one.mine, one.clashes) for one in aside.against(THEIRS)}
    assert found == {
        "city": ("beijing", "shenzhen", "beijing", False),
        "passport.number": ("M1", "M2", "M3", True),
        "education[1].school": ("A", "A", "B", False),
        "marital_status": (None, None, "single", False),
    }


def test_what_is_taken_of_it_is_written_and_the_rest_stays_as_it_is(aside: Aside) -> None:
    merged = aside.merged(THEIRS, [("education", 0, "school"), ("marital_status",)])
    assert merged == THEIRS.replace(b"school: A", b"school: B") + b"marital_status: single\n"
    assert aside.merged(THEIRS, []) == THEIRS


def test_a_row_that_one_edit_added_can_be_taken(aside: Aside) -> None:
    longer = Aside("x", "lee", "lin", 0.0, BASE, BASE + b"  - {from: 2014, school: C}\n")
    paths = [one.path for one in longer.against(BASE)]
    assert longer.merged(BASE, paths) == longer.content
    assert Aside("x", "lee", "lin", 0.0, BASE, BASE).merged(longer.content, [paths[0]]).count(b"from") == 1


def test_it_is_settled_once(database: DatabaseStore, aside: Aside) -> None:
    database.asides.settle(aside)
    assert list(database.asides.of("lee")) == []
    with pytest.raises(InputError):
        database.asides.settle(aside)
    assert [one.what for one in database.trail(LEE)][-2:] == ["laid-aside", "settled"]


def test_no_value_stands_in_its_repr(aside: Aside) -> None:
    assert "M3" not in repr(aside) + repr(aside.against(THEIRS))
