"""What works on this machine, and what to do about the rest. One module a kind of question, one line of CHECKS each.

A question answers and never raises. What can be avoided is avoided where it happens; here it is explained.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.jobs.doctor.answers import NOTHING_TO_DO, Check, State
from assistant.jobs.doctor.browser import check_browser, check_display
from assistant.jobs.doctor.clock import check_clock
from assistant.jobs.doctor.folders import check_folders, check_stored
from assistant.jobs.doctor.libraries import check_python
from assistant.jobs.doctor.loopback import check_loopback
from assistant.jobs.doctor.packs import check_mock, check_packs
from assistant.jobs.doctor.passwords import check_keyring
from assistant.jobs.doctor.places import check_place
from assistant.jobs.doctor.policies import check_policies
from assistant.jobs.doctor.texts import check_texts

__all__ = ["CHECKS", "NOTHING_TO_DO", "Check", "State", "check_stored", "examine"]

CHECKS: Sequence[Callable[[Path], Sequence[Check]]] = (
    lambda _place: check_python(),
    lambda _place: check_browser(),
    lambda _place: check_policies(),
    lambda _place: check_display(),
    lambda _place: check_loopback(),
    lambda _place: check_keyring(),
    lambda _place: check_packs(),
    lambda _place: check_mock(),
    lambda _place: check_folders(),
    check_place,
    lambda _place: check_texts(),
    lambda _place: check_stored(),
    lambda _place: check_clock(),
)
"""In the order in which a person would mend things."""


def examine(place: Path) -> tuple[Check, ...]:
    """All questions; `place` is where the applicants' folders are or would be."""
    return tuple(one for check in CHECKS for one in check(place))
