"""The start address: once, for a minute."""

from assistant.desk.admission import SECONDS, Admission


def test_a_pass_is_good_once():
    door = Admission()
    made = door.new_pass()
    assert door.lets_in(made)
    assert not door.lets_in(made)


def test_a_pass_is_good_for_a_minute():
    now = [100.0]
    door = Admission(lambda: now[0])
    late, early = door.new_pass(), door.new_pass()
    now[0] += SECONDS
    assert door.lets_in(early)
    now[0] += 0.1
    assert not door.lets_in(late)


def test_what_nobody_was_given_lets_nobody_in():
    door = Admission()
    assert not door.lets_in("")
    assert not door.lets_in(door.key)
    assert not door.knows("")
    assert door.knows(door.again)
