"""One city's rules, from `selectors/cities/<city>.yaml`: filing window, limits, documents, fees, offices, later steps.

The rest of the product knows no city by name. Promises: every rule's source is in the file's list of sources; questions
like "which fee", "which offices", "is a booking needed" are answered here once, so that no caller repeats the rule.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from assistant.check.city.rule_types import (
    AgeLimit,
    CityWords,
    Entrance,
    ExtensionLength,
    FileLimits,
    ForCategories,
    Key,
    Margin,
    OtherDocument,
    PassportChange,
    PermitCap,
    Photo,
    PositionChange,
    Processing,
    ResidenceHeld,
    ResidenceLength,
    Review,
    Rule,
    RuleSource,
    SalaryFloor,
    Sector,
    SlotEntry,
    StillValid,
    TermCheck,
    Translations,
    Window,
)
from assistant.check.city.services import AfterStep, Booking, Collection, Fee, Hotline, Office
from assistant.check.file_rules import FileRules
from assistant.errors import PackError
from assistant.messages import Text
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel, sentence

FOLDER = SELECTORS / "cities"
NATIONAL = FOLDER / "_national.yaml"


class National(StrictModel):
    """What holds in every city whose own file does not say otherwise: `_national.yaml`."""

    sources: dict[Key, RuleSource]
    permit_caps: tuple[PermitCap, ...] = ()
    term_checks: tuple[TermCheck, ...] = ()
    still_valid: tuple[StillValid, ...] = ()
    residence_length: ResidenceLength | None = None
    other_documents: tuple[OtherDocument, ...] = ()
    position_changes: tuple[PositionChange, ...] = ()
    sectors: tuple[Sector, ...] = ()
    entrances: tuple[Entrance, ...] = ()
    salary_elsewhere: tuple[SalaryFloor, ...] = ()
    """Floors published for other cities, for who works there."""

    @model_validator(mode="after")
    def _every_source_is_listed(self) -> Self:
        for rule in rules_in(self):
            if rule.source not in self.sources:
                raise sentence(
                    f"来源 {rule.source} 不在 sources 中；已有：{', '.join(self.sources)}",
                    f"the source {rule.source} is not in `sources`; known: {', '.join(self.sources)}",
                )
        return self


class City(National):
    """One city's file. `name` is the key by which profiles and the command line call it."""

    city: Key
    title: CityWords
    portal: Key
    window: Window
    pre_review: tuple[Review, ...] = Field(min_length=1)
    processing: Processing
    margin: Margin
    age: tuple[AgeLimit, ...] = ()
    extension: tuple[ExtensionLength, ...] = ()
    residence_held: ResidenceHeld
    salary_path: ForCategories
    salary: tuple[SalaryFloor, ...] = ()
    passport_change: PassportChange | None = None
    translations: Translations | None = None
    listed_categories: ForCategories | None = None
    files: FileLimits
    slots: tuple[SlotEntry, ...] = Field(min_length=1)
    photos: tuple[Photo, ...] = ()
    fees: tuple[Fee, ...] = ()
    offices: tuple[Office, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    booking: tuple[Booking, ...] = ()
    collection: Collection | None = None
    after: tuple[AfterStep, ...] = ()

    @model_validator(mode="after")
    def _everything_named_exists(self) -> Self:
        slots = [entry.slot for entry in self.slots]
        if len(set(slots)) < len(slots):
            raise sentence("同一材料项写了两次", "a document slot is listed twice")
        windows = {office.key: len(office.windows) for office in self.offices}
        if any(step.office and step.office not in windows for step in self.after):
            raise sentence("after 中的 office 不在 offices 中", "a step's office is not in `offices`")
        if any(step.window and step.window > windows.get(step.office or "", 0) for step in self.after):
            raise sentence("after 中的 window 超出该 office 的 windows", "a step's window is none of its office's")
        return self

    @cached_property
    def every_rule(self) -> tuple[Rule, ...]:
        """Every rule of the file, however deep: gathered once, since a roster asks for each of its applicants."""
        return tuple(rules_in(self))

    def files_of(self, entry: SlotEntry) -> FileRules:
        """What the files of a slot must be: the city's rules for all files, overridden by the slot's own."""
        own = entry.files.said() if entry.files else {}
        return FileRules.model_validate({**self.files.said(), **own})

    def source_of(self, rule: Rule) -> str:
        """What a person reads as the source of a rule: address (or title) and the day it was checked."""
        source = self.sources[rule.source]
        place = source.url or str(source.title.text)
        return f"{place} (checked {rule.as_of.isoformat()})"

    def is_stated(self, rule: Rule) -> bool:
        """Somebody who should know states this rule; a finding that rests on another warns and does not refuse."""
        return self.sources[rule.source].strength == "stated"

    def review_for(self, category: str) -> Review:
        """The pre-review of a category: the first line that fits."""
        return next((review for review in self.pre_review if review.covers(category)), self.pre_review[-1])

    def booking_for(self, category: str) -> Booking | None:
        return next((booking for booking in self.booking if booking.covers(category)), None)

    def fee_for(self, permit: str, months: int) -> Fee | None:
        """The fee of a permit of so many months; None where the city states none for that length."""
        return next((fee for fee in self.fees if fee.permit == permit and fee.covers(months)), None)

    def offices_for(self, district: str | None) -> tuple[Office, ...]:
        """The offices an employer registered in this district may use: its own first, then those open to all."""
        own = tuple(office for office in self.offices if district and district in office.districts)
        return own + tuple(office for office in self.offices if not office.districts)

    def steps_for(self, category: str) -> tuple[AfterStep, ...]:
        return tuple(step for step in self.after if step.covers(category))


def cities() -> tuple[str, ...]:
    """The names of the cities there are files for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path != NATIONAL))


def load_city(name: str) -> City:
    """The city of this name; PackError naming the known ones when there is none, or listing all that is wrong in it."""
    if name not in cities():
        known = ", ".join(cities())
        raise PackError(Text(f"没有这个城市：可用的有 {known}", f"there is no such city; known: {known}"), where="city")
    return read_city(FOLDER / f"{name}.yaml")


def read_city(path: Path) -> City:
    """The city of a file; its `city` must be the file's name."""
    city = load_model(path, City, PackError)
    if city.city != path.stem:
        raise PackError(
            Text(f"city 应为 {path.stem}，与文件名一致", f"`city` must be {path.stem}, like the file's name"),
            where=str(path),
        )
    national = load_model(NATIONAL, National, PackError)
    known = _whole.get(path)
    if known is None or known[0] is not city or known[1] is not national:
        known = _whole[path] = city, national, _completed(city, national, path)
    return known[2]


_whole: dict[Path, tuple[City, National, City]] = {}
"""Each city with the country's rules, until one of the two files changes."""


def _completed(city: City, national: National, path: Path) -> City:
    """The city with the country's rules for what its file leaves out; a source's key means one source only."""
    if twice := sorted(set(city.sources) & set(national.sources)):
        raise PackError(
            Text(
                f"来源 {', '.join(twice)} 已在 {NATIONAL.name} 中，请换一个名字",
                f"the source {', '.join(twice)} is in {NATIONAL.name} already; give it another name",
            ),
            where=str(path),
        )
    left_out = set(National.model_fields) - city.model_fields_set
    rules = {name: getattr(national, name) for name in left_out}
    return city.model_copy(update={**rules, "sources": {**city.sources, **national.sources}})


def rules_in(part: object) -> Iterator[Rule]:
    """Every rule in a part of a city file, however deep."""
    if isinstance(part, Rule):
        yield part
    if isinstance(part, StrictModel):
        for name in type(part).model_fields:
            yield from rules_in(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from rules_in(item)
