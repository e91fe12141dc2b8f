"""What every finding of the doctor keeps to."""

from collections.abc import Sequence

from assistant.jobs.doctor.answers import NOTHING_TO_DO, Check, State


def state_of(checks: Sequence[Check], name: str) -> State:
    """Every finding that is not ok says what to do, in both languages."""
    (check,) = [one for one in checks if one.name == name]
    for text in (check.title, check.message):
        assert text.zh
        assert text.en
    assert (check.state == "ok") == (check.remedy == NOTHING_TO_DO)
    return check.state
