"""The number that the portal gave an application, read from the page that a person has left; never guessed.

Promises: none at all where the page shows several, or says that it is somebody else's.
"""

import re
from contextlib import suppress

from assistant.errors import AssistantError
from assistant.jobs.fill import FillCase
from assistant.page.form_page import FormPage
from assistant.run.fill.identity_lock import IdentityLock

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,39}")


def number_on(page: FormPage, case: FillCase) -> str:
    """The application's number as the page shows it outside the fields; empty where it can't be told."""
    serial, lock = case.portal.serial, IdentityLock(case.plan.identity)
    if serial is None or page.closed:
        return ""
    # A page that is going away, or somebody else's, has no number for this applicant.
    with suppress(AssistantError):
        facts = page.facts([*serial.labels, *lock.labels])
        lock.check_marks(facts)
        # A part of the page that says more than the number is looked at once more within.
        found = {text.strip() for label in serial.labels for text in facts[label] if _NUMBER.fullmatch(text.strip())}
        if len(found) == 1:
            return found.pop()
    return ""
