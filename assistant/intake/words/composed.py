"""Questions of forms that one text answers for several values of a profile: a place with its levels, both ends of a stretch, every
nationality at once. The vocabulary says of what they are composed; here they are taken apart again. Pure.

Promises: a text that does not name each part says nothing of it; nothing is divided by guess.
"""

from collections.abc import Mapping
from functools import cache

from assistant.drift.vocabulary import every_word
from assistant.intake.words.places import place_of
from assistant.intake.words.printed import days_in
from assistant.portal.sources import Levels, Range, Source, Template, Together

PRESENT, PREVIOUS = "applicant.nationality", "passport.previous_nationalities"
_LEVELS = ("province", "city", "district", "detail")


@cache
def composed() -> Mapping[str, Source]:
    """Name of a question → its parts, of those that can be taken apart."""
    found = {name: entry.value for name, entry in every_word().composed.items() if entry.value is not None}
    return {
        name: one for name, one in found.items() if isinstance(one, Range) or _is_place(one) or _is_every_passport(one)
    }


def _is_place(source: Source) -> bool:
    return isinstance(source, Levels | Template) and all(path.rpartition(".")[2] in _LEVELS for path in source.paths)


def _is_every_passport(source: Source) -> bool:
    """Every country that ever gave the applicant a passport, the present one among them."""
    return isinstance(source, Together) and source.paths == (PRESENT, PREVIOUS)


def parts_of(name: str, text: str) -> dict[str, str]:
    """Profile path → the part of the text that answers it; {} where it can't be divided for sure. Of every nationality at once, all
    of them: which is the present one stands elsewhere on the form."""
    source = composed()[name]
    if isinstance(source, Together):
        return {PREVIOUS: text}
    if isinstance(source, Range):
        days = days_in(text)
        return dict(zip(source.paths, days, strict=True)) if len(days) == 2 and days[0] < days[1] else {}
    place = place_of(text)
    told = {path: getattr(place, path.rpartition(".")[2]) for path in source.paths}
    if not place.city and any(path.endswith(".detail") for path in source.paths):
        # A street by itself.
        return {path: text for path in source.paths if path.endswith(".detail")}
    return {path: part for path, part in told.items() if part} if place.city else {}
