"""Which required documents the page's own lists still lack when the form is handed over.

Promises: what is required by the page, by the pack or by the city counts alike; the page's list of files is believed and
nothing else. A document that the portal has no place for is none of its business. Pure.
"""

from collections.abc import Collection, Iterator

from assistant.normalize import same_label
from assistant.page.kinds import empty
from assistant.portal.section import Upload
from assistant.run.fill.read_back import ShownSection
from assistant.run.plan import SectionPlan


def missing(look: ShownSection, demanded: Collection[str]) -> tuple[str, ...]:
    """Labels of required slots that hold no file in this look at their section; `demanded` are the city's, by slot."""
    lacking = [
        upload
        for upload in _required(look.plan, demanded)
        if (control := look.uploads[upload.slot].control) is None or empty(control.value)
    ]
    known = [label for upload in lacking for label in upload.labels]
    others = [
        control.name
        for control in look.seen.controls
        if control.kind == "upload" and control.required and control.visible and empty(control.value)
        if not any(same_label(control.label, label) for label in known)
    ]
    return (*(upload.label for upload in lacking), *others)


def required_labels(plan: SectionPlan, demanded: Collection[str]) -> tuple[str, ...]:
    """The required slots of one section, by their names on the page."""
    return tuple(upload.label for upload in _required(plan, demanded))


def _required(plan: SectionPlan, demanded: Collection[str]) -> Iterator[Upload]:
    """Required by the city, or by the pack where its condition holds."""
    not_asked = {one.field for one in plan.skipped if one.reason == "condition-false"}
    for upload in plan.section.uploads:
        asked = upload.required and f"documents.{upload.slot}" not in not_asked
        if asked or upload.slot in demanded:
            yield upload
