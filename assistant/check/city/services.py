"""The kinds of rule a city file may hold about what follows submission: fees, offices, hotlines, booking, steps.

Data for the on-site pack and the deadlines; the same promises as every rule (see `rule_types`).
"""

from typing import Annotated, Literal

from pydantic import Field

from assistant.check.city.rule_types import CityWords, ForCategories, Key, Months, Rule

Hours = Annotated[str, Field(pattern=r"^[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$")]


class Fee(Rule):
    """RMB for a permit of `from_months` (inclusive) to `below_months` (exclusive) or `to_months` (inclusive)."""

    permit: Literal["work", "residence"]
    rmb: int = Field(ge=0)
    from_months: Months = 0
    below_months: Months | None = None
    to_months: Months | None = None
    invoice: Literal["personal", "none"] = "none"

    def covers(self, months: int) -> bool:
        below = self.below_months is None or months < self.below_months
        return self.from_months <= months and below and (self.to_months is None or months <= self.to_months)


class Office(Rule):
    """Where one goes. `hours` are Monday to Friday. `districts`: only employers registered there; none listed, everyone."""

    key: Key
    name: CityWords
    address: CityWords
    hours: tuple[Hours, ...] = ()
    phones: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    windows: tuple[CityWords, ...] = ()


class Hotline(Rule):
    topic: Literal["work", "residence"]
    name: CityWords
    phone: str


class Booking(ForCategories):
    """Whether the visit needs a booking; the first line that fits the category counts."""

    needed: bool


class Collection(Rule):
    """When the new permit can be fetched: after `same_day_from` on the day itself, or within these hours later."""

    same_day_from: str
    later_hours: Hours


class AfterStep(ForCategories):
    """One step after submission, in order."""

    step: Key
    who: tuple[Literal["handler", "applicant", "authority"], ...] = Field(min_length=1)
    what: CityWords
    office: Key | None = None
    window: int | None = Field(default=None, ge=1)
    """Which of the office's `windows`, counted from 1."""
    papers: bool = False
    """All papers of the case are handed in here."""
    bring: tuple[CityWords, ...] = ()
    """What else must be at hand here."""

    @property
    def visit(self) -> bool:
        """Whether somebody must stand at an office with something in hand."""
        return self.papers or bool(self.bring)
