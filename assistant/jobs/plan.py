"""The job of planning: what would be written where. No browser is opened."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.check.city.loading import load_city
from assistant.portal.loading import load_portal
from assistant.portal.overlay import overlays_for
from assistant.portal.sources import Constant
from assistant.profile.loading import load_profile
from assistant.run.plan import Plan, SectionPlan, Step, make_plan
from assistant.store.base import ApplicantAt
from assistant.values import mask


@dataclass(frozen=True)
class PlanJob:
    """One applicant's plan. `city` is the profile's where it is empty."""

    applicant: ApplicantAt
    city: str = ""


@dataclass(frozen=True)
class CityPlan:
    """A plan for a city's portal."""

    city: str
    plan: Plan

    @property
    def calm(self) -> bool:
        """Whether nothing that is required is left to the person."""
        return all(outcome.calm for section in self.plan.sections for outcome in section.skipped)

    def as_json(self) -> dict[str, object]:
        """The plan for scripts: labels, kinds and masked values only."""
        return {
            "schema": 1,
            "command": "plan",
            "city": self.city,
            "portal": self.plan.portal,
            "applicant": self.plan.applicant,
            "sections": [_section_as_json(section) for section in self.plan.sections],
        }


def plan(job: PlanJob) -> CityPlan:
    """Raises InputError where the profile, the city or what was learned can't be used."""
    with job.applicant.open() as kept:
        applicant = load_profile(kept)
        city = load_city(job.city or applicant.city)
        portal = load_portal(city.portal, overlays=overlays_for(city.portal, kept))
        return CityPlan(city.city, make_plan(applicant, portal))


def all_steps(section: SectionPlan) -> Iterator[Step]:
    """A section's steps, and those of its tables' rows."""
    yield from section.steps
    for table in section.tables:
        for row in table.rows:
            yield from row.steps


def masked(step: Step) -> str:
    """Enough to recognise a slip, too little to know the value; what is the same for everybody is no secret."""
    if isinstance(step.field.source, Constant):
        return step.field.source.text
    values = step.value if isinstance(step.value, tuple) else (str(step.value),)
    return "、".join(mask(value) for value in values)


def _section_as_json(section: SectionPlan) -> dict[str, object]:
    return {
        "key": section.section.key,
        "title": section.section.title,
        "steps": [
            {
                "field": step.field.key,
                "label": step.field.label,
                "control": step.field.control,
                "row": step.row,
                "masked": masked(step),
            }
            for step in all_steps(section)
        ],
        "uploads": [
            {"slot": one.upload.slot, "label": one.upload.label, "files": len(one.files)} for one in section.uploads
        ],
        "skipped": [
            {
                "field": outcome.field,
                "label": outcome.label,
                "row": outcome.row,
                "status": outcome.status,
                "reason": outcome.reason,
            }
            for outcome in section.skipped
        ],
    }
