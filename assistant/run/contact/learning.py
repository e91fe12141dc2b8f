"""What one page has taught: only what was confirmed and held. Pure."""

from collections.abc import Mapping, Sequence

from assistant.drift.baseline import block_of
from assistant.drift.meaning.judge import Proposal
from assistant.forbidden import forbidden_word_in
from assistant.outcome import Outcome
from assistant.portal.contact.learned import LearnedField, LearnedPage
from assistant.run.contact.lists.filling import FoundList
from assistant.run.contact.part import MetPage
from assistant.run.fill.result import FieldResult

_MOST_STEPS = 3


def page_as_learned(
    part: MetPage,
    chosen: Mapping[int, Proposal],
    fields: Sequence[FieldResult],
    others: Sequence[Outcome],
    lists: Sequence[FoundList],
    went: Sequence[str],
    forbidden: Sequence[str],
) -> LearnedPage:
    """The page with each box that held what was confirmed; `others` are the outcomes of its uploads and rows, `lists`
    the tables that were filled, `went` is what the person pressed to save it and go on."""
    held = {one.control.place for one in fields if one.right and one.control is not None}
    papers = {one.field for one in others if one.status in ("verified", "already")}
    learned = tuple(
        LearnedField(
            label=one.label,
            block=block_of(one.asked_by),
            control=one.control.kind,
            nth=one.nth or 1,
            means=one.key,
        )
        for one in chosen.values()
        if one.label and (one.control.place in held or one.key in papers)
    )
    rows: dict[str, dict[str, str]] = {}
    for one in others:
        if one.row is not None and one.status == "verified" and "." in one.field:
            rows.setdefault(one.field.split(".")[0], {})[one.label] = one.field
    named = {one.title: one.each for one in lists if one.columns or not one.sure if one.each in rows}
    steps = [text for text in dict.fromkeys(went) if not forbidden_word_in(text, forbidden)]
    known = tuple(
        dict.fromkeys([one.label for one in part.proposals if one.label] + [one.title for one in part.strange])
    )
    after = tuple(steps) if len(steps) <= _MOST_STEPS else ()
    return LearnedPage(title=part.title, known=known, fields=learned, rows=rows, lists=named, after=after)
