"""Looks at papers, kept where every machine of a team finds them: what one has looked at, none looks at again."""

import json
from dataclasses import dataclass

from assistant.check.documents.cache import HERE, LooksKept
from assistant.check.documents.result import FileResult, result_of_json
from assistant.jobs.work.item import checker
from assistant.jobs.work.workplace import TeamsPlace, Workplace, place_of
from assistant.store.base import ApplicantAt, ApplicantIn


@dataclass(frozen=True)
class LooksInPlace:
    """Looks at one case's papers, by what was looked at and what depends on it."""

    place: Workplace
    case: str

    def recall(self, key: str) -> FileResult | None:
        kept = self.place.recall(self.case, "look", key, checker())
        return None if kept is None else result_of_json(json.loads(kept))

    def keep(self, key: str, look: FileResult) -> None:
        self.place.keep(self.case, "look", key, checker(), json.dumps(look.as_json()).encode())


def looks_of(at: ApplicantAt) -> LooksKept:
    """Where the looks at an applicant's papers are kept: with the team's cases, or on this machine alone."""
    if isinstance(at, ApplicantIn):
        place = place_of(at.store)
        if isinstance(place, TeamsPlace):
            return LooksInPlace(place, at.ref.id)
    return HERE
