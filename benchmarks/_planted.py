"""One wrong value in an otherwise right run, over a simulated page; and runs in which nothing is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal, cast

from assistant.outcome import Reason
from assistant.page.form_page import FormPage
from assistant.page.kinds import Shown
from assistant.page.matching import match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import Portal, load_portal
from assistant.portal.options import OptionTable
from assistant.portal.sources import CASCADE, Levels, Present, Template
from assistant.review.cards import Card, cards
from assistant.run.fill import rows, section_filler, uploads
from assistant.run.fill.read_back import ReadBack, ShownSection
from assistant.run.fill.result import FieldResult, UploadResult
from assistant.run.plan import Plan, SectionPlan, Step, TablePlan, make_plan
from benchmarks._applicants import invented
from benchmarks._pages import UPLOADS, SimulatedPage, emptied, page_of

Kind = Literal["transformation", "alias", "stale", "late"]
KINDS: tuple[Kind, ...] = ("transformation", "alias", "stale", "late")
PORTALS = ("shenzhen", "national")
_Change = Callable[[SimulatedPage], None]


@dataclass(frozen=True)
class Plant:
    """What was made wrong, and where. `field` is empty for a question of the page that the pack doesn't know."""

    kind: Kind
    what: str
    section: str
    field: str
    row: int | None = None

    def is_on(self, card: Card) -> bool:
        return (card.section, card.field, card.row) == (self.section, self.field, self.row)


@dataclass(frozen=True)
class Run:
    portal: str
    plant: Plant
    cards: list[Card]


@dataclass(frozen=True)
class Wrong:
    """One way to go wrong: in the plan, in the page before the filling, while it is written, or after the save."""

    plant: Plant
    plan: SectionPlan
    before: _Change = lambda page: None
    after: _Change = lambda page: None


def calm_run(random: Random, *, resumed: bool) -> list[Card]:
    """The cards of a renewal in which nothing is wrong, filled anew or `resumed` from a draft that holds it all."""
    portal = load_portal(random.choice(PORTALS))
    plan = make_plan(invented(random), portal)
    work = [filled(section, SimulatedPage(_start(section, resumed=resumed))) for section in _complete(plan)]
    return cards(work)


def planted_run(random: Random, kind: Kind) -> Run:
    """One run with one wrong value of that kind."""
    portal = load_portal(random.choice(PORTALS))
    sections = _complete(make_plan(invented(random), portal))
    wrong = planted(random, kind, sections, portal)
    resumed = random.random() < 0.5
    work: list[ReadBack] = []
    for section in sections:
        if section.section.key != wrong.plan.section.key:
            work.append(filled(section, SimulatedPage(_start(section, resumed=resumed))))
            continue
        # What is stale was there before; what is wrong in the plan is written, or was there already.
        page = SimulatedPage(_start(wrong.plan, resumed=resumed))
        wrong.before(page)
        seen = filled(wrong.plan, page, wrong.after)
        assert _is_wrong(section, wrong.plant, page.held), wrong.plant
        work.append(seen)
    return Run(portal.name, wrong.plant, cards(work))


def filled(plan: SectionPlan, page: SimulatedPage, after: _Change = lambda page: None) -> ReadBack:
    """Fills one section as the filler does, through the same code, looks again and judges."""
    form = cast(FormPage, page)
    fields = section_filler.fill(form, plan.steps, _all, overwrite=False)
    tables = [(table, rows.fill_table(form, table, _all, overwrite=False)) for table in plan.tables]
    files = uploads.attach_all(form, plan.uploads, _all)
    after(page)
    seen = page.settled_look()
    look = ShownSection(plan, seen)
    late: list[tuple[FieldResult | UploadResult, Reason]] = [*section_filler.unsettled(fields, look.fields)]
    late += [hit for table, results in tables for hit in rows.unsettled(results, look.tables[table.table.key])]
    late += uploads.unsettled(files, look.uploads)
    for one, reason in late:
        one.settle("changed", reason)
    every: list[FieldResult | UploadResult] = [*fields, *(one for _, results in tables for one in results), *files]
    outcomes = [one.outcome for one in every if one.outcome]
    new = section_filler.unplanned([label for step in plan.steps for label in step.field.labels], seen)
    return look.read_back([*outcomes, *plan.skipped, *new])


# -- what can go wrong -----------------------------------------------------------------------------------------------


def planted(random: Random, kind: Kind, sections: Sequence[SectionPlan], portal: Portal) -> Wrong:
    """Draws until a way to go wrong is found that this applicant's plan has room for."""
    ways: dict[Kind, Callable[[Random, SectionPlan, Portal], Wrong | None]] = {
        "transformation": _converted_wrong,
        "alias": _alias_of_another,
        "stale": _stale,
        "late": _late,
    }
    while True:
        wrong = ways[kind](random, random.choice(sections), portal)
        if wrong is not None:
            return wrong


def _converted_wrong(random: Random, plan: SectionPlan, portal: Portal) -> Wrong | None:
    """The plan itself has the wrong value: the page takes it and everything agrees but the profile."""
    every = [step for step in _steps(plan) if step.transformed]
    if not every:
        return None
    step = random.choice(every)
    value = converted_wrong(random, step, portal)
    if value is None:
        return None
    plant = Plant("transformation", type(step.field.source).__name__, plan.section.title, step.field.key, step.row)
    return Wrong(plant, _with(plan, step, replace(step, value=value, accepted=(value,) if step.accepted else ())))


def converted_wrong(random: Random, step: Step, portal: Portal) -> str | None:
    """What a slip in the conversion would make of a step's value; None where none fits."""
    source, value = step.field.source, step.value
    if not isinstance(value, str):
        return None
    if step.field.options is not None:
        return _another(random, portal.tables[step.field.options], step)
    if isinstance(source, Present):
        return source.otherwise if value == source.then else source.then
    if isinstance(source, Template):
        words = value.split()
        return " ".join(reversed(words)) if len(words) > 1 else None
    if isinstance(source, Levels):
        levels = value.split(CASCADE)
        return CASCADE.join((*levels[:-1], f"{levels[-1][:-1]}北区"))
    if step.transformed == "date" and step.field.control == "date":
        day = date.fromisoformat(value)
        slips = [day + timedelta(days=1), day - timedelta(days=1)]
        if day.day <= 12 and day.day != day.month:
            slips.append(day.replace(month=day.day, day=day.month))
        return random.choice(slips).isoformat()
    return None


def _alias_of_another(random: Random, plan: SectionPlan, portal: Portal) -> Wrong | None:
    """An option table holds a wording that means something else, and the page's draft shows it."""
    every = [step for step in _steps(plan) if step.field.options and isinstance(step.value, str)]
    if not every:
        return None
    step = random.choice(every)
    assert step.field.options is not None
    text = _another(random, portal.tables[step.field.options], step)
    if text is None:
        return None
    changed = replace(step, accepted=(*step.accepted, text))
    plant = Plant("alias", step.field.options, plan.section.title, step.field.key, step.row)
    return Wrong(plant, _with(plan, step, changed), before=_holding(plan, step, text))


def _stale(random: Random, plan: SectionPlan, portal: Portal) -> Wrong | None:
    """The draft still holds something of another year: in a field, in a row, a row or a file too many, or in a question
    that this case is not asked."""
    title = plan.section.title
    ways: list[Wrong] = []
    if steps := [step for step in _steps(plan) if isinstance(step.value, str)]:
        step = random.choice(steps)
        if (old := _old(random, step, portal)) is not None:
            where = "row" if step.row is not None else "field"
            plant = Plant("stale", f"{where} held another value", title, step.field.key, step.row)
            ways.append(Wrong(plant, plan, before=_holding(plan, step, old)))
    for table in plan.tables:
        stale_row = tuple("2001-01" if one.control == "month" else "旧" for one in table.table.fields)
        plant = Plant("stale", "a row too many", title, table.table.key)
        ways.append(Wrong(plant, plan, before=lambda page, row=stale_row: _add_row(page, row)))  # type: ignore[misc]
    if plan.uploads:
        number = random.randrange(len(plan.uploads))
        slot = f"documents.{plan.uploads[number].upload.slot}"
        plant = Plant("stale", "a file too many", title, slot)
        ways.append(Wrong(plant, plan, before=lambda page: _add_file(page, UPLOADS + number)))
    skipped = [one for one in plan.skipped if one.status == "skipped" and one.row is None and one.control != "upload"]
    if fields := [field for field in plan.section.fields if field.key in {one.field for one in skipped}]:
        field = random.choice(fields)
        stray = Control(0, 800, field.control, "native", field.label, value="300000")
        plant = Plant("stale", "a question not asked in this case", title, field.key)
        ways.append(Wrong(plant, plan, before=lambda page: _add_control(page, stray)))
    return random.choice(ways) if ways else None


def _late(random: Random, plan: SectionPlan, portal: Portal) -> Wrong | None:
    """The page changes a value while it is written or after the save; or it loses it."""
    every = [step for step in _steps(plan) if isinstance(step.value, str)]
    if not every:
        return None
    step = random.choice(every)
    other = random.choice(["", _old(random, step, portal)])
    if other is None or (other == "" and step.row is not None):
        return None
    if step.row is None and random.random() < 0.5:
        plant = Plant("late", "while it was written", plan.section.title, step.field.key)
        number = list(plan.steps).index(step)

        def stubborn(page: SimulatedPage) -> None:
            page.put(number, "")
            page.instead[number] = other

        return Wrong(plant, plan, before=stubborn)
    plant = Plant("late", "after the save", plan.section.title, step.field.key, step.row)
    return Wrong(plant, plan, after=_holding(plan, step, other))


def _old(random: Random, step: Step, portal: Portal) -> str | None:
    """Another value of the same kind, as an earlier year's."""
    value = str(step.value)
    if step.field.options is not None:
        return _another(random, portal.tables[step.field.options], step)
    if step.field.control == "date":
        return (date.fromisoformat(value) - timedelta(days=random.choice([1, 30, 365]))).isoformat()
    if step.field.control == "month":
        return f"{int(value[:4]) - 1}{value[4:]}"
    at = random.randrange(len(value))
    sign = "8" if value[at] != "8" else "3"
    return f"{value[:at]}{sign}{value[at + 1 :]}"


def _another(random: Random, table: OptionTable, step: Step) -> str | None:
    """Another code's text of the same table."""
    others = [one.text for one in table.options.values() if one.text not in step.accepted]
    return random.choice(others) if others else None


# -- the page ----------------------------------------------------------------------------------------------------------


def _start(plan: SectionPlan, *, resumed: bool) -> Snapshot:
    held = page_of(plan)
    return held if resumed else emptied(held)


def _holding(plan: SectionPlan, step: Step, value: Shown) -> _Change:
    """Gives the control, or the row's cell, of a step another value."""
    if step.row is None:
        number = list(plan.steps).index(step)
        return lambda page: page.put(number, value)
    table, (row, column) = _cell_of(plan, step)

    def change(page: SimulatedPage) -> None:
        held = [list(cells) for cells in page.held.tables[plan.tables.index(table)].rows]
        held[row][column] = str(value)
        page.put_rows(plan.tables.index(table), tuple(tuple(cells) for cells in held))

    return change


def _cell_of(plan: SectionPlan, step: Step) -> tuple[TablePlan, tuple[int, int]]:
    for table in plan.tables:
        for number, row in enumerate(table.rows):
            if step in row.steps:
                keys = [field.key for field in table.table.fields]
                return table, (number, keys.index(step.field.key))
    raise AssertionError(step.field.key)


def _add_row(page: SimulatedPage, row: tuple[str, ...]) -> None:
    page.put_rows(0, (*page.held.tables[0].rows, row))


def _add_file(page: SimulatedPage, number: int) -> None:
    held = next(one for one in page.held.controls if one.id == number)
    assert isinstance(held.value, list)
    page.put(number, [*held.value, "last_year.pdf"])


def _add_control(page: SimulatedPage, control: Control) -> None:
    page.held = replace(page.held, controls=(*page.held.controls, control))


def _is_wrong(right: SectionPlan, plant: Plant, held: Snapshot) -> bool:
    """Whether the page holds something else than the unchanged plan wants: judged without the cards."""
    fields = match_all([(step.field, step.field.control) for step in right.steps], held)
    for step, found in zip(right.steps, fields, strict=True):
        if (step.field.key, step.row) == (plant.field, plant.row):
            return found.control is None or not section_filler.holds(step, found.control)
    expected = page_of(right)
    return (
        held.tables != expected.tables
        or _files(held) != _files(expected)
        or len(held.controls) > len(expected.controls)
    )


def _files(held: Snapshot) -> list[Shown]:
    return [one.value for one in held.controls if one.kind == "upload"]


def _steps(plan: SectionPlan) -> list[Step]:
    return [*plan.steps, *(step for table in plan.tables for row in table.rows for step in row.steps)]


def _with(plan: SectionPlan, old: Step, new: Step) -> SectionPlan:
    """The plan with one step changed."""
    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(row, steps=tuple(new if one is old else one for one in row.steps)) for row in table.rows
            ),
        )
        for table in plan.tables
    )
    return replace(plan, steps=tuple(new if one is old else one for one in plan.steps), tables=tables)


def _complete(plan: Plan) -> tuple[SectionPlan, ...]:
    """The plan's sections; what an invented applicant lacks is left out, since it is no planted error."""
    return tuple(
        replace(one, skipped=tuple(outcome for outcome in one.skipped if outcome.calm)) for one in plan.sections
    )


def _all(seen: Snapshot) -> Snapshot:
    return seen
