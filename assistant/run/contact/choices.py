"""A list whose options are only known once it is open: the one option that means the value is chosen then, exactly."""

import dataclasses
from collections.abc import Sequence

from assistant.drift.meaning.offered import option_for, yes_no_for
from assistant.page.form_page import FormPage
from assistant.page.snapshot import Snapshot
from assistant.portal.sources import Present
from assistant.run.fill import section_filler
from assistant.run.fill.result import FieldResult


def choose_by_offer(page: FormPage, results: Sequence[FieldResult]) -> None:
    """Tries once more what a list refused as none of its options, by the option that says the same with other marks."""
    refused = [
        one for one in results if one.reason == "no-such-option" and one.control is not None and one.step is not None
    ]
    for one in refused:
        assert one.control is not None and one.step is not None
        offered = page.offers(one.control)
        page.settle()
        step = one.step
        source = step.field.source
        found = option_for(step.accepted, offered)
        if found is None and isinstance(source, Present) and isinstance(step.value, str):
            found = yes_no_for(step.value == source.then, offered)
        if found is None:
            continue
        better = dataclasses.replace(step, value=found, accepted=(found, *step.accepted))
        (again,) = section_filler.fill(page, [better], Snapshot.outside_dialogs, overwrite=True)
        one.step, one.outcome, one.control, one.shown = again.step, again.outcome, again.control, again.shown
