"""What every script of the fill benchmark types: the same values under the same labels, in the page's own words.

Promises: the peers get exactly what the tool's plan holds and the page lets anyone write, as the mock's options word it
(a person who writes such a script reads them off the page); `wrong` judges each run by what the server holds afterwards.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.plan import Step, make_plan
from assistant.store.applicant_folder import PlainFolder
from fixtures.dictionaries import Dictionary, Entry, load_dictionaries
from fixtures.forms import Question, Section, load_form
from fixtures.server import HERE as FIXTURES
from fixtures.server import SHARED, known_city


@dataclass(frozen=True)
class Entered:
    """One value: `kind` is how the page draws the question, `value` the text as the page shows it, several of a list of
    several."""

    label: str
    kind: str
    value: str | tuple[str, ...] = dataclasses.field(repr=False)


@dataclass(frozen=True)
class Rows:
    """One row table: its heading, the button that opens its dialog, and the rows."""

    label: str
    add: str
    rows: tuple[tuple[Entered, ...], ...]


@dataclass(frozen=True)
class Page:
    """One section."""

    key: str
    title: str
    fields: tuple[Entered, ...]
    tables: tuple[Rows, ...]
    uploads: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Job:
    """The whole application of one person in one city."""

    city: str
    passport: str = dataclasses.field(repr=False)
    pages: tuple[Page, ...]

    def as_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)


def make_job(folder: Path, city: str = "shenzhen") -> Job:
    """The job of one applicant's folder on the mock of a city's portal."""
    profile = load_profile(PlainFolder(folder))
    plan = make_plan(profile, load_portal(known_city(city)))
    portal = FIXTURES / known_city(city)
    form = load_form(portal / "form.yaml")
    options = {**load_dictionaries(SHARED), **load_dictionaries(portal / "dictionaries")}
    pages = []
    for section in plan.sections:
        drawn = form.section(section.section.key)
        assert drawn is not None
        asked = _questions(drawn)
        tables = []
        for table in section.tables:
            question = next(one for one in asked.values() if one.kind == "table" and one.add in table.table.add)
            columns = {column.label: column for column in question.columns}
            rows = tuple(tuple(_entries(row.steps, columns, options)) for row in table.rows)
            if rows:
                tables.append(Rows(question.label, question.add, rows))
        pages.append(
            Page(
                drawn.key,
                drawn.title,
                tuple(_entries(section.steps, asked, options)),
                tuple(tables),
                tuple((one.upload.label, tuple(str(file) for file in one.files)) for one in section.uploads),
            )
        )
    return Job(city, profile.passport.number, tuple(pages))


def wrong(job: Job, state: Mapping[str, object]) -> list[str]:
    """The labels whose values the server does not hold as they were to be entered; files by their contents."""
    applications = state["applications"]
    assert isinstance(applications, list)
    found = [one for one in applications if one["applicant"]["passport"] == job.passport]
    if len(found) != 1:
        return ["the application itself"]
    held, files = found[0]["sections"], found[0]["attachments"]
    bad = [] if state["submits"] == 0 else ["submitted"]
    for page in job.pages:
        here = held.get(page.key, {})
        for one in page.fields:
            if not isinstance(here, Mapping) or _plain(here.get(one.label)) != _plain(one.value):
                bad.append(one.label)
        for table in page.tables:
            rows = here if isinstance(here, Sequence) else here.get(table.label, [])
            if [dict(row) for row in rows] != [{one.label: one.value for one in row} for row in table.rows]:
                bad.append(table.label)
        for label, paths in page.uploads:
            kept = sorted(file["sha256"] for file in files.get(label, []))
            if kept != sorted(hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in paths):
                bad.append(label)
    return bad


def _plain(value: object) -> str:
    # Several answers stand in one text on the server's side.
    return str(("、".join(value) if isinstance(value, tuple) else value) or "").strip()


def _questions(section: Section) -> dict[str, Question]:
    return {question.label: question for question in section.questions()}


def _entries(
    steps: Sequence[Step], asked: Mapping[str, Question], options: Mapping[str, Dictionary]
) -> Iterator[Entered]:
    for step in steps:
        question = next((asked[label] for label in step.field.labels if label in asked), None)
        # What the authority prefilled can't be typed; what has no question is no part of this form.
        if question is None or question.prefill:
            continue
        yield Entered(question.label, question.kind, _wording(step, question, options))


def _wording(step: Step, question: Question, options: Mapping[str, Dictionary]) -> str | tuple[str, ...]:
    if step.accepted_each:
        offered = set(_paths(options[question.options].entries))
        return tuple(next(text for text in texts if text in offered) for texts in step.accepted_each)
    if not isinstance(step.value, str) or not question.options:
        return str(step.value)
    offered = set(_paths(options[question.options].entries))
    cascader = question.kind.startswith("cascader")
    return next(
        text for text in (*step.accepted, step.value) if (text if cascader else text.split(" / ")[-1]) in offered
    )


def _paths(entries: Sequence[Entry], above: str = "") -> Iterator[str]:
    """Every option alone and with the path to it."""
    for entry in entries:
        path = f"{above} / {entry.text}" if above else entry.text
        yield path
        yield entry.text
        yield from _paths(entry.children, path)
