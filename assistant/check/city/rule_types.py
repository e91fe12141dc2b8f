"""The kinds of rule a city file may hold: the grammar of `selectors/cities/`, told to people in its README.

Promises: every rule names a source and the day it was true (`as_of`); a rule marked `unknown` carries a note saying what
nobody has published, and whoever uses its value must warn instead of refusing or allowing silently.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assistant.check.file_rules import FileRules
from assistant.messages import Text
from assistant.validation import IsoDate, StrictModel, sentence

CityCategory = Annotated[str, Field(pattern=r"^[ABC][1-9]?$")]
"""A class (`B`) or one of its items (`B6`)."""
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Days = Annotated[int, Field(ge=0, le=366)]
Months = Annotated[int, Field(ge=0, le=120)]


def covers(categories: tuple[str, ...], category: str) -> bool:
    """Whether a list of classes and items holds a category; an empty list holds all.

    >>> covers(("A", "B6"), "A3"), covers(("B6",), "B1"), covers((), "C2")
    (True, False, True)
    """
    return not categories or category in categories or category[:1] in categories


class CityWords(StrictModel):
    """The same words in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class RuleSource(StrictModel):
    """Where rules stand. `inferred`: nobody states it, this project concluded it."""

    title: CityWords
    url: str = ""
    strength: Literal["stated", "weak", "inferred"] = "stated"

    @model_validator(mode="after")
    def _stated_somewhere(self) -> Self:
        if self.strength != "inferred" and not self.url.startswith(("http://", "https://")):
            raise sentence("请写明来源网址（url）", "give the source's address (url)")
        return self


class Rule(StrictModel):
    """The base of every rule: where it stands, as of when, and whether its value is an assumption."""

    source: Key
    as_of: IsoDate
    unknown: bool = False
    note: CityWords | None = None

    @model_validator(mode="after")
    def _unknown_is_explained(self) -> Self:
        if self.unknown and self.note is None:
            raise sentence(
                "标为 unknown 的规定要用 note 说明什么没有公布",
                "a rule marked unknown needs a note: what is not published",
            )
        return self


class ForCategories(Rule):
    """A rule for some categories; with none listed, for all."""

    categories: tuple[CityCategory, ...] = ()

    def covers(self, category: str) -> bool:
        return covers(self.categories, category)


# ---- time ----------------------------------------------------------------------------------------------------------


class DaysBefore(Rule):
    """A day, counted back from the work permit's expiry."""

    days_before_expiry: Days


class Window(StrictModel):
    """`may_open`: a longer one that another source states; between the two a case is neither too early nor surely in time."""

    opens: DaysBefore
    closes: DaysBefore
    may_open: DaysBefore | None = None


class Review(ForCategories):
    """Pre-review: at most this many working days; `runs_at` when it is automatic."""

    working_days: Days
    by_hand: bool = False
    runs_at: tuple[str, ...] = ()


class Processing(Rule):
    """From acceptance to collection, in working days or, where only that is said, in calendar days."""

    working_days: Days | None = None
    calendar_days: Days | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.working_days is None) == (self.calendar_days is None):
            raise sentence("working_days 与 calendar_days 只写一个", "give either working_days or calendar_days")
        return self


class Margin(Rule):
    """Working days kept free so that a returned application can still be corrected."""

    working_days: Days


# ---- who and how long ----------------------------------------------------------------------------------------------


class AgeLimit(ForCategories):
    """From this age on an extension is refused; from `unclear_from` on sources differ or can be read either way."""

    refused_from: int = Field(ge=18, le=120)
    unclear_from: int | None = None
    sex: Literal["male", "female"] | None = None
    """For these only; none given, for everyone."""

    def is_for(self, category: str, sex: str) -> bool:
        return self.covers(category) and self.sex in (None, sex)


class ExtensionLength(Rule):
    """The longest extension, for those who have worked in China for at least `years_in_china`."""

    months: Months
    years_in_china: int = Field(default=0, ge=0, le=50)


class PermitCap(ForCategories):
    months: Months


class ResidenceLength(Rule):
    at_least_days: Days
    at_most_months: Months


class ResidenceHeld(Rule):
    """The residence permit one must hold; no purposes listed, any."""

    purposes: tuple[Literal["work", "study", "journalist", "reunion", "private"], ...] = ()


class OtherDocument(Rule):
    """What may be held instead of a residence permit, and does not extend to a work residence permit by itself."""

    held: Literal["visa", "stay_permit", "visa_free"]


class TermCheck(Rule):
    """What the dates asked for are held against: a permit shall not outlast the contract, and so on."""

    against: Literal["contract", "passport", "current-permit", "work-period", "residence-permit", "previous-contract"]


class StillValid(Rule):
    """What must not have ended by the day of filing; `period` is the one asked for, which must outlast the permit held."""

    what: Literal["passport", "contract", "period"]


class SalaryFloor(ForCategories):
    """The pay that the salary path demands; no amount where it is unknown."""

    times_local_average: int
    monthly_rmb: int | None = None
    workplace: str = ""
    """The city or province of work it is for, where that is not the city of the file."""


class PassportChange(Rule):
    """Whether a new passport can be registered within the extension."""

    within_extension: bool


class Translations(Rule):
    """Who may translate papers that are not in Chinese."""

    accepted: CityWords


class PositionChange(Rule):
    change: Literal["within_entity", "new_occupation"]
    allowed: bool


class Sector(Rule):
    """A trade that needs its authority's approval: occupations that surely mean it, and words that may."""

    key: Key
    name: CityWords
    occupations: tuple[str, ...] = Field(min_length=1)
    perhaps: tuple[str, ...] = ()


class Entrance(Rule):
    """How the extension of an older certificate is entered."""

    permit: Literal["foreign_expert_certificate", "employment_permit"]
    name: CityWords


# ---- documents -----------------------------------------------------------------------------------------------------

Situation = Literal["salary-commitment", "salary-path", "change-within-entity", "sector", "sector-perhaps"]


class SlotNeed(ForCategories):
    """When a document is needed: the first line of a slot that fits the case counts."""

    need: Literal["required", "optional", "unsure", "when-asked"]
    situation: Situation | None = None


class FileLimits(FileRules, Rule):
    """What a city file says of files; what a slot leaves out is taken from the city's `files`."""

    types: tuple[Literal["pdf", "jpeg", "png"], ...] = ("pdf",)


class Alternative(Rule):
    """A paper that may stand in a slot's place, for some occupations only."""

    name: CityWords
    occupations: tuple[str, ...]


class SlotEntry(StrictModel):
    slot: Key
    label: str
    label_en: str
    needs: tuple[SlotNeed, ...] = Field(min_length=1)
    titles: tuple[str, ...] = ()
    """What such a paper calls itself in its headline; by it a page of a heap of scans is known."""
    heads: tuple[str, ...] = ()
    """What stands on its further pages: heads of its tables, its clauses."""
    whose: Literal["applicant", "employer"] = "applicant"
    """Whose name must stand on it."""
    several: bool = False
    """Whether different papers may stand in the slot side by side, as certificates of several months do."""
    files: FileLimits | None = None
    alternative: Alternative | None = None

    @model_validator(mode="after")
    def _titles_are_titles(self) -> Self:
        short = [title for title in self.titles if len(title) < 3]
        if short:
            raise sentence(
                f"titles 中的「{short[0]}」太短，别的材料上也会有",
                f"“{short[0]}” in `titles` is too short to tell a paper by",
            )
        if len(set(self.titles)) < len(self.titles):
            raise sentence("titles 中有重复", "a title is listed twice")
        return self


class PhotoTest(StrictModel):
    """One point of the portal's test; `by`: whether the document checks look at it, or only a person can."""

    what: CityWords
    by: Literal["program", "person"]


class Photo(Rule):
    """A portrait: for the form on the screen, or printed for the paper form. Sizes in millimetres or pixels."""

    use: Literal["online", "paper", "residence"]
    tests: tuple[PhotoTest, ...] = ()
    """What the portal's own test looks at."""
    background: Literal["white", "blue"]
    millimetres: tuple[float, float] | None = None
    min_pixels: tuple[int, int] | None = None
