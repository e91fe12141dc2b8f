"""How a run grows with what there is to fill: rows of a table, sections, plain fields; and with the line to the portal.

Rows and sections are filled into the Shenzhen mock portal (one invented applicant, 1, 5 and 20 rows of work history; one
section, then two, up to all seven); plain fields into a page of 10 to 1,000 text, choice and date questions. Round trips
are exact: they must be the same for every row, and must not change with plain fields. Seconds are told as a ratio to the
smallest case of the same run. The whole application over lines of 0 to 1,000 ms there and back (2 Mbit/s each way) is told
beside the lower bound of `benchmarks fill` on the same line.
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import timedelta

from assistant.jobs.outputs import write_json
from assistant.page.browser.discovery import find_browser
from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.portal.loading import load_portal
from assistant.portal.section import Field
from assistant.profile.loading import Profile, load_profile
from assistant.profile.model import Job
from assistant.profile.values import Month
from assistant.run.fill.filler import Filler
from assistant.run.fill.section_filler import fill
from assistant.run.options import Options
from assistant.run.plan import Step, make_plan
from assistant.run.report import Report
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._line import SlowLine
from benchmarks._machine import Machine, add_force
from benchmarks.fill.job import make_job
from benchmarks.fill.runners import OWN, command_of, run_once
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal

ROWS, FIELDS = (1, 5, 20), (10, 100, 1000)
LATENCIES, MEGABITS = (0, 50, 150, 300, 1000), 2.0
# Seconds may grow by this much more than the count itself; a browser gets slower as a table gets longer.
TARGET = 1.5
KINDS = (("text", "text"), ("select", "乙"), ("radio", "乙"), ("date", "2026-05-17"))


def run(arguments: Sequence[str]) -> int:
    """Prints the tables; 1 where something grows faster than what there is to fill."""
    parser = ArgumentParser(prog="python -m benchmarks growth", description=__doc__)
    parser.add_argument("--json", metavar="FILE")
    add_force(parser)
    args = parser.parse_args(arguments)
    machine = Machine.met(force=args.force)
    if machine.refuses():
        return 2
    document: dict[str, object] = {"benchmark": "growth"}
    right = True
    for name, cases in (("rows", _rows()), ("sections", _sections()), ("fields", _fields())):
        measured = list(cases)
        document[name] = [{"count": count, "round_trips": trips, "seconds": took} for count, trips, took in measured]
        first = measured[0]
        for count, trips, took in measured:
            print(f"{name:<10}{count:>6}{trips:>8} round trips{took:>9.2f} s  {took / first[2]:>7.2f}×", flush=True)
        right &= _constant(measured) if name == "fields" else _linear(measured) if name == "rows" else True
    document["latency"] = lines = list(_lines())
    for line in lines:
        print(
            f"latency   {line['latency_ms']:>5.0f} ms  {line['seconds']:>7.2f} s, lower bound {line['lower_bound']:.2f} s"
        )
    machine.finish()
    document |= {"as_promised": right, "machine": machine.as_json()}
    if args.json:
        write_json(args.json, document)
    return 2 if not machine.comparable else 0 if right else 1


def _constant(cases: Sequence[tuple[int, int, float]]) -> bool:
    return len({trips for _, trips, _ in cases}) == 1


def _linear(cases: Sequence[tuple[int, int, float]]) -> bool:
    """Whether each further row costs as much as the rows before, within TARGET."""
    (a, few, soon), (b, more, later), (c, most, last) = cases
    each, further = (more - few) / (b - a), (most - more) / (c - b)
    return further <= each * TARGET and (last - later) / (c - b) <= (later - soon) / (b - a) * TARGET


def _rows() -> Iterator[tuple[int, int, float]]:
    lee = load_profile(PlainFolder(PROFILES / "sample-lee"))
    for count in ROWS:
        report = _run(_with_jobs(lee, count), ["work"])
        (section,) = report.sections
        yield count, section.round_trips, section.seconds


def _sections() -> Iterator[tuple[int, int, float]]:
    lee = load_profile(PlainFolder(PROFILES / "sample-lee"))
    report = _run(lee, [])
    for count in range(1, len(report.sections) + 1):
        those = report.sections[:count]
        yield count, sum(one.round_trips for one in those), sum(one.seconds for one in those)


def _lines() -> Iterator[dict[str, float]]:
    """The whole application, filled by this tool and by the lower bound over the same line."""
    folder = PROFILES / "sample-lee"
    job, day = make_job(folder), load_profile(PlainFolder(folder)).work_permit.expires_on - timedelta(days=60)
    for latency in LATENCIES:
        took = {}
        with (
            MockPortal(city="shenzhen", auto_login=True, on=day) as mock,
            SlowLine(mock.url, latency=latency, megabits=MEGABITS) as line,
        ):
            for name in (OWN, "lower-bound"):
                one = run_once(name, command_of(name), mock, line.url, job, folder)
                assert not one.wrong, f"{name} was wrong over a line of {latency} ms"
                took[name] = one.seconds
        yield {
            "latency_ms": latency,
            "megabits": MEGABITS,
            "seconds": took[OWN],
            "lower_bound": took["lower-bound"],
        }


def _fields() -> Iterator[tuple[int, int, float]]:
    with open_browser(headless=True, found=find_browser()) as context:
        page = context.pages[0]
        for count in FIELDS:
            page.set_content(_form(count))
            form = FormPage(page)
            took = page.evaluate("performance.now()")
            filled = fill(form, _steps(count), lambda seen: seen, overwrite=False)
            assert {one.status for one in filled} == {"verified"}, "every plain field is written"
            trips = form.round_trips
            yield count, trips, (page.evaluate("performance.now()") - took) / 1000


def _run(profile: Profile, sections: Sequence[str]) -> Report:
    """One run on a mock portal as new; every outcome must be calm."""
    day = profile.work_permit.expires_on - timedelta(days=60)
    portal = load_portal("shenzhen")
    with (
        MockPortal(city="shenzhen", auto_login=True, on=day) as mock,
        open_browser(headless=True, found=find_browser()) as context,
    ):
        page, guard = guarded_page(context, portal, mock.url)
        options = Options(mock.url, login_seconds=60, sections=tuple(sections))
        report = Filler(page, guard, portal, make_plan(profile, portal), options, Onlooker()).run(
            command="fill", city="shenzhen"
        )
    assert report.stopped is None and not report.for_the_person, "a growing run is a calm one"
    return report


def _with_jobs(profile: Profile, count: int) -> Profile:
    """The applicant with so many jobs, one after the other, each of another employer."""
    (model, *_), jobs = profile.work_history, []
    for number in range(count):
        start = Month(2000 + number, 1)
        jobs.append(
            model.model_copy(
                update={"from_": start, "to": Month(2000 + number, 12), "employer": f"SAMPLE WORKS {number + 1} LTD."}
            )
        )
    return profile.model_copy(update={"work_history": tuple[Job, ...](jobs)})


def _steps(count: int) -> list[Step]:
    steps = []
    for number in range(count):
        kind, value = KINDS[number % len(KINDS)]
        field = Field.model_validate(
            {"key": f"f{number}", "labels": (f"栏{number}",), "control": kind, "evidence": "I", "value": "x.y"}
        )
        steps.append(Step(field, value, (value,)))
    return steps


def _form(count: int) -> str:
    rows = []
    for number in range(count):
        control = (
            f'<input name="f{number}">',
            f'<select name="f{number}"><option value=""></option><option>甲</option><option>乙</option></select>',
            f'<span role="radiogroup"><label><input type="radio" name="f{number}" value="a">甲</label>'
            f'<label><input type="radio" name="f{number}" value="b">乙</label></span>',
            f'<input type="date" name="f{number}">',
        )[number % len(KINDS)]
        rows.append(f"<tr><td>栏{number}</td><td>{control}</td></tr>")
    return f"<form><table>{''.join(rows)}</table></form>"
